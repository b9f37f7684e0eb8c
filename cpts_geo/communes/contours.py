"""Contours of communes and départements, read from the bundle, joined, and what is measured on them.

The contours of one département are read when someone first looks at it, never all at once: the first map
must not wait for the 34,875 communes.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from cpts_geo.socle.chemins import BUNDLE

SMALLEST_PART = 2e-4  # square degrees, about 2 km²
# The exact outlines of more départements than this would be slow to read, at a scale where nobody sees them.
MOST_EXACT_DEPARTEMENTS = 8

# The name under which the communes that have no canton are put together (Martinique, Guyane): it is no zone.
SANS_ZONE = "Sans objet"

Geometries = NDArray[np.object_]
# West, south, east and north.
Bornes = tuple[float, float, float, float]

_POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


# ---- Communes -------------------------------------------------------------------------------------------


def read_communes(departement: str, bundle: Path = BUNDLE) -> dict[str, shapely.Geometry]:
    """Read the contours of the communes of a département that have one, by code and in its order.

    Raises:
        KeyError: no département has this code.
    """
    group = _row_groups(bundle)[departement]
    # A file per reading: pyarrow does not promise that one can be read by several threads at once.
    with pq.ParquetFile(bundle / "contours.parquet") as file:
        table = file.read_row_group(group, columns=["code", "geometry"])
    return dict(zip(table["code"].to_pylist(), geometries_of(table), strict=True))


@lru_cache(maxsize=24)
def communes_of(departement: str, bundle: Path = BUNDLE) -> dict[str, shapely.Geometry]:
    """The same, kept: who draws maps comes back to the same départements."""
    return read_communes(departement, bundle)


def contours_of(codes: Sequence[str], bundle: Path = BUNDLE) -> dict[str, shapely.Geometry]:
    """Contours of those communes that have one, in the order given."""
    departements = dict.fromkeys(departement_de(code) for code in codes)
    known = {
        code: each
        for name in departements
        if name in _row_groups(bundle)
        for code, each in communes_of(name, bundle).items()
    }
    return {code: known[code] for code in codes if code in known}


def departement_de(code: str) -> str:
    """The first characters of a code: three overseas, two elsewhere."""
    return code[:3] if code.startswith("97") else code[:2]


def bounds_of(codes: Sequence[str], bundle: Path = BUNDLE) -> Bornes | None:
    """West, south, east and north, in degrees, of the communes that can be drawn; None without any."""
    drawn = list(contours_of(codes, bundle).values())
    return together(shapely.bounds(drawn)) if drawn else None


def together(places: Iterable[Bornes]) -> Bornes:
    """The smallest bounds that hold all of these."""
    every = np.array(list(places))
    return (*every[:, :2].min(axis=0).tolist(), *every[:, 2:].max(axis=0).tolist())


# ---- Départements ---------------------------------------------------------------------------------------


@lru_cache(maxsize=24)
def exact_departement(departement: str, bundle: Path = BUNDLE) -> shapely.Geometry:
    """Outline of a département, as exact as those of its communes."""
    return union(np.array(list(communes_of(departement, bundle).values()), dtype=object))


def departements_in(bounds: Bornes, bundle: Path = BUNDLE) -> Geometries:
    """Outlines of the départements that these bounds touch: exact when they are few."""
    seen = coarse_departements_in(bounds, bundle)
    exact = len(seen) <= MOST_EXACT_DEPARTEMENTS
    outlines = [exact_departement(code, bundle) for code in seen] if exact else list(seen.values())
    return np.array(outlines, dtype=object)


def coarse_departements_in(bounds: Bornes, bundle: Path = BUNDLE) -> dict[str, shapely.Geometry]:
    """Light outlines of the départements that these bounds touch, by code."""
    place = shapely.box(*bounds)
    return {code: each for code, each in light_outlines(bundle).items() if shapely.intersects(each, place)}


@lru_cache(maxsize=2)
def light_outlines(bundle: Path = BUNDLE) -> dict[str, shapely.Geometry]:
    """Light outlines of all départements, by code and in its order."""
    table = pq.read_table(bundle / "departements_contours.parquet")
    return dict(zip(table["code"].to_pylist(), geometries_of(table), strict=True))


def geometries_of(table: pa.Table) -> Geometries:
    """The column of contours of a table of the bundle."""
    geometries: Geometries = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
    return geometries


# ---- Shapes ---------------------------------------------------------------------------------------------


def union(contours: Geometries) -> shapely.Geometry:
    """These contours as one."""
    try:
        return shapely.coverage_union_all(contours)
    except shapely.GEOSException:
        # Where one border is drawn differently by its two sides: slower, and as exact.
        return shapely.union_all(shapely.make_valid(contours))


def outline(contours: Geometries) -> shapely.Geometry:
    """These contours as one, without the slivers that may be left between them."""
    return shapely.multipolygons([without_slivers(part) for part in shapely.get_parts(union(contours))])


def without_slivers(polygon: shapely.Geometry) -> shapely.Geometry:
    """A polygon whose holes are all large enough to be places."""
    rings = shapely.polygons(shapely.get_rings(polygon))
    holes = [ring for ring in rings[1:] if shapely.area(ring) >= SMALLEST_PART]
    return shapely.Polygon(polygon.exterior, [hole.exterior for hole in holes])


def centres(geometries: NDArray[np.object_]) -> NDArray[np.float64]:
    """Centre of the largest circle that holds in each geometry, as rows of x and y; none may be empty.

    No point is farther from the border: a name or a click is well placed there, even where the border is
    drawn simplified. What is no polygon holds no circle, and has any point on it.
    """
    points = shapely.point_on_surface(geometries)
    polygonal = np.isin(shapely.get_type_id(geometries), _POLYGONAL)
    radii = shapely.maximum_inscribed_circle(geometries[polygonal])
    points[polygonal] = shapely.get_point(radii, 0)
    return np.asarray(shapely.get_coordinates(points))


@cache
def _row_groups(bundle: Path) -> dict[str, int]:
    with pq.ParquetFile(bundle / "contours.parquet") as file:
        column = file.schema_arrow.get_field_index("departement")
        groups = [file.metadata.row_group(i) for i in range(file.num_row_groups)]
    return {group.column(column).statistics.min: i for i, group in enumerate(groups)}
