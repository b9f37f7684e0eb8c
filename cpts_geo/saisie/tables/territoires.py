"""The territories of a table: told by a column, by rows of title between the communes, or by the sheets."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cpts_geo.saisie.decoupage import NOM_DE_TERRITOIRE, LigneCollee, titre_et_suite
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.noms import simplify
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables.lignes import SANS_TERRITOIRE, TITRE, lignes
from cpts_geo.saisie.tables.plan import FeuilleLue, read_plan, score
from cpts_geo.saisie.tables.vocabulaire import is_
from cpts_geo.saisie.valeurs import is_missing

FEUILLE_SANS_TERRITOIRE = "cette feuille ne nomme aucune CPTS"
# A sheet of this score holds communes.
_HOLDS_COMMUNES = 0.3
_NUMBERING = re.compile(r"^\d{1,2}\s*[.)°\-]\s*")
_GENERIC = re.compile(r"(?:feuil(?:le)?|sheet|tabelle|hoja|table|classeur|page|[a-z])?\s*\d*")


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one territory; `nom` is empty when nothing names it."""

    nom: str
    lignes: tuple[LigneCollee, ...]


@dataclass(frozen=True, slots=True)
class Territoires:
    """The territories of a file, and the lines that are of none of them, which are told with the others.

    `douteuses` are names of columns that may part a territory into several: somebody must tell.
    """

    parts: tuple[Part, ...]
    autres: tuple[LigneCollee, ...] = ()
    douteuses: tuple[str, ...] = ()


def useful(feuilles: Sequence[Feuille], lecteur: Lecteur) -> list[Feuille]:
    """The sheets that hold communes; the best one when none surely does."""
    if len(feuilles) == 1:
        return list(feuilles)
    scores = [score(feuille, lecteur) for feuille in feuilles]
    kept = [each for each, worth in zip(feuilles, scores, strict=True) if worth >= _HOLDS_COMMUNES]
    return kept or [feuilles[scores.index(max(scores))]]


def open_sheets(feuilles: Sequence[Feuille], lecteur: Lecteur) -> list[FeuilleLue]:
    """The sheets of a file that hold communes, and how each is read."""
    return [FeuilleLue(each, read_plan(each.rangees, lecteur)) for each in useful(feuilles, lecteur)]


def read(kept: Sequence[FeuilleLue], lecteur: Lecteur) -> Territoires:
    """The territories of sheets."""
    if len(kept) > 1 and not any(each.plan and each.plan.cpts is not None for each in kept):
        return _by_sheet(kept, lecteur)
    found = [parts_of(each, lecteur) for each in kept]
    several = len({key(part.nom) for each in found for part in each.parts if part.nom}) > 1
    return _together([_named_only(each) for each in found] if several else found)


def _named_only(found: Territoires) -> Territoires:
    """The same, the communes of no territory told apart: another sheet says whose they are."""
    nameless = (line for part in found.parts if not part.nom for line in part.lignes)
    others = tuple(_ownerless(line, FEUILLE_SANS_TERRITOIRE) for line in nameless)
    parts = tuple(part for part in found.parts if part.nom)
    return replace(found, parts=parts, autres=(*found.autres, *others))


def parts_of(lue: FeuilleLue, lecteur: Lecteur) -> Territoires:
    """The territories of one sheet: as many as its column names, or as the titles between its communes do."""
    read = lignes(lue, lecteur)
    if lue.plan is not None and lue.plan.blocs:
        return _owned((line.territoire, line) for line in read)
    if lue.plan is not None and lue.plan.cpts is not None:
        return _by_column(lue.feuille, (lue.plan.cpts, *lue.plan.cpts_suivantes), read)
    names = tuple(lue.plan.colonnes[rank].nom for rank in lue.plan.douteuses) if lue.plan else ()
    return replace(of_lines(read), douteuses=names)


def of_lines(read: Sequence[LigneCollee]) -> Territoires:
    """The territories of a list: one, unless titles between its communes name several."""
    naming = _titles(read)
    titles = {key(titre_et_suite(line.texte)[0]) for line in read if line.numero in naming}
    return _by_titles(read, naming) if len(titles) > 1 else Territoires((Part("", tuple(read)),))


def _titles(read: Sequence[LigneCollee]) -> frozenset[int]:
    """The lines that name a territory: above the headings, the last one, when others follow below."""
    named = [line for line in read if _names_territory(line)]
    below = [line.numero for line in named if line.ignoree != TITRE]
    above = [line.numero for line in named if line.ignoree == TITRE]
    return frozenset([*above[-1:], *below]) if below else frozenset()


def key(nom: str) -> str:
    """What is the same in all the spellings of a territory, by case, accents, spaces and marks."""
    return " ".join(simplify(nom).split())


# ---- By a column ------------------------------------------------------------------------------------------


def _by_column(feuille: Feuille, ranks: Sequence[int], read: Sequence[LigneCollee]) -> Territoires:
    """The territories that columns name: the first one, and those where a commune is too."""
    rows = [line.numero for line in read if not line.ignoree and not line.ecartee]
    first, *others = ({numero: _cell(feuille, numero, rank) for numero in rows} for rank in ranks)
    columns = [first if others else _carried(first), *others]
    owned: list[tuple[str, LigneCollee]] = []
    for line in read:
        names = list(dict.fromkeys(filter(None, (owners.get(line.numero, "") for owners in columns))))
        owned += [(nom, line) for nom in names or [""]]
    return _owned((_without_word(nom), line) for nom, line in owned)


def _without_word(nom: str) -> str:
    """A name, empty for what says that there is none: "#N/A", "-", "Zone blanche"."""
    return "" if is_missing(nom) or is_("sans_territoire", nom) else nom


def _owned(lines: Iterable[tuple[str, LigneCollee]]) -> Territoires:
    """Lines by the territory that each is of; those of none are told apart."""
    owned = list(lines)
    parts = _grouped((nom, line) for nom, line in owned if nom)
    return Territoires(parts, tuple(_ownerless(line) for nom, line in owned if not nom))


def _cell(feuille: Feuille, numero: int, rank: int) -> str:
    row = feuille.rangees[numero - 1] if numero <= len(feuille.rangees) else ()
    return " ".join(row[rank].split()) if rank < len(row) else ""


def _carried(cells: dict[int, str]) -> dict[int, str]:
    """The territory of each line: a name written once, above blank cells, stands for those below it."""
    named = [key(cell) for cell in cells.values() if cell]
    if len(set(named)) < len(named) or len(named) == len(cells):
        return cells
    owners: dict[int, str] = {}
    current = ""
    for numero, cell in cells.items():
        owners[numero] = current = cell or current
    return owners


def _ownerless(line: LigneCollee, why: str = SANS_TERRITOIRE) -> LigneCollee:
    return line if line.ignoree or line.ecartee else replace(line, ecartee=why)


def _grouped(owned: Iterable[tuple[str, LigneCollee]]) -> tuple[Part, ...]:
    lines: dict[str, list[LigneCollee]] = {}
    names: dict[str, Counter[str]] = {}
    for nom, line in owned:
        lines.setdefault(key(nom), []).append(line)
        names.setdefault(key(nom), Counter())[nom] += 1
    return tuple(Part(names[each].most_common(1)[0][0], tuple(found)) for each, found in lines.items())


# ---- By rows of title -------------------------------------------------------------------------------------


def _by_titles(read: Sequence[LigneCollee], naming: Container[int]) -> Territoires:
    """Territories named each by a row of its own, above its communes."""
    return _owned(_under_titles(read, naming))


def _names_territory(line: LigneCollee) -> bool:
    return line.ignoree in {"", TITRE, NOM_DE_TERRITOIRE} and is_("territoires", line.texte)


def _under_titles(read: Sequence[LigneCollee], naming: Container[int]) -> Iterator[tuple[str, LigneCollee]]:
    current = ""
    for line in read:
        if line.numero in naming:
            titre, rest = titre_et_suite(line.texte)
            current = _NUMBERING.sub("", titre.strip(" :;\t"))
            yield current, replace(line, texte=titre, ignoree=NOM_DE_TERRITOIRE, ecartee="")
            if rest:
                yield current, replace(line, texte=rest, ignoree="")
        else:
            yield current, line


# ---- By sheet ---------------------------------------------------------------------------------------------


def _by_sheet(kept: Sequence[FeuilleLue], lecteur: Lecteur) -> Territoires:
    """A territory by sheet; those of sheets whose names say nothing have that of their file."""
    found = [(each, parts_of(each, lecteur)) for each in kept]
    parts = []
    for lue, territoires in found:
        nom = (_says_nothing(lue.feuille) and _titled(territoires)) or _name(lue.feuille)
        parts += [Part(each.nom or nom, each.lignes) for each in territoires.parts]
    return _together([Territoires(tuple(parts)), *(replace(each, parts=()) for _, each in found)])


def _titled(found: Territoires) -> str:
    """The name that a title of a sheet gives to its territory; empty without one."""
    titles = (line.texte for part in found.parts for line in part.lignes if _names_territory(line))
    return next((title.strip(" :") for title in titles), "")


def _says_nothing(feuille: Feuille) -> bool:
    """Whether a sheet has the name that a spreadsheet gave it, or a mere letter."""
    return bool(_GENERIC.fullmatch(feuille.nom.lower()))


def _name(feuille: Feuille) -> str:
    stem = feuille.fichier.rpartition("/")[2].rpartition(".")[0]
    if not feuille.nom or (stem and _says_nothing(feuille)):
        return stem or feuille.nom
    return feuille.nom


def _together(found: Iterable[Territoires]) -> Territoires:
    each = list(found)
    parts: dict[str, Part] = {}
    for part in (part for one in each for part in one.parts):
        known = parts.get(key(part.nom))
        parts[key(part.nom)] = part if known is None else replace(known, lignes=known.lignes + part.lignes)
    return Territoires(
        tuple(parts.values()),
        tuple(line for one in each for line in one.autres),
        tuple(dict.fromkeys(nom for one in each for nom in one.douteuses)),
    )
