"""Files of perimeters that would fill the memory, hold the server, or draw nothing."""

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing

import numpy as np

from tests.outils.perimetres import CARRE, LAMBERT_93, frame, written, zipped

_POINTS = 10_000_000


def geojson(rings: object, kind: str = "Polygon", said: str = "") -> bytes:
    """One feature, drawn by these coordinates."""
    geometry = {"type": kind, "coordinates": rings}
    feature = {"type": "Feature", "properties": {"nom": "Essai"}, "geometry": geometry}
    crs = {"crs": {"type": "name", "properties": {"name": said}}} if said else {}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **crs}).encode()


def _many_points() -> bytes:
    ring = b"[0,46]," * (20_000_000 // 7 - 50)
    return b'{"type":"Polygon","coordinates":[[' + ring + b"[1,47]]]}"


def _many_points_zipped() -> bytes:
    """A shapefile whose only polygon has ten million points."""
    length = 44 + 4 + 4 + 16 * _POINTS
    header = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + 8 + length) // 2)
    header += struct.pack("<2i8d", 1000, 5, 0, 46, 1, 47, 0, 0, 0, 0)
    record = struct.pack(">2i", 1, length // 2) + struct.pack("<i4d3i", 5, 0, 46, 1, 47, 1, _POINTS, 0)
    return zipped({"a.shp": header + record + struct.pack("<2d", 0.5, 46.5) * _POINTS})


def _scrawl() -> bytes:
    points = np.random.default_rng(0).random((100_000, 2)) + np.array([0, 46])
    return geojson([points.round(3).tolist()])


def _stacked() -> bytes:
    """Thousands of squares that all lie on each other."""
    squares = [
        [[[shift, 46 + shift], [1, 46 + shift], [1, 47], [shift, 47], [shift, 46 + shift]]]
        for shift in (np.arange(20_000) / 1e5).tolist()
    ]
    return geojson(squares, "MultiPolygon")


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{rank} "{f"&a{rank - 1};" * 10 if rank else "ha"}">' for rank in range(10))
    return f"<!DOCTYPE kml [{entities}]><kml><Placemark><name>&a9;</name></Placemark></kml>".encode()


def _external() -> bytes:
    return (
        b'<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b"<kml><Placemark><name>&a;</name></Placemark></kml>"
    )


def _bomb() -> bytes:
    return zipped({"a.kml": b"<kml>" + b" " * 200_000_000})


def _nested(levels: int = 5) -> bytes:
    content = b" " * 1_000_000
    for _ in range(levels):
        content = zipped({"a.kml": content})
    return content


def _base(*statements: str) -> bytes:
    """A GeoPackage changed by these statements."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(written(frame(["Essai"], [CARRE]), "GPKG"))
        base.execute("PRAGMA trusted_schema = ON")
        for each in statements:
            base.execute(each)
        base.commit()
        return bytes(base.serialize())


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, i AS geom FROM n"


def _endless_view() -> bytes:
    """A layer that is a question without end."""
    return _base(
        "CREATE TABLE kept AS SELECT * FROM gpkg_contents",
        f"CREATE VIEW endless AS {_ENDLESS}",
        "UPDATE gpkg_geometry_columns SET table_name = 'endless'",
        "UPDATE gpkg_contents SET table_name = 'endless'",
    )


def _endless_contents() -> bytes:
    return _base(
        "ALTER TABLE gpkg_contents RENAME TO kept",
        f"CREATE VIEW gpkg_contents AS {_ENDLESS}",
    )


def _vrt() -> bytes:
    """What a library of maps would take for the address of another file."""
    source = b"<SrcDataSource>/etc/passwd</SrcDataSource>"
    return b'<OGRVRTDataSource><OGRVRTLayer name="a">' + source + b"</OGRVRTLayer></OGRVRTDataSource>"


def _kml(coordinates: str) -> bytes:
    ring = f"<LinearRing><coordinates>{coordinates}</coordinates></LinearRing>"
    polygon = f"<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon>"
    return f"<kml><Placemark><name>a</name>{polygon}</Placemark></kml>".encode()


def _shapefile_without(extension: str) -> bytes:
    content = written(frame(["Essai"], [CARRE]), "ESRI Shapefile", LAMBERT_93)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped(
            {name: archive.read(name) for name in archive.namelist() if not name.endswith(extension)}
        )


_SQUARE = [[0, 46], [0.1, 46], [0.1, 46.1], [0, 46.1], [0, 46]]
_EPSG = "urn:ogc:def:crs:EPSG::{}"


# What each is, and a part of what is said of it.
HOSTILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "millions of points": (_many_points, "trop de points"),
    "millions of points, zipped": (_many_points_zipped, "trop lourd"),
    "millions of points, KML": (lambda: _kml("0,46 " * 3_900_000), "trop de points"),
    "scrawl": (_scrawl, "se recoupe trop"),
    "stacked squares": (_stacked, "se recoupe trop"),
    "billion laughs": (_laughs, "abîmé"),
    "external entity": (_external, "DOCTYPE"),
    "zip bomb": (_bomb, "trop lourd"),
    "archives in archives": (_nested, "pas un périmètre"),
    "endless view": (_endless_view, "aucune couche"),
    "endless contents": (_endless_contents, "aucune couche"),
    "another file, by its path": (_vrt, "pas un périmètre"),
    "deep": (lambda: b'{"type":"Polygon","coordinates":' + b"[" * 900_000, "abîmé"),
    "truncated JSON": (lambda: geojson([_SQUARE])[:-40], "abîmé"),
    "truncated base": (lambda: _base()[:9_000], "abîmé"),
    "truncated KML": (lambda: _kml("0,46 1,46 1,47")[:-30], "abîmé"),
    "no number": (lambda: geojson([[["a", 46], [0.1, 46], [0.1, 46.1]]]), "abîmé"),
    "not a number": (lambda: geojson([[[float("nan"), 46], [0.1, 46], [0.1, 46.1]]]), "abîmé"),
    "infinite": (lambda: _kml("inf,46 1,46 1,47"), "système"),
    "no feature": (lambda: b'{"type":"FeatureCollection","features":[]}', "aucune surface"),
    "empty geometry": (lambda: geojson([]), "aucune surface"),
    "a point": (lambda: geojson([0, 46], "Point"), "aucune surface"),
    "no area": (lambda: geojson([[[0, 46], [1, 46], [0, 46]]]), "n’entoure aucune surface"),
    "flat": (lambda: geojson([[[0, 46], [1, 46], [2, 46], [0, 46]]]), "n’entoure aucune surface"),
    "wrong system": (
        lambda: geojson([[[6e5, 65e5], [61e4, 65e5], [61e4, 66e5]]], said=_EPSG.format(4326)),
        "pas dans le système",
    ),
    "unknown system": (lambda: geojson([_SQUARE], said=_EPSG.format(27700)), "pas de ceux"),
    "system of no sense": (
        lambda: geojson([_SQUARE], said="+proj=x +nadgrids=/etc/passwd"),
        "pas de ceux",
    ),
    "no system": (lambda: geojson([[[9e6, 9e6], [9.1e6, 9e6], [9.1e6, 9.1e6]]]), "ne dit pas son système"),
    "TopoJSON": (lambda: b'{"type":"Topology","objects":{},"arcs":[]}', "TopoJSON"),
    "no map": (lambda: b'{"type":"projet","features":1}', "pas une carte"),
    "shapefile without table": (lambda: _shapefile_without(".shp"), "pas un périmètre"),
    "not an archive": (lambda: b"PK\x03\x04" + b"a" * 100, "abîmée"),
}
