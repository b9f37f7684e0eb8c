"""The frame of drawn maps, and the paths drawn in it."""

import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.dessin.cadre import Cadre, scale_bar, svg_path, width_km

LARGEUR, HAUTEUR, MARGE = 4000, 3000, 220
# West, south, width and height, in degrees, of places of France and overseas.
PLACES = st.tuples(
    st.floats(-62, 56), st.floats(-22, 50), st.floats(0, 8, width=32), st.floats(0, 8, width=32)
)


@given(PLACES)
def test_a_frame_holds_its_place_within_the_margin(place: tuple[float, float, float, float]) -> None:
    west, south, wide, high = place
    cadre = Cadre.around((west, south, west + wide, south + high), LARGEUR, HAUTEUR, MARGE)
    middle = south + high / 2
    points = cadre.project(
        np.array([[west, middle], [west + wide, middle], [west, south], [west, south + high]])
    )
    assert points[:, 0].min() >= MARGE - 1e-6
    assert points[:, 0].max() <= LARGEUR - MARGE + 1e-6
    assert points[:, 1].min() >= MARGE - 1e-6
    assert points[:, 1].max() <= HAUTEUR - MARGE + 1e-6
    assert points[2, 1] >= points[3, 1], "north is on top"


@given(PLACES)
def test_bounds_are_the_corners_of_the_drawing(place: tuple[float, float, float, float]) -> None:
    west, south, wide, high = place
    cadre = Cadre.around((west, south, west + wide, south + high), LARGEUR, HAUTEUR, MARGE)
    left, bottom, right, top = cadre.bounds
    corners = cadre.project(np.array([[left, top], [right, bottom]]))
    assert corners.ravel().tolist() == pytest.approx([0, 0, LARGEUR, HAUTEUR], abs=1e-3)


@given(PLACES)
def test_the_scale_says_a_length_that_it_has(place: tuple[float, float, float, float]) -> None:
    west, south, wide, high = place
    cadre = Cadre.around((west, south, west + wide, south + high), LARGEUR, HAUTEUR, MARGE)
    bar = scale_bar(cadre, MARGE)
    length = int(re.sub(r"\D", "", bar["texte"]))
    assert bar["longueur"] == round(length * cadre.echelle)
    assert 0 < bar["longueur"] <= LARGEUR / 4


def test_the_width_of_a_place_is_its_longer_side() -> None:
    assert width_km((0.0, 45.0, 1.0, 45.1)) == pytest.approx(78.6, abs=0.1)
    assert width_km((0.0, 45.0, 0.1, 46.0)) == pytest.approx(111.2, abs=0.1)


def test_a_path_has_each_point_relative_to_the_one_before() -> None:
    assert svg_path(shapely.box(0, 0, 10, 20)) == "M10 0l0 20-10 0 0-20z"


def test_what_is_too_small_to_be_seen_is_drawn_only_when_there_is_nothing_else() -> None:
    dot, large = shapely.box(100, 100, 102, 102), shapely.box(0, 0, 10, 10)
    assert svg_path(dot) != ""
    assert svg_path(shapely.MultiPolygon([large, dot])) == svg_path(large)
    assert svg_path(shapely.LineString([(0, 0), (9, 9)])) == ""
