"""What the server answers beside the pages."""

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cpts_geo.communes import prises
from cpts_geo.indicateurs.donnees import Donnees, donnees
from cpts_geo.interface import script
from cpts_geo.interface.service import serveur
from cpts_geo.socle.palette import palette


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=serveur.routes()))


@pytest.mark.parametrize("path", ["/geo/departements.geojson", "/geo/23.geojson", "/geo/2A.geojson"])
def test_contours_are_served_compressed(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/geo+json"
    assert response.headers["content-encoding"] == "gzip"
    assert response.json()["type"] == "FeatureCollection"


def test_contours_already_fetched_are_not_sent_again(client: TestClient) -> None:
    first = client.get("/geo/23.geojson")
    again = client.get("/geo/23.geojson", headers={"If-None-Match": first.headers["etag"]})
    changed = client.get("/geo/19.geojson", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.parametrize("code", ["99", "2", "../app", "%2e%2e"])
def test_an_unknown_departement_is_not_found(client: TestClient, code: str) -> None:
    assert client.get(f"/geo/{code}.geojson").status_code == 404


def test_a_zone_is_outlined(client: TestClient) -> None:
    response = client.get("/geo/epci/241700624.geojson")
    again = client.get("/geo/epci/241700624.geojson", headers={"If-None-Match": response.headers["etag"]})
    assert response.headers["content-type"] == "application/geo+json"
    assert response.json()["properties"]["nom"] == "CC de l'Ile d'Oléron"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("type_zone", ["epci", "canton", "bassin_vie", "departement"])
def test_zones_are_served_compressed(client: TestClient, type_zone: str) -> None:
    response = client.get(f"/zones/{type_zone}.json")
    again = client.get(f"/zones/{type_zone}.json", headers={"If-None-Match": response.headers["etag"]})
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) < 150_000
    assert {"nom", "population", "communes"} == set(next(iter(response.json().values())))
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/geo/epci/0.geojson", "/geo/region/75.geojson", "/zones/region.json", "/zones/%2e%2e.json"]
)
def test_an_unknown_zone_is_not_found(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["message"].endswith("n’existe pas.")


def test_the_script_of_the_map_is_kept_as_long_as_it_does_not_change(client: TestClient) -> None:
    for path in filter(Path.is_file, script.DOSSIER.rglob("*")):
        response = client.get(f"{script.adresse()}/{path.relative_to(script.DOSSIER).as_posix()}")
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
    assert client.get("/assets/carte-0/carte.js").status_code == 404


@pytest.mark.parametrize("path", ["/assets/icone.svg", "/assets/page.css", "/leaflet/leaflet.js"])
def test_other_files_are_revalidated_at_each_visit(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-cache"
    assert client.get(path, headers={"If-None-Match": response.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(("path", "kind"), [("/palette.css", "text/css"), ("/palette.js", "text/javascript")])
def test_the_palette_is_served_to_styles_and_to_the_script(client: TestClient, path: str, kind: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)
    assert palette().limite_departement in response.text


def test_files_outside_the_folders_are_not_served(client: TestClient) -> None:
    assert client.get("/assets/%2e%2e/app.py").status_code == 404


def test_search_describes_what_it_finds(client: TestClient) -> None:
    first = client.get("/recherche", params={"q": "la souterraine"}).json()[0]
    assert (first["code"], first["nom"]) == ("23176", "La Souterraine")
    assert (first["nom_departement"], first["codes_postaux"]) == ("Creuse", "23300")
    assert first["population"] > 4000


def test_search_describes_a_zone(client: TestClient) -> None:
    first = client.get("/recherche", params={"q": "cc ile d oleron"}).json()[0]
    assert (first["type"], first["code"], first["nom"]) == ("epci", "241700624", "CC de l'Ile d'Oléron")
    assert (first["communes"], first["lieu"]) == (8, "Charente-Maritime")
    assert first["nom_type"] == "EPCI"
    assert first["population"] > 20_000


def test_the_map_is_told_what_is_declared(client: TestClient) -> None:
    response = client.get("/declarations/carte.json")
    assert response.json() == json.loads(prises.pour_la_carte())
    again = client.get("/declarations/carte.json", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_search_shows_only_some_of_many_postal_codes(client: TestClient) -> None:
    toulouse = client.get("/recherche", params={"q": "toulouse"}).json()[0]
    assert toulouse["codes_postaux"].count("31") == serveur.MOST_POSTAL_CODES
    assert toulouse["codes_postaux"].endswith(", …")


@pytest.mark.parametrize("query", ["", "   ", "zzzzzz", "<script>", "a" * 10_000])
def test_search_answers_nothing_to_nonsense(client: TestClient, query: str) -> None:
    response = client.get("/recherche", params={"q": query})
    assert (response.status_code, response.json()) == (200, [])


@pytest.mark.lent
def test_what_is_read_ahead_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Donnees()
    monkeypatch.setattr("cpts_geo.indicateurs.donnees.donnees", lambda: held)
    serveur.recherche.cache_clear()
    serveur.premiere_page()
    assert vars(held).keys() & {"referentiel", "agregateur"} == {"referentiel"}
    for etape in serveur.etapes():
        etape()
    assert serveur.recherche.cache_info().currsize == 1
    assert {"referentiel", "fiches", "agregateur", "voisinage", "structures"} <= vars(held).keys()
    serveur.recherche.cache_clear()


def test_communes_are_coloured_by_an_indicator(client: TestClient) -> None:
    answer = client.get("/focus/ald.json?departements=23&base=23,87&methode=naturelles").json()
    assert set(answer["communes"]) == set(donnees().referentiel.codes("departement", "23"))
    assert answer["methode"] == "naturelles"
    assert sum(each["communes"] for each in answer["classes"]) > len(answer["communes"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/focus/inconnu.json?departements=23&base=23", "Cet indicateur n’existe pas"),
        ("/focus/ald.json?departements=23&base=23&methode=autre", "Cet indicateur n’existe pas"),
        ("/focus/nb_maternites.json?departements=23&base=23&methode=reference", "ne se compare pas"),
        ("/structures/inconnu.json?departements=23", "Ce type de structure n’existe pas"),
    ],
)
def test_what_cannot_be_mapped_is_said(client: TestClient, path: str, words: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert words in response.json()["message"]


def test_no_departement_gives_no_commune(client: TestClient) -> None:
    answer = client.get("/focus/ald.json").json()
    assert (answer["classes"], answer["communes"]) == ([], {})


def test_structures_are_placed(client: TestClient) -> None:
    answer = client.get("/structures/ehpad.json?departements=17").json()
    assert len(answer["points"]) > 50
    assert client.get("/structures/ehpad.json").json() == {"points": [], "comptes": []}
