"""Time and distance to care: emergency care (DREES, CartoSanté), people far from proximity care (ANCT)."""

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage

ANNEES_APL = [2015, 2016, 2017, 2018, 2019, 2021, 2022, 2023]


def read_urgences(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Minutes to the nearest SU or SMUR (end of 2019) and former vintages of the APL of GPs."""
    names = {"temps_su_smur_min_drees2019": "minutes_urgences"}
    names |= {f"apl_{year}": f"apl_medecins_generalistes_{year}" for year in ANNEES_APL}
    table = pd.read_csv(raw.path("besoins/temps_urgences_et_apl_series.csv"), dtype={"code": str})
    rows = passage.own_rows(table.set_index("code")[list(names)].rename(columns=names))
    return rows.reindex(passage.communes)


def read_distance_urgences(raw: Brut, passage: Passage, populations: pd.Series) -> pd.DataFrame:
    """Kilometres by road to the nearest emergency service, 2024; the mean of its inhabitants for a city."""
    table = pd.read_csv(
        raw.path("besoins/distance_urgences_2024.csv"), sep=";", skiprows=2, dtype=str, encoding="utf-8-sig"
    ).set_axis(["code", "nom", "km"], axis=1)
    distances = pd.to_numeric(table.set_index("code")["km"].str.replace(",", "."), errors="coerce")
    people = populations.reindex(distances.index).where(distances.notna())
    places = pd.DataFrame({"km_urgences": distances, "habitants": people})
    of_cities = passage.weighted_by_commune(
        places[places.index.isin(list(passage.arrondissements))], ["km_urgences"], "habitants"
    )
    own = passage.own_rows(places[~places.index.isin(list(passage.villes))])
    return pd.concat([own, of_cities])[["km_urgences"]].reindex(passage.communes)


def read_eloignement(raw: Brut, passage: Passage, populations: pd.Series) -> pd.DataFrame:
    """Estimated inhabitants more than 20 minutes from a proximity health service, 2023."""
    table = pd.read_csv(raw.path("offre/anct_part_pop_eloignee_soins_2023.csv"), dtype={"code": str})
    shares = passage.own_rows(table.set_index("code"))["part_pop_eloignee_20min_soins_2023"]
    people = shares.reindex(passage.communes) / 100 * populations.reindex(passage.communes)
    return people.round(2).to_frame("population_eloignee_soins")
