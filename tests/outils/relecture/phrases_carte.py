"""The sentences of the checks and the proposals of the map, and those of the lists of documents."""

import re
from functools import cache

import pandas as pd

from tests.outils.lieux import DEPARTEMENTS, REGIONS
from tests.outils.relecture.calcul import communes, cpts_existantes, structures
from tests.outils.relecture.francais import FINE, NBSP, enumerated, faults_of_communes, number
from tests.outils.relecture.lecteur import Lecteur, forme, reads
from tests.outils.relecture.phrases_synthese import TAILLES, Found, beyond

# ---- Lists of structures -----------------------------------------------------------------------------------

# Of each list: what it names, its type among the named structures, whether these are known in all of France
# or in Occitanie only, and the columns that count them.
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
        ("EHPAD", "ehpad", True, "hebergements_personnes_agees"),
        ("Service de soins à domicile (SSIAD)", "ssiad", False, "services_soins_domicile"),
    ),
    "Maisons et centres de santé du territoire": (
        ("Maison de santé pluriprofessionnelle", "maison_sante", False, "maisons_sante"),
        ("Centre de santé", "centre_sante", False, "centres_sante"),
    ),
}
_OTHER = {
    "hopital": ("service hospitalier", "services hospitaliers"),
    "ehpad": ("hébergement pour personnes âgées", "hébergements pour personnes âgées"),
}
_SAE, _FINESS = "SAE 2023 (Drees)", "Finess d’avril 2026 (ANS)"
_BPE_24, _BPE_20 = "BPE 2024 (Insee)", "BPE 2020 (Insee)"
# What each list is taken from where it has names, and what counts it.
_SOURCES = {
    "hopital": (_SAE, _BPE_24),
    "urgences": (_SAE, _BPE_24),
    "maternite": (_SAE, _BPE_24),
    "had": (_FINESS, _BPE_20),
    "ehpad": ("Finess au 31 décembre 2022 (CNSA)", _BPE_24),
    "ssiad": (_FINESS, _BPE_24),
    "maison_sante": (_FINESS, _BPE_24),
    "centre_sante": (_FINESS, _BPE_24),
}
_DIGITS = rf"[\d{FINE}]+"
_PATTERN = (
    r"(?P<quoi>[^:.]*)~: (?:",
    r"la liste (?:en nomme (?P<liste>{n})|n’en nomme aucun), d’après (?P<noms>[^:]*?)",
    r"|(?P<sans>aucune liste ne couvre ce territoire)), et le tableau ",
    r"(?:(?:en )?compte (?P<tableau>{n})|n’en compte aucun|ne compte aucun)(?:[ ~](?P<autre>[^:,]*))?",
    r", d’après (?P<compte>[^:]*?)~: [^.]*\.(?= |$)",
)
_APART = "".join(_PATTERN).replace("~", NBSP).replace("{n}", rf"[\d{FINE}]+")


@forme("listes", r"{titre:t} : les listes disponibles n’en nomment aucun\.(?P<ecarts>.*)")
def _no_structure(text: Lecteur, match: Found) -> None:
    told = {each["quoi"].strip(): each for each in re.finditer(_APART, match["ecarts"])}
    for nom, kind, everywhere, columns in _LISTES[match["titre"]]:
        listed, counted = _structures_of(text, kind, columns, everywhere=everywhere)
        text.expect(nom, said=0, expected=listed)
        text.expect(f"{nom}, écart", said=nom in told, expected=bool(counted))
        if nom in told:
            _two_counts(text, told[nom], kind, listed, counted, everywhere=everywhere)


@forme("écart des listes", _APART)
def _lists_apart(text: Lecteur, match: Found) -> None:
    every = (each for listed in _LISTES.values() for each in listed)
    _, kind, everywhere, columns = next(each for each in every if each[0] == match["quoi"])
    listed, counted = _structures_of(text, kind, columns, everywhere=everywhere)
    text.expect("écart", said=True, expected=listed != counted)
    _two_counts(text, match, kind, listed, counted, everywhere=everywhere)


def _two_counts(  # noqa: PLR0913
    text: Lecteur, match: Found, kind: str, listed: int, counted: int, *, everywhere: bool
) -> None:
    names, counts = _SOURCES[kind]
    regions = text.chiffres.rows["region"]
    covered = _covered(kind, regions, everywhere=everywhere)
    sources = [names] * bool(covered.any()) + [counts] * bool(not everywhere and not covered.all())
    text.expect("liste", said=bool(match["sans"]), expected=not sources)
    if not match["sans"]:
        text.expect("source de la liste", said=match["noms"], expected=" et ".join(sources))
    text.expect("source du compte", said=match["compte"], expected=counts)
    text.expect("nombre de la liste", said=number(match["liste"] or "0"), expected=float(listed))
    text.expect("nombre du tableau", said=number(match["tableau"] or "0"), expected=float(counted))
    one, many = _OTHER.get(kind, ("", ""))
    text.expect("ce qui est compté", said=match["autre"] or "", expected=many if counted > 1 else one)


def _covered(kind: str, regions: pd.Series, *, everywhere: bool) -> pd.Series:
    """Where the named structures are known: EHPAD in métropole, others in all of France or Occitanie."""
    if kind == "ehpad":
        return ~regions.isin(["01", "02", "03", "04", "06"])
    return regions.eq("76") | everywhere


def _structures_of(text: Lecteur, kind: str, columns: str, *, everywhere: bool) -> tuple[int, int]:
    """How many are listed, and how many are counted."""
    rows, named = text.chiffres.rows, structures()
    counts = rows[columns.split()].sum(axis=1)
    ours = named[(named["type"] == kind) & named["code"].isin(text.codes)]
    covered = _covered(kind, rows["region"], everywhere=everywhere)
    unnamed = 0 if everywhere else int(counts[~covered].sum())
    return len(ours[ours["code"].isin(rows.index[covered])]) + unnamed, int(counts.sum())


# ---- Zones taken whole or in part --------------------------------------------------------------------------

# Of each kind of zones: its column, and its plural.
_ZONES = {
    "EPCI": ("epci", "EPCI"),
    "canton": ("canton", "cantons"),
    "bassin de vie": ("bassin_vie", "bassins de vie"),
    "CPTS existante": ("cpts", "CPTS existantes"),
}
# What stands for no canton: Martinique, Guyane.
_SANS_CANTON = ["97299", "97399"]


@forme("découpages", r"Le territoire prend en entier {entieres:t} ; il coupe {coupees:t}\.")
def _whole_and_cut(text: Lecteur, match: Found) -> None:
    _cuts(text, match["entieres"], match["coupees"])


@forme("découpages", r"Le territoire prend en entier {entieres:t}, sans rien couper d’autre\.")
def _all_whole(text: Lecteur, match: Found) -> None:
    _cuts(text, match["entieres"], "")


@forme("découpages", r"Le territoire ne prend en entier aucun {noms:t} ; il coupe {coupees:t}\.")
def _all_cut(text: Lecteur, match: Found) -> None:
    kinds = [nom for nom, (kind, _) in _ZONES.items() if _met(text, kind)]
    text.expect("zones", said=re.split(r", | ou ", match["noms"]), expected=kinds)
    _cuts(text, "", match["coupees"])


def _cuts(text: Lecteur, whole: str, cut: str) -> None:
    for said, entire in ((whole, True), (cut, False)):
        told = []
        for nom, (kind, plural) in _ZONES.items():
            count = sum((share == 1) == entire for share in _met(text, kind))
            told += [f"{count}{NBSP}{nom if count == 1 else plural}"] if count else []
        text.expect("zones", said=re.split(r", | et ", said) if said else [], expected=told)


def _met(text: Lecteur, kind: str) -> list[float]:
    """The share of its communes that the territory has of each zone it meets."""
    every = (cpts_existantes() if kind == "cpts" else communes()[kind]).dropna()
    every = every[~every.isin(_SANS_CANTON)]
    mine = every[every.index.isin(text.codes)].value_counts()
    return list(mine / every.value_counts()[mine.index])


@forme("cantons", r"Les cantons sont ceux que l’Insee appelle « cantons-ou-villes » : .*\.")
def _cantons(text: Lecteur, match: Found) -> None:
    text.expect("cantons", said=bool(match[0]), expected=bool(_met(text, "canton")))


@forme(
    "CPTS existantes",
    r"Les périmètres des CPTS existantes sont connus en Provence-Alpes-Côte d’Azur seulement,.*",
)
def _cpts_note(text: Lecteur, match: Found) -> None:
    text.expect("CPTS", said=bool(match[0]), expected=bool(_met(text, "cpts")))


@forme("sans zone", r"{noms:t} (?:n’est|ne sont) dans aucune CPTS existante\.")
def _in_no_existing(text: Lecteur, match: Found) -> None:
    _of_nobody(text, match["noms"])


@forme("sans zone", r"{noms:t} (?:n’est|ne sont) dans aucun (?P<quoi>EPCI|canton|bassin de vie)\.")
def _in_no_zone(text: Lecteur, match: Found) -> None:
    _named(text, match["noms"])
    mine = text.chiffres.rows[_ZONES[match["quoi"]][0]]
    text.expect("sans zone", said=True, expected=bool((mine.isna() | mine.isin(_SANS_CANTON)).any()))


# ---- CPTS that exist already -------------------------------------------------------------------------------

_KNOWN_IN = (
    r"Les périmètres des CPTS qui existent déjà sont connus de cet outil "
    r"en Provence-Alpes-Côte d’Azur seulement"
)


@forme(
    "CPTS connues",
    _KNOWN_IN,
    r"(?P<suite>, et ne sont pas datés| : pour ce territoire, demandez-les à l’ARS)\.",
)
def _cpts_known(text: Lecteur, match: Found) -> None:
    known = cpts_existantes().index
    here = any(code in known for code in text.codes)
    text.expect("CPTS connues", said=match["suite"].startswith(","), expected=here)


@forme("CPTS connues", r"Rien n’est connu pour {n}~[^.]* du territoire\.")
def _cpts_unknown(text: Lecteur, match: Found) -> None:
    known = cpts_existantes().index
    expected = sum(code not in known for code in text.codes)
    text.expect("CPTS inconnues", said=number(match["n"]), expected=expected)


@forme(
    "CPTS",
    r"(?:{n}~[^.:]* sont|La commune {noms:t} est) déjà dans une CPTS : {cpts:t}\.",
)
def _in_cpts(text: Lecteur, match: Found) -> None:
    taken = cpts_existantes().reindex(list(text.codes)).dropna()
    sizes, mine = cpts_existantes().value_counts(), taken.value_counts()
    text.expect("communes de CPTS", said=number(match["n"] or "1"), expected=len(taken))
    said = re.findall(rf"«{NBSP}(.*?){NBSP}» \((?:en entier|({_DIGITS}) sur ({_DIGITS}))\)", match["cpts"])
    for nom, part, total in said:
        told = (number(part), number(total)) if part else None
        whole = mine.get(nom) == sizes.get(nom)
        text.expect(nom, said=told, expected=None if whole else (mine.get(nom), sizes.get(nom)))
    text.expect("CPTS", said=len(said) + _others(match["cpts"]), expected=len(mine))


@forme("CPTS voisines", r"Le territoire est à côté de {cpts:t}\.")
def _cpts_beside(text: Lecteur, match: Found) -> None:
    said = set(re.findall(rf"«{NBSP}(.*?){NBSP}»", match["cpts"]))
    taken = cpts_existantes().reindex(list(text.codes)).dropna()
    text.expect("CPTS voisines", said=said - set(cpts_existantes()), expected=set())
    text.expect("CPTS voisines", said=said & set(taken), expected=set())


@forme("sans CPTS", r"(?:La commune|Les communes) voisines? {noms:t} (?:n’est|ne sont) dans aucune CPTS\.")
@forme(
    "sans CPTS",
    r"(?:La commune|Les communes) {noms:t}, que le territoire entoure, (?:n’est|ne sont) dans aucune CPTS\.",
)
def _in_no_cpts(text: Lecteur, match: Found) -> None:
    _of_nobody(text, match["noms"])


def _of_nobody(text: Lecteur, said: str) -> None:
    """These are names of communes that are in no CPTS."""
    nobody = cpts_existantes().index[cpts_existantes().isna()]
    known = {nom.replace("'", "’") for nom in communes().loc[nobody, "nom"]}
    for fault in faults_of_communes(said, known):
        text.wrong(fault)


def _others(said: str) -> int:
    found = re.search(rf"(\d+){NBSP}autres?$", said)
    return int(found[1]) if found else 0


# ---- Where the territory stands ----------------------------------------------------------------------------


@forme(
    "habitants",
    r"Le territoire compte {n}~habitants? \(population municipale en vigueur, millésime {annees:t}\)\.",
)
def _inhabitants(text: Lecteur, match: Found) -> None:
    text.expect("habitants", said=number(match["n"]), expected=text.population)
    years = {str(each) for each in text.chiffres.rows["millesime_population"]}
    text.expect("millésime", said=set(match["annees"].split(" et ")), expected=years)


_ONE_SHARE = re.compile(
    rf"((?:moins de |plus de )?)(\d+){NBSP}% (?:des habitants vivent )?(.*?)"
    r"(?=$|(?:,| et) (?:moins|plus|\d))",
    re.IGNORECASE,
)


@forme("répartition", r"(?P<parts>(?:Moins de |Plus de )?\d+ % des habitants vivent .*)\.")
def _spread(text: Lecteur, match: Found) -> None:
    said = _ONE_SHARE.findall(match["parts"])
    for zone, places in (("departement", DEPARTEMENTS), ("region", REGIONS)):
        people = text.chiffres.rows.groupby(zone)["population"].sum()
        if {where for _, _, where in said} == {places[str(code)].lieu for code in people.index}:
            shares = {places[str(code)].lieu: 100 * count / people.sum() for code, count in people.items()}
            for limit, value, where in said:
                _share_of_people(text, limit.lower(), number(value), shares[where])
            return
    text.wrong("répartition : lieux faux")


def _share_of_people(text: Lecteur, limit: str, said: float, true: float) -> None:
    if limit == "moins de ":
        text.expect("part des habitants", said=(said, True), expected=(1.0, 0 < true < 1))
    elif limit == "plus de ":
        text.expect("part des habitants", said=(said, True), expected=(99.0, 99 < true < 100))
    elif not reads(true, said, 0):
        text.wrong(f"part des habitants : {said} au lieu de {true}")


_LIMIT = r" habitants \({part} % du seuil\), limite entre la Taille {basse} et la Taille {haute}\."


@forme("seuil", r"Il manque {marge}~habitants? pour atteindre {seuil}", _LIMIT)
def _under(text: Lecteur, match: Found) -> None:
    _threshold(text, match, -1)


@forme("seuil", r"La population dépasse de {marge}~habitants? seulement le seuil de {seuil}", _LIMIT)
def _over(text: Lecteur, match: Found) -> None:
    _threshold(text, match, 1)


def _threshold(text: Lecteur, match: Found, sign: int) -> None:
    limit = int(number(match["seuil"]))
    gap, above = text.population - limit, dict(TAILLES).get(limit, 0)
    text.expect("marge", said=number(match["marge"]), expected=float(sign * gap))
    text.bounds("part du seuil", match["part"], (100 * abs(gap) / limit, 100 * abs(gap) / limit), 1)
    text.expect("Tailles", said=(int(match["basse"]), int(match["haute"])), expected=(above - 1, above))


# ---- Communes ----------------------------------------------------------------------------------------------


def _of_communes(sujet: str, *pattern: str) -> None:
    """A sentence about communes, whose neighbours are tested elsewhere: its names are read here."""

    @forme(sujet, *pattern)
    def check(text: Lecteur, match: Found) -> None:
        _named(text, match["noms"])
        if "qui" in match.re.groupindex:
            many = len(enumerated(match["noms"], _known())) > 1
            text.expect("accord", said=match["qui"], expected="Les communes" if many else "La commune")


def _named(text: Lecteur, said: str) -> None:
    for fault in faults_of_communes(said, _known()):
        text.wrong(fault)


@cache
def _known() -> set[str]:
    return {nom.replace("'", "’") for nom in communes()["nom"]}


_WHO = r"(?P<qui>La commune|Les communes) {noms:t} "
_of_communes(
    "morceaux",
    _WHO,
    r"(?:est|sont) à part du plus grand morceau\.(?: [^.]* ne se touchent que par un point\.)*",
)
_of_communes("enclave", _WHO, r"(?:est entourée|sont entourées) par le territoire sans en faire partie\.")
_of_communes(
    "eau",
    _WHO,
    r"(?:n’est reliée|ne sont reliées) au reste du territoire que par l’eau \(île, estuaire ou rade\)\.",
)
_of_communes(
    "sans contour",
    _WHO,
    r"(?:compte|comptent) dans les chiffres mais (?:n’est pas dessinée|ne sont pas dessinées) sur la carte,",
    r" et (?:son|leur) voisinage n’est qu’approché\.",
)
_of_communes("morceaux réunis", r"Pour réunir les deux morceaux, ajouter {noms:t} suffit\.")
_of_communes(
    "morceaux réunis",
    r"Pour réunir les deux morceaux, il faut au moins \d+~communes, par exemple {noms:t}\.",
)
_of_communes("morceaux réunis", r"Pour réunir les \d+ morceaux, une façon est d’ajouter {noms:t}\.")


@forme(
    "population ancienne",
    r"La population {noms:t} est celle de {annee:t}, non de {recent:t} comme ailleurs\.",
)
def _older_population(text: Lecteur, match: Found) -> None:
    _named(text, match["noms"])
    years = {str(each) for each in communes()["millesime_population"]}
    mine = {str(each) for each in text.chiffres.rows["millesime_population"]}
    text.expect("récent", said=match["recent"], expected=max(years))
    text.expect("millésime", said=set(match["annee"].split(" et ")), expected=mine - {max(years)})


@forme("sans chiffre", r"{quoi:t} : rien n’est publié pour {noms:t}\.")
def _without(text: Lecteur, match: Found) -> None:
    _named(text, match["noms"])
    rows = text.chiffres.rows
    missing = rows["apl_medecins_generalistes_65_ans"].isna() | rows["generalistes_liberaux"].isna()
    text.expect("sans chiffre", said=True, expected=bool((missing & (rows["population"] > 0)).any()))


# ---- The next Taille ---------------------------------------------------------------------------------------


@forme(
    "taille proposée",
    r"Pour atteindre la Taille {taille}, ajouter {noms:t} suffit \({population} habitants\)\.",
)
def _one_more(text: Lecteur, match: Found) -> None:
    _next_size(text, match, 1)


@forme(
    "taille proposée",
    r"Pour atteindre la Taille {taille}, il faut au moins {n}~communes voisines : {noms:t}",
    r" \({population} habitants\)\.",
)
def _several_more(text: Lecteur, match: Found) -> None:
    _next_size(text, match, int(match["n"]))


@forme(
    "taille proposée",
    r"Même avec toutes ses voisines \({population} habitants\), ",
    r"le territoire n’atteindrait pas la Taille {taille}\.",
)
def _out_of_reach(text: Lecteur, match: Found) -> None:
    limit = _limit(match)
    text.expect("population", said=True, expected=text.population <= number(match["population"]) <= limit)


def _next_size(text: Lecteur, match: Found, count: int) -> None:
    """The named communes bring the territory just beyond the next threshold."""
    limit, after = _limit(match), int(number(match["population"]))
    text.expect("seuil", said=True, expected=beyond(after, limit) and not beyond(text.population, limit))
    names = enumerated(match["noms"], _known())
    more = [int(each[1]) for nom in names if (each := re.fullmatch(rf"(\d+){NBSP}autres?", nom))]
    text.expect("nombre", said=len(names) - len(more) + sum(more), expected=count)
    _named(text, match["noms"])


def _limit(match: Found) -> int:
    return {size: limit for limit, size in TAILLES}.get(int(match["taille"]), 0)
