"""What map files hold: the territory and its communes, each with its properties (docs/cartes.md)."""

from dataclasses import dataclass

import numpy as np
import shapely

from cpts_geo.communes.contours import contours_of, union
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.tables.csv_ecriture import DECIMALES
from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.socle.nombres import arrondi, est_absent

DEGREES = 6

Propriete = str | int | float | None


@dataclass(frozen=True, slots=True)
class Objet:
    """A feature: its properties, and its surface in degrees (WGS 84); None where there is no contour.

    `niveau`, among the properties, says what it is: "territoire" or "commune".
    """

    proprietes: dict[str, Propriete]
    contour: shapely.Geometry | None


def territoire(dossier: Dossier) -> Objet:
    """The territory as a whole, with its figures."""
    codes = dossier.territoire.codes
    contours = contours_of(codes, BUNDLE)
    outline = union(np.array(list(contours.values()), dtype=object)) if contours else None
    totals = dossier.table_communes.totaux
    properties: dict[str, Propriete] = {
        "niveau": "territoire",
        "nom": dossier.territoire.nom,
        "date": dossier.jour.isoformat(),
        "communes": len(codes),
        "population": dossier.referentiel.population(codes),
        "source": "cpts-geo ; contours IGN, populations Insee",
        **{_named(measure.cle): _exact(*measure.total(total)) for measure, total in totals},
    }
    return Objet(properties, None if outline is None else _rounded(outline))


def communes(dossier: Dossier) -> list[Objet]:
    """The communes of the territory, in its order, with their figures."""
    contours = contours_of(dossier.territoire.codes, BUNDLE)
    return [
        Objet(_commune(dossier, code), _rounded(contours[code]) if code in contours else None)
        for code in dossier.territoire.codes
    ]


def _commune(dossier: Dossier, code: str) -> dict[str, Propriete]:
    commune, reference = dossier.referentiel[code], dossier.referentiel
    return {
        "niveau": "commune",
        "territoire": dossier.territoire.nom,
        "code": code,
        "nom": commune.nom,
        "departement": reference.nom_zone("departement", commune.departement),
        "epci": reference.nom_epci(commune),
        "population": commune.population,
        **{
            _named(cle): _exact(*by_commune[code])
            for cle, by_commune in dossier.table_communes.figures.items()
        },
    }


def _named(cle: str) -> str:
    return cle.replace(":", "_")


def _exact(low: float | None, high: float | None) -> float | None:
    """A figure that is exactly known; masked or missing, it is None: never zero."""
    if low is None or low != high or est_absent(low):
        return None
    return float(arrondi(low, DECIMALES))


def _rounded(contour: shapely.Geometry) -> shapely.Geometry:
    """A contour of a tenth of a metre, valid, its outer rings counterclockwise (RFC 7946)."""
    rounded = shapely.transform(contour, lambda points: np.round(points, DEGREES))
    valid = shapely.make_valid(rounded, method="structure", keep_collapsed=False)
    return shapely.orient_polygons(valid)
