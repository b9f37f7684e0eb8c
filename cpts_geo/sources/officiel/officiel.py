"""What the readers of official files share: workbooks with titles above their header, CSV files in zips."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import openpyxl
import pandas as pd

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.telechargement import ZIP_SIGNATURE

CODE = re.compile(r"\d{5}|2[AB]\d{3}")
# Title and note rows above a header; more means that this is another file.
HEADER_DEPTH = 30
CHUNK = 500_000
METADATA = re.compile(r"(?i)(^|/)meta")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Edition:
    """An official edition once read: `tables` by code of the source that each one renews.

    `lignes` says how many communes, EPCI or structures of the file were read for each source.
    """

    millesime: str
    tables: dict[str, pd.DataFrame]
    lignes: dict[str, int]


Lecteur = Callable[[Sequence[Path], Passage, int | None], Edition]


def numbers(values: pd.Series) -> pd.Series:
    """Figures written with a point or a comma; secrets and whatever is not a figure are missing."""
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(float)
    text = values.astype("string").str.replace(r"\s", "", regex=True).str.replace(",", ".")
    return pd.Series(pd.to_numeric(text, errors="coerce"), index=values.index).astype(float)


def commune_codes(values: pd.Series) -> pd.Series:
    """Five-character codes, missing where a cell holds something else (a note, a total)."""
    text = values.astype("string").str.strip().str.replace(r"\.0$", "", regex=True).str.zfill(5)
    return text.where(text.str.fullmatch(CODE.pattern)).astype(object)


def by_code(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows that bear the code of a commune, indexed by it; a code given twice is refused."""
    codes = commune_codes(table[column])
    rows = table.drop(columns=column).set_axis(codes.to_numpy(), axis=0)
    rows = rows[rows.index.notna()]
    double = rows.index[rows.index.duplicated()]
    if len(double):
        raise ErreurSource(f"Communes données deux fois : {', '.join(sorted(set(double))[:5])}")
    return rows.rename_axis("code")


def is_workbook(path: Path) -> bool:
    """Whether this is an Excel workbook (and not another kind of archive)."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" in archive.namelist()


@contextmanager
def workbook(path: Path) -> Iterator[openpyxl.Workbook]:
    """An Excel workbook, read row by row."""
    if not is_workbook(path):
        raise ErreurSource(f"{path.name} n’est pas un classeur Excel.")
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        yield book
    finally:
        book.close()


def header_rows(rows: Iterator[Row], first: re.Pattern[str]) -> tuple[Row, Iterator[Row]]:
    """The header, whose first cell matches, and the rows that follow; titles above are passed over."""
    for _ in range(HEADER_DEPTH):
        row = next(rows, None)
        if row is None:
            break
        if row and first.fullmatch(str(row[0] or "").strip()):
            return row, rows
    raise ErreurSource(f"Ligne d’en-tête introuvable (première colonne attendue : {first.pattern}).")


@contextmanager
def csv_stream(path: Path, member: re.Pattern[str]) -> Iterator[BinaryIO]:
    """The CSV file itself, or the one of an archive whose name matches (metadata files left out)."""
    with path.open("rb") as stream:
        zipped = stream.read(len(ZIP_SIGNATURE)) == ZIP_SIGNATURE
    if not zipped:
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if member.search(name) and not METADATA.search(name)]
        if not names:
            inside = ", ".join(archive.namelist()[:5])
            raise ErreurSource(
                f"L’archive {path.name} ne contient pas le fichier attendu (elle contient {inside})."
            )
        with archive.open(names[0]) as packed:
            yield cast("BinaryIO", packed)


def header_of(path: Path, member: re.Pattern[str]) -> list[str]:
    """Names of the columns of a CSV file."""
    with csv_stream(path, member) as stream:
        line = stream.readline().decode("utf-8-sig", errors="replace")
    return [name.strip().strip('"') for name in line.rstrip("\r\n").split(";")]


def read_long(
    path: Path, member: re.Pattern[str], kept: Callable[[pd.DataFrame], pd.Series], columns: Sequence[str]
) -> pd.DataFrame:
    """The chosen rows of a long CSV file (one row a figure), all as text."""
    parts = []
    try:
        with csv_stream(path, member) as stream:
            chunks = pd.read_csv(
                stream,
                sep=";",
                dtype=str,
                usecols=list(columns),
                chunksize=CHUNK,
                encoding="utf-8-sig",
                keep_default_na=False,
            )
            parts = [chunk[kept(chunk)] for chunk in chunks]
    except (ValueError, zipfile.BadZipFile, EOFError, UnicodeDecodeError) as error:
        raise ErreurSource(f"{path.name} n’a pas la forme attendue ({error}).") from error
    return pd.concat(parts, ignore_index=True)


def read_wide(
    path: Path, member: re.Pattern[str], columns: Sequence[str], encoding: str = "utf-8-sig"
) -> pd.DataFrame:
    """The chosen columns of a semicolon CSV file, all as text."""
    try:
        with csv_stream(path, member) as stream:
            text = io.TextIOWrapper(stream, encoding=encoding, newline="")
            return pd.read_csv(text, sep=";", dtype=str, usecols=list(columns), keep_default_na=False)
    except (ValueError, zipfile.BadZipFile, EOFError, UnicodeDecodeError) as error:
        raise ErreurSource(f"{path.name} n’a pas la forme attendue ({error}).") from error


def chosen_year(years: set[int], wanted: int | None, what: str) -> int:
    """The wanted year, or the newest one; `ErreurSource` when the file does not hold it."""
    if wanted is not None and wanted not in years:
        known = ", ".join(str(year) for year in sorted(years)) or "aucun"
        raise ErreurSource(f"{what} : le millésime {wanted} n’y est pas (millésimes présents : {known}).")
    if not years:
        raise ErreurSource(f"{what} : le fichier ne dit pas son millésime ; précisez --millesime.")
    return wanted if wanted is not None else max(years)


def one_file(files: Sequence[Path], what: str) -> Path:
    """The only file given."""
    if len(files) != 1:
        raise ErreurSource(f"{what} : un seul fichier est attendu, et non {len(files)}.")
    return files[0]
