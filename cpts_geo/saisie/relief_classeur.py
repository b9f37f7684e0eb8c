"""What a workbook shows otherwise than it holds: hidden rows, percentages, merged cells; how far it extends.

Noted while its parts are looked through, tag by tag, before any reader makes a grid of a sheet.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from xml.etree import ElementTree as ET

from cpts_geo.saisie.limites_tableaux import FichierIllisibleError, limites

TROP_DE_TEXTE = "Ce classeur contient trop de texte. Copiez les colonnes utiles dans un classeur neuf."
TROP_ETENDU = (
    "Ce classeur a des cases trop éloignées les unes des autres. Copiez les colonnes utiles dans un classeur "
    "neuf."
)
INHABITUEL = "Ce classeur n’a pas la forme de ceux d’Excel. Enregistrez la feuille au format CSV."
# Formats "0 %" and "0,00 %" of Excel; others are written with their sign.
_PERCENT_FORMATS = frozenset({"9", "10"})
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_CONTENT = "content.xml"
_HIDDEN = frozenset({"collapse", "filter"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
# Cells too, yet of no sheet: the order in which they are computed.
_NO_SHEET = "xl/calcchain.xml"
# Texts written once for all the cells that show them: looked through before the sheets.
SHARED = "xl/sharedstrings.xml"
# More digits than any number of rows: what is so repeated goes beyond any limit.
_DIGITS = 9
_ENDLESS = 10**_DIGITS

Place = tuple[int, int]
Fusion = tuple[Place, Place]


@dataclass(slots=True)
class Relief:
    """What a sheet shows otherwise than it holds, by ranks from 0.

    `masquees` are rows hidden or filtered out; `pourcentages` the columns, by row, of numbers shown as such;
    `fusions` merged cells, by their first and last.
    """

    masquees: set[int] = field(default_factory=set)
    pourcentages: dict[int, list[int]] = field(default_factory=dict)
    fusions: list[Fusion] = field(default_factory=list)


class Observateur(Protocol):
    """Sees the tags of a part."""

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        """See a tag, by its name without its namespace."""

    def text(self, written: str) -> None:
        """See a piece of text."""

    def end(self, local: str) -> None:
        """See the end of a tag."""


class Reliefs:
    """The reliefs of the sheets of a workbook, as the parts of its archive are looked through."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._sheets = _names_of_parts(archive)
        self._percents = _percent_styles(archive) if self._sheets else frozenset[str]()
        self.par_feuille: dict[str, Relief] = {}
        self._ods = _content_of_ods(archive)
        self._extent = Etendue()
        self._shared: list[int] = []

    def observer(self, part: str) -> Observateur | None:
        """Who is to see the tags of a part; nobody for the order of computation.

        A part that no sheet is known to be is looked through too: readers may find sheets otherwise.
        """
        if self._ods:
            return _Ods(self.par_feuille, self._extent) if part == _CONTENT else None
        path = part.removeprefix("/").replace("\\", "/").lower()
        if path == SHARED:
            return _Shared(self._shared)
        nom = self._sheets.get(path)
        if nom is None and path == _NO_SHEET:
            return None
        relief = Relief()
        if nom is not None:
            self.par_feuille[nom] = relief
        return _Xlsx(relief, self._percents, self._extent, self._shared)


# ---- XLSX -------------------------------------------------------------------------------------------------


class _Shared:
    """Sees the texts that cells share: how long each is."""

    def __init__(self, lengths: list[int]) -> None:
        self._lengths = lengths

    def start(self, local: str, _: Mapping[str, str]) -> None:
        if local == "si":
            self._lengths.append(0)

    def text(self, written: str) -> None:
        if self._lengths:
            self._lengths[-1] += len(written)

    def end(self, local: str) -> None:
        pass


class _Xlsx:
    """Sees the rows and cells of a sheet of Excel."""

    def __init__(
        self, relief: Relief, percents: frozenset[str], extent: "Etendue", shared: list[int]
    ) -> None:
        self._shared = shared
        self._workbook = extent
        # Whether the cell shows a text that others share, and the rank of that text as it is written.
        self._is_shared = False
        self._written: str | None = None
        self._relief = relief
        self._percents = percents
        self._row = self._column = -1
        self._extent = extent.of_sheet()

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "c":
            self._cell(attributes)
        elif local == "v":
            self._written = "" if self._is_shared else None
        elif local == "row":
            number = attributes.get("r", "")
            self._row = _number(number) - 1 if number else self._row + 1
            self._column = -1
            if attributes.get("hidden") in {"1", "true"}:
                self._relief.masquees.add(self._row)

    def text(self, written: str) -> None:
        # In pieces of one sign when somebody so wants: what is no rank is not gathered.
        if self._written is not None and len(self._written) <= _DIGITS:
            self._written += written.strip()

    def end(self, local: str) -> None:
        if self._written is not None and local == "v":
            rank = _number(self._written)
            self._workbook.take_text(self._shared[rank] if rank < len(self._shared) else 0)
            self._written = None

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._is_shared = attributes.get("t") == "s"
        # Where a cell says that it is, be it in another row.
        row, self._column = _place(attributes.get("r", ""), (max(self._row, 0), self._column + 1))
        self._extent.add(row, self._column)
        if attributes.get("s") in self._percents:
            self._relief.pourcentages.setdefault(row, []).append(self._column)


def _place(reference: str, following: Place) -> Place:
    if not reference:
        return following
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise FichierIllisibleError(TROP_ETENDU)
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


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


def _names_of_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of the sheet that each part holds."""
    try:
        workbook = ET.fromstring(_small(archive, "xl/workbook.xml"))  # noqa: S314 - bounded, looked through too
        relations = ET.fromstring(_small(archive, "xl/_rels/workbook.xml.rels"))  # noqa: S314 - idem
    except (KeyError, ET.ParseError):
        return {}
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    names: dict[str, str] = {}
    for sheet in (each for each in workbook.iter() if each.tag.rpartition("}")[2] == "sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets.get(relation, "").removeprefix("/").lower()
        if not target:
            continue
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in names:
            # One part, read again for each of its sheets, would hold the server.
            raise FichierIllisibleError(INHABITUEL)
        names[part] = sheet.get("name", "")
    return names


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The ranks of the cell formats that show percentages."""
    try:
        styles = ET.fromstring(_small(archive, "xl/styles.xml"))  # noqa: S314 - bounded, looked through too
    except (KeyError, ET.ParseError):
        return frozenset()
    local = [(each.tag.rpartition("}")[2], each) for each in styles.iter()]
    own = (each for name, each in local if name == "numFmt")
    written = {each.get("numFmtId", "") for each in own if "%" in each.get("formatCode", "")}
    known = written | _PERCENT_FORMATS
    formats = next((each for name, each in local if name == "cellXfs"), ())
    return frozenset(str(rank) for rank, each in enumerate(formats) if each.get("numFmtId") in known)


def _small(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part of the size that such parts have; one with a declaration of type is not read."""
    with archive.open(part) as file:
        content = file.read(limites().octets_de_partie + 1)
    if len(content) > limites().octets_de_partie or b"<!DOCTYPE" in content:
        raise KeyError(part)
    return content


# ---- ODS --------------------------------------------------------------------------------------------------


def _content_of_ods(archive: zipfile.ZipFile) -> bool:
    return _CONTENT in archive.namelist() and "xl/workbook.xml" not in archive.namelist()


class _Ods:
    """Sees the tables of LibreOffice, in which alike rows and cells are written once.

    Names are taken without their namespaces: readers go by prefixes, which may stand for any.
    """

    def __init__(self, reliefs: dict[str, Relief], extent: Etendue) -> None:
        self._reliefs = reliefs
        self._relief = Relief()
        self._workbook = extent
        self._extent = extent.of_sheet()
        self._row = self._column = 0
        self._rows = self._times = 1
        self._last = -1
        # Characters of the cell, then of the cells of the row.
        self._length = self._row_length = 0

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        known = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
        if local in _CELLS:
            self._cell(known)
        elif local == "s":
            # Spaces, told by their number.
            self._length += _repeated(known, "c")
        elif local == "table-row":
            self._row_length = 0
            self._rows = _repeated(known, "number-rows-repeated")
            self._column, self._last = 0, -1
            if known.get("visibility") in _HIDDEN and self._rows <= limites().rangees_au_plus:
                self._workbook.take(self._rows)
                self._relief.masquees |= set(range(self._row, self._row + self._rows))
        elif local == "table":
            self._relief = self._reliefs[known.get("name", "")] = Relief()
            self._extent = self._workbook.of_sheet()
            self._row = 0

    def text(self, written: str) -> None:
        self._length += len(written)

    def end(self, local: str) -> None:
        if local in _CELLS:
            self._row_length += self._length * self._times
        elif local == "table-row":
            self._workbook.take_text(self._row_length * self._rows)
            if self._last >= 0:
                # All of the alike rows are made by readers.
                self._extent.add(self._row, self._last)
                self._extent.add(self._row + self._rows - 1, self._last)
            self._row += self._rows

    def _cell(self, known: Mapping[str, str]) -> None:
        times = self._times = _repeated(known, "number-columns-repeated")
        self._length = sum(len(value) for name, value in known.items() if name.endswith("value"))
        # A kind, or one of the values: readers take either.
        if any(name.endswith("value") or name in {"value-type", "formula"} for name in known):
            self._last = self._column + times - 1
        if known.get("value-type") == "percentage":
            self._percentages(range(self._column, self._column + times))
        wide, high = _repeated(known, "number-columns-spanned"), _repeated(known, "number-rows-spanned")
        if wide * high > 1:
            last = (self._row + high - 1, self._column + wide - 1)
            self._relief.fusions.append(((self._row, self._column), last))
        self._column += times

    def _percentages(self, columns: range) -> None:
        self._workbook.take(self._rows * len(columns))
        for row in range(self._row, self._row + self._rows):
            self._relief.pourcentages.setdefault(row, []).extend(columns)


def _repeated(known: Mapping[str, str], name: str) -> int:
    return max(1, _number(known.get(name, "1")))


def _number(written: str) -> int:
    """A whole number as readers take it: with a sign or zeros before."""
    digits = written.strip().removeprefix("+").lstrip("0")
    if not digits:
        return 0
    return int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else _ENDLESS
