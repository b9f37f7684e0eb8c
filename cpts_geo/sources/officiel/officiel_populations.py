"""Insee, populations de référence: population municipale of each commune (`donnees_communes.csv` in a zip).

The file does not say its year. Its code column changed: « COM » is the code in recent editions, and was the
name before, the code being then in two parts (CODDEP, CODCOM).
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
    read_wide,
)

SOURCE = "communes"
MEMBER = re.compile(r"(?i)donnees_communes\.csv$")
MUNICIPALE = "PMUN"
# Départements d'outre-mer: « 971 » and « 101 » make 97101.
DROM_LENGTH = 3


def read(files: Sequence[Path], passage: Passage, millesime: int | None) -> Edition:
    """Population municipale of each present commune; missing where the file has none (Mayotte)."""
    path = one_file(files, "Populations")
    year = chosen_year({millesime} if millesime else set(), millesime, "Populations")
    columns = header_of(path, MEMBER)
    if MUNICIPALE not in columns or not {"COM", "CODCOM"} & set(columns):
        raise ErreurSource(f"{path.name} n’a pas la forme du fichier des populations de référence.")
    own = by_code(_coded(path, columns), "code")
    people = passage.sum_by_commune(own.apply(numbers)).rename(columns={MUNICIPALE: "population"})
    return Edition(str(year), {SOURCE: people.reindex(passage.communes)}, {SOURCE: len(own)})


def _coded(path: Path, columns: list[str]) -> pd.DataFrame:
    if {"CODDEP", "CODCOM"} <= set(columns):
        table = read_wide(path, MEMBER, ["CODDEP", "CODCOM", MUNICIPALE])
        department = table["CODDEP"].str.strip().str.zfill(2)
        overseas = department.str.len() == DROM_LENGTH
        commune = table["CODCOM"].str.strip().str.zfill(3)
        code = department.where(~overseas, department.str[:2]) + commune
        return table[[MUNICIPALE]].assign(code=code)
    return read_wide(path, MEMBER, ["COM", MUNICIPALE]).rename(columns={"COM": "code"})
