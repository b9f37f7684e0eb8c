"""Perimeters as map software writes them: the same outlines in every format and coordinate system."""

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from cpts_geo.communes.contours import contours_of, union

WGS_84, LAMBERT_93 = 4326, 2154
_EXTENSIONS = {"GeoJSON": "geojson", "GPKG": "gpkg", "KML": "kml", "ESRI Shapefile": "shp"}
CARRE = shapely.box(0.0, 46.0, 0.1, 46.1)


def outlines(territoires: Mapping[str, Sequence[str]]) -> gpd.GeoDataFrame:
    """The outline of each territory, by name, in degrees."""
    drawn = [
        union(np.array(list(contours_of(codes).values()), dtype=object)) for codes in territoires.values()
    ]
    return frame(list(territoires), drawn)


def frame(noms: Sequence[str], formes: Sequence[shapely.Geometry]) -> gpd.GeoDataFrame:
    """Outlines by name, in degrees."""
    return gpd.GeoDataFrame({"nom": list(noms)}, geometry=list(formes), crs=WGS_84)


def written(outlines: gpd.GeoDataFrame, driver: str, systeme: int = WGS_84) -> bytes:
    """The bytes of a file of this format; a shapefile is zipped."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"couche.{_EXTENSIONS[driver]}"
        outlines.to_crs(systeme).to_file(path, driver=driver)
        if driver != "ESRI Shapefile":
            return path.read_bytes()
        return zipped({f"perimetres/{each.name}": each.read_bytes() for each in path.parent.iterdir()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these files."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return saved.getvalue()


def all_formats(outlines: gpd.GeoDataFrame) -> dict[str, bytes]:
    """A file by format, and by coordinate system where the format says one."""
    asked = [
        (driver, systeme)
        for driver in ("GeoJSON", "GPKG", "ESRI Shapefile")
        for systeme in (WGS_84, LAMBERT_93)
    ]
    files = {f"{driver} {systeme}": written(outlines, driver, systeme) for driver, systeme in asked}
    return files | {"KML": written(outlines, "KML")}
