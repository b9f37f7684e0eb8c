"""The sentences of the synthesis, and those like them in documents: what each claims."""

import re
from decimal import ROUND_HALF_UP, Decimal

from tests.outils.relecture.calcul import Mesure, degre, france, noms, pauvrete_epci
from tests.outils.relecture.francais import NBSP, faults_of_place, number
from tests.outils.relecture.lecteur import PLEINE, Lecteur, forme, reads

TAILLES = ((40_000, 2), (80_000, 3), (175_000, 4))
_ENVELOPPES = {1: 50_000, 2: 60_000, 3: 75_000, 4: 90_000}
_DISPARATE = 5
_PERCENT = f"{NBSP}%"

Found = re.Match[str]


def beyond(people: int, limit: int) -> bool:
    """Whether so many inhabitants are in the Taille above; 175,000 stay in Taille 3, a choice of the tool."""
    return people > limit if limit == TAILLES[-1][0] else people >= limit


# ---- The territory ---------------------------------------------------------------------------------------


@forme("aucun généraliste", r"Aucun médecin généraliste libéral n’exerce dans le territoire\.")
def _none(text: Lecteur, _: Found) -> None:
    here = text.chiffres["generalistes"]
    text.expect("généralistes", said=0.0, expected=here.effectif_haut)
    text.expect("couverture", said=True, expected=here.couverture >= PLEINE)


@forme(
    "territoire",
    r"Le territoire « {nom:t} »(?P<ou>, .*,)? compte {n}~",
    r"(?P<quoi>communes?|arrondissements?|communes et arrondissements) et {habitants}~habitants?",
    r" \(population municipale {annees:t}\)(?:, ce qui en fait une CPTS de Taille {taille})?\.",
)
def _territory(text: Lecteur, match: Found) -> None:
    text.expect("nom", said=match["nom"], expected=text.nom)
    text.expect("communes", said=number(match["n"]), expected=len(text.codes))
    text.expect("habitants", said=number(match["habitants"]), expected=text.population)
    years = {str(each) for each in text.chiffres.rows["millesime_population"]}
    text.expect("millésime", said=set(match["annees"].split(" et ")), expected=years)
    if match["taille"]:
        sizes = [size for limit, size in TAILLES if beyond(text.population, limit)]
        text.expect("Taille", said=int(match["taille"]), expected=max([1, *sizes]))
    if match["ou"]:
        _place(text, match["ou"][2:-1])


@forme(
    "enveloppe",
    r"L’enveloppe annuelle de fonctionnement est, à titre indicatif, de {montant}~€ ",
    r"\(ACI de 2019, volet fonctionnement~; fourchette de 50 000 à 90 000~€ encore citée par le Sénat ",
    r"en octobre 2025\)\.",
)
def _envelope(text: Lecteur, match: Found) -> None:
    sizes = [size for limit, size in TAILLES if beyond(text.population, limit)]
    text.expect("enveloppe", said=number(match["montant"]), expected=float(_ENVELOPPES[max([1, *sizes])]))


@forme("lieu", r"Il se trouve {ou:t}\.")
def _where(text: Lecteur, match: Found) -> None:
    _place(text, match["ou"])


def _place(text: Lecteur, said: str) -> None:
    for fault in faults_of_place(said, text.departements):
        text.wrong(fault)


@forme(
    "densité",
    r"La densité de population est disparate : elle va de {bas} à {haut} hab/km² selon les communes,",
    r" et elle est de {valeur:b} hab/km² sur l’ensemble{aside}\.",
)
def _disparate(text: Lecteur, match: Found) -> None:
    densities = (text.chiffres.rows["population"] / text.chiffres.rows["superficie_km2"]).dropna()
    extremes = (densities.min(), densities.max())
    text.bounds("densités", f"{match['bas']} {match['haut']}", extremes, 1)
    text.expect("disparate", said=True, expected=bool(extremes[1] >= _DISPARATE * extremes[0]))
    text.value("densité", match["valeur"], text.chiffres["densite"])
    text.aside(match["aside"], "densite")


@forme("densité", r"La densité de population est de {valeur:b} hab/km²{aside}{place}\.")
def _density(text: Lecteur, match: Found) -> None:
    text.value("densité", match["valeur"], text.chiffres["densite"])
    text.aside(match["aside"], "densite")
    text.place(match["place"], "densite")


# ---- People ----------------------------------------------------------------------------------------------


@forme(
    "évolution",
    r"De 2016 à 2022, la population ",
    r"(?:est restée stable|a (?P<sens>augmenté|diminué) de {valeur} %){aside}\.",
)
def _change(text: Lecteur, match: Found) -> None:
    here = text.chiffres["evolution"]
    sign = {"augmenté": 1, "diminué": -1}.get(match["sens"], 0)
    said = sign * number(match["valeur"]) if sign else 0.0
    if not here.dicible or not reads(here.bas, said, 1) or (sign and sign * here.bas <= 0):
        text.wrong(f"évolution : {said} au lieu de {here.bas}")
    text.aside(match["aside"], "evolution", _PERCENT, signed=True)


def _people(name: str, who: str) -> None:
    @forme(name, r"{valeur:v} % ", who, r"(?:, soit {effectif:v} personnes?)?{aside}{place}\.")
    def check(text: Lecteur, match: Found) -> None:
        here = text.chiffres[name]
        text.value(name, match["valeur"], here)
        if match["effectif"]:
            text.count(f"{name}, effectif", match["effectif"], here)
        text.aside(match["aside"], name, _PERCENT)
        # The sentence that gives a document the count of ALD is not compared in words.
        if match["place"] or name != "ald" or not match["effectif"]:
            text.place(match["place"], name)


_INSURED = "des assurés du régime général"
_people("75_ans", "des habitants ont 75 ans et plus")
_people("15_ans", "des habitants ont moins de 15 ans")
_people("c2s", f"{_INSURED} bénéficient de la complémentaire santé solidaire")
_people("ald", f"{_INSURED} sont en affection de longue durée")
_people("sans_mt", f"{_INSURED} de 16 ans et plus n’ont pas de médecin traitant")
_people("sans_dentiste", f"{_INSURED} de 16 ans et plus n’ont pas consulté de dentiste depuis deux ans")
_people(
    "sans_depistage",
    f"{_INSURED} de 50 à 74 ans éligibles n’ont pas eu recours au dépistage organisé du cancer colorectal",
)


@forme("pauvreté", r"Le taux de pauvreté est de {valeur:b} %{aside}{place}\.")
def _poverty(text: Lecteur, match: Found) -> None:
    text.value("pauvreté", match["valeur"], text.chiffres["pauvrete"])
    text.aside(match["aside"], "pauvrete", _PERCENT)
    text.place(match["place"], "pauvrete")


@forme(
    "pauvreté",
    r"Le taux de pauvreté n’est pas publié pour assez de communes du territoire\. ",
    r"Parmi les EPCI qu’il touche, ce taux est {liste:t}\.",
)
def _poverty_around(text: Lecteur, match: Found) -> None:
    text.expect("pauvreté, connue", said=False, expected=text.chiffres["pauvrete"].dicible)
    people = text.chiffres.rows.groupby("epci")["population"].sum()
    published = {code: pauvrete_epci()[code] for code in people.index if code in pauvrete_epci()}
    said = re.findall(rf"de ([\d,]+){_PERCENT} dans (.*?)(?=$| et de \d|, de \d)", match["liste"])
    text.expect("EPCI nommés", said=len(said), expected=min(2, len(published)))
    named = {" ".join(noms("epci")[code].replace("'", "’").split()): code for code in published}
    for value, where in said:
        code = next((code for nom, code in named.items() if where in (nom, f"la {nom}", f"l’{nom}")), None)
        if code is None:
            text.wrong(f"EPCI faux : {where}")
        else:
            text.bounds("pauvreté de l’EPCI", value, (published[code], published[code]), 1)


@forme(
    "fourchettes",
    r"Les fourchettes tiennent au secret statistique, ",
    r"qui masque par commune les effectifs de 9 assurés au plus\.",
)
def _framed(text: Lecteur, _: Found) -> None:
    names = ("c2s", "ald", "sans_mt", "sans_dentiste", "sans_depistage")
    framed = [text.chiffres[name] for name in names if text.chiffres[name].dicible]
    text.expect("fourchettes", said=True, expected=any(_apart(each) for each in framed))


def _apart(here: Mesure) -> bool:
    bounds = (Decimal(str(each)) for each in (here.bas, here.haut))
    low, high = (each.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) for each in bounds)
    return low != high


# ---- Figures of the département --------------------------------------------------------------------------

_DEPARTEMENTS = r"Dans (?P<nombre>le département|les départements) {dep:t}, "
_NATURE = (
    r"(?P<nature>chiffres? du département"
    r"|moyenne de ces départements, pondérée par les habitants du territoire)"
)


@forme(
    "mortalité",
    _DEPARTEMENTS,
    r"la mortalité standardisée est de {valeur} décès pour 100 000 habitants \(",
    _NATURE,
    r" ; moyenne de tous les départements : {france}\)\.",
)
def _mortality(text: Lecteur, match: Found) -> None:
    _of_departements(text, match)
    text.value("mortalité", match["valeur"], text.chiffres["mortalite"])
    text.value("mortalité, France", match["france"], france("mortalite"))


@forme(
    "espérance de vie",
    _DEPARTEMENTS,
    r"l’espérance de vie à la naissance est de {femmes} ans pour les femmes",
    r" et de {hommes} ans pour les hommes \(",
    _NATURE,
    r" ; France : {france_femmes} et {france_hommes} ans\)\.",
)
def _life(text: Lecteur, match: Found) -> None:
    _of_departements(text, match)
    for who in ("femmes", "hommes"):
        text.value(f"espérance de vie, {who}", match[who], text.chiffres[f"vie_{who}"])
        text.value(f"espérance de vie, France, {who}", match[f"france_{who}"], france(f"vie_{who}"))


def _of_departements(text: Lecteur, match: Found) -> None:
    named = [place.complement for place in text.departements]
    expected = " et ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
    text.expect("départements", said=match["dep"], expected=expected)
    text.expect("moyenne", said=match["nature"].startswith("moyenne"), expected=len(named) > 1)
    text.expect("nombre", said=match["nombre"].startswith("les"), expected=len(named) > 1)


# ---- General practitioners -------------------------------------------------------------------------------


@forme(
    "généralistes",
    r"Le territoire compte {n} (?P<qui>médecins? généralistes? (?:libéral|libéraux)),",
    r" soit 1(?: médecin généraliste)? pour {par} habitants?",
    r"(?: et {densite} pour 100 000 habitants{aside})?\.",
)
def _doctors(text: Lecteur, match: Found) -> None:
    here = text.chiffres["generalistes"]
    many = here.effectif_haut >= 2
    text.count("généralistes", match["n"], here)
    text.expect(
        "accord", said=match["qui"], expected=f"médecin{'s' * many} généraliste{'s' * many} " + _liberal(many)
    )
    text.value("habitants par généraliste", match["par"], text.chiffres["par_generaliste"], 0)
    if match["densite"]:
        text.value("densité de généralistes", match["densite"], here)
        text.aside(match["aside"], "generalistes")


def _liberal(many: bool) -> str:  # noqa: FBT001
    return "libéraux" if many else "libéral"


@forme(
    "généralistes de 60 ans",
    r"(?:Ce médecin a (?P<seul>moins de 60 ans|60 ans ou plus)",
    r"|(?P<aucun>Aucun d’entre eux n’a 60 ans ou plus)|(?P<tous>Tous ont 60 ans ou plus)",
    r"|{n} d’entre eux, soit {part} %, (?P<verbe>a|ont) 60 ans ou plus){aside}\.",
)
def _older(text: Lecteur, match: Found) -> None:
    here, whole = text.chiffres["60_ans"], text.chiffres["generalistes"].effectif_haut
    older = here.effectif_haut
    if match["seul"]:
        text.expect("un seul", said=1, expected=whole)
        text.expect("son âge", said=match["seul"].startswith("60"), expected=older == 1)
    elif match["aucun"] or match["tous"]:
        text.expect("généralistes de 60 ans", said=0 if match["aucun"] else whole, expected=older)
    else:
        text.count("généralistes de 60 ans", match["n"], here)
        text.value("part de 60 ans", match["part"], here)
        text.bounds("part du nombre dit", match["part"], (100 * older / whole, 100 * older / whole), 1)
        text.expect("accord", said=match["verbe"], expected="a" if older == 1 else "ont")
    text.aside(match["aside"], "60_ans", _PERCENT)


_APL = (
    r"est de {apl} (?P<unite>consultations?) par an et par habitant standardisé"
    r"(?: \((?P<apl_aside>[^()]*)\))?(?:, {apl_place:p})?"
)


@forme(
    "densité de généralistes et APL",
    r"La densité de médecins généralistes libéraux est de {valeur} pour 100 000 habitants{aside}{place}",
    r"(?:, (?P<lien>et|mais) l’accessibilité potentielle localisée \(APL\) à ceux de 65 ans et moins,",
    rf" communes voisines comprises, {_APL})?\.",
)
def _two_measures(text: Lecteur, match: Found) -> None:
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
    r"L’accessibilité potentielle localisée \(APL\) aux médecins généralistes de 65 ans et moins,",
    rf" qui tient compte de ceux des communes voisines, {_APL}\.",
)
def _accessibility_only(text: Lecteur, match: Found) -> None:
    text.expect("généralistes", said=0.0, expected=text.chiffres["generalistes"].effectif_haut)
    _accessibility(text, match)


def _accessibility(text: Lecteur, match: Found) -> None:
    here = text.chiffres["apl"]
    text.value("APL", match["apl"], here, 2)
    text.aside(match["apl_aside"], "apl", places=2)
    text.place(match["apl_place"], "apl")
    text.expect("accord", said=match["unite"].endswith("s"), expected=here.haut >= 2)


@forme(
    "zonage des généralistes",
    r"(?:(?P<aucun>Aucun habitant ne vit en zone d’intervention prioritaire \(ZIP\)",
    r" ni en zone d’action complémentaire \(ZAC\))",
    r"|{zac_seule:h} vivent en zone d’action complémentaire \(ZAC\),",
    r" et aucun en zone d’intervention prioritaire \(ZIP\),",
    r"|{zip:h} vivent en zone d’intervention prioritaire \(ZIP\)",
    r"(?: et (?P<zac>(?:moins de |plus de )?[\d,]+ %) en zone d’action complémentaire \(ZAC\))?)",
    r" pour les médecins généralistes \(zonage de 2022, lu en mai 2025, en cours de révision\)",
    r"(?: \((?P<couverture>[^()]*)\))?\.",
)
def _doctors_zone(text: Lecteur, match: Found) -> None:
    first, second = text.chiffres["zip"], text.chiffres["zac"]
    if match["zip"]:
        text.share(match["zip"], "zip")
    else:
        text.expect("ZIP", said=0.0, expected=first.haut)
    if match["zac"] or match["zac_seule"]:
        text.share(match["zac_seule"] or f"{match['zac']} des habitants", "zac")
    else:
        text.expect("ZAC", said=0.0, expected=second.haut)
    text.coverage("zip", first, [match["couverture"]] if match["couverture"] else [])


# ---- The other professions, emergency care -----------------------------------------------------------------


def _professionals(name: str, zone: str, one: str, many: str) -> None:
    @forme(
        name,
        rf"Le territoire (?:(?P<aucun>ne compte aucun {one})|compte {{n}} (?P<qui>{one}|{many}),",
        r" soit {valeur} pour 100 000 habitants{aside}{place})",
        r"(?:, (?P<lien>et|mais) {zone:h} vivent en zone très sous-dotée pour cette profession",
        r"(?: \((?P<couverture>[^()]*)\))?)?\.",
    )
    def check(text: Lecteur, match: Found) -> None:
        here = text.chiffres[name]
        if match["aucun"]:
            text.expect(name, said=0.0, expected=here.effectif_haut)
        else:
            text.count(name, match["n"], here)
            text.expect("accord", said=match["qui"], expected=many if here.effectif_haut >= 2 else one)
            text.value(name, match["valeur"], here)
            text.aside(match["aside"], name)
            text.place(match["place"], name)
        if match["zone"]:
            text.share(match["zone"], zone)
            text.coverage(zone, text.chiffres[zone], [match["couverture"]] if match["couverture"] else [])
            degree = degre(here, france(name))
            lack = bool(match["aucun"]) or degree is None or degree < 0
            text.expect("lien", said=match["lien"], expected="et" if lack else "mais")
        elif text.chiffres[zone].dicible:
            text.expect("zone très sous-dotée", said=0.0, expected=text.chiffres[zone].haut)


_professionals(
    "infirmiers",
    "zone_infirmiers",
    "lieu d’exercice d’infirmier libéral",
    "lieux d’exercice d’infirmiers libéraux",
)
_professionals(
    "kines",
    "zone_kines",
    "lieu d’exercice de masseur-kinésithérapeute libéral",
    "lieux d’exercice de masseurs-kinésithérapeutes libéraux",
)
_professionals(
    "dentistes",
    "zone_dentistes",
    "lieu d’exercice de chirurgien-dentiste libéral",
    "lieux d’exercice de chirurgiens-dentistes libéraux",
)


@forme(
    "urgences",
    r"En 2024, le service d’urgences le plus proche se trouve ",
    r"(?:(?P<ici>sur place)|à {valeur} km par la route en moyenne){aside}{place}\.",
)
def _emergency(text: Lecteur, match: Found) -> None:
    here = text.chiffres["km"]
    if match["ici"]:
        text.expect("urgences sur place", said=0.0, expected=here.haut)
    else:
        text.value("urgences", match["valeur"], here)
        text.place(match["place"], "km")
    text.aside(match["aside"], "km", " km")
