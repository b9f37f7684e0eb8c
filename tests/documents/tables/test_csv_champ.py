"""Whom a figure counts, where and when, in every table taken away."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from cpts_geo.analyse.comparaison import compare_scenarios
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.documents.tables import csv_champ
from cpts_geo.documents.tables.csv_communes import communes_csv
from cpts_geo.documents.tables.csv_comparaison import comparaison_csv
from cpts_geo.documents.tables.csv_rapport import rapport_csv
from cpts_geo.documents.tables.xlsx_classeur import classeur
from cpts_geo.indicateurs.donnees import donnees
from tests.outils.dossiers import RURAL, dossier

DOSSIER = dossier(RURAL)
RSA = donnees().catalogue["part_rsa"]
JOUR = date(2026, 1, 31)


def test_an_indicator_says_its_own_source_and_vintage() -> None:
    said = dict(zip(csv_champ.ENTETES, csv_champ.cellules(RSA), strict=True))
    assert said["Source"] == "RSA 2023 (Cnaf)"
    assert said["Millésime"] == "foyers de décembre 2023 ; ménages : Recensement 2021 (Insee)"
    assert "MSA" in str(said["Ce qui ne l’est pas"])


def csv_files() -> dict[str, bytes]:
    keys = [DOSSIER.projet.actif]
    compared = compare_scenarios(DOSSIER.projet, keys, DOSSIER.agregateur, DOSSIER.referentiel, load_bareme())
    return {
        "rapport": rapport_csv(DOSSIER.rapport, DOSSIER.territoire, DOSSIER.referentiel, JOUR),
        "communes": communes_csv(DOSSIER.table_communes, DOSSIER.territoire, JOUR),
        "comparaison": comparaison_csv(
            compared, compared.comparees[0], DOSSIER.catalogue, DOSSIER.referentiel, JOUR
        ),
    }


@pytest.mark.parametrize("name", ["rapport", "communes", "comparaison"])
def test_every_file_has_these_columns(name: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_files()[name].decode("utf-8-sig")), delimiter=";"))
    heads = next(row for row in rows if set(csv_champ.ENTETES) <= set(row))
    item = donnees().catalogue["sans_medecin_traitant"]
    line = next(row for row in rows if item.champ.compte in row)
    assert dict(zip(heads, line, strict=True))["Ce qui ne l’est pas"] == item.champ.sans


def test_the_report_says_which_references_are_published() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(classeur(DOSSIER)))["Indicateurs"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    (rsa,) = (row for row in rows if row["Indicateur"] == RSA.libelle)
    assert str(rsa[csv_champ.REFERENCES]).startswith("Aude, Occitanie\u00a0: totaux publiés, RSA 2023 (Cnaf)")
    assert rsa["Ce qui est compté"] == RSA.champ.compte
