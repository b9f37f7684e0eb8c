"""Zonings, as inhabitants living at each level: professions, general practitioners, ruralities."""

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
NIVEAUX_GENERALISTES = {"1_ZIP": "zip", "2_ZAC": "zac", "4_ZAR": "zar", "3_HZ": "hors"}
# A commune classed in part has its inhabitants on both sides, nobody knows how many: its level is not known.
NIVEAUX_FRR = {
    "FRR+": "plus",
    "FRR socle": "socle",
    "FRR bénéficiaire": "beneficiaire",
    "Non classée": "hors",
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
    levels = {name: _levels(raw.path(f"zonages/zonage_{stem}.csv")) for stem, name in PROFESSIONS.items()}
    tables = [
        _inhabitants(each, list(NIVEAUX.values()), f"zonage_{name}", passage, populations)
        for name, each in levels.items()
    ]
    return pd.concat(tables, axis=1).reindex(passage.communes)


def read_zonage_generalistes(raw: Brut, passage: Passage, populations: pd.Series) -> pd.DataFrame:
    """Inhabitants by level of the zoning of general practitioners: `zonage_generalistes_<niveau>`."""
    table = pd.read_csv(raw.path("zonages/zonage_generalistes_2025.csv"), dtype=str).set_index("code")
    levels = table["zonage"].map(NIVEAUX_GENERALISTES).rename("niveau")
    every = list(NIVEAUX_GENERALISTES.values())
    return _inhabitants(levels, every, "zonage_generalistes", passage, populations).reindex(passage.communes)


def read_frr(raw: Brut, passage: Passage, populations: pd.Series) -> pd.DataFrame:
    """Inhabitants by level of France Ruralités Revitalisation: `frr_<niveau>`."""
    path = raw.path("zonages/frr_communes_2025.csv")
    table = pd.read_csv(path, sep=";", dtype=str, usecols=[0, 3]).set_axis(["code", "niveau"], axis=1)
    levels = table.set_index("code")["niveau"].str.strip().map(NIVEAUX_FRR)
    people = _inhabitants(levels, list(NIVEAUX_FRR.values()), "frr", passage, populations)
    return people.reindex(passage.communes)


def _inhabitants(
    levels: pd.Series, niveaux: list[str], prefix: str, passage: Passage, populations: pd.Series
) -> pd.DataFrame:
    """The inhabitants of each commune by level, from the level of communes and arrondissements."""
    present = levels.index.isin(passage.communes) | levels.index.isin(list(passage.arrondissements))
    former = passage.own_rows(levels[~levels.index.isin(list(passage.arrondissements))].to_frame())
    levels = pd.concat([levels[present], former["niveau"][~former.index.isin(levels.index[present])]])
    people = pd.DataFrame(
        {
            f"{prefix}_{niveau}": populations.reindex(levels.index).where(levels == niveau, 0.0)
            for niveau in niveaux
            if (levels == niveau).any()
        }
    )
    return passage.sum_by_commune(people.mask(levels.isna()))


def _levels(path: Path) -> pd.Series:
    """Level by commune or arrondissement code; « N/A » is missing."""
    table = pd.read_csv(path, sep=";", skiprows=2, dtype=str, encoding="utf-8-sig")
    table.columns = pd.Index(["code", "nom", "niveau"])
    return pd.Series(table.set_index("code")["niveau"].map(NIVEAUX))
