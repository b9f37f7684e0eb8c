import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.analyse.taille import load_bareme
from cpts_geo.communes.referentiel import CommuneInconnueError, referentiel
from cpts_geo.documents.tables.csv_synthese import LigneSynthese, TableSynthese, nom_fichier, synthese_csv
from cpts_geo.projet.territoire import Territoire

JOUR = date(2026, 1, 31)
LAURAGAIS = Territoire("CPTS du Lauragais", ("31451", "11076", "31555"))
LIGNE = LigneSynthese(
    indicateur="Médecins généralistes",
    unite="pour 100 000 habitants",
    territoire=106.646,
    borne_basse=None,
    borne_haute=None,
    effectif=549,
    couverture=100,
    departement=95.1,
    region=-3.5,
    france=0,
    source="INSEE, BPE ; exercice libéral",
    millesime="2024",
)
FORMULAS = [
    "=1+1",
    "+33 5",
    "-2",
    "@SUM(A1)",
    "  =1",
    "\t=1",
    "\tx",
    "\rx",
    "\u00a0=1",
    "\u200b=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
]


def export(territoire: Territoire = LAURAGAIS, *lignes: LigneSynthese) -> bytes:
    return synthese_csv(
        territoire, TableSynthese(lignes, "Haute-Garonne", "Occitanie"), JOUR, referentiel(), load_bareme()
    )


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def table(rows: list[list[str]], title: str) -> list[dict[str, str]]:
    start = rows.index([title]) + 1
    end = next((i for i in range(start, len(rows)) if not rows[i]), len(rows))
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 : end]]


def test_french_spreadsheets_read_the_file_as_it_is_meant() -> None:
    content = export(LAURAGAIS, LIGNE)
    assert content.startswith(b"\xef\xbb\xbfProjet de CPTS;CPTS du Lauragais\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_the_file_says_whose_when_and_which_class() -> None:
    heading = {row[0]: row[1:] for row in read(export())[:7]}
    population = sum(referentiel()[code].population for code in LAURAGAIS)
    assert heading["Date"] == ["31/01/2026"]
    assert heading["Nombre de communes"] == ["3"]
    assert heading["Population municipale"] == [str(population)]
    assert heading["Millésime de la population"] == ["2023"]
    assert heading["Taille"][:2] == ["4", "plus de 175\u202f000\u00a0habitants"]
    assert heading["Enveloppe annuelle, en euros (à titre indicatif)"][0] == "90000"


def test_a_population_close_to_a_threshold_is_warned_about() -> None:
    bareme = load_bareme()
    communes = referentiel().communes
    proche = communes.index[communes["population"].between(39_600, 40_400)][0]
    rows = read(export(Territoire("Proche", (proche,))))
    assert ["Attention", bareme.classer(referentiel()[proche].population).avertissement] in rows
    assert "Attention" not in {row[0] for row in read(export()) if row}


def test_an_indicator_is_one_row_with_its_comparisons() -> None:
    (row,) = table(read(export(LAURAGAIS, LIGNE)), "Indicateurs")
    assert row == {
        "Indicateur": "Médecins généralistes",
        "Unité": "pour 100 000 habitants",
        "Territoire": "106,65",
        "Borne basse": "",
        "Borne haute": "",
        "Effectif": "549",
        "Couverture (%)": "100",
        "Département (Haute-Garonne)": "95,1",
        "Région (Occitanie)": "-3,5",
        "France": "0",
        "Source": "INSEE, BPE ; exercice libéral",
        "Millésime": "2024",
    }


def test_communes_are_listed_in_the_order_of_the_territory() -> None:
    rows = table(read(export()), "Communes")
    assert [row["Code INSEE"] for row in rows] == list(LAURAGAIS)
    assert rows[2] == {
        "Code INSEE": "31555",
        "Commune": "Toulouse",
        "Département": "Haute-Garonne",
        "EPCI": "Toulouse Métropole",
        "Population municipale": "514819",
        "Millésime de la population": "2023",
        "Superficie (km²)": "118,3",
    }


def test_missing_is_an_empty_cell_never_zero() -> None:
    nothing = replace(LIGNE, territoire=None, departement=float("nan"))
    (row,) = table(read(export(LAURAGAIS, nothing)), "Indicateurs")
    assert [row["Territoire"], row["Département (Haute-Garonne)"], row["France"]] == ["", "", "0"]
    (celles,) = table(read(export(Territoire("Celles", ("15031",)))), "Communes")
    assert celles["Superficie (km²)"] == ""


def test_vintages_of_the_population_are_all_given() -> None:
    rows = read(export(Territoire("Deux mers", ("97608", "31555"))))
    assert ["Millésime de la population", "2017, 2023"] in rows


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_text_is_never_run_as_a_formula(formula: str) -> None:
    (row,) = table(read(export(LAURAGAIS, replace(LIGNE, indicateur=formula, source=formula))), "Indicateurs")
    assert row["Indicateur"] == row["Source"] == f"'{formula}"


@given(nom=st.text(), indicateur=st.text(), source=st.text(st.sampled_from("=+-@\t\r\n ;\"'aé1")))
def test_texts_read_back_and_no_cell_begins_as_a_formula(nom: str, indicateur: str, source: str) -> None:
    territoire = replace(LAURAGAIS, nom=nom)
    rows = read(export(territoire, replace(LIGNE, indicateur=indicateur, source=source)))
    (row,) = table(rows, "Indicateurs")
    for text, cell in (
        (territoire.nom, rows[0][1]),
        (indicateur, row["Indicateur"]),
        (source, row["Source"]),
    ):
        assert cell in {text, f"'{text}"}
    for cell in (cell for cells in rows for cell in cells):
        assert cell.strip()[:1] not in {"=", "+", "@"}
        assert not cell.strip().startswith("-") or cell == row["Région (Occitanie)"]


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_numbers_read_back_to_the_second_decimal(number: float) -> None:
    (row,) = table(read(export(LAURAGAIS, replace(LIGNE, territoire=number))), "Indicateurs")
    assert float(row["Territoire"].replace(",", ".")) == pytest.approx(number, abs=0.005 + 1e-9)


def test_a_territory_without_commune_has_no_synthesis() -> None:
    with pytest.raises(ValueError, match="au moins une commune"):
        export(Territoire("Vide"))
    with pytest.raises(CommuneInconnueError):
        export(Territoire("Ancien", ("93059",)))


@pytest.mark.parametrize(
    ("nom", "expected"),
    [
        ("CPTS du Lauragais", "synthese-cpts-du-lauragais-2026-01-31.csv"),
        ("Cœur d'Île/../", "synthese-cpts-coeur-d-ile-2026-01-31.csv"),
        ("", "synthese-cpts-territoire-2026-01-31.csv"),
        ("CPTS", "synthese-cpts-territoire-2026-01-31.csv"),
    ],
)
def test_the_file_is_named_after_the_territory(nom: str, expected: str) -> None:
    assert nom_fichier(Territoire(nom), JOUR) == expected
