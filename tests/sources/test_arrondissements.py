"""Figures of arrondissements: their own, or a part of those of their city."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.sources.arrondissements import read_units
from cpts_geo.sources.lecteurs.passage import Passage

PASSAGE = Passage(
    communes=pd.Index(["01001", "69123"], name="code"),
    arrondissements={"69381": "69123", "69382": "69123"},
    anciens={"69232": "69123", "01003": "01001"},
)
PEOPLE = pd.Series({"01001": 50, "69123": 400, "69381": 100, "69382": 300})


def read(rows: dict[str, tuple[float | None, ...]], *names: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(names))

    def of(passage: Passage) -> pd.DataFrame:
        return passage.sum_by_commune(table).reindex(passage.communes)

    return read_units(of, PASSAGE, PEOPLE, {"taux"})


def test_a_figure_of_its_own_is_kept_and_the_city_is_not_counted_twice() -> None:
    units, shared = read({"01001": (5,), "69123": (12,), "69381": (4,), "69382": (8,)}, "medecins")
    assert units["medecins"].to_dict() == {"01001": 5, "69381": 4, "69382": 8}
    assert shared.empty


def test_a_count_of_the_city_is_shared_by_inhabitants() -> None:
    units, shared = read({"01001": (5, 7), "69123": (12, 10)}, "medecins", "taux")
    assert units["medecins"].to_dict() == {"01001": 5, "69381": 3, "69382": 9}
    assert units["taux"].to_dict() == {"01001": 7, "69381": 10, "69382": 10}
    assert shared.to_numpy().tolist() == [["medecins", "69123"], ["taux", "69123"]]


def test_what_nobody_knows_stays_missing() -> None:
    units, shared = read({"01001": (5,), "69123": (None,)}, "medecins")
    assert units["medecins"].isna().to_dict() == {"01001": False, "69381": True, "69382": True}
    assert shared.empty


def test_none_in_the_city_is_none_in_each_and_no_estimate() -> None:
    units, shared = read({"01001": (5,), "69123": (0,)}, "medecins")
    assert units["medecins"].to_dict() == {"01001": 5, "69381": 0, "69382": 0}
    assert shared.empty


def test_all_the_inhabitants_of_a_city_are_no_estimate() -> None:
    units, shared = read({"01001": (0,), "69123": (400,)}, "hors_zonage")
    assert units["hors_zonage"].to_dict() == {"01001": 0, "69381": 100, "69382": 300}
    assert shared.empty


def test_former_communes_of_a_city_lead_to_none_of_its_arrondissements() -> None:
    units, _ = read({"01003": (5,), "69232": (3,), "69381": (4,), "69382": (8,)}, "medecins")
    assert units["medecins"].to_dict() == {"01001": 5, "69381": 4, "69382": 8}


@given(st.integers(1, 10_000), st.lists(st.integers(1, 500_000), min_size=2, max_size=20))
def test_arrondissements_add_up_to_their_city(count: int, people: list[int]) -> None:
    codes = [f"693{rank:02}" for rank in range(len(people))]
    passage = Passage(pd.Index(["69123"], name="code"), dict.fromkeys(codes, "69123"), {})
    populations = pd.Series([sum(people), *people], ["69123", *codes])

    def of(each: Passage) -> pd.DataFrame:
        return each.sum_by_commune(pd.DataFrame({"n": [count]}, ["69123"])).reindex(each.communes)

    units, _ = read_units(of, passage, populations, ())
    assert units["n"].sum() == pytest.approx(count)
