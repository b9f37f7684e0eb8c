"""The territory as a GeoPackage, for QGIS and others: its outline in a layer, its communes in another."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyogrio
import shapely

from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.geomatique.objets import Objet, communes, territoire

COUCHES = ("territoire", "communes")
# Wherever it is written, the same territory of the same day makes the same file.
_DATE = "OGR_CURRENT_DATE"


def gpkg(dossier: Dossier) -> bytes:
    """The file, in WGS 84. A figure that is masked or missing is NULL: never zero."""
    layers = zip(COUCHES, ([territoire(dossier)], communes(dossier)), strict=True)
    pyogrio.set_gdal_config_options({_DATE: f"{dossier.jour.isoformat()}T00:00:00.000Z"})
    # The library writes a base of several layers in a file only.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "territoire.gpkg"
        for layer, objets in layers:
            if objets:
                _write(path, layer, objets)
        return path.read_bytes()


def _write(path: Path, layer: str, objets: Sequence[Objet]) -> None:
    names = list(objets[0].proprietes)
    columns = [_column([each.proprietes[name] for each in objets]) for name in names]
    pyogrio.raw.write(
        path,
        np.array([_blob(each) for each in objets], dtype=object),
        columns,
        names,
        layer=layer,
        driver="GPKG",
        geometry_type="MultiPolygon",
        promote_to_multi=True,
        crs="EPSG:4326",
        append=path.exists(),
    )


def _blob(objet: Objet) -> bytes | None:
    return None if objet.contour is None else shapely.to_wkb(objet.contour)


def _column(values: Sequence[object]) -> np.ndarray:
    """A column of texts, of whole numbers, or of numbers, of which those missing are NaN, written NULL."""
    if any(isinstance(each, str) for each in values):
        return np.array(values, dtype=object)
    if all(isinstance(each, int) for each in values):
        return np.array(values, dtype=np.int64)
    return np.array([np.nan if each is None else each for each in values], dtype=np.float64)
