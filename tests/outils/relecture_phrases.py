"""What each sentence claims of a territory, checked against figures worked out apart.

A sentence is known by its form. One that has no form here is an error: nothing goes unread.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from tests.outils.lieux import DEPARTEMENTS, REGIONS, Lieu
from tests.outils.relecture_chiffres import (
    Chiffres,
    Mesure,
    communes,
    degre,
    france,
    noms,
    pauvrete_epci,
    structures,
)

NBSP, FINE = "\u00a0", "\u202f"
_NUMBER = rf"[+−]?\d[\d{FINE}]*(?:,\d+)?"
_VALUE = rf"(?:[Dd]e {_NUMBER} à {_NUMBER}|{_NUMBER})"
_BARE = rf"{_NUMBER}(?: à {_NUMBER})?"
_SHARE = rf"(?:moins de {_NUMBER}|plus de {_NUMBER}|{_VALUE}){NBSP}% des habitants|tous les habitants"
_SIDE = r"(?:nettement|légèrement) au-(?:dessous|dessus) de la moyenne nationale"
_PLACE = rf"(?:{_SIDE}|proche de la moyenne nationale)"
_WORDS = {
    -2: "nettement au-dessous de la moyenne nationale",
    -1: "légèrement au-dessous de la moyenne nationale",
    0: "proche de la moyenne nationale",
    1: "légèrement au-dessus de la moyenne nationale",
    2: "nettement au-dessus de la moyenne nationale",
}
_TAILLES = ((40_000, 2), (80_000, 3), (175_000, 4))
_PLEINE = 99.95
_TOLERANCE = 1e-6
_DISPARATE = 5

# Conjugated verbs: a sentence has one at least.
_VERBS = re.compile(
    r"\b(?:est|sont|a|ont|n’a|n’ont|n’est|compte|comptent|trouve|vit|vivent|exerce|exercent|va|bénéficient"
    r"|tiennent|masque|nomment|nomme|manque|dépasse|touchent|peut|disent|suffit|faut|n’atteindrait|citent|cite)\b"
)
_FAULTS = {
    "apostrophe droite": re.compile("'"),
    "espace manquante ou sécable avant un signe double": re.compile(rf"[^{NBSP}][:;?!»]|«[^{NBSP}]"),
    "espace sécable avant %": re.compile(r" %"),
    "espaces doubles": re.compile(r"  | $|^ "),
    "espace sécable dans un nombre": re.compile(r"\d \d{3}\b"),
    "milliers collés": re.compile(r"\d{5,}|(?<!\d)(?!19|20)\d{4}(?!\d)"),
    "virgule décimale manquante": re.compile(r"\d\.\d"),
    "mot répété": re.compile(r"\b(\w+) \1\b"),
    "article non contracté": re.compile(r"\b(?:de|à) (?:le|les|Le|Les) "),
    "élision manquante": re.compile(r"\b(?:de|le|la|que|ne|se) (?=[aeiouyéèêîâôœAEIOUYÉÈÊÎÂÔŒ])"),
    "élision de trop": re.compile(r"\b[dl]’(?=[^aeiouyhéèêîâôœAEIOUYHÉÈÊÎÂÔŒ])"),
    "donnée absente": re.compile(r"n\. ?d\.|\bnan\b|None|non connu|[{}]"),
    "point final manquant": re.compile(r"[^.]$"),
    "majuscule manquante": re.compile(r"^[a-zéèêîâôœ]"),
    "signe répété": re.compile(r"[,;] ?[,;.]|\.\.|\( | \)|\(\)"),
}


def number(text: str) -> float:
    """A number as it is written in French."""
    return float(text.replace(FINE, "").replace("−", "-").replace("+", "").replace(",", "."))


def faults(sentence: str) -> list[str]:
    """What is wrong with a sentence, whatever it says."""
    # What a person named is hers.
    said = re.sub(rf"«{NBSP}.*?{NBSP}»", f"«{NBSP}Nom{NBSP}»", sentence)
    found = [name for name, pattern in _FAULTS.items() if pattern.search(said)]
    return found if _VERBS.search(said) else [*found, "sans verbe"]


def faults_of_place(said: str, expected: Sequence[Lieu]) -> list[str]:
    """What is wrong with where something is said to be."""
    parts = re.split(r", | et (?=(?:en|dans|à|l|le|la|les)\b|l’)", said)
    left = {place.sujet: place for place in expected}
    shared = False
    found = []
    for part in parts:
        one = next((place for place in left.values() if part in (place.lieu, f"dans {place.sujet}")), None)
        bare = left.get(part) if shared else None
        shared = part.startswith("dans ") or bare is not None
        if (place := one or bare) is None:
            found.append(f"lieu faux : {part}")
        else:
            del left[place.sujet]
    return found + [f"lieu oublié : {name}" for name in left]


@dataclass
class Relecture:
    """The reading of the sentences of one territory; `errors` are sentences with what is wrong in them."""

    nom: str
    codes: tuple[str, ...]
    errors: list[tuple[str, str]] = field(default_factory=list)
    subjects: dict[str, str] = field(default_factory=dict)
    sentence: str = ""

    def __post_init__(self) -> None:
        self.chiffres = Chiffres(self.codes)

    def read(self, sentence: str) -> None:
        """Check one sentence, its form and its claims."""
        self.sentence = sentence
        for fault in faults(sentence):
            self.wrong(fault)
        matches = ((form, form.pattern.fullmatch(sentence)) for form in FORMES)
        form, match = next(((form, match) for form, match in matches if match), (None, None))
        if form is None or match is None:
            self.wrong("phrase inconnue")
            return
        self.subjects[form.sujet] = sentence
        form.check(self, match)

    def wrong(self, what: str) -> None:
        """Note an error in the sentence that is being read."""
        self.errors.append((self.sentence, what))

    def expect(self, what: str, *, said: object, expected: object) -> None:
        """Note an error when what is said is not what is expected."""
        if said != expected:
            self.wrong(f"{what} : {said!r} au lieu de {expected!r}")

    def finish(self, *, generalistes: bool = True) -> None:
        """Check what a whole text says: no doctor at all comes first, or is not said."""
        here = self.chiffres["generalistes"]
        if generalistes and here.effectif_haut == 0 and here.couverture >= _PLEINE:
            self.sentence = "(tout le texte)"
            if "aucun généraliste" not in self.subjects:
                self.wrong("l’absence de généraliste n’est pas dite")

    # ---- Claims ----------------------------------------------------------------------------------------

    def value(self, what: str, said: str, here: Mesure, places: int = 1) -> None:
        """A value is said exactly, its bounds when they are apart, and only when it may be."""
        if not here.dicible:
            self.wrong(f"{what} : dit pour {here.couverture:.1f} % des habitants")
            return
        self.bounds(what, said, here.bas, here.haut, places)

    def bounds(self, what: str, said: str, low: float, high: float, places: int) -> None:
        """These numbers are those of a value or of a count."""
        numbers = [number(each) for each in re.findall(_NUMBER, said)]
        expected = [low, high] if len(numbers) > 1 else [low]
        if len(numbers) == 1 and not _reads(high, numbers[0], places):
            self.wrong(f"{what} : {said}, la borne haute {high} n’est pas dite")
        if len(numbers) > 1 and len({*numbers}) == 1:
            self.wrong(f"{what} : {said}, une fourchette vide")
        for number_said, true in zip(numbers, expected, strict=False):
            if not _reads(true, number_said, places):
                self.wrong(f"{what} : {number_said} au lieu de {true}")

    def count(self, what: str, said: str, here: Mesure) -> None:
        """The count behind a value."""
        self.bounds(what, said, here.effectif_bas, here.effectif_haut, 0)

    def aside(
        self, said: str | None, name: str, unit: str = "", places: int = 1, *, signed: bool = False
    ) -> None:
        """Between brackets: France, and the coverage when the figure is not that of everyone."""
        here, there = self.chiffres[name], france(name)
        parts = said.split(f"{NBSP}; ") if said else []
        if there.couverture >= 80 and not math.isnan(there.bas):
            match = re.fullmatch(rf"France{NBSP}: ({_VALUE}){unit}", parts.pop(0) if parts else "")
            if match:
                self.bounds(f"{name}, France", match[1], there.bas, there.haut, places)
                if signed and not match[1].startswith(("+", "−", "0,0")):
                    self.wrong(f"{name}, France : sans signe")
            else:
                self.wrong(f"{name} : la France n’est pas dite")
        self.coverage(name, here, parts)

    def coverage(self, name: str, here: Mesure, parts: list[str]) -> None:
        """How many people stand behind the figure."""
        expected = (
            [f"chiffre connu pour {math.floor(here.couverture)}{NBSP}% des habitants"]
            if here.couverture < _PLEINE
            else []
        )
        self.expect(f"{name}, couverture", said=parts, expected=expected)

    def place(self, said: str | None, name: str) -> None:
        """Where the figure stands beside France."""
        found = degre(self.chiffres[name], france(name))
        self.expect(f"{name}, position", said=said, expected=None if found is None else _WORDS[found])

    def share(self, said: str, name: str) -> None:
        """A share of the inhabitants, in one of its forms."""
        here = self.chiffres[name]
        if not here.dicible:
            self.wrong(f"{name} : dit pour {here.couverture:.1f} % des habitants")
        elif said == "tous les habitants":
            self.expect(name, said=100.0, expected=here.bas if here.couverture >= _PLEINE else None)
        elif said.startswith("moins de"):
            self.expect(name, said=True, expected=0 < here.haut < 0.05)
        elif said.startswith("plus de"):
            self.expect(name, said=True, expected=99.95 <= here.bas < 100)
        else:
            self.bounds(name, said, here.bas, here.haut, 1)

    def departements(self) -> list[Lieu]:
        """Those of the territory, in the order of their codes."""
        return [DEPARTEMENTS[code] for code in sorted(self.chiffres.rows["departement"].unique())]


def _reads(true: float, said: float, places: int) -> bool:
    return abs(true - said) <= 0.5 * 10**-places + _TOLERANCE


# ---- Forms -----------------------------------------------------------------------------------------------

Controle = Callable[[Relecture, re.Match[str]], None]


@dataclass(frozen=True)
class Forme:
    """A form of sentence: what it is about, and how its claims are checked."""

    sujet: str
    pattern: re.Pattern[str]
    check: Controle


FORMES: list[Forme] = []


def forme(sujet: str, pattern: str) -> Callable[[Controle], Controle]:
    """Declare a form; in its pattern, spaces before double signs and % are no-break ones."""
    spaced = re.sub(r" (?=[:;%»])|(?<=«) ", NBSP, pattern)

    def declare(check: Controle) -> Controle:
        FORMES.append(Forme(sujet, re.compile(spaced), check))
        return check

    return declare


_ASIDE = r"(?: \((?P<aside>[^()]*)\))?"
_END = rf"(?:, (?:ce qui est )?(?P<place>{_PLACE}))?"


@forme("aucun généraliste", r"Aucun médecin généraliste(?: libéral)? n’exerce dans le territoire\.")
def _none(text: Relecture, _: re.Match[str]) -> None:
    here = text.chiffres["generalistes"]
    text.expect("généralistes", said=0.0, expected=here.effectif_haut)
    text.expect("couverture", said=True, expected=here.couverture >= _PLEINE)


@forme(
    "territoire",
    rf"Le territoire « (?P<nom>.*) »(?P<ou>, .*,)? compte (?P<n>{_NUMBER}){NBSP}communes? et (?P<hab>{_NUMBER}){NBSP}habitants?"
    r" \(population municipale (?P<annees>[\d et,]+)\)(?:, ce qui en fait une CPTS de Taille (?P<taille>\d))?\.",
)
def _territory(text: Relecture, match: re.Match[str]) -> None:
    people = int(text.chiffres.rows["population"].sum())
    text.expect("nom", said=match["nom"], expected=text.nom)
    text.expect("communes", said=number(match["n"]), expected=len(text.codes))
    text.expect("habitants", said=number(match["hab"]), expected=people)
    years = {str(each) for each in text.chiffres.rows["millesime_population"]}
    text.expect("millésime", said=set(re.findall(r"\d+", match["annees"])), expected=years)
    if match["taille"]:
        expected = max([1, *(size for limit, size in _TAILLES if _beyond(people, limit))])
        text.expect("Taille", said=int(match["taille"]), expected=expected)
    if match["ou"]:
        for fault in faults_of_place(match["ou"][2:-1], text.departements()):
            text.wrong(fault)


def _beyond(people: int, limit: int) -> bool:
    # Exactly 175,000 inhabitants stay in Taille 3, a choice of the tool.
    return people > limit if limit == 175_000 else people >= limit


@forme("lieu", r"Il se trouve (?P<ou>.*)\.")
def _where(text: Relecture, match: re.Match[str]) -> None:
    for fault in faults_of_place(match["ou"], text.departements()):
        text.wrong(fault)


@forme(
    "densité",
    rf"La densité de population est disparate : elle va de (?P<bas>{_NUMBER}) à (?P<haut>{_NUMBER}) hab/km² selon les"
    rf" communes, et elle est de (?P<valeur>{_BARE}) hab/km² sur l’ensemble{_ASIDE}\.",
)
def _disparate(text: Relecture, match: re.Match[str]) -> None:
    densities = (text.chiffres.rows["population"] / text.chiffres.rows["superficie_km2"]).dropna()
    text.bounds("densités", f"{match['bas']} {match['haut']}", densities.min(), densities.max(), 1)
    text.expect("disparate", said=True, expected=bool(densities.max() >= _DISPARATE * densities.min()))
    text.value("densité", match["valeur"], text.chiffres["densite"])
    text.aside(match["aside"], "densite")


@forme("densité", rf"La densité de population est de (?P<valeur>{_BARE}) hab/km²{_ASIDE}{_END}\.")
def _density(text: Relecture, match: re.Match[str]) -> None:
    text.value("densité", match["valeur"], text.chiffres["densite"])
    text.aside(match["aside"], "densite")
    text.place(match["place"], "densite")


@forme(
    "évolution",
    rf"De 2016 à 2022, la population (?:est restée stable|a (?P<sens>augmenté|diminué) de (?P<valeur>{_NUMBER}) %){_ASIDE}\.",
)
def _change(text: Relecture, match: re.Match[str]) -> None:
    here = text.chiffres["evolution"]
    sign = {"augmenté": 1, "diminué": -1}.get(match["sens"], 0)
    said = sign * number(match["valeur"]) if sign else 0.0
    if not here.dicible or not _reads(here.bas, said, 1) or (sign and sign * here.bas <= 0):
        text.wrong(f"évolution : {said} au lieu de {here.bas}")
    text.aside(match["aside"], "evolution", f"{NBSP}%", signed=True)


def _people(name: str, who: str) -> None:
    @forme(
        name, rf"(?P<valeur>{_VALUE}) % {who}(?:, soit (?P<effectif>{_VALUE}) personnes?)?{_ASIDE}{_END}\."
    )
    def check(text: Relecture, match: re.Match[str]) -> None:
        here = text.chiffres[name]
        text.value(name, match["valeur"], here)
        if match["effectif"]:
            text.count(f"{name}, effectif", match["effectif"], here)
        text.aside(match["aside"], name, f"{NBSP}%")
        # The sentence that gives the template its count is not compared in words.
        if match["place"] or name != "ald" or not match["effectif"]:
            text.place(match["place"], name)


_people("75_ans", "des habitants ont 75 ans et plus")
_people("15_ans", "des habitants ont moins de 15 ans")
_people("c2s", "des assurés du régime général bénéficient de la complémentaire santé solidaire")
_people("ald", "des assurés du régime général sont en affection de longue durée")
_people("sans_mt", "des assurés du régime général de 16 ans et plus n’ont pas de médecin traitant")
_people(
    "sans_dentiste",
    "des assurés du régime général de 16 ans et plus n’ont pas consulté de dentiste depuis deux ans",
)
_people(
    "sans_depistage",
    "des assurés du régime général de 50 à 74 ans éligibles n’ont pas eu recours au dépistage organisé du"
    " cancer colorectal",
)


@forme("pauvreté", rf"Le taux de pauvreté est de (?P<valeur>{_BARE}) %{_ASIDE}{_END}\.")
def _poverty(text: Relecture, match: re.Match[str]) -> None:
    text.value("pauvreté", match["valeur"], text.chiffres["pauvrete"])
    text.aside(match["aside"], "pauvrete", f"{NBSP}%")
    text.place(match["place"], "pauvrete")


@forme(
    "pauvreté",
    r"Le taux de pauvreté n’est pas publié pour assez de communes du territoire\. Parmi les EPCI qu’il touche,"
    r" ce taux est (?P<liste>.*)\.",
)
def _poverty_around(text: Relecture, match: re.Match[str]) -> None:
    text.expect("pauvreté, connue", said=False, expected=text.chiffres["pauvrete"].dicible)
    people = text.chiffres.rows.groupby("epci")["population"].sum()
    published = {code: pauvrete_epci()[code] for code in people.index if code in pauvrete_epci()}
    said = re.findall(rf"de ({_NUMBER}){NBSP}% dans (.*?)(?=$| et de \d|, de \d)", match["liste"])
    text.expect("EPCI nommés", said=len(said), expected=min(2, len(published)))
    named = {noms("epci")[code].replace("'", "’"): code for code in published}
    for value, where in said:
        code = next((code for nom, code in named.items() if where in (nom, f"la {nom}", f"l’{nom}")), None)
        if code is None:
            text.wrong(f"EPCI faux : {where}")
        else:
            text.bounds("pauvreté de l’EPCI", value, published[code], published[code], 1)


@forme(
    "fourchettes",
    r"Les fourchettes tiennent au secret statistique, qui masque par commune les effectifs de 9 assurés au plus\.",
)
def _framed(text: Relecture, _: re.Match[str]) -> None:
    names = ("c2s", "ald", "sans_mt", "sans_dentiste", "sans_depistage")
    framed = [text.chiffres[name] for name in names if text.chiffres[name].dicible]
    text.expect("fourchettes", said=True, expected=any(_apart(each) for each in framed))


def _apart(here: Mesure) -> bool:
    low, high = (
        Decimal(str(each)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) for each in (here.bas, here.haut)
    )
    return low != high


_DEPARTEMENT = r"Dans les? départements? (?P<dep>.*), "
_MEAN = r"(?P<nature>chiffres? du département|moyenne de ces départements, pondérée par les habitants du territoire)"


@forme(
    "mortalité",
    rf"{_DEPARTEMENT}la mortalité standardisée est de (?P<valeur>{_NUMBER}) décès pour 100{FINE}000 habitants"
    rf" \({_MEAN} ; moyenne de tous les départements : (?P<france>{_NUMBER})\)\.",
)
def _mortality(text: Relecture, match: re.Match[str]) -> None:
    _of_departements(text, match)
    text.value("mortalité", match["valeur"], text.chiffres["mortalite"])
    text.value("mortalité, France", match["france"], france("mortalite"))


@forme(
    "espérance de vie",
    rf"{_DEPARTEMENT}l’espérance de vie à la naissance est de (?P<femmes>{_NUMBER}) ans pour les femmes et de"
    rf" (?P<hommes>{_NUMBER}) ans pour les hommes \({_MEAN} ; (?:France|moyenne de tous les départements) :"
    rf" (?P<france_femmes>{_NUMBER}) et (?P<france_hommes>{_NUMBER}) ans\)\.",
)
def _life(text: Relecture, match: re.Match[str]) -> None:
    _of_departements(text, match)
    for who in ("femmes", "hommes"):
        text.value(f"espérance de vie, {who}", match[who], text.chiffres[f"vie_{who}"])
        text.value(f"espérance de vie, France, {who}", match[f"france_{who}"], france(f"vie_{who}"))


def _of_departements(text: Relecture, match: re.Match[str]) -> None:
    places = text.departements()
    named = [place.complement for place in places]
    expected = " et ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
    text.expect("départements", said=match["dep"], expected=expected)
    text.expect("moyenne", said=match["nature"].startswith("moyenne"), expected=len(places) > 1)
    text.expect("nombre", said=match[0].startswith("Dans les départements"), expected=len(places) > 1)


_GP = r"médecins? généralistes?(?: libéral| libéraux)?"


@forme(
    "généralistes",
    rf"Le territoire compte (?P<n>{_NUMBER}) (?P<nom>{_GP}), soit 1(?: médecin généraliste)? pour (?P<par>{_NUMBER})"
    rf" habitants?(?: et (?P<densite>{_NUMBER}) pour 100{FINE}000 habitants{_ASIDE})?\.",
)
def _doctors(text: Relecture, match: re.Match[str]) -> None:
    here = text.chiffres["generalistes"]
    text.count("généralistes", match["n"], here)
    text.expect("accord", said="médecins" in match["nom"], expected=here.effectif_haut >= 2)
    text.value("habitants par généraliste", match["par"], text.chiffres["par_generaliste"], 0)
    if match["densite"]:
        text.value("densité de généralistes", match["densite"], here)
        text.aside(match["aside"], "generalistes")


@forme(
    "généralistes de 60 ans",
    rf"(?:Ce médecin a (?P<seul>moins de 60 ans|60 ans ou plus)|(?P<aucun>Aucun d’entre eux n’a 60 ans ou plus)"
    rf"|(?P<tous>Tous ont 60 ans ou plus)|(?P<n>{_NUMBER}) d’entre eux, soit (?P<part>{_NUMBER}) %, (?:a|ont) 60 ans ou"
    rf" plus){_ASIDE}\.",
)
def _older(text: Relecture, match: re.Match[str]) -> None:
    here = text.chiffres["60_ans"]
    whole = text.chiffres["generalistes"].effectif_haut
    older = here.effectif_haut
    if match["seul"]:
        text.expect("un seul", said=1, expected=whole)
        text.expect("son âge", said=match["seul"].startswith("60"), expected=older == 1)
    elif match["aucun"] or match["tous"]:
        text.expect("généralistes de 60 ans", said=0 if match["aucun"] else whole, expected=older)
    else:
        text.count("généralistes de 60 ans", match["n"], here)
        text.value("part de 60 ans", match["part"], here)
        text.bounds("part du nombre dit", match["part"], *[100 * older / whole] * 2, 1)
        text.expect("accord", said=" a 60 ans" in match[0], expected=older == 1)
    text.aside(match["aside"], "60_ans", f"{NBSP}%")


_APL = (
    rf"est de (?P<apl>{_NUMBER}) consultations? par an et par habitant standardisé(?: \((?P<apl_aside>[^()]*)\))?"
    rf"(?:, (?P<apl_place>{_PLACE}))?"
)


@forme(
    "densité de généralistes et APL",
    rf"La densité de médecins généralistes(?: libéraux)? est de (?P<valeur>{_NUMBER}) pour 100{FINE}000 habitants{_ASIDE}{_END}"
    rf"(?:, (?P<lien>et|mais) l’accessibilité potentielle localisée \(APL\) à ceux de 65 ans et moins, communes"
    rf" voisines comprises, {_APL})?\.",
)
def _two_measures(text: Relecture, match: re.Match[str]) -> None:
    text.value("densité de généralistes", match["valeur"], text.chiffres["generalistes"])
    text.aside(match["aside"], "generalistes")
    text.place(match["place"], "generalistes")
    if match["apl"]:
        _accessibility(text, match)
        degrees = [degre(text.chiffres[name], france(name)) for name in ("generalistes", "apl")]
        sides = {(each > 0) - (each < 0) for each in degrees if each is not None}
        text.expect("lien", said=match["lien"], expected="mais" if len(sides) > 1 else "et")


@forme(
    "APL",
    rf"L’accessibilité potentielle localisée \(APL\) aux médecins généralistes de 65 ans et moins, qui tient compte de"
    rf" ceux des communes voisines, {_APL}\.",
)
def _accessibility_only(text: Relecture, match: re.Match[str]) -> None:
    text.expect("généralistes", said=0.0, expected=text.chiffres["generalistes"].effectif_haut)
    _accessibility(text, match)


def _accessibility(text: Relecture, match: re.Match[str]) -> None:
    text.value("APL", match["apl"], text.chiffres["apl"], 2)
    text.aside(match["apl_aside"], "apl", places=2)
    text.place(match["apl_place"], "apl")
    text.expect("accord", said="consultations" in match[0], expected=text.chiffres["apl"].haut >= 2)


def _professionals(name: str, zone: str, noun: str) -> None:
    @forme(
        name,
        rf"Le territoire (?:(?P<aucun>ne compte aucun {noun})|compte (?P<n>{_NUMBER}) (?P<nom>{noun}),"
        rf" soit (?P<valeur>{_NUMBER}) pour 100{FINE}000 habitants{_ASIDE}{_END})"
        rf"(?:, (?P<lien>et|mais) (?P<zone>{_SHARE}) vivent en zone très sous-dotée pour cette profession"
        r"(?: \((?P<couverture>[^()]*)\))?)?\.",
    )
    def check(text: Relecture, match: re.Match[str]) -> None:
        here = text.chiffres[name]
        if match["aucun"]:
            text.expect(name, said=0.0, expected=here.effectif_haut)
        else:
            text.count(name, match["n"], here)
            text.expect("accord", said=match["nom"].split()[0][-1] in "sx", expected=here.effectif_haut >= 2)
            text.value(name, match["valeur"], here)
            text.aside(match["aside"], name)
            text.place(match["place"], name)
        if match["zone"]:
            text.share(match["zone"], zone)
            text.coverage(zone, text.chiffres[zone], [match["couverture"]] if match["couverture"] else [])
            degree = degre(here, france(name))
            lack = bool(match["aucun"]) or degree is None or degree < 0
            text.expect("lien", said=match["lien"], expected="et" if lack else "mais")
        elif text.chiffres[zone].dicible and text.chiffres[zone].haut > 0:
            text.wrong("la zone très sous-dotée n’est pas dite")


_PRACTICE = r"(?:lieux? d’exercice (?:de |d’))?"
_professionals("infirmiers", "zone_infirmiers", rf"{_PRACTICE}infirmiers?(?: libéral| libéraux)?")
_professionals("kines", "zone_kines", rf"{_PRACTICE}masseurs?-kinésithérapeutes?(?: libéral| libéraux)?")
_professionals("dentistes", "zone_dentistes", rf"{_PRACTICE}chirurgiens?-dentistes?(?: libéral| libéraux)?")


@forme(
    "zonage des généralistes",
    rf"(?:(?P<aucun>Aucun habitant ne vit en zone d’intervention prioritaire \(ZIP\) ni en zone d’action complémentaire"
    rf" \(ZAC\))|(?P<zac_seule>(?i:{_SHARE})) vivent en zone d’action complémentaire \(ZAC\), et aucun en zone"
    rf" d’intervention prioritaire \(ZIP\),|(?P<zip>(?i:{_SHARE})) vivent en zone d’intervention prioritaire \(ZIP\)"
    rf"(?: et (?P<zac>(?:moins de |plus de )?{_VALUE} %) en zone d’action complémentaire \(ZAC\))?)"
    r" pour les médecins généralistes \(zonage de 2022, lu en mai 2025, en cours de révision\)"
    r"(?: \((?P<couverture>[^()]*)\))?\.",
)
def _doctors_zone(text: Relecture, match: re.Match[str]) -> None:
    first, second = text.chiffres["zip"], text.chiffres["zac"]
    if not match["zip"]:
        text.expect("ZIP", said=0.0, expected=first.haut)
    if match["aucun"]:
        text.expect("ZAC", said=0.0, expected=second.haut)
    if match["zac_seule"]:
        text.share(_lower(match["zac_seule"]), "zac")
    if match["zip"]:
        text.share(_lower(match["zip"]), "zip")
        if match["zac"]:
            text.share(f"{match['zac']} des habitants", "zac")
        else:
            text.expect("ZAC", said=0.0, expected=second.haut)
    text.coverage("zip", first, [match["couverture"]] if match["couverture"] else [])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


@forme(
    "urgences",
    rf"En 2024, le service d’urgences le plus proche se trouve (?:(?P<place_meme>sur place)|à (?P<valeur>{_NUMBER}) km par la"
    rf" route en moyenne){_ASIDE}{_END}\.",
)
def _emergency(text: Relecture, match: re.Match[str]) -> None:
    here = text.chiffres["km"]
    if match["place_meme"]:
        text.expect("urgences sur place", said=0.0, expected=here.haut)
    else:
        text.value("urgences", match["valeur"], here)
        text.place(match["place"], "km")
    text.aside(match["aside"], "km", " km")


# ---- Documents and checks ---------------------------------------------------------------------------------

# Of each list: what it names, its type among the named structures, whether these are known in all of France or in
# Occitanie only, and the columns that count them.
_LISTES = {
    "Établissements hospitaliers du territoire": (
        (
            "Établissement hospitalier",
            "hopital",
            True,
            "hopitaux_court_sejour hopitaux_moyen_sejour hopitaux_long_sejour etablissements_psychiatriques",
        ),
        ("Service d’urgences", "urgences", True, "urgences"),
        ("Maternité", "maternite", True, "maternites"),
        ("Hospitalisation à domicile", "had", False, "hospitalisations_domicile"),
    ),
    "Établissements et services médico-sociaux du territoire": (
        ("EHPAD", "ehpad", True, ""),
        ("Service de soins à domicile (SSIAD)", "ssiad", False, "services_soins_domicile"),
    ),
    "Maisons et centres de santé du territoire": (
        ("Maison de santé pluriprofessionnelle", "maison_sante", False, "maisons_sante"),
        ("Centre de santé", "centre_sante", False, "centres_sante"),
    ),
}
_APART = (
    rf"(?P<quoi>[^:.]*){NBSP}: la liste en nomme (?P<liste>{_NUMBER}) et le tableau en compte (?P<tableau>{_NUMBER}), d’une"
    r" autre source \(.*?\)\.(?= |$)"
)


@forme("listes", r"(?P<titre>.*?) : les listes disponibles n’en nomment aucun\.(?P<ecarts>.*)")
def _no_structure(text: Relecture, match: re.Match[str]) -> None:
    told = {each["quoi"].strip(): each for each in re.finditer(_APART, match["ecarts"])}
    for nom, kind, everywhere, columns in _LISTES[match["titre"]]:
        listed, counted = _structures_of(text, kind, columns, everywhere=everywhere)
        text.expect(nom, said=0, expected=listed)
        text.expect(f"{nom}, écart", said=nom in told, expected=bool(counted))
        if nom in told:
            _two_counts(text, told[nom], listed, counted)


@forme("écart des listes", _APART)
def _lists_apart(text: Relecture, match: re.Match[str]) -> None:
    every = (each for listed in _LISTES.values() for each in listed)
    _, kind, everywhere, columns = next(each for each in every if each[0] == match["quoi"])
    listed, counted = _structures_of(text, kind, columns, everywhere=everywhere)
    text.expect("écart", said=True, expected=listed != counted)
    _two_counts(text, match, listed, counted)


def _two_counts(text: Relecture, match: re.Match[str], listed: int, counted: int) -> None:
    text.expect("nombre de la liste", said=number(match["liste"]), expected=listed)
    text.expect("nombre du tableau", said=number(match["tableau"]), expected=counted)


def _structures_of(text: Relecture, kind: str, columns: str, *, everywhere: bool) -> tuple[int, int]:
    """How many are listed, and how many are counted."""
    rows, named = text.chiffres.rows, structures()
    counts = rows[columns.split()].sum(axis=1)
    ours = named[(named["type"] == kind) & named["code"].isin(text.codes)]
    covered = rows["region"].eq("76") | everywhere
    listed = len(ours[ours["code"].isin(rows.index[covered])]) + int(counts[~covered].sum())
    return listed, int(counts.sum())


@forme(
    "habitants",
    rf"Le territoire compte (?P<n>{_NUMBER}){NBSP}habitants? \(population municipale en vigueur, millésime (?P<annees>.*)\)\.",
)
def _inhabitants(text: Relecture, match: re.Match[str]) -> None:
    text.expect("habitants", said=number(match["n"]), expected=int(text.chiffres.rows["population"].sum()))


@forme(
    "répartition",
    rf"(?P<parts>(?:[Mm]oins de |[Pp]lus de )?{_NUMBER} % des habitants vivent .*)\.",
)
def _spread(text: Relecture, match: re.Match[str]) -> None:
    people = text.chiffres.rows.groupby("departement")["population"].sum()
    regions = text.chiffres.rows.groupby("region")["population"].sum()
    said = re.findall(
        rf"((?:[Mm]oins de |[Pp]lus de )?)({_NUMBER}){NBSP}% (?:des habitants vivent )?(.*?)(?=$|, (?:moins|plus|\d)| et (?:moins|plus|\d))",
        match["parts"],
    )
    wheres = {where for _, _, where in said}
    for table, places in ((people, DEPARTEMENTS), (regions, REGIONS)):
        if wheres == {places[str(code)].lieu for code in table.index}:
            shares = {places[str(code)].lieu: 100 * count / table.sum() for code, count in table.items()}
            for limit, value, where in said:
                _share_of_people(text, limit.lower(), number(value), shares[where])
            return
    text.wrong("répartition : lieux faux")


def _share_of_people(text: Relecture, limit: str, said: float, true: float) -> None:
    if limit == "moins de ":
        text.expect("part des habitants", said=said, expected=1.0 if 0 < true < 1 else true)
    elif limit == "plus de ":
        text.expect("part des habitants", said=said, expected=99.0 if 99 < true < 100 else true)
    elif not _reads(true, said, 0):
        text.wrong(f"part des habitants : {said} au lieu de {true}")


_LIMIT = rf"limite entre la Taille (?P<basse>\d) et la Taille (?P<haute>\d)\."


@forme(
    "seuil",
    rf"Il manque (?P<marge>{_NUMBER}){NBSP}habitants? pour atteindre (?P<seuil>{_NUMBER}) habitants"
    rf" \((?P<part>{_NUMBER}) % du seuil\), {_LIMIT}",
)
def _under(text: Relecture, match: re.Match[str]) -> None:
    _threshold(text, match, -1)


@forme(
    "seuil",
    rf"La population dépasse de (?P<marge>{_NUMBER}){NBSP}habitants? seulement le seuil de (?P<seuil>{_NUMBER}) habitants"
    rf" \((?P<part>{_NUMBER}) % du seuil\), {_LIMIT}",
)
def _over(text: Relecture, match: re.Match[str]) -> None:
    _threshold(text, match, 1)


def _threshold(text: Relecture, match: re.Match[str], sign: int) -> None:
    people, limit = int(text.chiffres.rows["population"].sum()), int(number(match["seuil"]))
    text.expect("seuil", said=limit in dict(_TAILLES), expected=True)
    text.expect("marge", said=number(match["marge"]), expected=float(sign * (people - limit)))
    text.bounds("part du seuil", match["part"], *[100 * abs(people - limit) / limit] * 2, 1)
    text.expect("Tailles", said=int(match["haute"]), expected=dict(_TAILLES).get(limit))
    text.expect("Tailles", said=int(match["basse"]), expected=dict(_TAILLES).get(limit, 0) - 1)


def _of_communes(sujet: str, pattern: str) -> None:
    """A sentence of the checks about communes, whose neighbours are tested elsewhere: its names are read here."""

    @forme(sujet, pattern)
    def check(text: Relecture, match: re.Match[str]) -> None:
        known = {nom.replace("'", "’") for nom in communes()["nom"]}
        listed = re.split(r", | et ", match["noms"])
        said = [each for each in listed if not re.fullmatch(rf"{_NUMBER}{NBSP}autres?", each)]
        for each in said:
            if not any(
                each in (f"{before}{nom}", _contracted(nom))
                for before in ("de ", "d’")
                for nom in _near(each, known)
            ):
                text.wrong(f"commune inconnue : {each}")
        text.expect("accord", said=match[0].startswith("Les "), expected=len(listed) > 1)


def _near(said: str, known: set[str]) -> list[str]:
    """The communes whose name this may be, once what stands before it is taken off."""
    rest = re.sub(r"^(?:de |d’|du |des )", "", said)
    return [nom for nom in (rest, f"Le {rest}", f"Les {rest}", f"Aux {rest}") if nom in known]


def _contracted(nom: str) -> str:
    for article, of in (("Le ", "du "), ("Les ", "des "), ("Aux ", "des ")):
        if nom.startswith(article):
            return of + nom.removeprefix(article)
    return ""


_NAMED = r"(?:La commune|Les communes) (?P<noms>.*?)"
_of_communes(
    "morceaux",
    rf"{_NAMED} (?:est|sont) à part du plus grand morceau\.(?: [^.]* ne se touchent que par un point\.)*",
)
_of_communes("enclave", rf"{_NAMED} (?:est entourée|sont entourées) par le territoire sans en faire partie\.")
_of_communes(
    "eau",
    rf"{_NAMED} (?:n’est reliée|ne sont reliées) au reste du territoire que par l’eau \(île, estuaire ou rade\)\.",
)
_of_communes(
    "sans contour",
    rf"{_NAMED} (?:compte|comptent) dans les chiffres mais (?:n’est pas dessinée|ne sont pas dessinées) sur la carte, et"
    r" (?:son|leur) voisinage n’est qu’approché\.",
)


@forme(
    "population ancienne",
    r"La population (?P<noms>.*) est celle de (?P<annee>\d{4}), non de 2023 comme ailleurs\.",
)
def _older_population(text: Relecture, match: re.Match[str]) -> None:
    years = set(text.chiffres.rows["millesime_population"])
    text.expect("millésime", said=True, expected=int(match["annee"]) in years)


@forme("sans chiffre", r"(?P<quoi>.*) : rien n’est publié pour (?P<noms>.*)\.")
def _without(text: Relecture, _: re.Match[str]) -> None:
    rows = text.chiffres.rows
    missing = rows["apl_medecins_generalistes_65_ans"].isna() | rows["generalistes_liberaux"].isna()
    text.expect("sans chiffre", said=True, expected=bool((missing & (rows["population"] > 0)).any()))


# ---- What adding communes would do ------------------------------------------------------------------------

_WITH = rf"\((?P<population>{_NUMBER}) habitants\)"


@forme("taille proposée", rf"Pour atteindre la Taille (?P<taille>\d), ajouter (?P<noms>.*) suffit {_WITH}\.")
def _one_more(text: Relecture, match: re.Match[str]) -> None:
    _next_size(text, match, 1)


@forme(
    "taille proposée",
    rf"Pour atteindre la Taille (?P<taille>\d), il faut au moins (?P<n>\d+){NBSP}communes voisines : (?P<noms>.*) {_WITH}\.",
)
def _several_more(text: Relecture, match: re.Match[str]) -> None:
    _next_size(text, match, int(match["n"]))


@forme(
    "taille proposée",
    rf"Même avec toutes ses voisines {_WITH}, le territoire n’atteindrait pas la Taille (?P<taille>\d)\.",
)
def _out_of_reach(text: Relecture, match: re.Match[str]) -> None:
    limit = {size: limit for limit, size in _TAILLES}[int(match["taille"])]
    people = int(text.chiffres.rows["population"].sum())
    text.expect("population", said=people <= number(match["population"]) <= limit, expected=True)


def _next_size(text: Relecture, match: re.Match[str], count: int) -> None:
    """The named communes bring the territory just beyond the next threshold."""
    limit = {size: limit for limit, size in _TAILLES}[int(match["taille"])]
    people, after = int(text.chiffres.rows["population"].sum()), int(number(match["population"]))
    text.expect("seuil", said=_beyond(after, limit) and not _beyond(people, limit), expected=True)
    names = re.split(r", | et ", match["noms"])
    more = [int(each[1]) for nom in names if (each := re.fullmatch(rf"(\d+){NBSP}autres?", nom))]
    text.expect("nombre", said=len(names) - len(more) + sum(more), expected=count)
    table = communes()
    for nom in names[: len(names) - len(more)]:
        text.expect("commune", said=nom in set(table["nom"].str.replace("'", "’")), expected=True)


_JOINED = r"(?P<noms>.*)"


@forme("morceaux réunis", rf"Pour réunir les deux morceaux, ajouter {_JOINED} suffit\.")
@forme(
    "morceaux réunis",
    rf"Pour réunir les deux morceaux, il faut au moins \d+{NBSP}communes, par exemple {_JOINED}\.",
)
@forme("morceaux réunis", rf"Pour réunir les \d+ morceaux, une façon est d’ajouter {_JOINED}\.")
def _joined(text: Relecture, match: re.Match[str]) -> None:
    known = set(communes()["nom"].str.replace("'", "’"))
    for nom in re.split(r", | et ", match["noms"]):
        if nom not in known and not re.fullmatch(rf"\d+{NBSP}autres?", nom):
            text.wrong(f"commune inconnue : {nom}")
