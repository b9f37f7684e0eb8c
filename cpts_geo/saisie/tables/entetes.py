"""Where the headings of a table are: titles may stand above them, and they may take two rows."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cpts_geo.saisie.decoupage import est_entete
from cpts_geo.saisie.rangees import Rangees
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role, is_, role_of
from cpts_geo.saisie.valeurs import is_number

# How far down headings are looked for: exports have up to a dozen lines of title.
_MOST_ABOVE = 40
_LEAST_CELLS = 2
# The share of a column's cells that are numbers for a text above them to be its heading.
_MOSTLY = 0.6
_BODY = 20
_YEAR = re.compile(r"(?:19|20)\d\d")
_TELLING = COMMUNES | {Role.CPTS, Role.DEPARTEMENT}
_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Entetes:
    """Ranks of the rows of title and of headings, and the name of each column, each once.

    `dessus` is what the first row of headings says of each column, which may be of several of them.
    """

    titres: tuple[int, ...]
    rangs: tuple[int, ...]
    noms: tuple[str, ...]
    dessus: tuple[str, ...] = ()


def find(rangees: Rangees, communes: Collection[int], chosen: int | None = None) -> Entetes:
    """Find the headings of a table; without any, columns have their letters.

    Args:
        rangees: the rows.
        communes: ranks of the rows in which a cell is a commune.
        chosen: the row that the person says to be that of headings, -1 for none.
    """
    width = max((len(row) for row in rangees), default=0)
    rank = chosen if chosen is not None else _rank(rangees, communes, width)
    if rank is None or rank < 0:
        return Entetes((), (), tuple(f"Colonne {lettre(column)}" for column in range(width)))
    rangs = (*_upper(rangees, rank), rank, *_lower(rangees, rank))
    titres = tuple(each for each in range(rangs[0]) if any(rangees[each]))
    first = [_cell(rangees[rangs[0]], column) for column in range(width)]
    if len(rangs) > 1:
        _carry(first)
    return Entetes(titres, rangs, _distinct(_joined(rangees, rangs, width)), tuple(first))


def lettre(rank: int) -> str:
    """What a spreadsheet calls a column: "A", "B"… "AA"."""
    first, second = divmod(rank, _ALPHABET)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + second)


# ---- The row of headings ----------------------------------------------------------------------------------


def _rank(rangees: Rangees, communes: Collection[int], width: int) -> int | None:
    filled = [rank for rank, row in enumerate(rangees[: _MOST_ABOVE * 2]) if any(row)][:_MOST_ABOVE]
    if (sure := _surest(rangees, filled, communes)) is not None:
        return sure
    # A title may be the name of a commune: a row of the table fills several cells.
    least = min(width, _LEAST_CELLS)
    rows = (rank for rank in filled if rank in communes and _count(rangees[rank]) >= least)
    # A heading may be the name of a commune too, as "Ville"; two of them are no accident.
    data = next((rank for rank in rows if not _is_sure(rangees[rank])), len(rangees))
    above = [rank for rank in filled if rank < data]
    spoken = next((rank for rank in above if _speaks(rangees[rank], width)), None)
    if spoken is None and above and _names_figures(rangees, above[-1], data):
        return above[-1]
    return spoken


def _surest(rangees: Rangees, filled: Sequence[int], communes: Collection[int]) -> int | None:
    """The row with most headings, above communes: what says of whom and when a table is stands above it.

    Of several, the one with most cells filled, then the first.
    """
    last = max(communes, default=0)
    above = (rank for rank in filled if rank < last and _is_sure(rangees[rank]))
    return max(above, key=lambda rank: (len(_roles(rangees[rank])), _count(rangees[rank])), default=None)


def _is_sure(row: Sequence[str]) -> bool:
    """Whether several cells of a row are headings, one of which tells communes or territories."""
    if _count(row) >= _LEAST_CELLS and all(is_("territoires", cell) for cell in row if cell):
        return True
    roles = _roles(row)
    return len(roles) >= _LEAST_CELLS and not _TELLING.isdisjoint(roles)


def _roles(row: Sequence[str]) -> set[Role]:
    return {role for cell in row if cell and (role := role_of(cell))}


def _speaks(row: Sequence[str], width: int) -> bool:
    """Whether the words of a row are those of headings."""
    if _count(row) < min(width, _LEAST_CELLS):
        return False
    if _count(row) == 1:
        return width == 1 and any(map(est_entete, row))
    return any(role_of(cell) in _TELLING or est_entete(cell) for cell in row if cell)


def _names_figures(rangees: Rangees, rank: int, data: int) -> bool:
    """Whether a row is made of words, some of which stand above numbers."""
    row = rangees[rank]
    if _count(row) < _LEAST_CELLS or any(is_number(cell) and not _YEAR.fullmatch(cell) for cell in row):
        return False
    body = [each for each in rangees[data : data + _BODY] if any(each)]
    return any(
        cell and _are_numbers([_cell(each, column) for each in body]) for column, cell in enumerate(row)
    )


def _are_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(is_number, filled)) >= _MOSTLY * len(filled)


# ---- A second row -----------------------------------------------------------------------------------------


def _upper(rangees: Rangees, rank: int) -> tuple[int, ...]:
    """The row above, when without it columns have no name, or two of them the same."""
    above = next((each for each in range(rank - 1, -1, -1) if any(rangees[each])), None)
    if (
        above is None
        or _count(rangees[above]) < _LEAST_CELLS
        or not _is_lacking(rangees[rank], rangees[above])
    ):
        return ()
    return (above,)


def _is_lacking(row: Sequence[str], above: Sequence[str]) -> bool:
    names = [cell for cell in row if cell]
    unnamed = any(cell and not _cell(row, column) for column, cell in enumerate(above))
    return unnamed or len(set(names)) < len(names) or any(map(_YEAR.fullmatch, names))


def _lower(rangees: Rangees, rank: int) -> tuple[int, ...]:
    """The rows below, when they have nothing under what tells communes: words or years, then years alone."""
    telling = [column for column, cell in enumerate(rangees[rank]) if role_of(cell) in _TELLING]
    first = _own_cells(rangees, rank, rank + 1, telling)
    if not first or not all(_YEAR.fullmatch(cell) or not is_number(cell) for cell in first):
        return ()
    second = _own_cells(rangees, rank, rank + 2, telling)
    return (rank + 1, rank + 2) if second and all(map(_YEAR.fullmatch, second)) else (rank + 1,)


def _own_cells(rangees: Rangees, rank: int, below: int, telling: Sequence[int]) -> list[str]:
    """The cells of a row that may go on from headings; none when it has one under what tells communes."""
    if not telling or below >= len(rangees):
        return []
    # A heading that takes several rows may be found in each.
    own = [cell if cell != _cell(rangees[rank], column) else "" for column, cell in enumerate(rangees[below])]
    return [] if any(_cell(own, column) for column in telling) else [cell for cell in own if cell]


def _joined(rangees: Rangees, rangs: Sequence[int], width: int) -> list[str]:
    """The names of columns: those of an upper row go on to the right until the next."""
    rows = [[_cell(rangees[rank], column) for column in range(width)] for rank in rangs]
    for row in rows[:-1]:
        _carry(row)
    told = (" ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*rows, strict=True))
    return [" ".join(name.split()) for name in told]


def _carry(row: list[str]) -> None:
    for column in range(1, len(row)):
        row[column] = row[column] or row[column - 1]


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Each name once: the same ones are told apart by the letters of their columns."""
    return tuple(_named(names))


def _named(names: Sequence[str]) -> Iterator[str]:
    for column, name in enumerate(names):
        if not name:
            yield f"Colonne {lettre(column)}"
        elif names.count(name) > 1:
            yield f"{name} (colonne {lettre(column)})"
        else:
            yield name


def _count(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
