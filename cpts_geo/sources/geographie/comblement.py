"""Contours left behind by the mergers of 2025: the hole beside a commune that is too small is its own.

For communes merged on 1 January 2025 the source still draws the chief commune alone, and nothing where the
others were. Such a hole, closed by the neighbours' borders, is given to the commune it touches when this
brings that one to the area that Insee publishes.
"""

from itertools import chain, combinations

import pandas as pd
import shapely
from pyproj import Geod

# A contour is suspect when it lacks more than these of the published area.
MISSING_SHARE = 0.015
MISSING_KM2 = 0.5
# What the completed contour may differ from the published area: contours are simplified.
TOLERANCE = 0.05
# How far, in degrees, the neighbours that close a hole may be; and the smallest hole worth a look.
REACH = 0.15
SMALLEST_KM2 = 0.05
ELLIPSOID = Geod(ellps="WGS84")


def area_km2(geometry: shapely.Geometry) -> float:
    """Area on the ellipsoid, in km²."""
    return abs(ELLIPSOID.geometry_area_perimeter(geometry)[0]) / 1e6


def fill_holes(contours: pd.Series, published: pd.Series) -> pd.Series:
    """The same contours, those that lacked a part completed.

    Args:
        contours: multipolygons by commune code.
        published: areas in km² by commune code, missing where unknown.
    """
    completed = contours.copy()
    for code in _suspects(contours, published):
        holes = _holes_beside(completed[code], completed)
        chosen = _best(holes, area_km2(completed[code]), float(published[code]))
        if chosen:
            completed[code] = _multipolygon(shapely.union_all([completed[code], *chosen]))
    return completed


def _suspects(contours: pd.Series, published: pd.Series) -> list[str]:
    measured = contours.map(area_km2)
    lacking = published.reindex(contours.index) - measured
    return contours.index[(lacking > MISSING_KM2) & (lacking > MISSING_SHARE * measured)].tolist()


def _holes_beside(contour: shapely.Geometry, contours: pd.Series) -> list[shapely.Polygon]:
    """Holes between this commune and its neighbours, along which they share more than a point."""
    geometries = contours.to_numpy()
    around = geometries[shapely.STRtree(geometries).query(shapely.box(*contour.bounds).buffer(REACH))]
    rings = [ring for part in shapely.get_parts(shapely.union_all(around)) for ring in part.interiors]
    holes = [shapely.Polygon(ring) for ring in rings]
    return [hole for hole in holes if area_km2(hole) > SMALLEST_KM2 and hole.intersection(contour).length > 0]


def _best(holes: list[shapely.Polygon], own: float, wanted: float) -> tuple[shapely.Polygon, ...]:
    """The holes that bring the area nearest to the one wanted; none when no choice comes near enough."""
    choices = chain.from_iterable(combinations(holes, count) for count in range(1, len(holes) + 1))
    ranked = sorted(choices, key=lambda choice: abs(own + sum(map(area_km2, choice)) - wanted))
    if not ranked:
        return ()
    reached = own + sum(map(area_km2, ranked[0]))
    return ranked[0] if abs(reached - wanted) <= TOLERANCE * wanted else ()


def _multipolygon(geometry: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.multipolygons(list(shapely.get_parts(geometry)))
