"""Misspelt names."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.noms import index_noms, simplify
from cpts_geo.saisie.ressemblance import suggest

INDEX = index_noms(donnees().referentiel)
CHARENTE_MARITIME = INDEX.departements["17"]


def first(nom: str, proches: frozenset[str] = CHARENTE_MARITIME) -> str:
    return suggest(INDEX, [simplify(nom)], [proches])[0][0]


@pytest.mark.parametrize(
    ("nom", "code"),
    [
        ("semusac", "17425"),
        ("La Tranblade", "17452"),
        ("Chateau d Oléron", "17093"),
        ("St Pierre Oleron", "17385"),
        ("Meschers/Gironde", "17230"),
        ("Saint Georges Didone", "17333"),
    ],
)
def test_a_misspelt_commune_is_suggested_first(nom: str, code: str) -> None:
    assert first(nom) == code


def test_a_name_with_words_too_many_is_among_the_suggestions() -> None:
    assert "17299" in suggest(INDEX, ["rochefort sur mer"], [CHARENTE_MARITIME])[0]


def test_communes_that_are_near_are_preferred() -> None:
    assert first("Breuilet") == "17064"
    assert first("Breuilet", INDEX.departements["91"]) == "91105"


def test_no_more_than_asked_are_suggested_each_once() -> None:
    (codes,) = suggest(INDEX, ["saint martn"], [frozenset()], limit=5)
    assert len(codes) == len(set(codes)) == 5


def test_nothing_is_like_nonsense() -> None:
    assert suggest(INDEX, ["qqqqqqqqqqqqqqqqqq"], [frozenset()]) == [[]]
