"""The file of the report: every column, bounds where figures are hidden."""

import csv
from datetime import date
from io import StringIO

import pytest

from cpts_geo.analyse import rapport
from cpts_geo.documents.tables.csv_rapport import nom_fichier, rapport_csv
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire

CREUSE = Territoire("CPTS de la Creuse", donnees().referentiel.codes("departement", "23"))


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    usual = rapport.comparaisons_usuelles(CREUSE.codes, donnees().agregateur, donnees().referentiel)
    shown = rapport.rapport(
        CREUSE.codes, usual, donnees().agregateur, donnees().catalogue, donnees().referentiel
    )
    content = rapport_csv(shown, CREUSE, donnees().referentiel, date(2026, 1, 31)).decode("utf-8-sig")
    return list(csv.reader(StringIO(content), delimiter=";"))


def number(text: str) -> float:
    return float(text.replace(",", "."))


def cells(rows: list[list[str]], libelle: str) -> dict[str, str]:
    heads = next(row for row in rows if row[:1] == ["Famille"])
    return next(dict(zip(heads, row, strict=True)) for row in rows if row[2:3] == [libelle])


def test_every_indicator_has_a_line(rows: list[list[str]]) -> None:
    heads = next(row for row in rows if row[:1] == ["Famille"])
    assert len(rows) - rows.index(heads) - 1 == len(donnees().catalogue.indicateurs)
    assert {
        "Territoire - valeur",
        "Creuse - valeur",
        "Nouvelle-Aquitaine - valeur",
        "France - valeur",
    } <= set(heads)


def test_hidden_figures_have_bounds_and_coverage_but_no_value(rows: list[list[str]]) -> None:
    item = donnees().catalogue["sans_medecin_traitant"]
    line, result = cells(rows, item.libelle), donnees().agregateur.territoire(CREUSE.codes)[item.code]
    assert line["Territoire - valeur"] == ""
    assert number(line["Territoire - borne basse"]) == pytest.approx(result.borne_basse, abs=0.005)
    assert number(line["Territoire - borne haute"]) == pytest.approx(result.borne_haute, abs=0.005)
    assert number(line["Territoire - couverture (%)"]) == pytest.approx(result.couverture, abs=0.005)
    assert number(line["France - valeur"]) == pytest.approx(16.95, abs=0.005)


def test_exact_figures_have_a_value_and_a_mark(rows: list[list[str]]) -> None:
    line = cells(rows, "Médecins généralistes libéraux")
    assert line["Territoire - valeur"] == line["Territoire - borne basse"] != ""
    assert line["Écart à la France"] == "plus bas que la France"
    assert line["Appréciation"] == "défavorable"
    assert line["Millésime"].startswith("31 décembre 2024 ; ")


def test_professionals_of_the_departement_stand_beside_their_places(rows: list[list[str]]) -> None:
    nurses = donnees().catalogue["densite_infirmiers"]
    remark = cells(rows, nurses.libelle)["Remarque"]
    assert remark.startswith("Creuse, département entier\u00a0: ")
    assert "infirmiers libéraux (Cnam 2024)" in remark
    assert cells(rows, "Médecins généralistes libéraux")["Remarque"] == ""


def test_name_of_the_file() -> None:
    assert nom_fichier(CREUSE, date(2026, 1, 31)) == "rapport-cpts-de-la-creuse-2026-01-31.csv"


def test_a_figure_of_the_departement_is_said_to_be(rows: list[list[str]]) -> None:
    assert cells(rows, "Mortalité : toutes causes")["Échelle"] == "département"
    assert cells(rows, "Médecins généralistes libéraux")["Échelle"] == "territoire"


def test_what_too_few_people_bear_is_left_out_and_said(rows: list[list[str]]) -> None:
    line = cells(rows, "Taux de pauvreté")
    assert line["Territoire - valeur"] == line["Territoire - borne haute"] == ""
    assert 0 < number(line["Territoire - couverture (%)"]) < 80
    assert line["Remarque"].startswith("connu pour 20\u00a0% des habitants seulement")
