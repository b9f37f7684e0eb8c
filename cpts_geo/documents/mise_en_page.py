"""What the layouts of documents share: lines of a text, widths of columns, what stays on one page."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from cpts_geo.dessin.polices import largeur
from cpts_geo.documents.blocs import Tableau

ANNEXES = frozenset({"indicateurs", "scenarios", "definitions", "sources"})
_PUCE = re.compile(r"^[–•-]\s+")
# Tables with more columns than this are set in small letters.
_FEW_COLUMNS = 5
# Letters of a word that may be cut.
_LONG_WORD = 16
# A table of so many rows and letters at most is sure to hold on a page.
_ROWS_KEPT_TOGETHER, _LETTERS_KEPT_TOGETHER = 12, 3000


@dataclass(frozen=True, slots=True)
class FeuilleDePage:
    """The room that tables have, in points: width of the page, space between columns, size of letters.

    `chasse` is how wide the letters are beside those of our own font in semibold.
    """

    largeur: float
    entre: float
    taille: float
    petite_taille: float
    chasse: float = 1.0

    def taille_de(self, bloc: Tableau) -> float:
        """The size of the letters of a table: the small one when it has many columns."""
        return self.petite_taille if len(bloc.entetes) > _FEW_COLUMNS else self.taille


class LigneDePage(NamedTuple):
    """A line of a text: a bullet, the title of the bullets that follow, or neither."""

    texte: str
    puce: bool
    titre: bool


def lignes(texte: str) -> list[LigneDePage]:
    """The lines of a text, blank ones left out."""
    stripped = [line.strip() for line in texte.split("\n")]
    bullets = [bool(_PUCE.match(line)) for line in stripped]
    return [
        LigneDePage(_PUCE.sub("", line), bullet, not bullet and any(bullets[rank + 1 : rank + 2]))
        for rank, (line, bullet) in enumerate(zip(stripped, bullets, strict=True))
        if line
    ]


def largeurs(bloc: Tableau, feuille: FeuilleDePage) -> list[float]:
    """Relative widths of the columns: figures hold on one line, words share what is left of it."""
    columns: Sequence[tuple[str, ...]] = list(zip(bloc.entetes, *bloc.rangees, strict=True))
    around = feuille.entre / feuille.taille_de(bloc)
    line = feuille.largeur / feuille.taille_de(bloc) / feuille.chasse
    figures = [around + _longest(column) for column in columns[bloc.textes :]]
    return [*_shared(columns[: bloc.textes], line - sum(figures), around), *figures]


def insecable(bloc: Tableau) -> bool:
    """Whether a table is short enough to stay whole on a page, with its notes."""
    letters = sum(map(len, [*bloc.entetes, *chain.from_iterable(bloc.rangees), *bloc.notes]))
    return len(bloc.rangees) <= _ROWS_KEPT_TOGETHER and letters <= _LETTERS_KEPT_TOGETHER


def _shared(columns: Sequence[Sequence[str]], whole: float, around: float) -> list[float]:
    """The widths of columns of words: short ones on one line, the others by how much they say.

    A column whose part would cut its words has the width of the longest, and the rest is shared again.
    """
    wanted = [around + _longest(column) for column in columns]
    least = [around + _least(column) for column in columns]
    said = [_said(column) for column in columns]
    widths = {rank: width for rank, width in enumerate(wanted) if width <= whole / len(columns)}
    while shared := [rank for rank in range(len(columns)) if rank not in widths]:
        rest = (whole - sum(widths.values())) / sum(said[rank] for rank in shared)
        cut = [rank for rank in shared if rest * said[rank] < least[rank]]
        widths |= {
            rank: least[rank] if cut else min(wanted[rank], rest * said[rank]) for rank in cut or shared
        }
    return [widths[rank] for rank in range(len(columns))]


def _said(column: Sequence[str]) -> float:
    """How much a column says: between its mean text and its longest."""
    widths = list(map(largeur, column))
    return math.sqrt(sum(widths) / len(widths) * max(widths))


def _least(column: Sequence[str]) -> float:
    """The width under which words would be cut; very long ones may be."""
    words = {word for text in column for word in re.split(r"[\s-]", text) if len(word) <= _LONG_WORD}
    return max(map(largeur, [column[0], *words]))


def _longest(column: Sequence[str]) -> float:
    """The width with which each text holds on one line."""
    return max(map(largeur, column))
