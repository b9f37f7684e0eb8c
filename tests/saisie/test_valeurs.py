"""Cells of figures as publishers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.saisie.valeurs import Valeur, has_thousand_points, is_missing, is_number, valeur


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        ("1 234,5", 1234.5),
        ("1\u202f234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234.5", 1234.5),
        ("1,2E+03", 1200),
        ("1.5e-2", 0.015),
        ("12 %", 12),
        ("12,5 €", 12.5),
        ("1 204 patients", 1204),
        ("−3", -3),
        ("-1,03", -1.03),
        (",5", 0.5),
        ("0", 0),
        ("17306.0", 17306),
    ],
)
def test_a_number_is_read_however_it_is_written(texte: str, expected: float) -> None:
    found = valeur(texte)
    assert found == (expected, expected)
    assert found.exacte


@pytest.mark.parametrize(
    ("texte", "bounds"),
    [
        ("<11", (0, 10)),
        ("< 5", (0, 4)),
        ("moins de 11", (0, 10)),
        ("Inférieur à 11", (0, 10)),
        ("≤10", (0, 10)),
        ("<=10", (0, 10)),
        ("<5 %", (0, 5)),
        ("<2,5", (0, 2.5)),
        ("1 à 4", (1, 4)),
        ("entre 1 et 10", (1, 10)),
        ("[1;4]", (1, 4)),
    ],
)
def test_a_masked_figure_is_bounded(texte: str, bounds: tuple[float, float]) -> None:
    assert valeur(texte) == bounds
    assert is_number(texte)


@pytest.mark.parametrize(
    "texte",
    [
        *(
            "",
            " ",
            "-",
            "—",
            "///",
            "*",
            "nd",
            "n.d.",
            "n. d.",
            "N.D",
            "NC",
            "n.c.",
            "ns",
            "s",
            "S",
            "c",
            "NA",
            "N/A",
        ),
        *(
            "N/A - secret statistique",
            "N/A - résultat non disponible",
            "N/A - division par 0",
            "non communiqué",
        ),
        *("Secret statistique", "#N/A", "#DIV/0!", "NULL", "NaN", "sans objet", "non disponible", "…"),
    ],
)
def test_the_words_of_every_publisher_are_a_missing_figure_never_zero(texte: str) -> None:
    assert is_missing(texte)
    assert valeur(texte) is None
    assert not is_number(texte)


def test_what_is_only_above_something_is_missing() -> None:
    assert valeur(">80") is None
    assert valeur("plus de 80") is None


@pytest.mark.parametrize("texte", ["beaucoup", "12 bis", "1,2,3", "31/01/2026", "05 46 00 00 00 00 00 00 00"])
def test_what_is_no_figure_is_refused(texte: str) -> None:
    with pytest.raises(ValueError, match=r"n’est pas un nombre|trop grand"):
        valeur(texte)


def test_a_point_parts_thousands_when_the_column_has_decimal_commas() -> None:
    assert has_thousand_points(["1.234", "12,5"])
    assert not has_thousand_points(["1.234", "2.5"])
    assert valeur("1.234", points_de_milliers=True) == (1234, 1234)
    assert valeur("1.234") == (1.234, 1.234)


@given(some.text(max_size=20))
def test_any_cell_is_a_figure_missing_or_refused_in_french(texte: str) -> None:
    found = outcome(texte)
    if isinstance(found, Valeur):
        assert found.basse <= found.haute
    else:
        assert found is None or found.endswith(("pas un nombre", "trop grand"))


def outcome(texte: str) -> Valeur | str | None:
    """What is read, or the words of the refusal."""
    try:
        return valeur(texte)
    except ValueError as refusal:
        return str(refusal)


@given(some.integers(-(10**11), 10**11), some.sampled_from(["", " ", "\u202f", "\u00a0"]))
def test_a_whole_number_comes_back(number: int, thousands: str) -> None:
    assert valeur(f"{number:,}".replace(",", thousands)) == (number, number)
