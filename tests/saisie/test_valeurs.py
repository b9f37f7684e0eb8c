"""Cells of figures as publishers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.saisie.valeurs import Valeur, is_missing, is_number, unite, valeur


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
        ("1’402", 1402),
        ("€ 402", 402),
        ("12 lits", 12),
        ("12,5 jours", 12.5),
        ("45 hab./km²", 45),
        ("12 €/hab", 12),
        ("12,5 pour 1000", 12.5),
        ("3 pour mille", 3),
        ("１２", 12),
        # The call of a note and the flag of a provisional figure are none of its digits.
        ("8¹", 8),
        ("1 254²", 1254),
        ("12 (3)", 12),
        ("120 (p)", 120),
        ("12,5 (r)", 12.5),
        ("8 e", 8),
        ("8*", 8),
        ("5 %*", 5),
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
        ("]0;11[", (1, 10)),
        ("10 ou moins", (0, 10)),
        ("strictement inférieur à 11", (0, 10)),
        ("inf 11", (0, 10)),
        ("< à 11", (0, 10)),
        ("&lt;11", (0, 10)),
        ("<11 bénéficiaires", (0, 10)),
        ("<11 (secret)", (0, 10)),
        ("<11*", (0, 10)),
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
        *("(s)", "[secret]", "(nd)", "ND*", "n.d.²", "S/S", "***", "∅", "néant", "masqué (<11)", "n/r", "³"),
        *("pas d’activité", "Aucune donnée", "confidentiel", "ε", "nsp"),
    ],
)
def test_the_words_of_every_publisher_are_a_missing_figure_never_zero(texte: str) -> None:
    assert is_missing(texte)
    assert valeur(texte) is None
    assert not is_number(texte)


def test_what_is_only_above_something_is_missing() -> None:
    assert valeur(">80") is None
    assert valeur("plus de 80") is None


@pytest.mark.parametrize(
    "texte",
    [
        *("beaucoup", "12 bis", "1,2,3", "31/01/2026", "05 46 00 00 00 00 00 00 00", "1h30", "12/100", "(5)"),
        *("٣", "½", "①", "₂", "1²3"),
    ],
)
def test_what_is_no_figure_is_refused(texte: str) -> None:
    with pytest.raises(ValueError, match=r"n’est pas un nombre|trop grand"):
        valeur(texte)


@pytest.mark.parametrize(
    ("texte", "bounds"),
    [("<5", None), ("≤ 10", None), ("1 à 4", None), ("<2,5", (0, 2.5)), ("<5 %", (0, 5)), ("<5 ‰", (0, 5))],
)
def test_the_bound_of_a_count_bounds_no_rate(texte: str, bounds: tuple[float, float] | None) -> None:
    assert valeur(texte, taux=True) == bounds


def test_what_parts_thousands_is_what_the_column_says() -> None:
    assert valeur("1.234", milliers=".") == (1234, 1234)
    assert valeur("1,234", milliers=".") == (1.234, 1.234)
    assert valeur("1,234", milliers=",") == (1234, 1234)
    assert valeur("<1.000", milliers=".") == (0, 999)
    assert valeur("1.234") == (1.234, 1.234)
    assert valeur("1.5", milliers=".") == (1.5, 1.5)


def test_the_unit_behind_a_number_is_told() -> None:
    assert [unite(cell) for cell in ("2 h", "30 min", "12 k€", "12 %", "12 patients", "12")] == [
        ("durée", "h"),
        ("durée", "min"),
        ("argent", "k€"),
        ("part", "%"),
        ("compte", ""),
        ("", ""),
    ]


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
