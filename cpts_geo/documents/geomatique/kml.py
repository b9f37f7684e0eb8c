"""The territory as KML (OGC 12-007), for web maps: its outline, and a folder of its communes."""

from collections.abc import Iterator

import shapely
from lxml import etree
from lxml.builder import ElementMaker

from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.geomatique.objets import Objet, communes, territoire

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})


def kml(dossier: Dossier) -> bytes:
    """The file. A figure that is masked or missing is not there: never zero."""
    whole = territoire(dossier)
    inside = [_placemark(each) for each in communes(dossier)]
    document = _E.Document(
        _E.name(dossier.territoire.nom), _placemark(whole), _E.Folder(_E.name("Communes"), *inside)
    )
    written: bytes = etree.tostring(_E.kml(document), xml_declaration=True, encoding="UTF-8")
    return written


def _placemark(objet: Objet) -> etree._Element:
    said = [
        _E.Data(_E.value(str(value)), name=name)
        for name, value in objet.proprietes.items()
        if value is not None
    ]
    drawn = [] if objet.contour is None else [_E.MultiGeometry(*_polygons(objet.contour))]
    return _E.Placemark(_E.name(str(objet.proprietes["nom"])), _E.ExtendedData(*said), *drawn)


def _polygons(contour: shapely.Geometry) -> Iterator[etree._Element]:
    for part in shapely.get_parts(contour):
        outer, *holes = (_ring(ring) for ring in shapely.get_rings(part))
        yield _E.Polygon(_E.outerBoundaryIs(outer), *(_E.innerBoundaryIs(hole) for hole in holes))


def _ring(ring: shapely.Geometry) -> etree._Element:
    points = (f"{x},{y}" for x, y in shapely.get_coordinates(ring).tolist())
    return _E.LinearRing(_E.coordinates(" ".join(points)))
