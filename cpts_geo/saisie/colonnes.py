"""Which column of a table holds the communes, and the lines to match that it makes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cpts_geo.saisie.ligne import Lecteur, LectureLigne
from cpts_geo.saisie.limites_tableaux import limites
from cpts_geo.saisie.liste import MAX_LONGUEUR, LigneCollee, ListeInvalideError, est_entete
from cpts_geo.saisie.tableur import Feuille, Rangees

# The first filled rows tell what each column holds.
_SAMPLE = 100
_LEAST_ROWS = 2
# The share of rows in which two columns must mean the same commune for one to settle the doubts of the other.
_LEAST_AGREEMENT = 0.5
# A column this near the best is as good: codes are then preferred, and names put side by side are a list.
_AS_GOOD = 0.05
_WORTH_OF_AMBIGUOUS = 0.7
_LEAST_DISTINCT = 0.9
_ALPHABET = 26

_Codes = Collection[str]


@dataclass(frozen=True, slots=True)
class ColonneLue:
    """A column: its name, and how much it looks like a list of communes, from 0 to 1."""

    nom: str
    score: float


@dataclass(frozen=True, slots=True)
class PlanColonnes:
    """How a table is read, by the ranks of its columns and rows.

    `retenue` holds the communes; `avant` (a code) and `apres` (a name or a département) settle its doubts,
    `entete` is the row that names the columns; None when there is none.
    """

    colonnes: tuple[ColonneLue, ...]
    retenue: int
    avant: int | None = None
    apres: int | None = None
    entete: int | None = None


@dataclass(frozen=True, slots=True)
class _Lue:
    """What the cells of a column mean, row by row: communes, and départements."""

    communes: tuple[frozenset[str], ...]
    lieux: tuple[_Codes, ...]
    score: float
    codes: bool


def rangees_du_texte(texte: str) -> Rangees | None:
    """Rows of a text pasted from a spreadsheet, whose cells are parted by tabs; None if it has no tab.

    Raises:
        ListeInvalideError: it is larger than the tables that are read from a file.
    """
    if "\t" not in texte:
        return None
    if len(texte) > limites().octets_au_plus:
        raise ListeInvalideError("Ce texte est trop long pour être une liste de communes.")
    lines = texte.splitlines()
    most = limites().colonnes_au_plus
    if any(line.rstrip("\t").count("\t") >= most for line in lines):
        raise ListeInvalideError(f"Ce tableau a trop de colonnes\u00a0: {most} au plus.")
    return tuple(tuple(cell.strip() for cell in line.split("\t", most)[:most]) for line in lines)


def meilleure_feuille(feuilles: Sequence[Feuille], lecteur: Lecteur) -> int:
    """Rank of the sheet that has most to do with communes."""
    scores = [_score_of_sheet(sheet.rangees, lecteur) for sheet in feuilles]
    return scores.index(max(scores))


def read_plan(rangees: Rangees, lecteur: Lecteur, retenue: int | None = None) -> PlanColonnes | None:
    """Tell how to read a table; None when it is a plain list, be it in several columns.

    The column that holds the communes is the one whose cells are most often a commune, and each another one;
    codes are preferred to names when both are as good.

    Args:
        rangees: the rows.
        lecteur: tells what a cell means.
        retenue: the column that the person has chosen instead.
    """
    filled = [rank for rank, row in enumerate(rangees) if any(row)]
    width = max((len(row) for row in rangees), default=0)
    if len(filled) < _LEAST_ROWS or width < _LEAST_ROWS:
        return None
    read = _read_columns(rangees, filled, lecteur)
    if retenue is None:
        retenue = _best(read)
        if _is_grid(read, retenue):
            return None
    entete = _header(rangees, filled[0], retenue, lecteur)
    avant, apres = _settling(read, retenue)
    names = rangees[entete] if entete is not None else ()
    colonnes = tuple(ColonneLue(_name(names, rank), each.score) for rank, each in enumerate(read))
    return PlanColonnes(colonnes, retenue, avant, apres, entete)


def lignes(rangees: Rangees, plan: PlanColonnes | None, lecteur: Lecteur) -> tuple[LigneCollee, ...]:
    """Lines to match, one by row that is not blank, numbered as in the table."""
    numbered = [(numero, row) for numero, row in enumerate(rangees, start=1) if any(row)]
    if plan is None:
        return tuple(LigneCollee(numero, "\t".join(filter(None, row))) for numero, row in numbered)
    return tuple(_line(numero, row, plan, lecteur) for numero, row in numbered)


def _line(numero: int, row: Sequence[str], plan: PlanColonnes, lecteur: Lecteur) -> LigneCollee:
    cell = _cell(row, plan.retenue)
    if not cell:
        shown = " ".join(filter(None, row))[:MAX_LONGUEUR]
        return LigneCollee(numero, shown, seule=True, ignoree="case vide dans la colonne lue")
    if numero - 1 == plan.entete:
        return LigneCollee(numero, cell, seule=True, ignoree="en-tête")
    beside = (_cell(row, plan.avant), _cell(row, plan.apres))
    # A cell that means nothing by itself settles nothing.
    before, behind = (each if _means(each, lecteur) else "" for each in beside)
    return LigneCollee(numero, " ".join(filter(None, (before, cell, behind))), seule=True)


def _means(cell: str, lecteur: Lecteur) -> bool:
    return (
        bool(cell) and len(cell) <= MAX_LONGUEUR and (lecteur.read(cell).comprise or bool(lecteur.lieu(cell)))
    )


def _cell(row: Sequence[str], rank: int | None) -> str:
    return row[rank] if rank is not None and rank < len(row) else ""


def _name(names: Sequence[str], rank: int) -> str:
    first, second = divmod(rank, _ALPHABET)
    letters = (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + second)
    return _cell(names, rank) or f"Colonne {letters}"


# ---- What columns hold ----------------------------------------------------------------------------------


def _read_columns(rangees: Rangees, filled: Sequence[int], lecteur: Lecteur) -> list[_Lue]:
    rows = [rangees[rank] for rank in filled[:_SAMPLE]]
    width = max(len(row) for row in rows)
    return [_read_column([_cell(row, rank) for row in rows], lecteur) for rank in range(width)]


def _read_column(cells: Sequence[str], lecteur: Lecteur) -> _Lue:
    readings = [lecteur.read(cell) if len(cell) <= MAX_LONGUEUR else LectureLigne() for cell in cells]
    understood = [reading for reading in readings if reading.comprise]
    communes = tuple(frozenset(_communes(reading)) for reading in readings)
    # A column that repeats a few communes names what they are the centre of.
    distinct = len(set(filter(None, communes))) / max(1, len(understood))
    return _Lue(
        communes=communes,
        lieux=tuple(lecteur.lieu(cell) for cell in cells),
        score=distinct * sum(map(_worth, understood)) / len(cells),
        codes=sum(reading.est_code for reading in understood) * 2 > len(understood),
    )


def _communes(reading: LectureLigne) -> Iterator[str]:
    return (candidat.code for candidat in (*reading.noms, *reading.insee, *reading.postal))


def _worth(reading: LectureLigne) -> float:
    candidats = reading.noms or reading.insee + reading.postal
    best = {candidat.code for candidat in candidats if candidat.rang == candidats[0].rang}
    return 1.0 if len(best) == 1 and not reading.douteuse else _WORTH_OF_AMBIGUOUS


def _score_of_sheet(rangees: Rangees, lecteur: Lecteur) -> float:
    filled = [rank for rank, row in enumerate(rangees) if any(row)]
    return max(each.score for each in _read_columns(rangees, filled, lecteur))


def _best(read: Sequence[_Lue]) -> int:
    best = max(each.score for each in read)
    good = [rank for rank, each in enumerate(read) if each.score >= best - _AS_GOOD]
    return next((rank for rank in good if read[rank].codes), good[0])


def _settling(read: Sequence[_Lue], retenue: int) -> tuple[int | None, int | None]:
    """The column to read before the retained one, and the one to read behind it."""
    chosen = read[retenue]
    others = [rank for rank in range(len(read)) if rank != retenue]
    names = [rank for rank in others if not read[rank].codes and _agree(chosen.communes, read[rank].communes)]
    if chosen.codes:
        return None, next(iter(names), None)
    codes = [rank for rank in others if read[rank].codes and _agree(chosen.communes, read[rank].communes)]
    places = [rank for rank in others if _agree(chosen.communes, read[rank].lieux)]
    return max(codes, key=lambda rank: read[rank].score, default=None), next(iter(places), None)


def _agree(communes: Iterable[_Codes], others: Iterable[_Codes]) -> bool:
    pairs = [(one, set(other)) for one, other in zip(communes, others, strict=True) if one]
    agreeing = sum(not other.isdisjoint(one) for one, other in pairs)
    return bool(pairs) and agreeing >= _LEAST_AGREEMENT * len(pairs)


def _is_grid(read: Sequence[_Lue], best: int) -> bool:
    """Whether another column holds as many communes, all of them others: a list written in columns."""
    chosen = read[best]
    return any(
        each.score >= chosen.score - _AS_GOOD
        and each.codes == chosen.codes
        and not _agree(chosen.communes, each.communes)
        and _distinct(chosen, each)
        for rank, each in enumerate(read)
        if rank != best and each.score
    )


def _distinct(one: _Lue, other: _Lue) -> bool:
    """Whether hardly any commune comes twice in two columns."""
    cells = [codes for codes in (*one.communes, *other.communes) if codes]
    return len(set(cells)) >= _LEAST_DISTINCT * len(cells)


def _header(rangees: Rangees, first: int, retenue: int, lecteur: Lecteur) -> int | None:
    """Rank of the row that names the columns: the first, when it is no commune and speaks of some."""
    row = rangees[first]
    is_commune = lecteur.read(_cell(row, retenue)[:MAX_LONGUEUR]).comprise
    return first if not is_commune and any(est_entete(cell) for cell in row) else None
