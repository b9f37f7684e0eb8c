"""Outlines are mended, and put in degrees when their system is known or can be nothing else."""

import numpy as np
import pytest
import shapely

from cpts_geo.saisie.perimetres.formes import LAMBERT_93, in_degrees, usable
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError, regles
from tests.outils.perimetres import CARRE, frame

EN_METRES = np.array(frame(["a"], [CARRE]).to_crs(LAMBERT_93).geometry, dtype=object)


@pytest.mark.parametrize("systeme", [LAMBERT_93, None])
def test_metres_become_degrees(systeme: int | None) -> None:
    (moved,) = in_degrees(EN_METRES, systeme)
    assert shapely.equals_exact(moved, CARRE, tolerance=1e-7)


@pytest.mark.parametrize("systeme", regles().systemes)
def test_every_declared_system_is_known(systeme: int) -> None:
    forme = frame(["a"], [CARRE]).to_crs(systeme).geometry[0]
    try:
        (moved,) = in_degrees(np.array([forme], dtype=object), systeme)
    except PerimetreRefuseError:
        pytest.fail(f"{systeme} is declared and not read")
    assert shapely.hausdorff_distance(moved, CARRE) < 1e-4


def test_a_bow_tie_becomes_two_triangles() -> None:
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    mended = usable([bow], "Nœud")
    assert shapely.is_valid(mended)
    assert shapely.area(mended) == pytest.approx(0.5)


def test_outlines_of_one_name_make_one() -> None:
    moved = shapely.transform(CARRE, lambda points: points + 0.05)
    whole = usable([CARRE, moved, CARRE], "Deux")
    assert shapely.area(whole) == pytest.approx(0.0175)


def test_what_is_no_surface_is_refused_by_its_name() -> None:
    with pytest.raises(PerimetreRefuseError, match="« Ligne »".replace(" ", "\u00a0")):
        usable([shapely.LineString([(0, 0), (1, 1)])], "Ligne")
