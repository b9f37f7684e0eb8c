from dataclasses import replace

import pytest

from cpts_geo.indicateurs.couverture import comparable, covered, informative, showable
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat

CONNU = Resultat(4.0, 4.0, 4.0, None, None, None, 100.0, 0, 0, 100.0)


@pytest.mark.parametrize(
    ("exact", "framed", "expected"), [(100.0, 100.0, True), (10.0, 80.0, True), (79.9, 79.9, False)]
)
def test_people_framed_count_as_those_known(exact: float, framed: float, *, expected: bool) -> None:
    assert comparable(replace(CONNU, couverture=exact, couverture_encadree=framed)) is expected


def test_what_has_no_value_is_not_compared() -> None:
    assert not comparable(replace(CONNU, valeur=None))


def test_bounds_inform_up_to_the_declared_width_of_a_percentage() -> None:
    catalogue, width = donnees().catalogue, plan().largeur_bornes
    assert informative(catalogue["ald"], 10.0, 10.0 + width)
    assert not informative(catalogue["ald"], 10.0, 10.1 + width)
    assert informative(catalogue["niveau_vie_median"], 15_000, 40_000), "a range of communes is no doubt"


def test_where_nobody_lives_no_figure_is_missing() -> None:
    nobody = replace(CONNU, couverture=0.0, couverture_encadree=0.0)
    assert covered(nobody)
    assert not covered(replace(nobody, communes_manquantes=1))


def test_what_too_few_people_bear_is_left_out_with_its_count() -> None:
    partial = replace(CONNU, effectif=3.0, effectif_bas=3.0, effectif_haut=3.0, couverture_encadree=79.9)
    shown = showable(partial)
    assert (shown.valeur, shown.borne_basse, shown.borne_haute) == (None, None, None)
    assert (shown.effectif, shown.effectif_bas, shown.effectif_haut) == (None, None, None)
    assert shown.couverture_encadree == 79.9
    assert showable(CONNU) is CONNU
