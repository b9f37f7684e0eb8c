"""A local figure is a number, given once, with texts that can be shown."""

import math
from typing import Any

import pytest

from cpts_geo.donnees_locales import DonneeLocale, limites


def locale(**changes: Any) -> DonneeLocale:  # noqa: ANN401 - fields of any type
    texts = {"libelle": "Sans médecin traitant", "unite": "patients", "source": "CPAM", "date": "2025"}
    return DonneeLocale(**{**texts, "nature": "effectif", **changes})


def test_texts_are_cleaned_and_cut() -> None:
    cleaned = locale(libelle="a\u202eb\n\x00c" + "é" * 500, unite="\ud800 % ")
    assert cleaned.libelle == ("ab c" + "é" * 500)[: limites().longueurs["libelle"]]
    assert cleaned.unite == "%"


@pytest.mark.parametrize("valeur", [math.nan, math.inf, -math.inf, 2e12])
@pytest.mark.parametrize(("field", "key"), [("par_commune", "31555"), ("par_scenario", 1)])
def test_what_is_not_a_figure_is_refused(field: str, key: object, valeur: float) -> None:
    with pytest.raises(ValueError, match="est un nombre"):
        locale(**{field: ((key, valeur),)})


@pytest.mark.parametrize(
    ("field", "pair", "words"),
    [("par_commune", ("31555", 1.0), "Une commune"), ("par_scenario", (1, 1.0), "Un scénario")],
)
def test_a_place_has_one_figure(field: str, pair: tuple[object, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        locale(**{field: (pair, pair)})
