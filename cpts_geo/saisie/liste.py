"""A list of communes, pasted or read from a file: each line is matched, or put to the person.

No line is dropped: what is ambiguous comes with the communes it may mean, what is unknown with those it looks
like, and what repeats a commune or names none says so.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.saisie.decoupage import ENTETE, Element, LigneCollee, elements
from cpts_geo.saisie.lecture.autres_nombres import est_annee
from cpts_geo.saisie.lecture.ligne import Candidat, Lecteur, LectureLigne, Sens
from cpts_geo.saisie.lecture.ligne_melee import names_among
from cpts_geo.saisie.noms import IndexNoms
from cpts_geo.saisie.proximite import Proximite
from cpts_geo.saisie.ressemblance import suggest
from cpts_geo.socle.nombres import entier, pluriel

_SHORT_CODE = 4
# Beyond, the text is no list of communes: looking for like names would be long and of no use.
MAX_SUGGESTIONS = 200
MAX_PROPOSITIONS = 6

# Codes that can be read in one way only tell how to read the others when they are at least two, and half.
_LEAST_EVIDENCE, _LEAST_SHARE = 2, 0.5
_INSEE_WORDS = {"insee", "codgeo", "cog"}
_POSTAL_WORDS = {"postal", "postaux", "cp"}


class Statut(StrEnum):
    """What became of a line."""

    TROUVEE = "trouvee"
    AMBIGUE = "ambigue"
    INCONNUE = "inconnue"
    DOUBLON = "doublon"
    ECARTEE = "ecartee"
    IGNOREE = "ignoree"


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """What a line means: the commune of a line found or repeated, or those among which to choose.

    `mention` says, in French, what the person should know: a former name, a line repeated. `ancienne` tells a
    commune found by the name or the code of one that is now part of it.
    """

    numero: int
    texte: str
    statut: Statut
    code: str | None = None
    propositions: tuple[Candidat, ...] = ()
    mention: str = ""
    ancienne: bool = False

    @property
    def a_preciser(self) -> bool:
        """Whether the person must choose."""
        return self.statut in {Statut.AMBIGUE, Statut.INCONNUE}


def bring_together(
    lignes: Iterable[LigneCollee], index: IndexNoms, proches: Collection[str] = ()
) -> tuple[Rapprochement, ...]:
    """Match every line to a commune, in order; a line that lists several communes gives several answers.

    Args:
        lignes: the lines, none of them blank.
        index: the names and codes of communes.
        proches: communes near which those of the list are likely to be, as those of the territory.

    Raises:
        ListeInvalideError: there are more than `MAX_LIGNES` lines.
    """
    items = _without_years(elements(lignes, Lecteur(index)))
    sens = _sense_of_codes(items)
    found = [_match(item, item.sens or sens, index.referentiel) for item in items]
    pairs = list(zip(found, items, strict=True))
    known = {each.code for each in found if each.statut == Statut.TROUVEE and each.code} | set(proches)
    measured = (
        candidat.code for each, item in pairs for candidat in (*each.propositions, *item.lecture.noms)
    )
    proximite = Proximite(index, known, chain(measured, known))
    weighed = [_weigh(each, item, proximite, index) for each, item in pairs]
    return tuple(_mark_repeated(_suggested(weighed, items, index, proximite)))


# ---- Codes that are both INSEE codes and postal codes ----------------------------------------------------


def _sense_of_codes(items: Sequence[Element]) -> str:
    """How to read a bare number: "insee" or "postal", or "" when the list does not tell.

    The header tells, or the rest of the list: when all its numbers can be read as one kind, and most as that
    kind only, it is the kind.
    """
    headers = _words_of_headings(items)
    said = bool(headers & _INSEE_WORDS), bool(headers & _POSTAL_WORDS)
    if said[0] != said[1]:
        return "insee" if said[0] else "postal"
    codes = [item.lecture for item in items if item.lecture.est_code and not item.ecartee]
    for sense, only in (
        ("insee", [not each.postal for each in codes if each.insee]),
        ("postal", [not each.insee for each in codes if each.postal]),
    ):
        if len(only) == len(codes) and sum(only) >= max(_LEAST_EVIDENCE, _LEAST_SHARE * len(codes)):
            return sense
    return ""


def _without_years(items: list[Element]) -> list[Element]:
    """The items, a number that looks like a year set aside unless the list is one of codes without zeros."""
    coded = [item for item in items if item.lecture.est_code]
    years = sum(map(_is_year, coded))
    if not years or _words_of_headings(items) & _INSEE_WORDS:
        return items
    if years == len(coded) and years > 1 and not any(item.lecture.noms for item in items):
        return [_asked(item) if _is_year(item) else item for item in items]
    short = [item for item in coded if len(item.texte.strip()) == _SHORT_CODE and not _is_year(item)]
    if len(short) >= _LEAST_EVIDENCE and 2 * len(coded) >= len(items):
        return items
    said = "ce n’est pas une commune\u00a0: année"
    return [replace(item, ecartee=said) if _is_year(item) else item for item in items]


def _asked(item: Element) -> Element:
    """A year that nothing else in the list shows to be one: it may be a code without its zero."""
    return replace(item, lecture=replace(item.lecture, douteuse=True))


def _is_year(item: Element) -> bool:
    return item.lecture.est_code and item.sens is None and est_annee(item.texte)


def _words_of_headings(items: Iterable[Element]) -> set[str]:
    """The words of headings; a source that names Insee says nothing of codes."""
    return {word for item in items if item.ignoree == ENTETE for word in item.lecture.nom.split()}


def _candidates(lecture: LectureLigne, sens: str, *, dit: bool) -> tuple[Candidat, ...]:
    if lecture.noms:
        return lecture.noms if lecture.douteuse else _best(lecture.noms)
    if dit:
        return lecture.insee if sens == Sens.INSEE else lecture.postal
    if not (sens and lecture.insee and lecture.postal) or lecture.douteuse:
        return lecture.insee + lecture.postal
    read, kind = (lecture.insee, "Insee") if sens == "insee" else (lecture.postal, "postal")
    if {each.code for each in lecture.insee} == {each.code for each in lecture.postal}:
        return read
    said = f"lu comme code {kind}, comme le reste de la liste"
    return tuple(replace(each, mention=", ".join(filter(None, (each.mention, said)))) for each in read)


def _best(candidats: Sequence[Candidat]) -> tuple[Candidat, ...]:
    return tuple(candidat for candidat in candidats if candidat.rang == candidats[0].rang)


# ---- Matching -------------------------------------------------------------------------------------------


def _match(item: Element, sens: str, referentiel: Referentiel) -> Rapprochement:
    if item.ecartee:
        return Rapprochement(item.numero, item.texte, Statut.ECARTEE, mention=item.ecartee)
    if item.ignoree:
        return Rapprochement(item.numero, item.texte, Statut.IGNOREE, mention=item.ignoree)
    candidats = _unique(_candidates(item.lecture, sens, dit=item.sens is not None))
    if not candidats:
        return Rapprochement(item.numero, item.texte, Statut.INCONNUE)
    if len(candidats) > 1 or item.lecture.douteuse:
        mention = _why(item.lecture)
        return Rapprochement(item.numero, item.texte, Statut.AMBIGUE, None, candidats, mention)
    return _found(item, candidats[0], referentiel)


def _found(item: Element, candidat: Candidat, referentiel: Referentiel) -> Rapprochement:
    ville = referentiel.villes.get(candidat.code)
    city = f"ville entière, {pluriel(len(ville.arrondissements), 'arrondissement')}" if ville else ""
    return Rapprochement(
        item.numero,
        item.texte,
        Statut.TROUVEE,
        candidat.code,
        mention=", ".join(filter(None, (candidat.mention, city))),
        ancienne=candidat.ancien,
    )


def _why(lecture: LectureLigne) -> str:
    if lecture.douteuse:
        return "les indications de cette ligne ne concordent pas"
    if lecture.noms:
        return "plusieurs communes portent ce nom"
    if lecture.insee:
        return "à la fois code Insee et code postal"
    return "code postal de plusieurs communes"


def _unique(candidats: Iterable[Candidat]) -> tuple[Candidat, ...]:
    first: dict[str, Candidat] = {}
    for candidat in candidats:
        first.setdefault(candidat.code, candidat)
    return tuple(first.values())


def _weigh(found: Rapprochement, item: Element, proximite: Proximite, index: IndexNoms) -> Rapprochement:
    """Order what is ambiguous; and doubt a commune far from all the others, when there is a reason to.

    The reason is that it was found by a former name, that its name is that of a département or a région too,
    that another of that name, be it a former name or a name but for its article, is near the others, or that
    its name begins that of one near the others: "St Trojan" beside Dolus is Saint-Trojan-les-Bains.
    """
    if found.statut == Statut.AMBIGUE:
        return replace(found, propositions=proximite.sort(found.propositions))
    if found.code is None or item.lecture.lieu or not proximite.alone(found.code):
        return found
    former = any(each.ancien for each in item.lecture.noms if each.code == found.code)
    zone = item.lecture.noms and item.lecture.nom in index.departements
    others = [each.code for each in item.lecture.noms if each.code != found.code]
    same = any(proximite.near(code, sauf=found.code) for code in others)
    longer = _unique(Candidat(nom.code) for nom in proximite.beginning(item.lecture.nom))
    if not (former or zone or same or longer):
        return found
    return replace(
        found,
        statut=Statut.AMBIGUE,
        code=None,
        propositions=_unique([*longer, *proximite.sort(item.lecture.noms)]),
        mention="cette commune serait loin des autres",
    )


def _suggested(
    found: Sequence[Rapprochement], items: Sequence[Element], index: IndexNoms, proximite: Proximite
) -> Iterator[Rapprochement]:
    """Give the unknown lines the communes that they look like."""
    near: dict[str, Collection[str]] = {}
    for each, item in zip(found, items, strict=True):
        if each.statut == Statut.INCONNUE and item.lecture.nom and len(near) < MAX_SUGGESTIONS:
            near.setdefault(item.lecture.nom, item.lecture.lieu or proximite.communes)
    like = dict(zip(near, suggest(index, list(near), list(near.values())), strict=True)) if near else {}
    for each, item in zip(found, items, strict=True):
        if each.statut != Statut.INCONNUE:
            yield each
        else:
            likely = {*item.lecture.lieu, *proximite.communes}
            told = not item.lecture.nom or item.lecture.nom in like
            among, others = names_among(index, each.texte, likely) if told else ([], [])
            alike = map(Candidat, like.get(item.lecture.nom, []))
            propositions = _unique([*among, *alike, *others])[:MAX_PROPOSITIONS]
            yield replace(each, propositions=propositions, mention="nom ou code inconnu")


def _mark_repeated(found: Iterable[Rapprochement]) -> Iterator[Rapprochement]:
    first: dict[str, int] = {}
    for each in found:
        if each.statut != Statut.TROUVEE or each.code is None:
            yield each
        elif each.code in first:
            mention = ", ".join(filter(None, (each.mention, f"déjà à la ligne {first[each.code]}")))
            yield replace(each, statut=Statut.DOUBLON, mention=mention)
        else:
            first[each.code] = each.numero
            yield each


# ---- What comes of it -----------------------------------------------------------------------------------


def bilan(found: Iterable[Rapprochement]) -> str:
    """Sum up a list in French: "32 communes reconnues, 3 lignes à préciser"."""
    counts = Counter("a_preciser" if each.a_preciser else each.statut.value for each in found)
    parts = [
        pluriel(counts[Statut.TROUVEE], "commune reconnue", "communes reconnues"),
        pluriel(counts["a_preciser"], "ligne à préciser", "lignes à préciser")
        if counts["a_preciser"]
        else "",
        pluriel(counts[Statut.DOUBLON], "doublon") if counts[Statut.DOUBLON] else "",
        pluriel(counts[Statut.ECARTEE], "ligne écartée", "lignes écartées") if counts[Statut.ECARTEE] else "",
        pluriel(counts[Statut.IGNOREE], "ligne ignorée", "lignes ignorées") if counts[Statut.IGNOREE] else "",
    ]
    return ", ".join(filter(None, parts))


def retenues(
    found: Sequence[Rapprochement], choix: Mapping[int, str], referentiel: Referentiel
) -> tuple[str, ...]:
    """Codes of the communes found and chosen, each once, in order; a city by its arrondissements.

    Args:
        found: what each line means.
        choix: the commune chosen for a line, by its rank in `found`.
        referentiel: tells what a city is made of.
    """
    codes = (each.code or choix.get(rank) for rank, each in enumerate(found))
    units = (referentiel.unites(code) for code in codes if code)
    return tuple(dict.fromkeys(chain.from_iterable(units)))


def libelle_ajout(communes: int, laissees: int) -> str:
    """Say, in French, what adding so many communes leaves aside."""
    adding = f"Ajouter {pluriel(communes, 'commune')}"
    return f"{adding} et laisser {pluriel(laissees, 'ligne')} de côté" if laissees else adding


def libelle(code: str, index: IndexNoms, mention: str = "") -> str:
    """Name a commune so that it can be told from its homonyms: "Saujon, Charente-Maritime (7 450 hab.)"."""
    commune = index.lieux.loc[code].to_dict()
    departement = index.referentiel.nom_zone("departement", str(commune["departement"]))
    ville = index.referentiel.villes.get(code)
    nom = ville.en_toutes_lettres if ville else commune["nom"]
    named = f"{nom}, {departement} ({entier(int(commune['population']))}\u00a0hab.)"
    return f"{named}, {mention}" if mention else named


def apercu(lines: Iterable[Rapprochement], index: IndexNoms) -> list[dict[str, int | str]]:
    """Lines as rows for the eye: Ligne, Texte, Commune, Remarque."""
    noms = index.lieux["nom"].to_dict()
    return [
        {
            "Ligne": line.numero,
            "Texte": line.texte,
            "Commune": f"{noms[line.code]} ({line.code})" if line.code else "",
            "Remarque": line.mention,
        }
        for line in lines
    ]
