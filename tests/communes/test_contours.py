"""Contours read from the bundle: those that are there, in their order, and what is measured on them."""

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from cpts_geo.communes import contours
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE

CORREZE = "19"
WITHOUT_CONTOUR = "15031"


def test_the_communes_of_a_departement_are_those_of_the_file() -> None:
    table = pq.read_table(BUNDLE / "contours.parquet", filters=[("departement", "=", CORREZE)])
    read = contours.read_communes(CORREZE)
    assert list(read) == table["code"].to_pylist()
    assert list(shapely.to_wkb(list(read.values()))) == table["geometry"].to_pylist()


def test_an_unknown_departement_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        contours.read_communes("99")


def test_contours_come_in_the_order_asked_and_only_where_there_are() -> None:
    asked = ("97105", WITHOUT_CONTOUR, "2A004", "19272", "99999", "19001")
    assert list(contours.contours_of(asked)) == ["97105", "2A004", "19272", "19001"]
    assert contours.bounds_of((WITHOUT_CONTOUR,)) is None


def test_the_departement_of_every_commune_is_read_in_its_code() -> None:
    communes = donnees().referentiel.communes
    assert [contours.departement_de(str(code)) for code in communes.index] == communes["departement"].tolist()


def test_many_departements_are_drawn_by_their_light_outlines() -> None:
    whole = tuple(shapely.total_bounds(list(contours.light_outlines().values())).tolist())
    assert len(contours.departements_in(whole)) == len(contours.light_outlines()) == 101
    around = contours.bounds_of(("19272",))
    assert around is not None
    (exact,) = contours.departements_in(around)
    assert exact.equals(contours.exact_departement(CORREZE))
    light = contours.light_outlines()[CORREZE]
    assert shapely.get_num_coordinates(exact) > shapely.get_num_coordinates(light)


def test_a_border_drawn_differently_by_its_two_sides_is_joined_all_the_same() -> None:
    left = shapely.Polygon([(0, 0), (1, 0), (1, 0.5), (1, 1), (0, 1)])
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (0.9, 0.6)])
    joined = contours.union(np.array([left, right], dtype=object))
    assert joined.area == pytest.approx(2)
    assert shapely.get_num_geometries(joined) == 1


def test_an_outline_keeps_the_holes_that_are_places_and_no_sliver() -> None:
    sliver, lake = shapely.box(0.2, 0.2, 0.21, 0.2001), shapely.box(0.5, 0.5, 0.7, 0.7)
    ground = shapely.box(0, 0, 1, 1).difference(shapely.union_all([sliver, lake]))
    drawn = contours.outline(np.array([ground], dtype=object))
    assert [len(part.interiors) for part in drawn.geoms] == [1]
    assert drawn.area == pytest.approx(1 - lake.area)


def test_what_holds_no_circle_has_a_point_all_the_same() -> None:
    line = shapely.LineString([(0, 0), (2, 2)])
    square, on_line = contours.centres(np.array([shapely.box(0, 0, 2, 2), line], dtype=object))
    assert square.tolist() == pytest.approx([1, 1], abs=0.05)
    assert line.distance(shapely.Point(on_line)) == pytest.approx(0)
