"""The territory as GeoJSON (RFC 7946): its outline, then its communes, for any map software."""

import json
from typing import Any

import numpy as np
import shapely

from cpts_geo.communes.contours import contours_of, union
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.tables.csv_ecriture import DECIMALES
from cpts_geo.indicateurs.ecarts import Intervalle
from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.socle.nombres import arrondi, est_absent

_DEGREES = 6


def geojson(dossier: Dossier) -> bytes:
    """The file: one feature for the whole territory, one by commune.

    Coordinates are longitude and latitude (WGS 84), outer rings counterclockwise. A commune without a
    contour is there with a null geometry. A figure that is masked or missing is null: never zero.
    """
    codes = dossier.territoire.codes
    contours = contours_of(codes, BUNDLE)
    outline = union(np.array(list(contours.values()), dtype=object)) if contours else None
    whole = {
        "type": "territoire",
        "nom": dossier.territoire.nom,
        "date": dossier.jour.isoformat(),
        "communes": len(codes),
        "population": dossier.referentiel.population(codes),
        "source": "cpts-geo ; contours IGN, populations Insee",
    }
    content: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [
            _feature(whole, outline),
            *(_feature(_commune(dossier, code), contours.get(code)) for code in codes),
        ],
    }
    if outline is not None:
        content["bbox"] = [round(float(each), _DEGREES) for each in shapely.bounds(outline)]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _commune(dossier: Dossier, code: str) -> dict[str, Any]:
    commune, reference = dossier.referentiel[code], dossier.referentiel
    return {
        "type": "commune",
        "code": code,
        "nom": commune.nom,
        "departement": reference.nom_zone("departement", commune.departement),
        "epci": reference.nom_epci(commune),
        "population": commune.population,
        **_figures(dossier, code),
    }


def _figures(dossier: Dossier, code: str) -> dict[str, float | None]:
    """The figures of the table of communes that are exactly known."""
    return {
        cle.replace(":", "_"): _exact(by_commune[code])
        for cle, by_commune in dossier.table_communes.figures.items()
    }


def _exact(figure: Intervalle) -> float | None:
    known = figure.bas == figure.haut and not est_absent(figure.bas)
    return float(arrondi(figure.bas, DECIMALES)) if known else None


def _feature(properties: dict[str, Any], contour: shapely.Geometry | None) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": _geometry(contour)}


def _geometry(contour: shapely.Geometry | None) -> dict[str, Any] | None:
    if contour is None:
        return None
    rounded = shapely.transform(contour, lambda points: np.round(points, _DEGREES))
    valid = shapely.make_valid(rounded, method="structure", keep_collapsed=False)
    drawn: dict[str, Any] = json.loads(shapely.to_geojson(shapely.orient_polygons(valid)))
    return drawn
