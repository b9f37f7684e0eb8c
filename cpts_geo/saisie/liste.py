"""A list of communes, pasted or read from a file: each line is matched, or put to the person.

No line is dropped: what is ambiguous comes with the communes it may mean, what is unknown with those it looks
like, and what repeats a commune or names none says so.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from cpts_geo.saisie.autres_nombres import est_annee
from cpts_geo.saisie.fichiers.limites_tableaux import limites
from cpts_geo.saisie.ligne import Candidat, Lecteur, LectureLigne, Sens
from cpts_geo.saisie.noms import IndexNoms, simplify
from cpts_geo.saisie.proximite import Proximite
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.ressemblance import suggest
from cpts_geo.saisie.tables.vocabulaire import is_
from cpts_geo.socle.nombres import entier, pluriel
from cpts_geo.socle.textes import shorten

MAX_LIGNES = limites().rangees_au_plus
MAX_LONGUEUR = 200
MAX_CARACTERES = 500_000
ENTETE = "en-tête ou total"
NOM_DE_TERRITOIRE = "nom de territoire"
TROP_LONGUE = "texte trop long pour être une commune"
_SHORT_CODE = 4
# Beyond, the text is no list of communes: looking for like names would be long and of no use.
MAX_SUGGESTIONS = 200

_SEPARATORS = (r"\t", ";", r"\|", ",", r"\s[-–—/+]\s", r"[/+]", r"\s(?:et|&)\s", "&", r"[•·▪]")
_LIST_HEAD = re.compile(r"^\s*(?:liste des\s+)?communes?\s*(?:membres\s*)?:\s*", re.IGNORECASE)
_NOTE = re.compile(r"^\s*\*|^[^:]{1,40}:\s")
_LONG_NOTE = 40
_LEAST_OF_LIST = 2
# Codes that can be read in one way only tell how to read the others when they are at least two, and half.
_LEAST_EVIDENCE, _LEAST_SHARE = 2, 0.5
_HEADER = re.compile(r"commune|communes|code|codes|codgeo|libgeo|insee|total|nom|noms|liste")
_HEADER_TOO = re.compile(
    _HEADER.pattern + r"|de|la|le|les|des|du|l|d|et|en|postal|postaux|com|cog|cp|libelle|libelles|population"
    r"|municipale|totale|habitants|hab|departement|dep|region|reg|epci|canton|bassin|vie|numero|n|territoire"
    r"|cpts|ensemble|sous|officiel|officielle|officiels|geographique"
)
_INSEE_WORDS = {"insee", "codgeo", "cog"}
_POSTAL_WORDS = {"postal", "postaux", "cp"}


class ListeInvalideError(SaisieRefuseeError):
    """The list is too long to be one; the message, in French, says so."""


class Statut(StrEnum):
    """What became of a line."""

    TROUVEE = "trouvee"
    AMBIGUE = "ambigue"
    INCONNUE = "inconnue"
    DOUBLON = "doublon"
    ECARTEE = "ecartee"
    IGNOREE = "ignoree"


@dataclass(frozen=True, slots=True)
class LigneCollee:
    """A line to match: its number where it was read, and its text.

    A line that comes from a table stands for one commune (`seule`), and its heading may say what its code is
    (`sens`). `ignoree` says, in French, why it is no line of the list, as a heading or a total; `ecartee` why
    it has something else than a commune, or is hidden.
    """

    numero: int
    texte: str
    seule: bool = False
    ignoree: str = ""
    ecartee: str = ""
    sens: Sens | None = None


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


@dataclass(frozen=True, slots=True)
class _Item:
    """One commune of the list, or what should be one."""

    numero: int
    texte: str
    lecture: LectureLigne
    ignoree: str = ""
    ecartee: str = ""
    sens: Sens | None = None


def lignes_du_texte(texte: str) -> tuple[LigneCollee, ...]:
    """Lines of a pasted text, blank ones left out.

    Raises:
        ListeInvalideError: the text is too long.
    """
    if len(texte) > MAX_CARACTERES:
        raise ListeInvalideError("Ce texte est trop long pour être une liste de communes.")
    numbered = enumerate(texte.splitlines(), start=1)
    return tuple(LigneCollee(numero, line) for numero, line in numbered if line.strip("\ufeff \t\u00a0;,|"))


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
    items = _without_years(_items(lignes, Lecteur(index)))
    sens = _sense_of_codes(items)
    found = [_match(item, item.sens or sens) for item in items]
    pairs = list(zip(found, items, strict=True))
    known = {each.code for each in found if each.statut == Statut.TROUVEE and each.code} | set(proches)
    measured = (
        candidat.code for each, item in pairs for candidat in (*each.propositions, *item.lecture.noms)
    )
    proximite = Proximite(index, known, chain(measured, known))
    weighed = [_weigh(each, item, proximite, index) for each, item in pairs]
    return tuple(_mark_repeated(_suggested(weighed, items, index, proximite)))


# ---- Lines ----------------------------------------------------------------------------------------------


def _items(lignes: Iterable[LigneCollee], lecteur: Lecteur) -> list[_Item]:
    items: list[_Item] = []
    for ligne in lignes:
        items.extend(_split(ligne, lecteur))
        _check_count(len(items))
    return items


def _check_count(count: int) -> None:
    if count > MAX_LIGNES:
        raise ListeInvalideError(f"Cette liste a plus de {entier(MAX_LIGNES)} lignes\u00a0: partagez-la.")


def _split(ligne: LigneCollee, lecteur: Lecteur) -> Iterator[_Item]:
    """The line itself when it is about one commune, or each part of a line that clearly is a list."""
    if ligne.ecartee:
        yield _Item(ligne.numero, ligne.texte.strip(), LectureLigne(), ecartee=ligne.ecartee)
        return
    if ligne.ignoree or (est_entete(ligne.texte) and not lecteur.etiquetee(ligne.texte)):
        reason = ligne.ignoree or ENTETE
        yield _Item(ligne.numero, ligne.texte.strip(), LectureLigne(nom=simplify(ligne.texte)), reason)
        return
    too_long = len(ligne.texte) > MAX_LONGUEUR
    lecture = LectureLigne() if too_long else lecteur.read(ligne.texte, ligne.numero)
    unsure = lecture.douteuse or not lecture.comprise
    titre, rest = titre_et_suite(ligne.texte)
    if unsure and (parts := _parts(ligne, lecteur)):
        yield from parts
    elif rest and not lecture.comprise:
        yield _Item(ligne.numero, titre, LectureLigne(), NOM_DE_TERRITOIRE)
        yield from _split(replace(ligne, texte=rest), lecteur)
    else:
        yield _single(ligne, lecture, lecteur)


def titre_et_suite(texte: str) -> tuple[str, str]:
    """The name of a territory and what follows it on its line: "CPTS des Rives : Royan, Saujon"."""
    titre, _, rest = texte.partition(":")
    named = is_("territoires", titre)
    return (titre.strip(), rest.strip()) if named and rest.strip() else (texte, "")


def _single(ligne: LigneCollee, lecture: LectureLigne, lecteur: Lecteur) -> _Item:
    """A line that is no list: one commune, or why it is none."""
    texte = ligne.texte.strip()
    if lecture.comprise:
        return _Item(ligne.numero, texte, lecture, sens=ligne.sens)
    if lecture.autre:
        return _Item(ligne.numero, texte, lecture, ecartee=f"ce n’est pas une commune\u00a0: {lecture.autre}")
    if reason := hors_liste(texte, lecteur):
        return _Item(ligne.numero, texte, lecture, reason)
    if len(texte) > MAX_LONGUEUR:
        return _Item(ligne.numero, shorten(texte, MAX_LONGUEUR), lecture, ecartee=TROP_LONGUE)
    return _Item(ligne.numero, texte, lecture, sens=ligne.sens)


def hors_liste(texte: str, lecteur: Lecteur) -> str:
    """Why a text that is no commune is no line of a list: a note, a total, a zone; empty without reason."""
    # A name that nobody has, as "Champ le Ducq", is no note: a note says what it is, or is long.
    said = is_("notes", texte) and (_NOTE.search(texte) or len(texte) > _LONG_NOTE)
    if said or texte.startswith("*"):
        return "note ou source"
    if is_("totaux", texte):
        return "total"
    if is_("pays", texte) or is_("zones", texte) or _is_zone(texte, lecteur):
        return "ligne de comparaison"
    return NOM_DE_TERRITOIRE if is_("territoires", texte) else ""


def _is_zone(texte: str, lecteur: Lecteur) -> bool:
    return any(char.isalpha() for char in texte) and bool(lecteur.lieu(texte))


def lectures(texte: str, lecteur: Lecteur) -> list[LectureLigne]:
    """What a text means: one reading, or one for each commune of a list written in a line."""
    return [item.lecture for item in _split(LigneCollee(0, texte), lecteur)]


def _parts(ligne: LigneCollee, lecteur: Lecteur) -> list[_Item]:
    texte = _LIST_HEAD.sub("", ligne.texte)
    for separator in _SEPARATORS:
        cells = [cell for cell in re.split(separator, texte) if cell.strip()]
        if len(cells) < _LEAST_OF_LIST:
            continue
        _check_count(len(cells))
        each = (replace(ligne, texte=cell) for cell in cells)
        parts = [part for line in each for part in _split(line, lecteur)]
        return parts if _is_list(parts) else []
    return []


def _is_list(parts: Sequence[_Item]) -> bool:
    """Whether most parts are communes, all given by their names or all by their codes.

    Two codes of two départements are not enough: the second is more likely a population.
    """
    read = [part for part in parts if part.lecture.comprise]
    if len(read) < max(_LEAST_OF_LIST, (len(parts) + 1) // 2):
        return False
    if len({part.lecture.est_code for part in read}) > 1:
        return False
    pair_of_codes = len(parts) == _LEAST_OF_LIST and parts[0].lecture.est_code
    return not (pair_of_codes and parts[0].texte[:2] != parts[1].texte[:2])


def est_entete(texte: str) -> bool:
    """Whether a text is the head of a column, or a total, rather than a commune: "Code INSEE"."""
    words = [word for word in simplify(texte).split() if not word.isdigit()]
    return any(map(_HEADER.fullmatch, words)) and all(map(_HEADER_TOO.fullmatch, words))


# ---- Codes that are both INSEE codes and postal codes ----------------------------------------------------


def _sense_of_codes(items: Sequence[_Item]) -> str:
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


def _without_years(items: list[_Item]) -> list[_Item]:
    """The items, a number that looks like a year set aside unless the list is one of codes without zeros."""
    coded = [item for item in items if item.lecture.est_code]
    years = sum(map(_is_year, coded))
    if not years or _words_of_headings(items) & _INSEE_WORDS:
        return items
    short = [item for item in coded if len(item.texte.strip()) == _SHORT_CODE and not _is_year(item)]
    if len(short) >= _LEAST_EVIDENCE and 2 * len(coded) >= len(items):
        return items
    said = "ce n’est pas une commune\u00a0: année"
    return [replace(item, ecartee=said) if _is_year(item) else item for item in items]


def _is_year(item: _Item) -> bool:
    return item.lecture.est_code and item.sens is None and est_annee(item.texte)


def _words_of_headings(items: Iterable[_Item]) -> set[str]:
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


def _match(item: _Item, sens: str) -> Rapprochement:
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
    return _found(item, candidats[0])


def _found(item: _Item, candidat: Candidat) -> Rapprochement:
    return Rapprochement(
        item.numero,
        item.texte,
        Statut.TROUVEE,
        candidat.code,
        mention=candidat.mention,
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


def _weigh(found: Rapprochement, item: _Item, proximite: Proximite, index: IndexNoms) -> Rapprochement:
    """Order what is ambiguous; and doubt a commune far from all the others, when there is a reason to.

    The reason is that it was found by a former name, that its name is that of a département or a région too,
    or that another of that name, be it a former name or a name but for its article, is near the others.
    """
    if found.statut == Statut.AMBIGUE:
        return replace(found, propositions=proximite.sort(found.propositions))
    if found.code is None or item.lecture.lieu or not proximite.alone(found.code):
        return found
    former = any(each.ancien for each in item.lecture.noms if each.code == found.code)
    zone = item.lecture.noms and item.lecture.nom in index.departements
    others = [each.code for each in item.lecture.noms if each.code != found.code]
    if not former and not zone and not any(proximite.near(code, sauf=found.code) for code in others):
        return found
    return replace(
        found,
        statut=Statut.AMBIGUE,
        code=None,
        propositions=proximite.sort(item.lecture.noms),
        mention="cette commune serait loin des autres",
    )


def _suggested(
    found: Sequence[Rapprochement], items: Sequence[_Item], index: IndexNoms, proximite: Proximite
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
            codes = like.get(item.lecture.nom, [])
            yield replace(each, propositions=tuple(map(Candidat, codes)), mention="nom ou code inconnu")


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


def retenues(found: Sequence[Rapprochement], choix: Mapping[int, str]) -> tuple[str, ...]:
    """Codes of the communes found and chosen, each once, in the order of the list.

    Args:
        found: what each line means.
        choix: the commune chosen for a line, by its rank in `found`.
    """
    codes = (each.code or choix.get(rank) for rank, each in enumerate(found))
    return tuple(dict.fromkeys(code for code in codes if code))


def libelle_ajout(communes: int, laissees: int) -> str:
    """Say, in French, what adding so many communes leaves aside."""
    adding = f"Ajouter {pluriel(communes, 'commune')}"
    return f"{adding} et laisser {pluriel(laissees, 'ligne')} de côté" if laissees else adding


def libelle(code: str, index: IndexNoms, mention: str = "") -> str:
    """Name a commune so that it can be told from its homonyms: "Saujon, Charente-Maritime (7 450 hab.)"."""
    commune = index.referentiel[code]
    departement = index.referentiel.nom_zone("departement", commune.departement)
    named = f"{commune.nom}, {departement} ({entier(commune.population)}\u00a0hab.)"
    return f"{named}, {mention}" if mention else named


def apercu(lines: Iterable[Rapprochement], index: IndexNoms) -> list[dict[str, int | str]]:
    """Lines as rows for the eye: Ligne, Texte, Commune, Remarque."""
    noms = index.referentiel.communes["nom"].to_dict()
    return [
        {
            "Ligne": line.numero,
            "Texte": line.texte,
            "Commune": f"{noms[line.code]} ({line.code})" if line.code else "",
            "Remarque": line.mention,
        }
        for line in lines
    ]
