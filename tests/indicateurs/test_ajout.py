"""One block in `indicateurs.toml` is all that it takes to show an indicator everywhere."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE, DECLARATIONS, ROOT

pytestmark = pytest.mark.lent

CODE, COLONNE, LIBELLE = "densite_allergologues", "allergologues", "Allergologues d’essai"
BLOC = f"""
[[indicateur]]
code = "{CODE}"
rubrique = "specialistes"
libelle = "{LIBELLE}"
unite = "pour 100 000 habitants"
agregation = "rapport"
numerateur = ["{COLONNE}"]
denominateur = ["population"]
colonnes = {{ {COLONNE} = "allergologues de l’essai" }}
facteur = 100_000
decimales = 2
effectif = "allergologues"
source = "rpps_2026"
sens = "haut"
definition = "Nombre d’allergologues pour 100 000 habitants."
"""
ISOLE = """
import pathlib, sys
from cpts_geo.socle import chemins
chemins.DECLARATIONS = pathlib.Path(sys.argv[1])
from tests.indicateurs.ajout import show
show(sys.argv[2], pathlib.Path(sys.argv[3]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a process shows that reads a copy of the declarations where one block has been added."""
    declared, written = tmp_path_factory.mktemp("declarations"), tmp_path_factory.mktemp("montre")
    shutil.copytree(DECLARATIONS, declared, dirs_exist_ok=True)
    with (declared / "indicateurs.toml").open("a", encoding="utf-8") as file:
        file.write(BLOC)
    subprocess.run([sys.executable, "-c", ISOLE, str(declared), CODE, str(written)], cwd=ROOT, check=True)
    return written


@pytest.fixture(scope="module")
def shown(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "montre.json").read_text(encoding="utf-8"))
    return content


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def test_it_is_new() -> None:
    used = {
        name
        for item in donnees().catalogue.indicateurs
        for name in item.numerateur + item.moins + item.denominateur
    }
    assert COLONNE not in used
    assert COLONNE in pd.read_parquet(BUNDLE / "indicateurs.parquet").columns


def test_it_is_in_the_catalogue_and_last_under_its_heading(shown: dict[str, Any]) -> None:
    (before,) = (rubrique for rubrique in donnees().catalogue.rubriques if "spécialistes" in rubrique.titre)
    assert shown["catalogue"]["libelle"] == LIBELLE
    assert shown["rapport"] == [[before.famille, before.titre, len(before.indicateurs)]]
    assert shown["valeur"] > 0


def test_it_is_offered_by_the_table_of_communes_and_by_the_map(shown: dict[str, Any]) -> None:
    assert shown["mesures"] == [CODE, f"{CODE}:nombre"]
    assert LIBELLE in shown["focus"]


def test_it_has_its_card_with_its_formula(shown: dict[str, Any]) -> None:
    assert LIBELLE in shown["fiche"]
    assert "allergologues de l’essai ÷ population municipale" in shown["fiche"].replace("&#39;", "’")


def test_it_is_in_every_file(folder: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(only(folder, "*.xlsx").read_bytes()))
    assert LIBELLE in {cell.value for row in book["Indicateurs"].iter_rows() for cell in row}
    text = zipfile.ZipFile(only(folder, "*.docx")).read("word/document.xml").decode("utf-8")
    assert LIBELLE in text
    assert any(LIBELLE in path.read_text(encoding="utf-8-sig") for path in folder.glob("*.csv"))
