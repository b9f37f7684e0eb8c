import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.socle import nombres


def test_thousands_are_parted_by_a_narrow_no_break_space() -> None:
    assert nombres.entier(68350798) == "68\u202f350\u202f798"


def test_decimals_follow_a_comma() -> None:
    assert nombres.decimal(4.613, 2) == "4,61"
    assert nombres.decimal(1234.5) == "1\u202f234,5"
    assert nombres.decimal(3, 2) == "3,00"


def test_halves_are_rounded_away_from_zero() -> None:
    assert [nombres.entier(x) for x in (0.5, 1.5, 2.5, -2.5)] == ["1", "2", "3", "\u22123"]


def test_units_are_held_by_a_no_break_space() -> None:
    assert nombres.pourcent(12.25) == "12,3\u00a0%"
    assert nombres.pourcent(100, 0) == "100\u00a0%"
    assert nombres.euros(50_000) == "50\u202f000\u00a0€"


def test_a_difference_bears_its_sign() -> None:
    assert nombres.signe(1500) == "+1\u202f500"
    assert nombres.signe(-3.25, 1) == "\u22123,3"
    assert nombres.signe(0) == "0"
    assert nombres.signe(-0.2) == "0"


@pytest.mark.parametrize("missing", [None, math.nan, math.inf, -math.inf])
def test_a_missing_figure_is_said_to_be_missing(missing: float | None) -> None:
    for write in (nombres.entier, nombres.decimal, nombres.pourcent, nombres.euros, nombres.signe):
        assert write(missing) == "n.\u00a0d."


def test_the_plural_begins_at_two() -> None:
    written = [nombres.pluriel(n, "commune") for n in (0, 1, 1.5, 2, 1200)]
    nouns = [text.split("\u00a0")[1] for text in written]
    assert nouns == ["commune", "commune", "commune", "communes", "communes"]
    assert written[-1] == "1\u202f200\u00a0communes"
    assert nombres.pluriel(2, "hôpital", "hôpitaux") == "2\u00a0hôpitaux"
    assert nombres.pluriel(None, "commune") == "n.\u00a0d.\u00a0commune"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_integer_reads_back(number: int) -> None:
    assert int(nombres.entier(number).replace("\u202f", "").replace("\u2212", "-")) == number


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=0, max_value=4))
def test_a_decimal_reads_back_within_half_a_unit(number: float, decimales: int) -> None:
    text = nombres.decimal(number, decimales)
    read = float(text.replace("\u202f", "").replace("\u2212", "-").replace(",", "."))
    assert abs(read - number) <= 0.5 * 10**-decimales + 1e-6
    assert not text.startswith("\u22120") or read != 0


@pytest.mark.parametrize(("valeurs", "attendu"), [([4.0], 0), ([4.0, 2.5], 1), ([1 / 3], 2), ([], 0)])
def test_figures_keep_the_decimals_they_have(valeurs: list[float], attendu: int) -> None:
    assert nombres.decimales(valeurs) == attendu
