"""The hole that a merger left between neighbours goes back to the commune it belongs to."""

import pandas as pd
import pytest
import shapely

from cpts_geo.sources.geographie.comblement import area_km2, fill_holes


def cell(column: int, row: int) -> shapely.MultiPolygon:
    west, east, south, north = 100 + column, 101 + column, 2300 + row, 2301 + row
    return shapely.multipolygons([shapely.box(west / 50, south / 50, east / 50, north / 50)])


@pytest.fixture
def contours() -> pd.Series:
    """Nine cells around a hole in the middle, which has no contour of its own."""
    cells = {f"{column}{row}": cell(column, row) for column in range(3) for row in range(3)}
    del cells["11"]
    return pd.Series(cells)


def test_hole_is_given_to_the_commune_whose_area_asks_for_it(contours: pd.Series) -> None:
    published = contours.map(area_km2)
    published["10"] *= 2
    completed = fill_holes(contours, published)
    assert area_km2(completed["10"]) == pytest.approx(published["10"], rel=1e-3)
    assert completed.drop("10").equals(contours.drop("10"))
    assert shapely.coverage_is_valid(completed.to_numpy())


def test_hole_is_left_open_when_it_fits_no_one(contours: pd.Series) -> None:
    published = contours.map(area_km2)
    published["10"] *= 1.5
    assert fill_holes(contours, published).equals(contours)


def test_commune_of_unknown_area_is_left_alone(contours: pd.Series) -> None:
    published = contours.map(area_km2).where(contours.index != "10")
    assert fill_holes(contours, published).equals(contours)
