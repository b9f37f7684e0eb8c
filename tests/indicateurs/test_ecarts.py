"""How far from France, and whether that is good: never said when masked values leave it open."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.ecarts import Ecart, Intervalle, ecart, seuils

CATALOGUE = donnees().catalogue
PART = CATALOGUE["sans_medecin_traitant"]
EVOLUTION = CATALOGUE["evolution_population"]
VALUES = st.floats(0.1, 1000)
FRANCE = Intervalle(10, 10)


def exact(value: float, reference: float = 10) -> Ecart:
    found = ecart(PART, Intervalle(value, value), Intervalle(reference, reference))
    assert found is not None
    return found


@given(VALUES)
def test_a_territory_equal_to_france_is_near_and_not_judged(value: float) -> None:
    found = exact(value, value)
    assert (found.niveau.niveau, found.favorable, found.jugement) == (0, None, "")


@given(VALUES, VALUES)
def test_the_judgement_flips_with_the_meaning_of_the_indicator(value: float, reference: float) -> None:
    mine, other = Intervalle(value, value), Intervalle(reference, reference)
    low, high, neutral = (ecart(replace(PART, sens=sens), mine, other) for sens in ("bas", "haut", "neutre"))
    assert low is not None
    assert high is not None
    assert neutral is not None
    assert neutral.favorable is None
    assert low.niveau == high.niveau == neutral.niveau
    assert (low.favorable is None) == (low.niveau.niveau == 0)
    if low.favorable is not None:
        assert high.favorable == (not low.favorable)
        assert low.favorable == (value < reference)


@given(VALUES, st.floats(0, 100), VALUES, st.floats(0, 100))
def test_a_framed_figure_is_only_marked_when_both_ends_agree(
    low: float, width: float, reference: float, doubt: float
) -> None:
    mine, other = Intervalle(low, low + width), Intervalle(reference, reference + doubt)
    found = ecart(PART, mine, other)
    corners = {exact(value, france).niveau for value in mine for france in other}
    assert (found is None) == (len(corners) > 1)
    assert found is None or found.niveau in corners


@pytest.mark.parametrize(
    ("value", "level", "text"),
    [
        (10.4, 0, "+4\u00a0%"),
        (10.5, 1, "+5\u00a0%"),
        (12, 2, "+20\u00a0%"),
        (9.5, -1, "−5\u00a0%"),
        (8, -2, "−20\u00a0%"),
        (0, -2, "−100\u00a0%"),
        (29.9, 2, "+199\u00a0%"),
        (30, 2, "×\u00a03,0"),
    ],
)
def test_thresholds_and_words(value: float, level: int, text: str) -> None:
    found = exact(value)
    assert (found.niveau.niveau, found.texte) == (level, text)


def test_a_framed_distance_is_said_with_its_two_ends() -> None:
    found = ecart(PART, Intervalle(13, 14), FRANCE)
    assert found is not None
    assert found.texte == "+30 à +40\u00a0%"
    assert found.jugement == "défavorable"


def test_a_variation_is_compared_in_points() -> None:
    found = ecart(EVOLUTION, Intervalle(-0.5, -0.5), Intervalle(2.1, 2.1))
    assert found is not None
    assert (found.niveau.niveau, found.texte) == (-2, "−2,6\u00a0pts")


def test_nothing_is_told_of_a_share_of_nothing() -> None:
    assert ecart(PART, Intervalle(3, 3), Intervalle(0, 0)) is None


def test_every_regulatory_level_is_compared_in_points() -> None:
    zoned = [item for item in CATALOGUE.indicateurs if item.code.startswith("zonage_")]
    assert zoned
    assert all(seuils(item).en_points for item in zoned)
