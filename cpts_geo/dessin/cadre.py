"""The frame of drawn maps, and how a contour becomes an SVG path within it."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from cpts_geo.communes.contours import Bornes, Geometries
from cpts_geo.socle.nombres import entier

SMALLEST_RING = 30.0  # square units
KM_PER_DEGREE = 111.195
SMALLEST_WIDTH_KM = 8.0
STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Cadre:
    """The piece of the world that a map shows: its centre, in degrees, and units of drawing per kilometre.

    `largeur` and `hauteur` are those of the drawing, in its units.
    """

    lon: float
    lat: float
    echelle: float
    largeur: int
    hauteur: int

    @classmethod
    def around(cls, bounds: Bornes, largeur: int, hauteur: int, marge: int) -> Self:
        """The frame of this size that holds these bounds (W, S, E, N in degrees), with a margin."""
        west, south, east, north = bounds
        width, height = _size_km(bounds)
        scale = min(
            (largeur - 2 * marge) / max(width, SMALLEST_WIDTH_KM),
            (hauteur - 2 * marge) / max(height, SMALLEST_WIDTH_KM * hauteur / largeur),
        )
        return cls((west + east) / 2, (south + north) / 2, scale, largeur, hauteur)

    @property
    def bounds(self) -> Bornes:
        """West, south, east and north of what the map shows, in degrees."""
        half_width = self.largeur / 2 / self._per_degree_east
        half_height = self.hauteur / 2 / self._per_degree_north
        return self.lon - half_width, self.lat - half_height, self.lon + half_width, self.lat + half_height

    def project(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitudes and latitudes, one point per row, in units of drawing; the ordinate goes down."""
        x = self.largeur / 2 + (degrees[:, 0] - self.lon) * self._per_degree_east
        y = self.hauteur / 2 - (degrees[:, 1] - self.lat) * self._per_degree_north
        return np.column_stack([x, y])

    @property
    def _per_degree_north(self) -> float:
        return self.echelle * KM_PER_DEGREE

    @property
    def _per_degree_east(self) -> float:
        return self._per_degree_north * float(np.cos(np.radians(self.lat)))


def _size_km(bounds: Bornes) -> tuple[float, float]:
    """Width and height."""
    west, south, east, north = bounds
    middle = np.radians((south + north) / 2)
    return (east - west) * KM_PER_DEGREE * float(np.cos(middle)), (north - south) * KM_PER_DEGREE


def width_km(bounds: Bornes) -> float:
    """The longer side of these bounds."""
    return max(_size_km(bounds))


def simplify(contours: Geometries, cadre: Cadre, detail: float) -> Geometries:
    """The contours in units of drawing, without small details; neighbours keep their border."""
    projected = shapely.transform(contours, cadre.project)
    return np.asarray(shapely.coverage_simplify(projected, detail))


# ---- Drawing --------------------------------------------------------------------------------------------


def svg_path(contour: shapely.Geometry) -> str:
    """The `d` of an SVG path, in whole units, each point relative to the one before."""
    parts = shapely.get_parts(contour)
    rings = shapely.get_rings(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    if not len(rings):
        return ""
    areas = shapely.area(shapely.polygons(rings))
    # A commune too small to be seen still shows as a dot: its largest ring is always drawn.
    kept = rings[areas >= min(SMALLEST_RING, areas.max())]
    return "".join(_ring(shapely.get_coordinates(ring)) for ring in kept)


def _ring(points: NDArray[np.float64]) -> str:
    whole = np.rint(points).astype(int)
    moves = np.diff(whole, axis=0)[:-1]
    steps = " ".join(f"{x} {y}" for x, y in moves[moves.any(axis=1)].tolist())
    return f"M{whole[0, 0]} {whole[0, 1]}l{steps.replace(' -', '-')}z" if steps else ""


def scale_bar(cadre: Cadre, marge: int) -> dict[str, Any]:
    """The longest round length that takes a quarter of the width at most, at the bottom left."""
    fitting = [km for km in STEPS_KM if km * cadre.echelle <= cadre.largeur / 4]
    length = fitting[-1] if fitting else STEPS_KM[0]
    return {
        "x": marge // 2,
        "y": cadre.hauteur - marge // 2,
        "longueur": round(length * cadre.echelle),
        "texte": f"{entier(length)}\u00a0km",
    }
