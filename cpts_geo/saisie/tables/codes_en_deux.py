"""Codes of communes that a table has in two columns, as Insee writes them: DEP 17 and COM 306 are 17306."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cpts_geo.saisie.noms import simplify
from cpts_geo.saisie.rangees import Feuille, Rangees

_DEP = frozenset({"dep", "dept", "dpt", "departement", "code departement", "code dep", "coddep", "dep code"})
_COM = frozenset({"com", "commune", "code commune", "code com", "codcom", "cod com", "com code"})
_HEADINGS = 40
_MOSTLY = 0.8
_DEPARTEMENT = re.compile(r"\d{1,2}|2[abAB]|97\d")
_COMMUNE = re.compile(r"\d{1,3}")


def joined(feuille: Feuille) -> Feuille:
    """The sheet with whole codes in the column of communes, when it has them in two columns."""
    found = _columns(feuille.rangees)
    if found is None:
        return feuille
    return replace(feuille, rangees=tuple(_joined_row(row, *found) for row in feuille.rangees))


def _columns(rangees: Rangees) -> tuple[int, int] | None:
    for rank, row in enumerate(rangees[:_HEADINGS]):
        heads = [" ".join(simplify(cell).split()) for cell in row]
        deps = [column for column, head in enumerate(heads) if head in _DEP]
        coms = [column for column, head in enumerate(heads) if head in _COM]
        below = [each for each in rangees[rank + 1 :] if any(each)]
        pairs = [(dep, com) for dep in deps for com in coms if _are_codes(below, dep, com)]
        if pairs:
            return pairs[0]
    return None


def _are_codes(rows: Sequence[Sequence[str]], dep: int, com: int) -> bool:
    found = sum(_code(row, dep, com) is not None for row in rows)
    return found > 1 and found >= _MOSTLY * len(rows)


def _joined_row(row: tuple[str, ...], dep: int, com: int) -> tuple[str, ...]:
    code = _code(row, dep, com)
    return row if code is None else (*row[:com], code, *row[com + 1 :])


def _code(row: Sequence[str], dep: int, com: int) -> str | None:
    """Overseas, the third digit of the département may be the first of the commune: 971 and 105 are 97105."""
    if max(dep, com) >= len(row) or not _DEPARTEMENT.fullmatch(row[dep]) or not _COMMUNE.fullmatch(row[com]):
        return None
    departement, commune = row[dep].upper().zfill(2), row[com]
    if len(departement) == len("971"):
        whole = len(commune) == len(departement) and commune[0] == departement[2]
        return departement[:2] + commune if whole else departement + commune.zfill(2)[-2:]
    return departement + commune.zfill(3)
