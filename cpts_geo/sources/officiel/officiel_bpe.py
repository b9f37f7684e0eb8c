"""Insee, Base permanente des équipements: counts by commune, from any of its three official layouts.

The long one (`DS_BPE_2025_data.csv`): one row a commune and type of équipement. The detailed one
(`BPE24.csv`): one row an équipement. The workbook by theme (`equip-serv-sante-com-2020.xlsx`): one sheet for
communes and one for arrondissements, two header rows under the titles, then sheets of notes.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.bpe import EQUIPEMENTS_2024
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.officiel.officiel import (
    Edition,
    Row,
    by_code,
    chosen_year,
    header_of,
    header_rows,
    is_workbook,
    numbers,
    one_file,
    read_long,
    workbook,
)

# The types that renew each source of the bundle. Those of 2019–2021 were coded otherwise then; the codes
# below are of the nomenclature in force since the edition of 2024.
EQUIPEMENTS: dict[str, Mapping[str, str]] = {
    "bpe_2024": EQUIPEMENTS_2024,
    "bpe_2019": {"D282": "orthophonistes", "D283": "orthoptistes", "D246": "audioprothesistes"},
    "bpe_2020": {"D112": "hospitalisations_domicile"},
    "bpe_2021": {"D250": "psychologues"},
}
CODES = {code for names in EQUIPEMENTS.values() for code in names}
MEMBER = re.compile(r"(?i)(_data|BPE\d{2}(_ensemble(_xy)?)?)\.csv$")
LONG_COLUMNS = ["GEO", "GEO_OBJECT", "FACILITY_TYPE", "BPE_MEASURE", "TIME_PERIOD", "OBS_VALUE"]
LEVELS = ["COM", "ARM"]
SHEETS = ("COM", "ARM")
SHEET_HEADER = re.compile("CODGEO")
COUNT = re.compile(r"NB_([A-G]\d{3})")
TITLE_YEAR = re.compile(r"\b(20\d{2})\b")
NAME_YEAR = re.compile(r"(?i)BPE(\d{2})")


def read(files: Sequence[Path], passage: Passage, millesime: int | None) -> Edition:
    """Counts of each source that the file can renew; a commune absent from the file truly has none."""
    path = one_file(files, "BPE")
    if is_workbook(path):
        year, counts = _read_workbook(path, millesime)
    elif "FACILITY_TYPE" in header_of(path, MEMBER):
        year, counts = _read_long(path, millesime)
    else:
        year, counts = _read_detail(path, millesime)
    tables = {
        source: passage.sum_by_commune(counts[list(names)].rename(columns=names))
        .reindex(passage.communes)
        .fillna(0)
        for source, names in EQUIPEMENTS.items()
        if _gives(counts, names, year)
    }
    if not tables:
        raise ErreurSource(f"BPE {year} : aucun des équipements attendus n’est dans ce fichier.")
    return Edition(str(year), tables, dict.fromkeys(tables, len(counts)))


def _gives(counts: pd.DataFrame, names: Mapping[str, str], year: int) -> bool:
    """Whether the file holds these types: all of them or none, for a part would pass for a fall."""
    missing = [code for code in names if code not in counts.columns]
    if missing and len(missing) < len(names):
        raise ErreurSource(f"BPE {year} : équipements absents du fichier : {', '.join(missing)}.")
    return not missing


def _read_long(path: Path, millesime: int | None) -> tuple[int, pd.DataFrame]:
    table = read_long(
        path,
        MEMBER,
        lambda rows: (
            rows["GEO_OBJECT"].isin(LEVELS)
            & rows["FACILITY_TYPE"].isin(CODES)
            & (rows["BPE_MEASURE"] == "FACILITIES")
        ),
        LONG_COLUMNS,
    )
    year = chosen_year(set(table["TIME_PERIOD"].astype(int)), millesime, "BPE")
    table = table[table["TIME_PERIOD"].astype(int) == year]
    keys = ["GEO", "FACILITY_TYPE"]
    if table.duplicated(keys).any():
        raise ErreurSource(f"BPE {year} : des équipements sont donnés deux fois pour une même commune.")
    counts = table.assign(value=numbers(table["OBS_VALUE"])).set_index(keys)["value"].unstack()  # noqa: PD010
    return year, by_code(counts.reset_index(), "GEO").fillna(0)


def _read_detail(path: Path, millesime: int | None) -> tuple[int, pd.DataFrame]:
    columns = header_of(path, MEMBER)
    if not {"DEPCOM", "TYPEQU"} <= set(columns):
        raise ErreurSource(f"{path.name} n’a pas la forme d’un fichier de la BPE.")
    wanted = [name for name in ("DEPCOM", "TYPEQU", "AN", "NB_EQUIP") if name in columns]
    table = read_long(path, MEMBER, lambda rows: rows["TYPEQU"].isin(CODES), wanted)
    year = chosen_year(_years_of_detail(path, table), millesime, "BPE")
    weights = numbers(table["NB_EQUIP"]) if "NB_EQUIP" in table else pd.Series(1.0, index=table.index)
    counts = weights.groupby([table["DEPCOM"], table["TYPEQU"]]).sum().unstack(fill_value=0)  # noqa: PD010
    return year, by_code(counts.reset_index(), "DEPCOM")


def _years_of_detail(path: Path, table: pd.DataFrame) -> set[int]:
    """The year, said by a column or else by the name of the file."""
    if "AN" in table:
        return set(table["AN"].astype(int))
    return {2000 + int(found[1]) for name in _names(path) if (found := NAME_YEAR.search(name))}


def _names(path: Path) -> list[str]:
    if not zipfile.is_zipfile(path):
        return [path.name]
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if MEMBER.search(name)]


def _read_workbook(path: Path, millesime: int | None) -> tuple[int, pd.DataFrame]:
    with workbook(path) as book:
        absent = [sheet for sheet in SHEETS if sheet not in book.sheetnames]
        if absent:
            raise ErreurSource(f"{path.name} : feuilles absentes : {', '.join(absent)}.")
        title = str(next(book["COM"].iter_rows(values_only=True), ("",))[0])
        parts = [_read_sheet(book[sheet].iter_rows(values_only=True)) for sheet in SHEETS]
    said = TITLE_YEAR.search(title)
    year = chosen_year({int(said[1])} if said else set(), millesime, "BPE")
    return year, pd.concat(parts)


def _read_sheet(rows: Iterator[Row]) -> pd.DataFrame:
    """One sheet; the technical header (NB_D106) is the second of the two that begin with CODGEO."""
    header, rows = header_rows(rows, SHEET_HEADER)
    if not any(COUNT.fullmatch(str(cell)) for cell in header):
        header, rows = header_rows(rows, SHEET_HEADER)
    places = {found[1]: place for place, cell in enumerate(header) if (found := COUNT.fullmatch(str(cell)))}
    cells = [[row[0], *(row[place] for place in places.values())] for row in rows if row and row[0]]
    return by_code(pd.DataFrame(cells, columns=["code", *places]), "code").apply(numbers)
