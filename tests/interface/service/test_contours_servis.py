"""Contours as they are served: every commune, with the right properties, in the right place."""

import gzip
import json
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from cpts_geo.communes.contours import SANS_ZONE
from cpts_geo.communes.prises import TypeZone, types_zone
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.service import contours_servis
from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.sources.geographie.departements_contours import OUTLINE_DETAIL

CORREZE = "19"
CHARENTE = "16"
WITHOUT_CONTOUR = "15031"


def read(body: bytes) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(gzip.decompress(body))
    return collection


def test_a_departement_holds_all_its_communes_that_have_a_contour() -> None:
    communes = donnees().referentiel.communes
    expected = communes.index[communes["departement"].eq(CORREZE) & communes["a_contour"]]
    features = read(contours_servis.communes_geojson(CORREZE))["features"]
    assert [feature["properties"]["code"] for feature in features] == sorted(expected)


def test_a_commune_carries_its_name_population_and_departement() -> None:
    features = read(contours_servis.communes_geojson(CORREZE))["features"]
    tulle = next(f["properties"] for f in features if f["properties"]["code"] == "19272")
    assert (tulle["nom"], tulle["departement"]) == ("Tulle", "Corrèze")
    assert tulle["population"] == donnees().referentiel.population(["19272"])


def test_the_point_of_each_commune_is_inside_it() -> None:
    for feature in read(contours_servis.communes_geojson(CORREZE))["features"]:
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert geometry.contains(shapely.Point(feature["properties"]["point"]))


def test_no_point_is_farther_from_the_border_than_that_of_a_commune() -> None:
    # At the scale of a whole région, borders are drawn simplified: a point close to one falls in a neighbour.
    features = read(contours_servis.communes_geojson(CHARENTE))["features"]
    drawn = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    geometries = shapely.transform(drawn, on_map)
    centres = on_map(np.array([feature["properties"]["point"] for feature in features]))
    borders = shapely.boundary(geometries)
    clear = shapely.distance(borders, shapely.points(centres))
    anywhere = shapely.distance(borders, shapely.point_on_surface(geometries))
    assert (clear >= 0.99 * anywhere).all()
    assert (shapely.distance(borders, shapely.centroid(geometries))[clear > 0] <= 1.01 * clear).mean() > 0.97


def on_map(points: np.ndarray) -> np.ndarray:
    """Degrees of the same length on the map in both directions, at the latitude of Charente."""
    return points * np.array([np.cos(np.radians(45.7)), 1.0])


def test_the_outline_of_a_departement_is_that_of_its_communes() -> None:
    collection = read(contours_servis.communes_geojson(CORREZE))
    outline = shapely.from_geojson(json.dumps(collection["contour"]))
    communes = shapely.from_geojson([json.dumps(f["geometry"]) for f in collection["features"]])
    assert outline.area == pytest.approx(shapely.area(communes).sum(), rel=1e-3)


def test_an_unknown_departement_is_refused() -> None:
    with pytest.raises(KeyError):
        contours_servis.communes_geojson("99")


@pytest.mark.parametrize("type_zone", types_zone())
def test_zones_hold_all_their_communes_and_inhabitants(type_zone: TypeZone) -> None:
    zones = read(contours_servis.zones_json(type_zone))
    known = donnees().referentiel
    named = known.zones(type_zone)["nom"]
    assert sorted(zones) == sorted(named.index[named != SANS_ZONE])
    for code, zone in zones.items():
        assert zone["nom"] == known.nom_zone(type_zone, code)
        assert zone["population"] == known.population(zone["communes"])
    held = known.communes[type_zone].loc[lambda codes: codes.isin(list(zones))]
    assert sorted(c for zone in zones.values() for c in zone["communes"]) == sorted(held.index)


def test_communes_without_canton_are_no_canton() -> None:
    cantons = read(contours_servis.zones_json("canton"))
    assert "Sans objet" not in {zone["nom"] for zone in cantons.values()}
    assert "97209" not in {code for zone in cantons.values() for code in zone["communes"]}


def test_a_commune_without_contour_belongs_to_its_zones() -> None:
    zones = read(contours_servis.zones_json("epci"))
    assert WITHOUT_CONTOUR in zones["200066637"]["communes"]


def test_islands_may_belong_to_no_epci() -> None:
    held = {code for zone in read(contours_servis.zones_json("epci")).values() for code in zone["communes"]}
    assert set(donnees().referentiel.communes.index) - held == {"22016", "29083", "29155", "85113"}


@pytest.mark.parametrize(
    ("type_zone", "code"),
    [
        ("epci", "241700624"),
        ("epci", "200067213"),  # 143 communes
        ("epci", "200066637"),  # holds communes without contour
        ("canton", "1713"),
        ("bassin_vie", "87085"),
        ("departement", "2A"),
    ],
)
def test_the_outline_of_a_zone_is_that_of_its_communes(type_zone: TypeZone, code: str) -> None:
    outline = read(contours_servis.zone_geojson(type_zone, code))
    held = set(donnees().referentiel.codes(type_zone, code))
    table = pq.read_table(BUNDLE / "contours.parquet", columns=["code", "geometry"])
    of_zone = [row["geometry"] for row in table.to_pylist() if row["code"] in held]
    drawn = shapely.from_geojson(json.dumps(outline["geometry"]))
    assert drawn.area == pytest.approx(shapely.area(shapely.from_wkb(of_zone)).sum(), rel=1e-3)
    nom = donnees().referentiel.nom_zone(type_zone, code)
    assert outline["properties"] == {"type": type_zone, "code": code, "nom": nom}


def test_the_outline_of_a_zone_across_departements_is_in_one_piece() -> None:
    departements = donnees().referentiel.communes.loc[
        list(donnees().referentiel.codes("epci", "200054781")), "departement"
    ]
    assert departements.nunique() > 1
    outline = read(contours_servis.zone_geojson("epci", "200054781"))
    assert len(outline["geometry"]["coordinates"]) == 1


@pytest.mark.parametrize(
    ("type_zone", "code"),
    [("epci", "0"), ("region", "75"), ("", ""), ("nom", "Limoges"), ("canton", "87085")],
)
def test_an_unknown_zone_is_refused(type_zone: str, code: str) -> None:
    with pytest.raises(KeyError):
        contours_servis.zone_geojson(type_zone, code)


@pytest.mark.parametrize("type_zone", ["region", "commune", ""])
def test_an_unknown_type_of_zone_is_refused(type_zone: str) -> None:
    with pytest.raises(KeyError):
        contours_servis.zones_json(type_zone)


def test_every_departement_is_outlined_within_its_bounds() -> None:
    features = read(contours_servis.departements_geojson())["features"]
    assert [f["properties"]["code"] for f in features] == sorted(
        donnees().referentiel.zones("departement").index
    )
    for feature in features:
        west, south, east, north = feature["properties"]["bounds"]
        around = shapely.box(west, south, east, north).buffer(2 * OUTLINE_DETAIL)
        outline = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert around.contains(outline), feature["properties"]["nom"]
        assert outline.area > 0
