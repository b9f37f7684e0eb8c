"""The tables of a web page, which many administrations name ".xls"."""

import re
from collections.abc import Iterator, Mapping

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.saisie.fichiers.relief_classeur import whole
from cpts_geo.saisie.rangees import Feuille, limited, text, trimmed

PAS_UN_TABLEAU = (
    "Ce document n’est pas un tableau. Copiez sa liste, et collez-la dans l’onglet «\u00a0Coller\u00a0»."
)
_TROP_DE_BALISES = "Cette page a trop de cases. Copiez les colonnes utiles dans un tableur."
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CELLS = frozenset({"td", "th"})
# What goes to another line, and what is never shown.
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "table"})
_SILENT = frozenset({"script", "style", "title", "head"})
_PIECE = 1_000_000


def read_page(page: str) -> tuple[Feuille, ...]:
    """The tables of a page, each a sheet; one inside another is told apart.

    Raises:
        FichierIllisibleError: it has none, or is larger than declared.
    """
    from lxml import etree  # noqa: PLC0415 - long to import: those who give no page do not wait for it

    tables = _Tables()
    parser = etree.HTMLParser(target=tables, huge_tree=False)
    try:
        for start in range(0, len(page), _PIECE):
            parser.feed(page[start : start + _PIECE])
        parser.close()
    except FichierIllisibleError:
        raise
    except (etree.LxmlError, ValueError) as error:
        raise FichierIllisibleError(PAS_UN_TABLEAU) from error
    if not tables.all:
        raise FichierIllisibleError(PAS_UN_TABLEAU)
    return tuple(table.sheet() for table in tables.all)


class _Tables:
    """Sees the tags of a page, one after the other, and keeps the rows of its tables."""

    def __init__(self) -> None:
        self.all: list[_Table] = []
        self._open: list[_Table] = []
        self._left = limites().balises_par_page
        self._silent = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """See a tag."""
        self._left -= 1
        if self._left < 0:
            raise FichierIllisibleError(_TROP_DE_BALISES)
        self._silent += tag in _SILENT
        table = self._open[-1] if self._open else None
        if tag == "table":
            if len(self._open) >= limites().profondeur_au_plus:
                raise FichierIllisibleError(_TROP_DE_BALISES)
            self._open.append(_Table())
            self.all.append(self._open[-1])
        elif table is not None and tag == "tr":
            table.begin_row(hidden=_is_hidden(attributes))
        elif table is not None and tag in _CELLS:
            table.begin_cell(attributes)
        elif table is not None and tag in _BREAKS:
            table.write("\n")

    def data(self, written: str) -> None:
        """See a piece of text."""
        if self._open and not self._silent:
            self._open[-1].write(written.replace("\n", " ").replace("\r", " "))

    def end(self, tag: str) -> None:
        """See the end of a tag."""
        self._silent = max(0, self._silent - (tag in _SILENT))
        if not self._open:
            return
        if tag == "tr":
            self._open[-1].end_row()
        elif tag == "table":
            self._open.pop().end_row()

    def close(self) -> None:
        """See the end of the page."""
        while self._open:
            self._open.pop().end_row()


class _Table:
    """The rows of a table: a cell over several rows or columns has its value in all of them."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, ...]] = []
        self._hidden: list[int] = []
        self._is_hidden = False
        # The cells of the row being seen: what is written in each, its columns and its rows.
        self._cells: list[tuple[list[str], int, int]] | None = None
        self._carried: dict[int, tuple[str, int]] = {}
        self._written = 0

    def begin_row(self, *, hidden: bool) -> None:
        """Begin a row, the one before ended or not."""
        self.end_row()
        self._cells, self._is_hidden = [], hidden

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        """Begin a cell, be it of no row."""
        if self._cells is None:
            self.begin_row(hidden=False)
        if self._cells is not None:
            if len(self._cells) >= limites().cases_par_rangee:
                raise FichierIllisibleError(_TROP_DE_BALISES)
            wide = _number(attributes, "colspan", limites().colonnes_au_plus)
            self._cells.append(([], wide, _number(attributes, "rowspan", limites().rangees_au_plus)))

    def write(self, written: str) -> None:
        """Write in the last cell."""
        if self._cells:
            self._cells[-1][0].append(written)

    def end_row(self) -> None:
        """End the row being seen, if any."""
        if self._cells is None:
            return
        row = trimmed(list(self._shown(self._cells)))
        self._cells = None
        self._written += sum(map(len, row))
        if self._written > limites().caracteres_au_plus:
            raise FichierIllisibleError(_TROP_DE_BALISES)
        if self._is_hidden and row:
            self._hidden.append(len(self._rows) + 1)
        self._rows.append(() if self._is_hidden else row)

    def sheet(self) -> Feuille:
        """The rows, as those of a sheet."""
        return Feuille("", limited(self._rows), tuple(self._hidden))

    def _shown(self, cells: list[tuple[list[str], int, int]]) -> Iterator[str]:
        column = 0
        for written, wide, high in cells:
            while column in self._carried:
                yield self._take(column)
                column += 1
            shown = text("".join(written))
            for _ in range(wide):
                if high > 1:
                    self._carried[column] = (shown, high - 1)
                yield shown
                column += 1
        while self._carried and column <= max(self._carried):
            yield self._take(column)
            column += 1

    def _take(self, column: int) -> str:
        """What a cell of a row above shows in this one."""
        shown, rows = self._carried.pop(column, ("", 0))
        if rows > 1:
            self._carried[column] = (shown, rows - 1)
        return shown


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def _number(attributes: Mapping[str, str], name: str, most: int) -> int:
    return min(max(1, whole(attributes.get(name, "1"))), most)
