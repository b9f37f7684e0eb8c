"""The three map files hold the same features, all their properties documented, and come back exactly."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyogrio
import pytest
from lxml import etree

from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.geomatique.geojson import geojson
from cpts_geo.documents.geomatique.gpkg import COUCHES, gpkg
from cpts_geo.documents.geomatique.kml import kml
from cpts_geo.documents.geomatique.objets import communes, territoire
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.perimetres.communes_couvertes import couvertures
from cpts_geo.saisie.perimetres.rassemblement import read_perimetres
from cpts_geo.socle.chemins import ROOT
from tests.outils.dossiers import HOSTILES, JOUR, RURAL, TERRITOIRES, dossier

ECRITS = {"geojson": geojson, "gpkg": gpkg, "kml": kml}
DOCUMENTATION = (ROOT / "docs" / "cartes.md").read_text(encoding="utf-8")


def in_gpkg(content: bytes, asked: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(content)
        return base.execute(asked).fetchall()


def test_every_property_is_documented_and_no_other_is() -> None:
    own = dossier(RURAL)
    written = {*territoire(own).proprietes, *communes(own)[0].proprietes}
    assert written == set(re.findall(r"^\| `(\w+)` \|", DOCUMENTATION, re.MULTILINE))
    assert all(each.libelle in DOCUMENTATION for each in own.table_communes.mesures)


@pytest.mark.parametrize("nom", TERRITOIRES)
@pytest.mark.parametrize("ecrit", ECRITS)
def test_a_territory_comes_back_exactly(nom: str, ecrit: str) -> None:
    content = ECRITS[ecrit](dossier(TERRITOIRES[nom]))
    (found,) = couvertures(read_perimetres(content, "a", donnees().referentiel), donnees().referentiel)
    assert (found.nom, found.codes, found.en_partie) == (TERRITOIRES[nom].nom, TERRITOIRES[nom].codes, {})


@pytest.mark.parametrize("write", ECRITS.values())
def test_a_commune_without_contour_comes_back_too(write: Callable[[Dossier], bytes]) -> None:
    undrawn = donnees().referentiel.communes.query("not a_contour").index[0]
    own = Dossier.open_projet(Projet.nouveau(Territoire("x", (undrawn,))), JOUR, donnees())
    (found,) = read_perimetres(write(own), "a", donnees().referentiel)
    assert found.codes == (undrawn,)


def test_what_is_the_territory_and_what_is_a_commune_is_said() -> None:
    levels = [each["properties"]["niveau"] for each in json.loads(geojson(dossier(RURAL)))["features"]]
    assert levels == ["territoire", *["commune"] * len(RURAL)]


def test_the_outline_and_the_communes_are_two_layers(tmp_path: Path) -> None:
    content = gpkg(dossier(RURAL))
    path = tmp_path / "territoire.gpkg"
    path.write_bytes(content)
    assert sorted(pyogrio.list_layers(path)[:, 0]) == sorted(COUCHES)
    assert pyogrio.read_info(path, layer="communes")["crs"] == "EPSG:4326"
    ((people,),) = in_gpkg(content, "SELECT SUM(population) FROM communes")
    assert in_gpkg(content, "SELECT population, communes FROM territoire") == [(people, len(RURAL))]


def test_the_same_territory_makes_the_same_file() -> None:
    assert gpkg(dossier(RURAL)) == gpkg(dossier(RURAL))


def test_a_masked_figure_is_nowhere_a_zero() -> None:
    own = dossier(TERRITOIRES["grand"])
    unknown = [
        (each.proprietes["code"], name)
        for each in communes(own)
        for name, value in each.proprietes.items()
        if value is None
    ]
    code, name = unknown[0]
    assert in_gpkg(gpkg(own), f"SELECT {name} FROM communes WHERE code = '{code}'") == [(None,)]  # noqa: S608
    root = etree.fromstring(kml(own))
    (mark,) = root.xpath(f"//*[local-name()='Placemark'][.//*[@name='code']/*='{code}']")
    assert not mark.xpath(f".//*[@name='{name}']")


@pytest.mark.parametrize("nom", HOSTILES[:5])
def test_a_name_is_only_a_name(nom: str) -> None:
    own = Dossier.open_projet(Projet.nouveau(Territoire(nom, RURAL.codes[:3])), JOUR, donnees())
    for write in ECRITS.values():
        (found,) = read_perimetres(write(own), "a", donnees().referentiel)
        assert found.nom == own.territoire.nom
