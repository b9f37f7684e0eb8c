"""The features of a GeoJSON (RFC 7946, and the older form that says its coordinate system)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from cpts_geo.saisie.perimetres.entites import (
    ABIME,
    WGS_84,
    Couche,
    Entite,
    refuse_too_many_features,
    refuse_too_many_points,
    surface,
)
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError

_TOPOJSON = "Ce fichier est un TopoJSON, qui n’est pas lu. Exportez-le en GeoJSON."
_AUTRE_JSON = "Ce fichier JSON n’est pas une carte (GeoJSON)."
_EPSG = re.compile(r"EPSG:[\d.]*:?(\d{4,6})$", re.IGNORECASE)
_CRS_84 = re.compile(r"CRS84h?$", re.IGNORECASE)
# What is never the code of a known system: the system is then refused by its name.
_UNKNOWN = -1


def read_geojson(text: str) -> list[Couche]:
    """The features of a text, as one layer.

    Raises:
        PerimetreRefuseError: it is no GeoJSON, or larger than declared.
    """
    # Every position opens a bracket: counted before anything is made of them.
    refuse_too_many_points(text.count("[") // 2)
    try:
        content = json.loads(text, parse_constant=_no_number)
        given = list(_features(content))
        refuse_too_many_features(len(given))
        return [Couche(tuple(_entite(each) for each in given), _systeme(content))]
    except PerimetreRefuseError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError) as error:
        raise PerimetreRefuseError(ABIME) from error


def _no_number(constant: str) -> float:
    raise ValueError(constant)


def _features(content: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - whatever a JSON holds
    kind = content.get("type") if isinstance(content, dict) else None
    if kind == "Topology":
        raise PerimetreRefuseError(_TOPOJSON)
    if kind == "FeatureCollection":
        yield from content["features"]
    elif kind == "Feature":
        yield content
    elif kind in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        yield {"properties": None, "geometry": content}
    else:
        raise PerimetreRefuseError(_AUTRE_JSON)


def _entite(feature: dict[str, Any]) -> Entite:
    properties = feature.get("properties") or {}
    texts = {str(name): _text(value) for name, value in properties.items()}
    geometry = feature.get("geometry")
    return Entite(texts, surface(_polygons(geometry)) if geometry else None)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a JSON holds
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _polygons(geometry: dict[str, Any]) -> Iterator[Any]:
    kind = geometry["type"]
    if kind == "Polygon":
        yield geometry["coordinates"]
    elif kind == "MultiPolygon":
        yield from geometry["coordinates"]
    elif kind == "GeometryCollection":
        for each in geometry["geometries"]:
            yield from _polygons(each)


def _systeme(content: dict[str, Any]) -> int | None:
    """The system that an older file says; None when it says none, be it by the rule WGS 84."""
    said = content.get("crs")
    if not said:
        return None
    name = str(said["properties"]["name"])
    if _CRS_84.search(name):
        return WGS_84
    found = _EPSG.search(name)
    return int(found[1]) if found else _UNKNOWN
