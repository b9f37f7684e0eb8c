"""The features of a KML: its placemarks that have a surface, always in degrees."""

from collections.abc import Iterator

from lxml import etree

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

_DECLARATIONS = "Ce KML contient des déclarations (DOCTYPE), qui ne sont pas lues. Exportez-le de nouveau."


def read_kml(content: bytes) -> list[Couche]:
    """The placemarks of a file, as one layer. No entity is opened, and nothing is fetched.

    Raises:
        PerimetreRefuseError: it is no KML, or larger than declared.
    """
    refuse_too_many_points(content.count(b",") // 3)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
        if root.getroottree().docinfo.doctype:
            raise PerimetreRefuseError(_DECLARATIONS)
        marks = list(root.iter("{*}Placemark"))
        refuse_too_many_features(len(marks))
        return [Couche(tuple(_entite(each) for each in marks), WGS_84)]
    except (etree.XMLSyntaxError, ValueError, IndexError) as error:
        if isinstance(error, PerimetreRefuseError):
            raise
        raise PerimetreRefuseError(ABIME) from error


def _entite(mark: etree._Element) -> Entite:
    properties = {"name": _text(mark.find("{*}name"))}
    for each in mark.iterfind(".//{*}Data"):
        properties[each.get("name", "")] = _text(each.find("{*}value"))
    for each in mark.iterfind(".//{*}SimpleData"):
        properties[each.get("name", "")] = _text(each)
    return Entite(properties, surface(_rings(each) for each in mark.iter("{*}Polygon")))


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _rings(polygon: etree._Element) -> list[list[list[float]]]:
    outer = list(_coordinates(polygon, "outerBoundaryIs"))
    return [*outer[:1], *_coordinates(polygon, "innerBoundaryIs")] if outer else []


def _coordinates(polygon: etree._Element, boundary: str) -> Iterator[list[list[float]]]:
    for ring in polygon.iterfind(f"{{*}}{boundary}//{{*}}coordinates"):
        yield [[float(number) for number in each.split(",")[:2]] for each in (ring.text or "").split()]
