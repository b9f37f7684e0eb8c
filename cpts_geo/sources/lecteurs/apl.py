"""DREES, accessibilité potentielle localisée 2022: five professions, and the population to weight them."""

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.apl_fusions import mend_fusions, read_fusions
from cpts_geo.sources.lecteurs.passage import Passage, communal_rows
from cpts_geo.sources.lecteurs.sous_dense import people_under
from cpts_geo.sources.officiel.officiel_apl import read_sheets

GENERALISTES, JEUNES = "apl_medecins_generalistes", "apl_medecins_generalistes_65_ans"
# Named after a later edition, this file holds the figures of 2022: see the notes of the source.
FICHIER = "offre/apl2023.parquet"
# The edition before it, as published: the only one here that gives merged communes part by part.
EDITION_2021 = [f"offre/APL_{profession}_2021.xlsx" for profession in ("mg", "inf", "mk", "cd", "sf")]
NAMES = {
    "apl_gen": GENERALISTES,
    "apl_65": JEUNES,
    "apl_inf": "apl_infirmiers",
    "apl_mk": "apl_masseurs_kinesitherapeutes",
    "apl_dent": "apl_chirurgiens_dentistes",
    "apl_sf": "apl_sages_femmes",
    "pop_be_s": "population_standardisee",
    "pop_apl": "population_apl",
}
LEVELS = [name for name in NAMES.values() if name.startswith("apl_")]


def read_apl_2022(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Levels, their weight, and inhabitants of places under 2.5 consultations a year, by commune.

    Where the file has no standardised population (Mayotte, communes re-created since, the three cities as
    a whole) its zeros mean that nothing was computed. Elsewhere 0 is a real level: no one within reach.
    """
    table = communal_rows(pd.read_parquet(raw.path(FICHIER)))
    table = table[list(NAMES)].rename(columns=NAMES)
    table = table.where(table["population_standardisee"] > 0)
    _, former = read_sheets([raw.path(nom) for nom in EDITION_2021], 2021)
    table[LEVELS] = mend_fusions(table[LEVELS], read_fusions(raw), former)
    # Made again apart, the level of the younger doctors must not pass that of all doctors.
    table[JEUNES] = table[JEUNES].clip(upper=table[GENERALISTES])
    table["population_sous_dense"] = people_under(table[GENERALISTES], table["population_apl"])
    return passage.weighted_by_commune(table, LEVELS, "population_standardisee").reindex(passage.communes)
