"""A commune stands at its mairie, unless the source puts that where the commune is not."""

import numpy as np
import pandas as pd
import pytest
import shapely

from cpts_geo.socle.declarations import declaration
from cpts_geo.sources.geographie.assemblage import Mairies, misplaced, place_communes, without_those_left

# A square of 0.1 degree near Toulouse: 8 km wide, 11 km high.
WEST, SOUTH, EAST, NORTH = 1.4, 43.5, 1.5, 43.6
KM_EAST, KM_NORTH = 1 / (111.195 * np.cos(np.radians(43.55))), 1 / 111.195
CENTRE = (1.45, 43.55)
TOLERANCE = declaration("mairies", Mairies).tolerance_km


def placed(lon: float | None, lat: float | None, contour: shapely.Geometry | None = None) -> list[float]:
    communes = pd.DataFrame({"lon": [lon], "lat": [lat]}, index=["31001"], dtype=float)
    contours = pd.Series([contour or shapely.box(WEST, SOUTH, EAST, NORTH)], index=["31001"])
    found = place_communes(communes, contours, misplaced(communes, contours)).loc["31001"]
    return [float(found["lon"]), float(found["lat"])]


@pytest.mark.parametrize(
    "point",
    [
        (1.41, 43.59),
        (EAST + 0.95 * TOLERANCE * KM_EAST, 43.55),
        (1.45, NORTH + 0.95 * TOLERANCE * KM_NORTH),
        (WEST - 0.95 * TOLERANCE * KM_EAST, 43.55),
    ],
)
def test_a_mairie_in_or_near_its_commune_is_kept(point: tuple[float, float]) -> None:
    assert placed(*point) == list(point)


@pytest.mark.parametrize(
    "point",
    [
        (EAST + 1.05 * TOLERANCE * KM_EAST, 43.55),
        (1.45, SOUTH - 1.05 * TOLERANCE * KM_NORTH),
        (-1.45, 43.55),
        (43.55, 43.55),
        (43.55, 1.45),
    ],
)
def test_a_mairie_elsewhere_is_put_at_the_centre(point: tuple[float, float]) -> None:
    assert placed(*point) == pytest.approx(CENTRE, abs=0.02)


def test_a_commune_without_a_mairie_is_put_inside() -> None:
    crescent = shapely.difference(
        shapely.box(WEST, SOUTH, EAST, NORTH), shapely.box(1.42, 43.52, 1.48, 43.58)
    )
    lon, lat = placed(None, None, crescent)
    assert shapely.contains_xy(crescent, lon, lat)


def test_a_commune_without_a_contour_keeps_what_is_known() -> None:
    communes = pd.DataFrame({"lon": [2.9, None], "lat": [45.1, None]}, index=["15031", "15035"])
    none = pd.Series(dtype=object)
    found = place_communes(communes, none, misplaced(communes, none))
    assert found.loc["15031"].tolist() == [2.9, 45.1]
    assert found.loc["15035"].isna().all()


def test_the_build_says_how_many_were_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    placed(43.55, 43.55)
    assert capsys.readouterr().out.strip().endswith(": 1")
    placed(*CENTRE)
    assert capsys.readouterr().out.strip().endswith(": 0")


def test_an_area_that_still_holds_a_commune_that_left_is_not_known() -> None:
    areas = pd.Series({"85084": 99.62, "85165": None, "76108": 8.6, "76095": 2.5, "85001": 10.0})
    splits = pd.DataFrame({"mere": ["85084", "76108"], "fille": ["85165", "76095"]})
    assert without_those_left(areas, splits).dropna().to_dict() == {"76108": 8.6, "76095": 2.5, "85001": 10.0}
