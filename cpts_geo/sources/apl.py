"""DREES, accessibilité potentielle localisée 2023: five professions, and the population to weight them."""

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.passage import Passage, communal_rows

NAMES = {
    "apl_gen": "apl_medecins_generalistes",
    "apl_65": "apl_medecins_generalistes_65_ans",
    "apl_inf": "apl_infirmiers",
    "apl_mk": "apl_masseurs_kinesitherapeutes",
    "apl_dent": "apl_chirurgiens_dentistes",
    "apl_sf": "apl_sages_femmes",
    "pop_be_s": "population_standardisee",
    "pop_apl": "population_apl",
}
LEVELS = [name for name in NAMES.values() if name.startswith("apl_")]
# DREES: below 2.5 consultations a year an inhabitant lives in a « territoire sous-dense ».
SEUIL_SOUS_DENSE = 2.5


def read_apl_2023(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Levels, their weight, and inhabitants of places under 2.5 consultations a year, by commune.

    Where the file has no standardised population (Mayotte, communes re-created since, the three cities as
    a whole) its zeros mean that nothing was computed. Elsewhere 0 is a real level: no one within reach.
    """
    table = communal_rows(pd.read_parquet(raw.path("offre/apl2023.parquet")))
    table = table[list(NAMES)].rename(columns=NAMES)
    table = table.where(table["population_standardisee"] > 0)
    under = table["apl_medecins_generalistes"] < SEUIL_SOUS_DENSE
    table["population_sous_dense"] = (
        table["population_apl"].where(under, 0.0).where(table["population_apl"].notna())
    )
    return passage.weighted_by_commune(table, LEVELS, "population_standardisee").reindex(passage.communes)
