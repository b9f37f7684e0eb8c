"""Every format is read to the same outlines, and what is hostile is refused in French, at once."""

import time

import pytest
import shapely

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.perimetres.lecture import is_perimetre, read_couches
from cpts_geo.saisie.perimetres.rassemblement import Perimetre, read_perimetres
from cpts_geo.saisie.refus import SaisieRefuseeError
from tests.outils.perimetres import CARRE, all_formats, frame, zipped
from tests.outils.perimetres_hostiles import HOSTILES

ILE = shapely.box(55.4, -21.2, 55.6, -21.0)
TROU = shapely.box(2.0, 46.0, 2.3, 46.3).difference(shapely.box(2.1, 46.1, 2.2, 46.2))
FICHIERS = all_formats(frame(["Carré", "Troué", "Île"], [CARRE, TROU, ILE]))


def read(content: bytes) -> tuple[Perimetre, ...]:
    return read_perimetres(content, "Essai.geojson", donnees().referentiel)


@pytest.mark.parametrize("nom", FICHIERS)
def test_every_format_gives_the_same_outlines(nom: str) -> None:
    assert is_perimetre(FICHIERS[nom])
    found = [each for couche in read_couches(FICHIERS[nom]) for each in couche.entites]
    for entite, forme in zip(found, (CARRE, TROU, ILE), strict=True):
        assert shapely.area(shapely.symmetric_difference(entite.forme, forme)) < 1e-5
    assert [each.nom for each in read(FICHIERS[nom])] == ["Carré", "Troué", "Île"]


def test_files_of_an_archive_are_read_together() -> None:
    content = zipped({"a.geojson": FICHIERS["GeoJSON 4326"], "__MACOSX/b.kml": b"", "lisez-moi.txt": b"a"})
    assert [each.nom for each in read(content)] == ["Carré", "Troué", "Île"]


@pytest.mark.parametrize(
    "content", [b"Commune;Code\nRoyan;17306\n", b"<html><table></table></html>", b"", b"PK"]
)
def test_a_table_is_no_perimeter(content: bytes) -> None:
    assert not is_perimetre(content)


@pytest.mark.parametrize("nom", HOSTILES)
def test_what_is_hostile_is_refused_in_french_and_at_once(nom: str) -> None:
    make, words = HOSTILES[nom]
    content = make()
    start = time.process_time()
    with pytest.raises(SaisieRefuseeError, match=words):
        read(content)
    assert time.process_time() - start < 5
