"""A perimeter drawn anywhere gives its communes: territories drawn at random come back as they went."""

import pytest
import shapely

from cpts_geo.communes.contours import contours_of
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.perimetres.communes_couvertes import Couverture, couvertures, en_partie_en_mots
from cpts_geo.saisie.perimetres.rassemblement import Perimetre
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError
from tests.outils.perimetres_aleatoires import drawn_at_random, lost

ROYAN, SAUJON = "17306", "17421"


def covered(forme: shapely.Geometry, *codes: str) -> Couverture:
    (found,) = couvertures([Perimetre("Essai", codes, forme)], donnees().referentiel)
    return found


def west_of(code: str, share: float) -> shapely.Geometry:
    """The part of a commune west of a line, about this share of it."""
    contour = contours_of([code])[code]
    low, high = shapely.bounds(contour)[[0, 2]]
    for _ in range(40):
        middle = (low + high) / 2
        cut = shapely.clip_by_rect(contour, -10, 40, middle, 55)
        low, high = (middle, high) if shapely.area(cut) < share * shapely.area(contour) else (low, middle)
    return cut


@pytest.mark.parametrize(
    ("share", "taken", "offered"),
    [(1, True, False), (0.55, True, False), (0.45, False, True), (0.02, False, False)],
)
def test_half_of_a_commune_takes_it_and_less_is_offered(share: float, *, taken: bool, offered: bool) -> None:
    found = covered(shapely.union_all([contours_of([ROYAN])[ROYAN], west_of(SAUJON, share)]))
    assert (SAUJON in found.codes, SAUJON in found.en_partie) == (taken, offered)
    assert ROYAN in found.codes
    if offered:
        assert found.en_partie[SAUJON] == pytest.approx(share, abs=0.01)
        assert en_partie_en_mots(found, donnees().referentiel) == "Saujon (45\u00a0%)"


def test_a_commune_that_is_named_is_not_offered() -> None:
    found = covered(west_of(SAUJON, 0.3), SAUJON)
    assert (found.codes, found.en_partie) == ((SAUJON,), {})


@pytest.mark.parametrize(("x", "words"), [(45.6, "inversées"), (-20.0, "Aucune commune")])
def test_what_is_not_in_france_is_refused(x: float, words: str) -> None:
    with pytest.raises(PerimetreRefuseError, match=words):
        covered(shapely.box(x, -1.0, x + 0.1, -0.9))


def test_an_outline_of_many_points_is_measured_as_well() -> None:
    whole = shapely.union_all([contours_of([ROYAN])[ROYAN], west_of(SAUJON, 0.3)])
    fine = shapely.segmentize(whole, 1e-5)
    assert shapely.get_num_coordinates(fine) > 20_000
    found, plain = covered(fine), covered(whole)
    assert found.codes == plain.codes
    assert found.en_partie == pytest.approx(plain.en_partie, abs=1e-6)


def test_too_many_communes_are_refused() -> None:
    france = Perimetre("a", (), shapely.box(-5, 42, 8, 51))
    with pytest.raises(PerimetreRefuseError, match="trop de communes"):
        couvertures([france, france], donnees().referentiel)


def test_territories_drawn_at_random_come_back_exactly() -> None:
    assert lost(drawn_at_random(30, graine=1)) == []
