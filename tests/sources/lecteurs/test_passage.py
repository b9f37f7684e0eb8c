"""Former codes, arrondissements and the sums they ask for."""

import pandas as pd
import pytest

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage, communal_rows


@pytest.fixture
def passage() -> Passage:
    return Passage(
        communes=pd.Index(["01001", "01004", "69123", "93066"], name="code"),
        arrondissements={"69381": "69123", "69382": "69123"},
        anciens={"93059": "93066", "01002": "01004", "01003": "01004"},
    )


def test_every_kind_of_code_leads_to_a_present_commune(passage: Passage) -> None:
    codes = pd.Series(["01001", "69381", "93059", "97501", "97123"])
    assert passage.to_commune(codes).tolist()[:3] == ["01001", "69123", "93066"]
    assert passage.to_commune(codes)[3:].isna().all()


def test_unknown_code_stops_the_build(passage: Passage) -> None:
    with pytest.raises(ErreurSource, match="99999"):
        passage.to_commune(pd.Series(["01001", "99999"]))


def test_sum_adds_merged_communes_and_keeps_missing(passage: Passage) -> None:
    table = pd.DataFrame({"n": [1.0, 2.0, 3.0, None]}, index=["01004", "01002", "01003", "01001"])
    summed = passage.sum_by_commune(table)["n"]
    assert summed["01004"] == 6
    assert pd.isna(summed["01001"])


def test_city_is_counted_once_column_by_column(passage: Passage) -> None:
    index = ["69123", "69381", "69382"]
    table = pd.DataFrame(
        {"both": [31.0, 10, 20], "city_only": [30.0, 0, 0], "parts_only": [0.0, 10, 20]}, index
    )
    assert passage.sum_by_commune(table).loc["69123"].tolist() == [31, 30, 30]


def test_rates_are_not_added(passage: Passage) -> None:
    table = pd.DataFrame({"taux": [5.0, 7.0, 9.0, 1.0]}, index=["01002", "01004", "93059", "69381"])
    assert passage.own_rows(table)["taux"].to_dict() == {"01004": 7.0, "93066": 9.0}


def test_weighted_mean_names_its_weight(passage: Passage) -> None:
    table = pd.DataFrame({"apl": [4.0, 1.0], "poids": [3.0, 1.0]}, index=["69381", "69382"])
    merged = passage.weighted_by_commune(table, ["apl"], "poids").loc["69123"]
    assert merged.to_dict() == {"apl": 3.25, "poids": 4.0}


def test_communal_rows_pads_codes_and_leaves_out_zones() -> None:
    table = pd.DataFrame({"id": ["1001", "2A004", "D31", "FR", "200069193", "75101"], "n": range(6)})
    assert communal_rows(table).index.tolist() == ["01001", "2A004", "75101"]
