"""What a workbook shows otherwise than it holds, and how far it extends: noted before any reader takes it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites

TROP_DE_CASES = (
    "Ce classeur a trop de cases remplies ou mises en forme. Copiez les colonnes utiles dans un classeur "
    "neuf, ou enregistrez la feuille au format CSV."
)
TROP_DE_TEXTE = "Ce classeur contient trop de texte. Copiez les colonnes utiles dans un classeur neuf."
TROP_ETENDU = (
    "Ce classeur a des cases trop éloignées les unes des autres. Copiez les colonnes utiles dans un classeur "
    "neuf."
)
INHABITUEL = "Ce classeur n’a pas la forme de ceux d’Excel. Enregistrez la feuille au format CSV."
# More digits than any number of rows: what is so repeated goes beyond any limit.
_DIGITS = 9
_ENDLESS = 10**_DIGITS

# What errors show, in their tag: "#N/A", "#REF!", "#DIV/0!", "#NOM ?", "Err:502".
_ERROR = re.compile(rb">((?:#|Err:)[^<>&]{1,20})<")
_LONGEST_ERROR = 2_000

Place = tuple[int, int]
Fusion = tuple[Place, Place]
# What sees a tag, by its attributes and its place in its part, in bytes.
Vue = Callable[[Mapping[str, str], int], None]


@dataclass(slots=True)
class Relief:
    """What a sheet shows otherwise than it holds, by ranks from 0.

    `masquees` are rows hidden or filtered out; `pourcentages` the columns, by row, of numbers shown as such;
    `fusions` merged cells, by their first and last; `erreurs` where errors are in the part, in bytes, and
    `textes_des_erreurs` what they show, as "#N/A".
    """

    masquees: set[int] = field(default_factory=set)
    pourcentages: dict[int, list[int]] = field(default_factory=dict)
    fusions: list[Fusion] = field(default_factory=list)
    erreurs: dict[Place, int] = field(default_factory=dict)
    textes_des_erreurs: dict[Place, str] = field(default_factory=dict)

    def see_error(self, place: Place, position: int) -> None:
        """Note where an error is; those beyond the rows of a table stay blank."""
        if len(self.erreurs) < limites().rangees_au_plus:
            self.erreurs[place] = position

    def tell_errors(self, part: bytes) -> None:
        """Note what errors show: readers give none of them."""
        for place, position in self.erreurs.items():
            if found := _ERROR.search(part, position, position + _LONGEST_ERROR):
                self.textes_des_erreurs[place] = found[1].decode()


class Observateur(Protocol):
    """Sees the tags of a part."""

    def seeing(self, local: str) -> Vue | None:
        """What sees the tags of this name, without its prefix; None if nobody does."""

    def finish(self, position: int) -> None:
        """See the end of the part."""


class Etendue:
    """The rectangles in which the cells of the sheets of a workbook are: readers hold them whole."""

    def __init__(self) -> None:
        self._left = limites().etendue_au_plus
        self._text_left = limites().caracteres_au_plus

    def of_sheet(self) -> "EtendueFeuille":
        """That of one more sheet."""
        return EtendueFeuille(self)

    def take(self, cells: int) -> None:
        """Take in so many cells more.

        Raises:
            FichierIllisibleError: all of them are more than declared.
        """
        self._left -= cells
        if self._left < 0:
            raise FichierIllisibleError(TROP_ETENDU)

    def take_text(self, length: int) -> None:
        """Take in the text of a cell: readers copy it for each.

        Raises:
            FichierIllisibleError: all of them are longer than declared.
        """
        self._text_left -= length
        if self._text_left < 0:
            raise FichierIllisibleError(TROP_DE_TEXTE)


class EtendueFeuille:
    """The rectangle of a sheet, from its first column."""

    def __init__(self, workbook: Etendue) -> None:
        self._workbook = workbook
        self._first: int | None = None
        self._last = self._right = self._taken = 0

    def add(self, row: int, column: int) -> None:
        """Take in a cell.

        Raises:
            FichierIllisibleError: the rectangles are larger than declared.
        """
        if self._first is not None and self._first <= row <= self._last and column <= self._right:
            return
        self._first = row if self._first is None else min(self._first, row)
        self._last = max(self._last, row)
        self._right = max(self._right, column)
        cells = (self._last - self._first + 1) * (self._right + 1)
        self._workbook.take(cells - self._taken)
        self._taken = cells


def whole(written: str) -> int:
    """A whole number as readers take it: with a sign or zeros before; beyond any limit if it is too long."""
    digits = written.strip().removeprefix("+").lstrip("0")
    if not digits:
        return 0
    return int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else _ENDLESS
