"""Reading the rows of a file that a person gives: CSV in any usual form, or an Excel workbook."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from cpts_geo.saisie.examen_classeur import examine
from cpts_geo.saisie.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.socle.nombres import entier

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

Rangees = tuple[tuple[str, ...], ...]

# The last row of an Excel sheet: blank rows count too, and are read to be left out.
_LAST_ROW = 1_048_576

_LONGEST_TYPE = 200
_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE = 20
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_CONSEIL = (
    "Dans votre tableur, choisissez «\u00a0Enregistrer sous\u00a0», puis le format CSV ou Excel (.xlsx)."
)
_REFUSES = {
    ".xls": f"L’ancien format d’Excel (.xls) n’est pas lu. {_CONSEIL}",
    ".ods": f"Le format de LibreOffice (.ods) n’est pas lu. {_CONSEIL}",
    ".numbers": "Le format de Numbers n’est pas lu. Dans Numbers, choisissez «\u00a0Fichier\u00a0», "
    "«\u00a0Exporter vers\u00a0», puis CSV ou Excel.",
    ".pdf": "Un PDF n’est pas un tableau. Copiez sa liste, et collez-la dans l’onglet «\u00a0Coller\u00a0».",
}
_DOCUMENT = (
    "Ce document n’est pas un tableau. Copiez sa liste, et collez-la dans l’onglet «\u00a0Coller\u00a0»."
)
_DEMESUREE = "Ce fichier n’est pas un tableau\u00a0: une case est démesurée."
_MAGIC = ((b"%PDF", ".pdf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"))


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet: its name, empty for a CSV, and its rows, blank ones included to keep the others' numbers.

    `masquees` are the numbers, from 1, of rows that are hidden or filtered out: they are blank here.
    `fichier` is the name of the file that holds the sheet, inside an archive.
    """

    nom: str
    rangees: Rangees
    masquees: tuple[int, ...] = ()
    fichier: str = ""


def read(contenu: bytes, nom: str) -> tuple[Feuille, ...]:
    """Read the sheets of a file, those that hold nothing left out.

    Args:
        contenu: the bytes of the file.
        nom: its name, whose extension is believed only to say what to do with a format that is not read.

    Raises:
        FichierIllisibleError: whatever is wrong with the file.
    """
    if len(contenu) > limites().octets_au_plus:
        raise FichierIllisibleError("Ce fichier est trop lourd\u00a0: 5\u00a0Mo au plus.")
    refused = next((kind for magic, kind in _MAGIC if contenu.startswith(magic)), None)
    extension = refused or PurePath(nom).suffix.lower()
    if extension in _REFUSES:
        raise FichierIllisibleError(_REFUSES[extension])
    sheets = _read_workbook(contenu) if contenu.startswith(b"PK") else (Feuille("", _read_csv(contenu)),)
    filled = tuple(sheet for sheet in sheets if any(any(row) for row in sheet.rangees))
    if not filled:
        raise FichierIllisibleError("Ce fichier est vide.")
    return filled


# ---- CSV ------------------------------------------------------------------------------------------------


def _read_csv(content: bytes) -> Rangees:
    text = decode(content)
    try:
        return _limited(_row(row) for row in _reader(text, _separator(text)))
    except csv.Error as error:
        raise FichierIllisibleError(_DEMESUREE) from error


def decode(content: bytes) -> str:
    """The text of a file.

    Raises:
        FichierIllisibleError: it is no text.
    """
    declared = [encoding for bom, encoding in _BOMS if content.startswith(bom)]
    for encoding in declared or ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise FichierIllisibleError(f"Ce fichier n’est ni un CSV ni un classeur Excel. {_CONSEIL}")


def _separator(text: str) -> str:
    """The separator that parts most of the first lines, in as many cells each as possible."""
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    return max(_SEPARATORS, key=lambda separator: _parted(sample, separator))


def _parted(sample: str, separator: str) -> tuple[int, int]:
    widths = [len(row) for row in _reader(sample, separator) if row]
    parted = [width for width in widths if width > 1]
    return len(parted), min(parted, default=0)


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


# ---- Excel ----------------------------------------------------------------------------------------------


def _read_workbook(content: bytes) -> tuple[Feuille, ...]:
    try:
        _check_kind(content)
        examine(content)
        with warnings.catch_warnings():
            # What openpyxl leaves out of a workbook, as its styles, is of no use here.
            warnings.simplefilter("ignore")
            return _read_sheets(content)
    except FichierIllisibleError:
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise about anything
        raise FichierIllisibleError(f"Ce classeur est abîmé, ou n’est pas d’Excel. {_CONSEIL}") from error


def _check_kind(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "mimetype" in names and b"opendocument.spreadsheet" in _first_bytes(archive, "mimetype"):
            raise FichierIllisibleError(_REFUSES[".ods"])
        if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
            raise FichierIllisibleError(_REFUSES[".numbers"])
        if any(name.startswith(("word/", "ppt/")) for name in names):
            raise FichierIllisibleError(_DOCUMENT)


def _first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_LONGEST_TYPE)


def _read_sheets(content: bytes) -> tuple[Feuille, ...]:
    # Long to import: the pages of those who give no workbook do not wait for it.
    from openpyxl import load_workbook  # noqa: PLC0415

    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        return tuple(
            Feuille(str(sheet.title), _limited(_rows_of(sheet)))
            for sheet in workbook.worksheets
            if sheet.sheet_state == "visible"
        )
    finally:
        workbook.close()


def _rows_of(sheet: "ReadOnlyWorksheet") -> Iterator[tuple[str, ...]]:
    # Some exports declare wrong dimensions, by which rows would be lost.
    sheet.reset_dimensions()
    width = limites().colonnes_au_plus + 1
    rows = islice(sheet.iter_rows(max_col=width, values_only=True), _LAST_ROW)
    # A sheet may begin a million rows down: what is blank is not looked at cell by cell.
    blank = (None,) * width
    return (() if row == blank else _row(row) for row in rows)


# ---- Rows -----------------------------------------------------------------------------------------------


def _row(cells: Iterable[object]) -> tuple[str, ...]:
    """The text of each cell, up to the last that is not blank."""
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > limites().colonnes_au_plus:
        raise FichierIllisibleError(
            f"Ce tableau a trop de colonnes\u00a0: {limites().colonnes_au_plus} au plus."
        )
    return tuple(texts)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    # Excel holds codes as numbers, and every number as a decimal one.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    if len(text) > limites().caracteres_par_case:
        raise FichierIllisibleError(_DEMESUREE)
    return " ".join(text.replace("\ufeff", "").split())


def _limited(rows: Iterable[tuple[str, ...]]) -> Rangees:
    kept: list[tuple[str, ...]] = []
    filled = 0
    for row in rows:
        kept.append(row)
        filled += bool(row)
        if filled > limites().rangees_au_plus or len(kept) > _LAST_ROW:
            raise FichierIllisibleError(f"Ce tableau a plus de {entier(limites().rangees_au_plus)} lignes.")
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
