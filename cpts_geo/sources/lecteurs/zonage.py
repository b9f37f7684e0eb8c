"""CartoSanté: regulatory zoning of five professions, as inhabitants living at each level."""

from pathlib import Path

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage

PROFESSIONS = {
    "infirmiers": "infirmiers",
    "kines": "masseurs_kinesitherapeutes",
    "dentistes": "chirurgiens_dentistes",
    "orthophonistes": "orthophonistes",
    "sages_femmes": "sages_femmes",
}
NIVEAUX = {
    "1_Tres_sous_dotee": "tres_sous_dotee",
    "1b_Sous_dense": "sous_dense",
    "2_Sous_dotee": "sous_dotee",
    "3_intermediaire": "intermediaire",
    "4_Tres_dotee": "tres_dotee",
    "5_Sur_dotee": "sur_dotee",
    "5b_Non_prioritaire": "non_prioritaire",
}


def read_zonage(raw: Brut, passage: Passage, populations: pd.Series) -> pd.DataFrame:
    """Inhabitants by level for each profession, by commune: `zonage_<profession>_<niveau>`.

    A level is never averaged: a city made of arrondissements has inhabitants at several levels. Missing
    where the zoning is not available.
    """
    tables = [_profession(raw, passage, populations, stem, name) for stem, name in PROFESSIONS.items()]
    return pd.concat(tables, axis=1).reindex(passage.communes)


def _profession(
    raw: Brut, passage: Passage, populations: pd.Series, stem: str, profession: str
) -> pd.DataFrame:
    levels = _levels(raw.path(f"zonages/zonage_{stem}.csv"))
    present = levels.index.isin(passage.communes) | levels.index.isin(list(passage.arrondissements))
    former = passage.own_rows(levels[~levels.index.isin(list(passage.arrondissements))].to_frame())
    levels = pd.concat([levels[present], former["niveau"][~former.index.isin(levels.index[present])]])
    people = pd.DataFrame(
        {
            f"zonage_{profession}_{niveau}": populations.reindex(levels.index).where(levels == niveau, 0.0)
            for niveau in NIVEAUX.values()
            if (levels == niveau).any()
        }
    )
    return passage.sum_by_commune(people.mask(levels.isna()))


def _levels(path: Path) -> pd.Series:
    """Level by commune or arrondissement code; « N/A » is missing."""
    table = pd.read_csv(path, sep=";", skiprows=2, dtype=str, encoding="utf-8-sig")
    table.columns = pd.Index(["code", "nom", "niveau"])
    return pd.Series(table.set_index("code")["niveau"].map(NIVEAUX))
