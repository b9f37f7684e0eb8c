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

TROP_ETENDU = (
    "Ce classeur a des cases trop éloignées les unes des autres. Copiez les colonnes utiles dans un classeur "
    "neuf."
)
# Formats "0 %" and "0,00 %" of Excel; others are written with their sign.
_PERCENT_FORMATS = frozenset({"9", "10"})
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CONTENT = "content.xml"
_HIDDEN = frozenset({"collapse", "filter"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})

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

    def end(self, local: str) -> None:
        """See the end of a tag."""


class Reliefs:
    """The reliefs of the sheets of a workbook, as the parts of its archive are looked through."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._sheets = _names_of_parts(archive)
        self._percents = _percent_styles(archive) if self._sheets else frozenset[str]()
        self.par_feuille: dict[str, Relief] = {}
        self._ods = _content_of_ods(archive)

    def observer(self, part: str) -> Observateur | None:
        """Who is to see the tags of a part; nobody for most of them."""
        if self._ods and part == _CONTENT:
            return _Ods(self.par_feuille)
        nom = self._sheets.get(part.removeprefix("/"))
        if nom is None:
            return None
        self.par_feuille[nom] = Relief()
        return _Xlsx(self.par_feuille[nom], self._percents)


# ---- XLSX -------------------------------------------------------------------------------------------------


class _Xlsx:
    """Sees the rows and cells of a sheet of Excel."""

    def __init__(self, relief: Relief, percents: frozenset[str]) -> None:
        self._relief = relief
        self._percents = percents
        self._row = -1
        self._column = -1
        self._last = ""
        self._extent = _Etendue()

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "c":
            self._column += 1
            self._last = attributes.get("r", "")
            if self._percents and attributes.get("s") in self._percents:
                column = _column(self._last, self._column)
                self._relief.pourcentages.setdefault(self._row, []).append(column)
        elif local == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdigit() else self._row + 1
            self._column, self._last = -1, ""
            if attributes.get("hidden") in {"1", "true"}:
                self._relief.masquees.add(self._row)

    def end(self, local: str) -> None:
        if local == "row" and self._column >= 0:
            self._extent.add(self._row, _column(self._last, self._column))


def _column(reference: str, counted: int) -> int:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return counted
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1


class _Etendue:
    """The rectangle in which the cells of a sheet are: readers hold it whole."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._right = 0

    def add(self, row: int, column: int) -> None:
        """Take in a row up to this column.

        Raises:
            FichierIllisibleError: the rectangle is larger than declared.
        """
        self._first = row if self._first is None else min(self._first, row)
        self._right = max(self._right, column)
        if (row - self._first + 1) * (self._right + 1) > limites().etendue_au_plus:
            raise FichierIllisibleError(TROP_ETENDU)


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
        target = targets.get(relation, "").removeprefix("/")
        names[target if target.startswith("xl/") else f"xl/{target}"] = sheet.get("name", "")
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
    """Sees the tables of LibreOffice, in which alike rows and cells are written once."""

    def __init__(self, reliefs: dict[str, Relief]) -> None:
        self._reliefs = reliefs
        self._relief = Relief()
        self._extent = _Etendue()
        self._row = self._column = 0
        self._rows = 1
        self._last = -1

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        if local in _CELLS:
            self._cell(attributes)
        elif local == "table-row":
            self._rows = _repeated(attributes, "number-rows-repeated")
            self._column, self._last = 0, -1
            if attributes.get(f"{_TABLE}visibility") in _HIDDEN and self._rows <= limites().rangees_au_plus:
                self._relief.masquees |= set(range(self._row, self._row + self._rows))
        elif local == "table":
            self._relief = self._reliefs[attributes.get(f"{_TABLE}name", "")] = Relief()
            self._extent = _Etendue()
            self._row = 0

    def end(self, local: str) -> None:
        if local == "table-row":
            if self._last >= 0:
                # All of the alike rows are made by readers.
                self._extent.add(self._row, self._last)
                self._extent.add(self._row + self._rows - 1, self._last)
            self._row += self._rows

    def _cell(self, attributes: Mapping[str, str]) -> None:
        times = _repeated(attributes, "number-columns-repeated")
        kind = attributes.get(f"{_OFFICE}value-type")
        if kind:
            self._last = self._column + times - 1
        if kind == "percentage":
            columns = range(self._column, self._column + min(times, limites().colonnes_au_plus))
            self._relief.pourcentages.setdefault(self._row, []).extend(columns)
        wide = _repeated(attributes, "number-columns-spanned")
        high = _repeated(attributes, "number-rows-spanned")
        if wide * high > 1:
            last = (self._row + high - 1, self._column + wide - 1)
            self._relief.fusions.append(((self._row, self._column), last))
        self._column += times


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    written = attributes.get(f"{_TABLE}{name}", "1")
    return max(1, int(written)) if written.isdigit() and len(written) < 9 else 1  # noqa: PLR2004 - digits
