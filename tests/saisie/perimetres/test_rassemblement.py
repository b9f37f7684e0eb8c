"""A feature, or those of one name, make a perimeter; features that are communes are known by their codes."""

import json

import shapely

from cpts_geo.communes.contours import contours_of
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.perimetres.rassemblement import Perimetre, read_perimetres
from tests.outils.perimetres import CARRE

ROYAN, SAUJON = "17306", "17421"


def read(*features: tuple[dict[str, object], shapely.Geometry | None]) -> dict[str, Perimetre]:
    written = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": forme and json.loads(shapely.to_geojson(forme)),
        }
        for properties, forme in features
    ]
    content = json.dumps({"type": "FeatureCollection", "features": written}).encode()
    found = read_perimetres(content, "Mes CPTS.geojson", donnees().referentiel)
    return {each.nom: each for each in found}


def drawn(code: str) -> shapely.Geometry:
    return contours_of([code])[code]


def test_features_of_one_name_are_one_perimeter() -> None:
    away = shapely.box(3, 46, 3.1, 46.1)
    found = read(({"NOM_CPTS": "Rives", "nom": "a"}, CARRE), ({"NOM_CPTS": "RIVES"}, away), ({}, CARRE))
    assert list(found) == ["Rives", "Mes CPTS"]
    assert shapely.area(found["Rives"].forme) == shapely.area(CARRE) + shapely.area(away)


def test_communes_are_known_by_their_codes_and_their_territory() -> None:
    found = read(
        ({"code": ROYAN, "nom": "Royan", "CPTS": "Rives"}, drawn(ROYAN)),
        ({"code": SAUJON, "nom": "Saujon", "CPTS": "Rives"}, None),
        ({"code": "1001", "nom": "L’Abergement", "CPTS": "Ain"}, None),
    )
    assert {nom: each.codes for nom, each in found.items()} == {"Rives": (ROYAN, SAUJON), "Ain": ("01001",)}


def test_our_own_outline_is_left_for_its_communes() -> None:
    whole = {"niveau": "territoire", "nom": "Rives"}
    commune = {"niveau": "commune", "code": ROYAN, "nom": "Royan"}
    found = read((whole, CARRE), (commune, drawn(ROYAN)))
    assert found == {"Rives": Perimetre("Rives", (ROYAN,))}


def test_the_code_of_a_seat_does_not_make_a_territory_of_one_commune() -> None:
    found = read(({"nom": "Grande", "insee": ROYAN}, shapely.box(-1.5, 45.3, -0.5, 46)))
    assert found["Grande"].codes == ()
    assert found["Grande"].forme is not None


def test_a_city_is_its_arrondissements_and_a_former_code_its_commune() -> None:
    found = read(({"code": "69123", "territoire": "Lyon"}, None))
    assert len(found["Lyon"].codes) == 9
