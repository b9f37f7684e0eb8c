"""A local figure is a number, given once, with texts that can be shown."""

import math
from dataclasses import replace
from typing import Any

import pytest

from cpts_geo.projet.donnees_locales import DonneeLocale, limites


def locale(**changes: Any) -> DonneeLocale:  # noqa: ANN401 - fields of any type
    texts = {"libelle": "Sans médecin traitant", "unite": "patients", "source": "CPAM", "date": "2025"}
    return DonneeLocale(**{**texts, "nature": "effectif", **changes})


def test_texts_are_cleaned_and_cut() -> None:
    cleaned = locale(libelle="a\u202eb\n\x00c" + "é" * 500, unite="\ud800 % ")
    assert cleaned.libelle == ("ab c" + "é" * 500)[: limites().longueurs.libelle]
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


POPULATIONS = {"17421": 100, "17306": 300}
PATIENTS = DonneeLocale("Patients", "", "effectif", "CPAM", "2026", (("17421", 12.5), ("31555", 9.0)))


def test_counts_of_communes_add_up_and_say_whom_they_cover() -> None:
    found = PATIENTS.resultat(1, POPULATIONS)
    assert (found.valeur, found.couverture, found.communes_manquantes) == (12.5, 25.0, 1)


def test_rates_of_communes_are_framed_never_averaged() -> None:
    rates = replace(PATIENTS, nature="taux", par_commune=(("17421", 2.0), ("17306", 8.0)))
    found = rates.resultat(1, POPULATIONS)
    assert (found.valeur, found.borne_basse, found.borne_haute) == (None, 2.0, 8.0)


def test_a_figure_of_the_whole_territory_comes_first() -> None:
    whole = replace(PATIENTS, par_scenario=((2, 40.0),))
    assert whole.resultat(2, POPULATIONS).valeur == 40.0
    assert whole.resultat(1, POPULATIONS).valeur == 12.5


def test_where_nothing_is_known_there_is_no_figure() -> None:
    assert PATIENTS.resultat(1, {"2A004": 10}).valeur is None


def test_masked_counts_lie_between_the_sums_of_their_bounds() -> None:
    masked = replace(PATIENTS, par_commune=(("17421", 12.0),), bornes=(("17306", 0.0, 10.0),))
    found = masked.resultat(1, POPULATIONS)
    assert (found.valeur, found.borne_basse, found.borne_haute) == (None, 12.0, 22.0)
    assert (found.couverture, found.couverture_encadree) == (25.0, 100.0)
    assert (found.communes_masquees, found.communes_manquantes) == (1, 0)


def test_a_commune_is_known_or_masked_and_its_bounds_are_in_order() -> None:
    with pytest.raises(ValueError, match="Une commune"):
        replace(PATIENTS, bornes=(("17421", 0.0, 10.0),))
    with pytest.raises(ValueError, match="borne basse"):
        locale(bornes=(("17421", 10.0, 0.0),))


def test_a_newer_figure_takes_the_place_of_a_masked_one_and_the_reverse() -> None:
    masked = replace(PATIENTS, par_commune=(), bornes=(("17421", 0.0, 10.0),))
    assert masked.merged_with(PATIENTS).communes["17421"] == (12.5, 12.5)
    assert PATIENTS.merged_with(masked).communes == {"31555": (9.0, 9.0), "17421": (0.0, 10.0)}
