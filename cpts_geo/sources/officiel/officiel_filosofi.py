"""Insee, Filosofi: median standard of living and poverty rate, by commune and by EPCI.

Two official layouts. The wide one, up to 2021 (`cc_filosofi_2021_COM.csv`): one row a commune, the year in
the name of the columns (MED21), « s » and « nd » for secrets, decimal comma. The long one
(`DS_FILOSOFI_CC_2023_data.csv`): one row a figure, with its geography, measure, status and year.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.officiel.officiel import (
    Edition,
    by_code,
    chosen_year,
    header_of,
    numbers,
    one_file,
    read_long,
    read_wide,
)

SOURCE, SOURCE_EPCI = "filosofi_2021", "filosofi_2021_epci"
MEDIANE, PAUVRETE = "niveau_vie_median_2021", "taux_pauvrete_2021"
PERSONNES = "personnes_menages_fiscaux_2021"
# The columns of the bundle bear the year of its first edition; the manifest says the one they hold.
MEASURES = {"MED_SL": MEDIANE, "PR_MD60": PAUVRETE, "NUM_PER": PERSONNES}
WIDE = {"MED": MEDIANE, "TP60": PAUVRETE, "NBPERSMENFISC": PERSONNES}
MEMBER = re.compile(r"(?i)(_COM|_data)\.csv$")
YEAR = re.compile(r"MED(\d{2})")
LONG_COLUMNS = [
    "GEO",
    "GEO_OBJECT",
    "FILOSOFI_MEASURE",
    "CONF_STATUS",
    "OBS_STATUS",
    "TIME_PERIOD",
    "OBS_VALUE",
]
# A figure is published, and is not covered by the secret statistique.
PUBLISHED, CONFIDENTIAL = "A", "C"


def read(files: Sequence[Path], passage: Passage, millesime: int | None) -> Edition:
    """Medians and rates of each present commune (its own row only), and of each EPCI if the file has them."""
    path = one_file(files, "Filosofi")
    columns = header_of(path, MEMBER)
    if "FILOSOFI_MEASURE" in columns:
        return _read_long(path, passage, millesime)
    return _read_wide(path, columns, passage, millesime)


def _read_wide(path: Path, columns: list[str], passage: Passage, millesime: int | None) -> Edition:
    years = {2000 + int(found[1]) for name in columns if (found := YEAR.fullmatch(name))}
    if not years or "CODGEO" not in columns:
        raise ErreurSource(f"{path.name} n’a pas la forme d’un fichier Filosofi par commune.")
    year = chosen_year(years, millesime, "Filosofi")
    names = {f"{stem}{year % 100:02}": name for stem, name in WIDE.items()}
    table = by_code(read_wide(path, MEMBER, ["CODGEO", *names]), "CODGEO").rename(columns=names)
    communes = passage.own_rows(table.apply(numbers)).reindex(passage.communes)
    return Edition(str(year), {SOURCE: communes}, {SOURCE: len(table)})


def _read_long(path: Path, passage: Passage, millesime: int | None) -> Edition:
    table = read_long(
        path,
        MEMBER,
        lambda rows: rows["FILOSOFI_MEASURE"].isin(list(MEASURES)) & rows["GEO_OBJECT"].isin(["COM", "EPCI"]),
        LONG_COLUMNS,
    )
    year = chosen_year(set(table["TIME_PERIOD"].astype(int)), millesime, "Filosofi")
    table = table[table["TIME_PERIOD"].astype(int) == year]
    known = (table["OBS_STATUS"] == PUBLISHED) & (table["CONF_STATUS"] != CONFIDENTIAL)
    table = table.assign(value=numbers(table["OBS_VALUE"]).where(known))
    communes = _pivot(table[table["GEO_OBJECT"] == "COM"])
    epci = _pivot(table[table["GEO_OBJECT"] == "EPCI"])
    communes = by_code(communes.reset_index(), "GEO")
    tables = {SOURCE: passage.own_rows(communes).reindex(passage.communes)}
    if not epci.empty:
        tables[SOURCE_EPCI] = epci.drop(columns=PERSONNES, errors="ignore").rename_axis("code")
    return Edition(str(year), tables, {SOURCE: len(communes), SOURCE_EPCI: len(epci)})


def _pivot(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a territory, one column a measure; a figure given twice is refused."""
    keys = ["GEO", "FILOSOFI_MEASURE"]
    if rows.duplicated(keys).any():
        raise ErreurSource("Filosofi : des chiffres sont donnés deux fois pour un même territoire.")
    return rows.set_index(keys)["value"].unstack().rename(columns=MEASURES).rename_axis(columns=None)  # noqa: PD010
