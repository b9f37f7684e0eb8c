"""What the layouts of documents share: lines of a text, widths of columns, which sections begin a page."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cpts_geo.blocs import Tableau

ANNEXES = frozenset({"indicateurs", "scenarios", "sources"})
_PUCE = re.compile(r"^[–•-]\s+")
# Width of a column, in shares of the table: that of its longest text, within these bounds.
_LEAST_WIDTH, _MOST_WIDTH, _FIRST_WIDTH = 9, 30, 34


class Ligne(NamedTuple):
    """A line of a text: a bullet, the title of the bullets that follow, or neither."""

    texte: str
    puce: bool
    titre: bool


def lignes(texte: str) -> list[Ligne]:
    """The lines of a text, blank ones left out."""
    stripped = [line.strip() for line in texte.split("\n")]
    bullets = [bool(_PUCE.match(line)) for line in stripped]
    return [
        Ligne(_PUCE.sub("", line), bullet, not bullet and any(bullets[rank + 1 : rank + 2]))
        for rank, (line, bullet) in enumerate(zip(stripped, bullets, strict=True))
        if line
    ]


def largeurs(bloc: Tableau) -> list[int]:
    """Relative widths of the columns: that of their longest text, neither too narrow nor too wide."""
    columns: Sequence[tuple[str, ...]] = list(zip(bloc.entetes, *bloc.rangees, strict=True))
    return [
        min(_MOST_WIDTH if rank else _FIRST_WIDTH, max(_LEAST_WIDTH, _longest(column)))
        for rank, column in enumerate(columns)
    ]


def _longest(column: Sequence[str]) -> int:
    """Characters that the column needs so that figures hold on one line."""
    head, *cells = column
    words = max((len(word) for word in head.split()), default=0)
    return 2 + max([words, *map(len, cells)])
