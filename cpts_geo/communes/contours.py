"""Contours of communes, départements and other zones, as gzipped JSON ready to be served.

The contours of one département are read when someone first looks at it, never all at once: the first map
must not wait for the 34,875 communes.
"""

import gzip
import json
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from cpts_geo.socle.chemins import BUNDLE

# Side, in degrees, of the smallest detail kept in the outline of a département: about 1 km, two pixels at the
# scale where communes take over from départements.
OUTLINE_DETAIL = 0.012
OUTLINE_DECIMALS = 3
SMALLEST_PART = 2e-4  # square degrees, about 2 km²

# The zones that one click can take.
TYPES_ZONE = ("epci", "canton", "bassin_vie", "departement")
MOST_OUTLINES = 512  # kept in memory, 2 kB each

# The name under which the communes that have no canton are put together (Martinique, Guyane): it is no zone.
SANS_ZONE = "Sans objet"

Feature = dict[str, Any]

_POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@cache
def communes_geojson(departement: str, bundle: Path = BUNDLE) -> bytes:
    """Give the communes of a département, and its own exact outline under the key `contour`.

    Each commune carries code, nom, population (municipale), departement (name) and point, the
    longitude and latitude of the place inside it that is farthest from its border as drawn on the map.

    Raises:
        KeyError: no département has this code.
    """
    contours = _read_departement(departement, bundle)
    geometries = _geometries(contours)
    identities = _identities(bundle)
    nom_departement = _departements(bundle)[departement]["nom"]
    points = np.round(_centres_on_map(geometries), 5).tolist()
    features = [
        _feature({**_named(identities[code]), "departement": nom_departement, "point": point}, geometry)
        for code, point, geometry in zip(contours["code"].to_pylist(), points, geometries, strict=True)
    ]
    contour = json.loads(shapely.to_geojson(_outline(geometries)))
    return _compress({"type": "FeatureCollection", "contour": contour, "features": features})


@cache
def departements_geojson(bundle: Path = BUNDLE) -> bytes:
    """Give the simplified outlines of all départements, each with code, nom and bounds (W, S, E, N)."""
    table = pq.read_table(bundle / "departements_contours.parquet")
    geometries = _geometries(table)
    departements = _departements(bundle)
    features = [
        _feature(departements[code], geometry)
        for code, geometry in zip(table["code"].to_pylist(), geometries, strict=True)
    ]
    return _compress({"type": "FeatureCollection", "features": features})


@cache
def zones_json(type_zone: str, bundle: Path = BUNDLE) -> bytes:
    """Give every zone of a type by code: nom, population (municipale), and codes of its communes in order.

    Raises:
        KeyError: no zone of this type can be taken at one click.
    """
    if type_zone not in TYPES_ZONE:
        raise KeyError(type_zone)
    noms = _noms(type_zone, bundle)
    zones: dict[str, Feature] = {code: {"nom": noms[code], "population": 0, "communes": []} for code in noms}
    for commune in _identities(bundle).values():
        # A few islands belong to no EPCI.
        if zone := zones.get(commune[type_zone]):
            zone["population"] += commune["population"]
            zone["communes"].append(commune["code"])
    return _compress(zones)


@lru_cache(maxsize=MOST_OUTLINES)
def zone_geojson(type_zone: str, code: str, bundle: Path = BUNDLE) -> bytes:
    """Give the exact outline of a zone, its communes joined, with its type, code and nom.

    Raises:
        KeyError: no zone that can be taken at one click has this type and code.
    """
    if type_zone not in TYPES_ZONE:
        raise KeyError(type_zone)
    nom = _noms(type_zone, bundle)[code]
    communes = [row for row in _identities(bundle).values() if row[type_zone] == code]
    codes = {row["code"] for row in communes}
    departements = sorted({row["departement"] for row in communes})
    geometries = np.concatenate([_of_communes(departement, codes, bundle) for departement in departements])
    return _compress(_feature({"type": type_zone, "code": code, "nom": nom}, _outline(geometries)))


def outlines(contours: Path) -> pa.Table:
    """Draw the simplified outline of each département from the contours of its communes.

    Neighbours keep sharing their border. Takes a few seconds: the build of the data calls it once.

    Args:
        contours: the GeoParquet of communes, one row group per département.

    Returns:
        Columns code and geometry (WKB, longitude and latitude in degrees), sorted by code.
    """
    exact = {}
    with pq.ParquetFile(contours) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group)
            exact[table["departement"][0].as_py()] = _tidy(_union(_geometries(table)))
    codes = sorted(exact)
    simplified = shapely.coverage_simplify([exact[code] for code in codes], OUTLINE_DETAIL)
    rounded = shapely.transform(simplified, lambda points: np.round(points, OUTLINE_DECIMALS))
    return pa.table({"code": codes, "geometry": list(shapely.to_wkb(rounded))})


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


def _centres_on_map(geometries: NDArray[np.object_]) -> NDArray[np.float64]:
    """Longitudes and latitudes of the `centres`; on the map a degree of longitude is the narrower one."""
    latitude = shapely.get_coordinates(geometries)[:, 1].mean()
    scale = np.array([np.cos(np.radians(latitude)), 1.0])
    return np.asarray(centres(shapely.transform(geometries, lambda points: points * scale)) / scale)


def _of_communes(departement: str, codes: Collection[str], bundle: Path) -> NDArray[np.object_]:
    """Contours of those of the communes that lie in the département and can be drawn."""
    table = _read_departement(departement, bundle)
    return _geometries(table)[[code in codes for code in table["code"].to_pylist()]]


def _outline(geometries: NDArray[np.object_]) -> shapely.Geometry:
    """Join communes, without the slivers that may be left between them."""
    parts = shapely.get_parts(_union(geometries))
    return shapely.multipolygons([_without_slivers(part) for part in parts])


def _union(geometries: NDArray[np.object_]) -> shapely.Geometry:
    try:
        return shapely.coverage_union_all(geometries)
    except shapely.GEOSException:
        # In a few départements one border is drawn differently by its two sides: slower, and as exact.
        return shapely.union_all(geometries)


def _tidy(outline: shapely.Geometry) -> shapely.Geometry:
    """Leave out the islets and the slivers between communes too small to be seen, unless all is small."""
    parts = shapely.get_parts(outline)
    areas = shapely.area(parts)
    seen = parts[(areas >= SMALLEST_PART) | (areas == areas.max())]
    return shapely.multipolygons([_without_slivers(part) for part in seen])


def _without_slivers(polygon: shapely.Geometry) -> shapely.Geometry:
    rings = shapely.polygons(shapely.get_rings(polygon))
    holes = [ring for ring in rings[1:] if shapely.area(ring) >= SMALLEST_PART]
    return shapely.Polygon(polygon.exterior, [hole.exterior for hole in holes])


def _geometries(table: pa.Table) -> NDArray[np.object_]:
    geometries: NDArray[np.object_] = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
    return geometries


def _read_departement(departement: str, bundle: Path) -> pa.Table:
    group = _row_groups(bundle)[departement]
    # A file per reading: pyarrow does not promise that one can be read by several threads at once.
    with pq.ParquetFile(bundle / "contours.parquet") as file:
        return file.read_row_group(group, columns=["code", "geometry"])


@cache
def _row_groups(bundle: Path) -> dict[str, int]:
    with pq.ParquetFile(bundle / "contours.parquet") as file:
        column = file.schema_arrow.get_field_index("departement")
        groups = [file.metadata.row_group(i) for i in range(file.num_row_groups)]
    return {group.column(column).statistics.min: i for i, group in enumerate(groups)}


@cache
def _identities(bundle: Path) -> dict[str, Feature]:
    columns = ["code", "nom", "population", *TYPES_ZONE]
    table = pq.read_table(bundle / "communes.parquet", columns=columns)
    return {row["code"]: row for row in table.to_pylist()}


@cache
def _noms(type_zone: str, bundle: Path) -> dict[str, str]:
    table = pq.read_table(bundle / "zones.parquet", filters=[("type", "=", type_zone)])
    named = zip(table["code"].to_pylist(), table["nom"].to_pylist(), strict=True)
    return {code: nom for code, nom in named if nom != SANS_ZONE}


def _named(identity: Feature) -> Feature:
    return {name: identity[name] for name in ("code", "nom", "population")}


@cache
def _departements(bundle: Path) -> dict[str, Feature]:
    table = pq.read_table(bundle / "zones.parquet", filters=[("type", "=", "departement")])
    return {
        row["code"]: {
            "code": row["code"],
            "nom": row["nom"],
            "bounds": [row["lon_min"], row["lat_min"], row["lon_max"], row["lat_max"]],
        }
        for row in table.to_pylist()
    }


def _feature(properties: Feature, geometry: shapely.Geometry) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(geometry))}


def _compress(content: Feature) -> bytes:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Without a date in the header, the same contours always give the same bytes, hence the same ETag.
    return gzip.compress(body.encode(), compresslevel=6, mtime=0)
