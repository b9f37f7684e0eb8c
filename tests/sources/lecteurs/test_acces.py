"""Roads to emergency care: kilometres of communes and arrondissements, of a city by its inhabitants."""

import pandas as pd
import pytest

from cpts_geo.sources.lecteurs.acces import read_distance_urgences, read_urgences
from cpts_geo.sources.lecteurs.passage import Passage
from tests.sources.lecteurs.conftest import Depose

DISTANCES = """CartoSanté; ;
Référentiel géographique : France par commune et arrondissement mun.; ;
Code;Libellé;Distance à la structure la plus proche 2024
01001;A;26
01002;B;0
69381;Lyon 1er;2
69382;Lyon 2e;4
97401;R;N/A - résultat non disponible
97701;Saint-Barthélemy;1
"""
YEARS = (2015, 2016, 2017, 2018, 2019, 2021, 2022, 2023)
SERIES = f"""code,temps_su_smur_min_drees2019,{",".join(f"apl_{year}" for year in YEARS)}
01001,28.0,1,2,3,4,5,6,7,8
"""


def test_kilometres(depose: Depose, pays: Passage, populations: pd.Series) -> None:
    raw = depose("besoins/distance_urgences_2024.csv", DISTANCES)
    found = read_distance_urgences(raw, pays, populations)["km_urgences"]
    assert found.index.equals(pays.communes)
    assert found["01001"] == 26
    assert found["01002"] == 0, "a service in the commune itself"
    assert found["69123"] == pytest.approx((2 * 100 + 4 * 300) / 400)
    assert found[["93066", "97401"]].isna().all(), "absent or not available: missing, not 0 km"


def test_an_unknown_arrondissement_weighs_nothing(
    depose: Depose, pays: Passage, populations: pd.Series
) -> None:
    partly = DISTANCES.replace("Lyon 2e;4", "Lyon 2e;N/A - résultat non disponible")
    raw = depose("besoins/distance_urgences_2024.csv", partly)
    assert read_distance_urgences(raw, pays, populations)["km_urgences"]["69123"] == 2


def test_each_year_of_the_series_keeps_its_own_edition(depose: Depose, pays: Passage) -> None:
    found = read_urgences(depose("besoins/temps_urgences_et_apl_series.csv", SERIES), pays).loc["01001"]
    assert found["minutes_urgences"] == 28
    assert (found["apl_medecins_generalistes_2022"], found["apl_medecins_generalistes_2023"]) == (7, 8)
