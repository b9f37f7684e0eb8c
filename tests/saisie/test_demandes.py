"""What a command line is given: every territory, or a refusal; lines left out are told."""

import re
import zipfile
from pathlib import Path

import pytest
import shapely

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.commande import told
from cpts_geo.saisie.demandes import AUCUNE_COLONNE, Consignes, Demande, read
from tests.outils.perimetres import LAMBERT_93, frame, outlines
from tests.outils.perimetres import written as written_map

LISTE = "Nom CPTS;Commune\nRives;Royan\nRives;Saujon\nPort;Aytré\nPort;Lagord\n"


def asked(path: Path, **consignes: object) -> list[Demande]:
    return read(str(path), donnees().referentiel, Consignes(**consignes))  # type: ignore[arg-type]


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def communes(demandes: list[Demande]) -> dict[str, tuple[str, ...]]:
    return {each.nom: each.projet.territoire.codes if each.projet else () for each in demandes}


def test_a_table_gives_every_territory_and_says_how_it_was_read(tmp_path: Path) -> None:
    found = asked(written(tmp_path, "cpts.csv", LISTE))
    assert communes(found) == {"Rives": ("17306", "17421"), "Port": ("17028", "17200")}
    assert found[0].lecture == (
        "en-têtes ligne 1, nom de commune «\u00a0Commune\u00a0», CPTS «\u00a0Nom CPTS\u00a0»"
    )


def test_a_column_that_may_name_territories_must_be_told(tmp_path: Path) -> None:
    path = written(tmp_path, "secteurs.csv", LISTE.replace("Nom CPTS", "Secteur"))
    (refused,) = asked(path)
    assert refused.projet is None
    assert "--colonne-cpts" in refused.probleme
    assert "Secteur" in refused.probleme
    assert list(communes(asked(path, colonne="secteur"))) == ["Rives", "Port"]
    (whole,) = asked(path, colonne=AUCUNE_COLONNE)
    assert whole.projet
    assert len(whole.projet.territoire.codes) == 4
    (unknown,) = asked(path, colonne="Quartier")
    assert "Aucune colonne" in unknown.probleme


def test_lines_left_out_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "liste.csv", "Commune\nRoyan\nxyzzy\nSaujon\n")
    (refused,) = asked(path)
    assert (refused.projet, [each.texte for each in refused.laissees]) == (None, ["xyzzy"])
    (taken,) = asked(path, ignorer=True)
    assert taken.projet
    assert [each.numero for each in taken.laissees] == [3]


def test_a_text_is_a_list_unless_it_has_headings(tmp_path: Path) -> None:
    plain = asked(written(tmp_path, "liste.txt", "Royan, Charente-Maritime\n\tSaujon\n"))
    assert communes(plain) == {"liste": ("17306", "17421")}
    table = asked(written(tmp_path, "table.txt", LISTE.replace(";", "\t"), "cp1252"))
    assert list(communes(table)) == ["Rives", "Port"]


def test_the_files_that_a_spreadsheet_leaves_are_skipped(tmp_path: Path) -> None:
    written(tmp_path, "~$cpts.xlsx", "verrou")
    written(tmp_path, ".~lock.cpts.ods#", "verrou")
    written(tmp_path, "liste.csv", "Commune\nRoyan\n")
    assert list(communes(asked(tmp_path))) == ["liste"]


@pytest.mark.parametrize("name", ["vide.csv", "abime.xlsx", "abime.zip"])
def test_a_file_that_cannot_be_read_is_a_territory_with_a_problem(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"" if name.endswith("csv") else b"PK\x03\x04abime")
    (found,) = asked(path)
    assert found.probleme.startswith(f"{name}\u00a0: ")


def test_an_archive_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8")
    (found,) = asked(path)
    assert found.probleme


def test_perimeters_are_territories_and_their_parts_are_told(tmp_path: Path) -> None:
    drawn = outlines({"Rives": ("17306", "17421"), "Port": ("17028", "17200")})
    path = tmp_path / "cpts.gpkg"
    path.write_bytes(written_map(drawn, "GPKG", LAMBERT_93))
    found = communes(asked(path))
    assert {nom: set(codes) for nom, codes in found.items()} == {
        "Rives": {"17306", "17421"},
        "Port": {"17028", "17200"},
    }
    assert list(communes(asked(tmp_path))) == ["Rives", "Port"]


@pytest.mark.parametrize("name", ["perimetre.json", "perimetre.geojson"])
def test_communes_covered_in_part_are_left_out_and_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(written_map(frame(["Rives"], [shapely.box(-1.2, 45.5, -0.93, 45.8)]), "GeoJSON"))
    (found,) = asked(path, nom="Autre nom")
    assert found.nom == "Autre nom"
    assert found.projet
    assert "17306" in found.projet.territoire.codes
    assert re.search(r"\w+ \(\d+\u00a0%\)", found.en_partie)
    told_lines = list(told([found], tout=False))
    assert told_lines == [
        f"Autre nom, communes couvertes en partie, laissées de côté\u00a0: {found.en_partie}."
    ]


def test_a_perimeter_that_is_refused_says_why(tmp_path: Path) -> None:
    path = tmp_path / "vide.geojson"
    path.write_bytes(b'{"type":"FeatureCollection","features":[]}')
    (found,) = asked(path)
    assert found.probleme.startswith("vide.geojson\u00a0: Ce fichier ne contient aucune surface")
