"""Time and distance to care: minutes to emergency care (DREES), people far from proximity care (ANCT)."""

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage

ANNEES_APL = [2015, 2016, 2017, 2018, 2019, 2021, 2022]


def read_urgences(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Minutes to the nearest SU or SMUR (end of 2019) and former vintages of the APL of GPs."""
    names = {"temps_su_smur_min_drees2019": "minutes_urgences"}
    names |= {f"apl_{year}": f"apl_medecins_generalistes_{year}" for year in ANNEES_APL}
    table = pd.read_csv(raw.path("besoins/temps_urgences_et_apl_series.csv"), dtype={"code": str})
    rows = passage.own_rows(table.set_index("code")[list(names)].rename(columns=names))
    return rows.reindex(passage.communes)


def read_eloignement(raw: Brut, passage: Passage, populations: pd.Series) -> pd.DataFrame:
    """Estimated inhabitants more than 20 minutes from a proximity health service, 2023."""
    table = pd.read_csv(raw.path("offre/anct_part_pop_eloignee_soins_2023.csv"), dtype={"code": str})
    shares = passage.own_rows(table.set_index("code"))["part_pop_eloignee_20min_soins_2023"]
    people = shares.reindex(passage.communes) / 100 * populations.reindex(passage.communes)
    return people.round(2).to_frame("population_eloignee_soins")
