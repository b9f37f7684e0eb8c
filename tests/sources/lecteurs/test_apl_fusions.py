"""Levels of merged communes: neither a sum, nor a mean that weighs a hamlet as much as a town."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.apl_fusions import mend_fusions, read_fusions

GENERALISTES, JEUNES = "apl_medecins_generalistes", "apl_medecins_generalistes_65_ans"
HEADER = "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP"
MOVES = """
32,2025-01-01,COM,93059,COM,93066
32,2025-01-01,COM,93066,COM,93066
32,2025-01-01,COM,93066,COMD,93066
32,2024-01-01,COM,69149,COM,69149
32,2024-01-01,COM,69152,COM,69149
32,2023-01-01,COM,85001,COM,85289
21,2025-01-01,COM,15141,COM,15031
10,2025-01-01,COM,30001,COM,30001
"""


def fusions(*rows: tuple[str, str, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["commune", "partie", "somme"])


def former(**levels: tuple[float | None, float]) -> dict[str, pd.DataFrame]:
    sheet = pd.DataFrame.from_dict(levels, orient="index", columns=[GENERALISTES, "standardisee"])
    return {GENERALISTES: sheet}


def level(given_level: float, edition: dict[str, pd.DataFrame], *parts: str, somme: bool) -> float:
    """The mended level of commune « A », of which the file says `given_level`."""
    levels = pd.DataFrame({GENERALISTES: [given_level, 1.25]}, index=["A", "Z"])
    mended = mend_fusions(levels, fusions(*(("A", part, somme) for part in parts)), edition)
    assert mended.loc["Z", GENERALISTES] == 1.25
    return float(mended.loc["A", GENERALISTES])


def test_only_mergers_of_whole_communes_since_the_edition_count(tmp_path: Path) -> None:
    (tmp_path / "zonages").mkdir()
    (tmp_path / "zonages" / "mvtcommunes_2025.csv").write_text(HEADER + MOVES)
    assert read_fusions(Brut(tmp_path, tmp_path)).to_numpy().tolist() == [
        ["93066", "93059", True],
        ["93066", "93066", True],
        ["69149", "69149", False],
        ["69149", "69152", False],
    ]


def test_a_sum_of_levels_becomes_their_weighted_mean() -> None:
    edition = former(a=(4.0, 100), b=(2.0, 300))
    assert level(6.0, edition, "a", "b", somme=True) == pytest.approx(2.5)


def test_a_plain_mean_becomes_the_weighted_one() -> None:
    edition = former(a=(4.0, 100), b=(2.0, 300))
    assert level(3.0, edition, "a", "b", somme=False) == pytest.approx(2.5)


def test_the_level_follows_the_growth_of_the_total() -> None:
    edition = former(a=(4.0, 100), b=(2.0, 300))
    assert level(6.6, edition, "a", "b", somme=True) == pytest.approx(2.75)


@pytest.mark.parametrize("total", [4.0, 9.0])
def test_parts_that_moved_too_much_give_no_level(total: float) -> None:
    edition = former(a=(4.0, 100), b=(2.0, 300))
    assert pd.isna(level(total, edition, "a", "b", somme=True))


def test_a_part_that_was_unknown_gives_no_level() -> None:
    edition = former(a=(4.0, 100), b=(None, 300))
    assert pd.isna(level(4.0, edition, "a", "b", somme=True))
    assert pd.isna(level(4.0, former(a=(4.0, 100)), "a", "b", somme=True))


def test_no_one_within_reach_is_a_true_zero() -> None:
    assert level(0.0, former(a=(0.4, 100), b=(0.4, 300)), "a", "b", somme=True) == 0
    assert level(0.0, former(a=(0.0, 100), b=(0.0, 300)), "a", "b", somme=True) == 0
    assert pd.isna(level(1.0, former(a=(0.0, 100), b=(0.0, 300)), "a", "b", somme=True))


def test_each_level_is_mended_with_the_weight_of_its_own_profession() -> None:
    levels = pd.DataFrame({GENERALISTES: [6.0], JEUNES: [3.0], "apl_infirmiers": [300.0]}, index=["A"])
    edition = {
        GENERALISTES: pd.DataFrame(
            {GENERALISTES: [4.0, 2.0], JEUNES: [1.0, 2.0], "standardisee": [100.0, 300.0]}, index=["a", "b"]
        ),
        "apl_infirmiers": pd.DataFrame(
            {"apl_infirmiers": [100.0, 200.0], "standardisee": [300.0, 100.0]}, index=["a", "b"]
        ),
    }
    mended = mend_fusions(levels, fusions(("A", "a", True), ("A", "b", True)), edition).loc["A"]
    assert mended.tolist() == pytest.approx([2.5, 1.75, 125.0])


@given(
    parts=st.lists(st.tuples(st.floats(0.1, 30), st.floats(10, 1e5)), min_size=2, max_size=5),
    growth=st.floats(0.8, 1.25),
    somme=st.booleans(),
)
def test_parts_that_move_together_are_put_together_exactly(
    *, parts: list[tuple[float, float]], growth: float, somme: bool
) -> None:
    total = growth * sum(value for value, _ in parts)
    names = [f"p{number}" for number in range(len(parts))]
    edition = former(**dict(zip(names, parts, strict=True)))
    found = level(total if somme else total / len(parts), edition, *names, somme=somme)
    mean = sum(value * weight for value, weight in parts) / sum(weight for _, weight in parts)
    assert found == pytest.approx(growth * mean, rel=1e-6, abs=1e-6)
    low, high = min(value for value, _ in parts), max(value for value, _ in parts)
    assert growth * low - 1e-5 <= found <= growth * high + 1e-5
