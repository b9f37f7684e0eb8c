"""CSV files that French spreadsheets open as they are meant."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO

import pandas as pd

from cpts_geo.socle.nombres import arrondi, est_absent

Cellule = str | float | None

DECIMALES = 2
_FORMULA_STARTS = frozenset("=+-@")
_RUN_AS_FORMULA_AFTER = frozenset("\t\r\n")


def write(rows: Iterable[Sequence[Cellule]]) -> bytes:
    """The file: UTF-8 with its mark, `;` between cells, decimal comma, no thousands separator.

    Missing figures are empty cells; texts that a spreadsheet would run as a formula are made harmless.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def table_csv(table: pd.DataFrame) -> bytes:
    """The file of a table: its column names, then its rows; its index is left out."""
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False)
    return write([list(map(str, table.columns)), *rows])


def _cell(value: Cellule) -> str:
    return _harmless(value) if isinstance(value, str) else _number(value)


def _number(value: float | None) -> str:
    if value is None or est_absent(value):
        return ""
    return f"{arrondi(value, DECIMALES):f}".rstrip("0").rstrip(".").replace(".", ",")


def _harmless(text: str) -> str:
    """The text, after an apostrophe if a spreadsheet could run it as a formula, leading blanks set aside."""
    seen = next((char for char in text if unicodedata.category(char)[0] not in "CZ"), "")
    # Full-width and small forms of these signs are run as well.
    is_formula = unicodedata.normalize("NFKC", seen) in _FORMULA_STARTS
    return f"'{text}" if is_formula or text[:1] in _RUN_AS_FORMULA_AFTER else text
