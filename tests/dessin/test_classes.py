"""Classes hold what they say, and what is hidden or missing is never coloured as if it were known."""

import math
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.dessin.classes import (
    MANQUANTE,
    MASQUEE,
    SANS_OBJET,
    Legende,
    Methode,
    MethodeImpossibleError,
    carte_indicateur,
    divide,
    methodes,
    textes,
)
from cpts_geo.indicateurs.donnees import donnees

ALD = Legende("ald", "En ALD", "%", 1, "Essai", france=18.0)
MATERNITES = Legende("nb_maternites", "Maternités", "structures", 0, "Essai")
CREUSE = donnees().referentiel.codes("departement", "23")
VALUES = some.lists(some.floats(0, 100).map(lambda value: round(value, 2)), min_size=1, max_size=60)


def table(values: list[float]) -> pd.DataFrame:
    return framed(values, values)


def framed(lows: list[float], highs: list[float], *hidden: int) -> pd.DataFrame:
    """Bounds by commune; secrecy leaves nothing to say of those at these ranks."""
    secrets = [rank in hidden for rank in range(len(lows))]
    return pd.DataFrame({"borne_basse": lows, "borne_haute": highs, "secrete": secrets, "sans_objet": False})


@given(VALUES, some.sampled_from(["quantiles", "naturelles", "reference"]))
def test_every_exact_value_has_one_class_and_classes_grow(values: list[float], methode: Methode) -> None:
    decoupage = divide(ALD, table(values), methode)
    ranks = decoupage.rangs(table(values))
    assert ranks.between(0, len(decoupage.classes) - 1).all()
    assert [each.communes for each in decoupage.classes] == np.bincount(
        ranks, minlength=len(decoupage.classes)
    ).tolist()
    assert ranks.iloc[np.argsort(values, kind="stable")].is_monotonic_increasing
    assert list(decoupage.bornes) == sorted(set(decoupage.bornes))


@given(VALUES)
def test_as_many_communes_by_colour(values: list[float]) -> None:
    decoupage = divide(ALD, table(values), "quantiles")
    if len(set(values)) == len(values) >= 10:
        counts = [each.communes for each in decoupage.classes]
        assert max(counts) - min(counts) <= 2


def test_hidden_and_missing_values_have_no_class_of_their_own() -> None:
    values = framed([1.0, 2, 3, 1, math.nan, math.nan], [1.0, 2, 3, 3, math.nan, math.nan], 5)
    decoupage = divide(ALD, values, "quantiles")
    assert decoupage.rangs(values).tolist()[3:] == [MASQUEE, MANQUANTE, MASQUEE]
    assert sum(each.communes for each in decoupage.classes) == 3


def test_without_any_exact_value_there_is_no_class() -> None:
    values = framed([1.0, math.nan], [9.0, math.nan])
    decoupage = divide(ALD, values, "quantiles")
    assert decoupage.classes == ()


def test_a_count_is_not_compared_with_france() -> None:
    with pytest.raises(MethodeImpossibleError, match="Maternités"):
        divide(MATERNITES, table([1.0]), "reference")


def test_around_france_colours_part_at_the_reference() -> None:
    decoupage = divide(ALD, table([10, 18, 30]), "reference")
    assert [each.communes for each in decoupage.classes] == [1, 0, 1, 0, 1]


@pytest.mark.parametrize("methode", ["quantiles", "naturelles"])
@pytest.mark.parametrize("item", donnees().catalogue.indicateurs, ids=lambda item: item.code)
def test_every_indicator_can_be_mapped(item: object, methode: Methode) -> None:
    drawn = carte_indicateur(item, donnees().agregateur, CREUSE, CREUSE, methode)  # type: ignore[arg-type]
    assert set(drawn["communes"]) == set(CREUSE)
    assert len({each["couleur"] for each in drawn["classes"]}) == len(drawn["classes"]) <= 5
    for rank, *bounds in drawn["communes"].values():
        assert rank < len(drawn["classes"])
        assert len(bounds) in {MANQUANTE: {0}, SANS_OBJET: {0}, MASQUEE: {0, 2}}.get(rank, {2})
        assert not any(math.isnan(bound) for bound in bounds)


def test_what_there_is_nothing_to_divide_by_is_not_said_missing() -> None:
    item = donnees().catalogue["habitants_par_medecins_generalistes"]
    figures = donnees().agregateur.effectif_par_commune(
        donnees().catalogue["densite_medecins_generalistes"], CREUSE
    )["borne_haute"]
    drawn = carte_indicateur(item, donnees().agregateur, CREUSE, CREUSE, "quantiles")["communes"]
    assert {code for code, (rank, *_) in drawn.items() if rank == SANS_OBJET} == set(
        figures.index[figures == 0]
    )
    assert textes().grise({0, SANS_OBJET}) == "Sans objet"
    assert textes().grise({MANQUANTE, SANS_OBJET}) == "Non disponible, ou sans objet"
    assert textes().grise({0, MASQUEE}) == ""


def test_hidden_communes_of_a_rural_departement_are_said_hidden() -> None:
    item = donnees().catalogue["sans_medecin_traitant"]
    drawn = carte_indicateur(item, donnees().agregateur, CREUSE, CREUSE, "quantiles")
    hidden = [bounds for rank, *bounds in drawn["communes"].values() if rank == MASQUEE and bounds]
    assert hidden
    assert all(low < high for low, high in hidden)


def test_bounds_too_far_apart_are_hidden_whatever_their_classes() -> None:
    item = donnees().catalogue["sans_medecin_traitant"]
    table = donnees().agregateur.par_commune(item, CREUSE)
    alone = {code: donnees().agregateur.territoire([code])[item.code] for code in CREUSE}
    doubtful = [code for code, result in alone.items() if result.trop_incertain]
    assert len(doubtful) > 5
    assert set(doubtful) <= set(table.index[table["secrete"]])
    drawn = carte_indicateur(item, donnees().agregateur, CREUSE, CREUSE, "naturelles")["communes"]
    assert {tuple(drawn[code]) for code in doubtful} == {(MASQUEE,)}


def test_figures_of_whole_zones_are_said_to_be() -> None:
    catalogue = donnees().catalogue
    for item in catalogue.indicateurs:
        legend = carte_indicateur(item, donnees().agregateur, CREUSE[:1], CREUSE[:1], "quantiles")["mention"]
        expected = {"departement": "Chiffre du département", "bassin": "Chiffre du bassin de vie"}
        assert legend.startswith(expected.get(item.agregation, "")), item.code
        assert bool(legend) is not item.par_commune


def test_a_region_is_coloured_at_once() -> None:
    codes = donnees().referentiel.codes("region", "75")
    begun = time.process_time()
    carte_indicateur(donnees().catalogue["ald"], donnees().agregateur, codes, codes, "quantiles")
    assert time.process_time() - begun < 0.5
    assert list(methodes()) == ["quantiles", "naturelles", "reference"]
