"""Contours of communes, départements and other zones, as gzipped JSON ready to be served."""

import gzip
import json
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from cpts_geo.communes.contours import SANS_ZONE, Geometries, centres, light_outlines, outline, read_communes
from cpts_geo.communes.prises import types_zone
from cpts_geo.socle.chemins import BUNDLE

MOST_OUTLINES = 512  # kept in memory, 2 kB each

Feature = dict[str, Any]


@cache
def communes_geojson(departement: str, bundle: Path = BUNDLE) -> bytes:
    """Give the communes of a département, and its own exact outline under the key `contour`.

    Each commune carries code, nom, population (municipale), departement (name) and point, the
    longitude and latitude of the place inside it that is farthest from its border as drawn on the map.

    Raises:
        KeyError: no département has this code.
    """
    communes = read_communes(departement, bundle)
    geometries = _array(communes.values())
    identities = _identities(bundle)
    nom_departement = _departements(bundle)[departement]["nom"]
    points = np.round(_centres_on_map(geometries), 5).tolist()
    features = [
        _feature({**_named(identities[code]), "departement": nom_departement, "point": point}, geometry)
        for code, point, geometry in zip(communes, points, geometries, strict=True)
    ]
    contour = json.loads(shapely.to_geojson(outline(geometries)))
    return _compress({"type": "FeatureCollection", "contour": contour, "features": features})


@cache
def departements_geojson(bundle: Path = BUNDLE) -> bytes:
    """Give the simplified outlines of all départements, each with code, nom and bounds (W, S, E, N)."""
    departements = _departements(bundle)
    features = [_feature(departements[code], each) for code, each in light_outlines(bundle).items()]
    return _compress({"type": "FeatureCollection", "features": features})


@cache
def zones_json(type_zone: str, bundle: Path = BUNDLE) -> bytes:
    """Give every zone of a type by code: nom, population (municipale), and codes of its communes in order.

    Raises:
        KeyError: no zone of this type can be taken at one click.
    """
    if type_zone not in types_zone():
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
    if type_zone not in types_zone():
        raise KeyError(type_zone)
    nom = _noms(type_zone, bundle)[code]
    communes = [row for row in _identities(bundle).values() if row[type_zone] == code]
    codes = {row["code"] for row in communes}
    departements = sorted({row["departement"] for row in communes})
    geometries = _array(
        geometry
        for departement in departements
        for commune, geometry in read_communes(departement, bundle).items()
        if commune in codes
    )
    return _compress(_feature({"type": type_zone, "code": code, "nom": nom}, outline(geometries)))


def _centres_on_map(geometries: Geometries) -> NDArray[np.float64]:
    """Longitudes and latitudes of the `centres`; on the map a degree of longitude is the narrower one."""
    latitude = shapely.get_coordinates(geometries)[:, 1].mean()
    scale = np.array([np.cos(np.radians(latitude)), 1.0])
    return np.asarray(centres(shapely.transform(geometries, lambda points: points * scale)) / scale)


@cache
def _identities(bundle: Path) -> dict[str, Feature]:
    columns = ["code", "nom", "population", *types_zone()]
    table = pq.read_table(bundle / "communes.parquet", columns=columns)
    return {row["code"]: row for row in table.to_pylist()}


@cache
def _noms(type_zone: str, bundle: Path) -> dict[str, str]:
    table = pq.read_table(bundle / "zones.parquet", filters=[("type", "=", type_zone)])
    named = zip(table["code"].to_pylist(), table["nom"].to_pylist(), strict=True)
    return {code: nom for code, nom in named if nom != SANS_ZONE}


def _array(geometries: Iterable[shapely.Geometry]) -> Geometries:
    return np.array(list(geometries), dtype=object)


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
