"""The territory as GeoJSON (RFC 7946): its outline, then its communes, for any map software."""

import json
from typing import Any

import shapely

from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.geomatique.objets import DEGREES, Objet, communes, territoire


def geojson(dossier: Dossier) -> bytes:
    """The file: one feature for the whole territory, one by commune, told apart by `niveau`.

    Coordinates are longitude and latitude (WGS 84), outer rings counterclockwise. A commune without a
    contour is there with a null geometry. A figure that is masked or missing is null: never zero.
    """
    whole = territoire(dossier)
    content: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [_feature(each) for each in (whole, *communes(dossier))],
    }
    if whole.contour is not None:
        content["bbox"] = [round(float(each), DEGREES) for each in shapely.bounds(whole.contour)]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _feature(objet: Objet) -> dict[str, Any]:
    drawn = None if objet.contour is None else json.loads(shapely.to_geojson(objet.contour))
    return {"type": "Feature", "properties": objet.proprietes, "geometry": drawn}
