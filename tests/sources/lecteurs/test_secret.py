"""Zeros that hide something are never taken for zeros."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.sources.lecteurs.secret import CREDIBLE_EXPECTED, SUFFIX, mask_zeros, sum_masked


def masked(counts: list[float], expected: list[float]) -> pd.DataFrame:
    return mask_zeros(pd.Series(counts, name="n", dtype=float), pd.Series(expected, dtype=float))


def test_credible_zero_is_masked_and_incredible_zero_is_missing() -> None:
    table = masked([12, 0, 0, 0], [10, CREDIBLE_EXPECTED, CREDIBLE_EXPECTED + 1, float("nan")])
    assert table["n"].isna().tolist() == [False, True, True, True]
    assert table[f"n{SUFFIX}"].tolist() == [0, 1, 0, 0]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_sum_and_masked_cells_frame_the_truth(truth: list[int]) -> None:
    published = [float(count) if count >= 10 else 0.0 for count in truth]
    table = masked(published, [1.0] * len(truth))
    city = sum_masked(table, pd.Series("ville", index=table.index)).loc["ville"]
    known = 0 if pd.isna(city["n"]) else city["n"]
    assert known <= sum(truth) <= known + 9 * city[f"n{SUFFIX}"]


def test_a_lost_cell_makes_the_whole_sum_missing() -> None:
    table = masked([12, 0, 0], [10, 1000, 1])
    city = sum_masked(table, pd.Series("ville", index=table.index)).loc["ville"]
    assert pd.isna(city["n"])
    assert city[f"n{SUFFIX}"] == 0
