"""Files of real kinds, each made here as people bring it, and what it must give."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie import chiffres_locaux
from cpts_geo.saisie.chiffres.table import Prise, TableDeChiffres
from cpts_geo.saisie.chiffres_locaux import Importation, import_chiffres, propose, read_table
from cpts_geo.saisie.decoupage import lignes_du_texte
from cpts_geo.saisie.demandes import Consignes, Demande, read
from cpts_geo.saisie.fichiers import tableur
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together, retenues
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.tables.lignes import lignes
from cpts_geo.saisie.tables.territoires import open_sheets
from cpts_geo.saisie.tables.texte_colle import feuille_collee

REFERENTIEL = donnees().referentiel
INDEX = index_noms(REFERENTIEL)


def figures(text: str, nom: str = "chiffres.csv") -> TableDeChiffres:
    (lue,) = open_sheets(tableur.read(text.encode("utf-8-sig"), nom), Lecteur(INDEX))
    return read_table(lue, INDEX)


def take(table: TableDeChiffres) -> Importation:
    return import_chiffres(table, Prise(propose(table, "CPAM", "2026")))


def pasted(text: str) -> tuple[Rapprochement, ...]:
    assert feuille_collee(text) is None
    return bring_together(lignes_du_texte(text), INDEX)


def territoires(path: Path) -> dict[str, tuple[str, ...]]:
    asked: list[Demande] = read(str(path), REFERENTIEL, Consignes())
    return {each.nom: each.projet.territoire.codes if each.projet else () for each in asked}


def workbook(
    folder: Path, *rows: tuple[object, ...], merged: tuple[str, ...] = (), hidden: tuple[int, ...] = ()
) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for span in merged:
        book.active.merge_cells(span)
    for rank in hidden:
        book.active.row_dimensions[rank].hidden = True
    book.save(folder / "cpts.xlsx")
    return folder / "cpts.xlsx"


def test_titles_above_the_headings_of_cartosante() -> None:
    text = (
        "CartoSanté; ; \nRéférentiel géographique : France par commune et arrondissement mun.; ; \n"
        "Code;Libellé;APL aux infirmiers 2023\n17306;Royan;112,4\n17421;Saujon;98,1\n17228;Médis;87,5\n"
    )
    (apl,) = take(figures(text)).donnees
    assert dict(apl.par_commune) == {"17306": 112.4, "17421": 98.1, "17228": 87.5}


def test_secrets_of_geoclip() -> None:
    text = (
        "Code;Libellé;Part des 75 ans et plus 2022\n17306;Royan;12,4\n17421;Saujon;N/A - secret statistique\n"
        "17228;Médis;N/A - résultat non disponible\n17380;Saint-Palais-sur-Mer;N/A - division par 0\n"
    )
    found = take(figures(text))
    assert found.donnees[0].communes == {"17306": (12.4, 12.4)}
    assert found.laissees == ()


def test_administrative_columns() -> None:
    table = figures(
        "Code INSEE;Commune;Code postal;Dép;SIREN EPCI;Latitude;Téléphone;Patients\n"
        "17306;Royan;17200;17;200042614;45,62;0546000000;12\n"
        "17421;Saujon;17600;17;200042614;45,67;0546000001;15\n"
    )
    assert [each.libelle for each in propose(table, "CPAM")] == ["Patients"]
    assert table.ecartees == ("Code postal", "Dép", "SIREN EPCI", "Latitude", "Téléphone")
    assert dict(take(table).donnees[0].par_commune) == {"17306": 12.0, "17421": 15.0}


def test_same_headings_told_apart_by_a_second_row() -> None:
    table = figures(
        "Code;Commune;Sans MT;Sans MT;ALD;ALD\n;;2023;2024;2023;2024\n"
        "17306;Royan;12;13;5;6\n17421;Saujon;15;16;7;8\n"
    )
    taken = {each.libelle: dict(each.par_commune)["17421"] for each in take(table).donnees}
    assert taken == {"Sans MT 2023": 15, "Sans MT 2024": 16, "ALD 2023": 7, "ALD 2024": 8}


BOTH = (("CPTS des Rives", "Royan"), ("CPTS des Rives", "Saujon"), ("CPTS du Port", "Aytré"))
LAGORD = ("CPTS du Port", "Lagord")
EXPECTED = {"CPTS des Rives": ("17306", "17421"), "CPTS du Port": ("17028", "17200")}


def test_a_title_and_a_column_of_departements(tmp_path: Path) -> None:
    rows = (("CPTS de Charente-Maritime au 01/01/2026",), ("Nom CPTS", "Commune", "Dpt"))
    assert territoires(workbook(tmp_path, *rows, *((*row, 17) for row in (*BOTH, LAGORD)))) == EXPECTED


def test_cells_merged_over_several_rows(tmp_path: Path) -> None:
    rows = (
        ("CPTS des Rives", "Royan"),
        (None, "Saujon"),
        (None, "Médis"),
        ("CPTS du Port", "Aytré"),
        (None, "Lagord"),
    )
    path = workbook(tmp_path, ("Nom CPTS", "Commune"), *rows, merged=("A2:A4", "A5:A6"))
    assert territoires(path) == {**EXPECTED, "CPTS des Rives": ("17306", "17421", "17228")}


def test_another_heading(tmp_path: Path) -> None:
    assert territoires(workbook(tmp_path, ("Libellé CPTS", "Commune"), *BOTH, LAGORD)) == EXPECTED


def test_dates_and_years_in_a_list() -> None:
    found = pasted("31/01/2026\nRoyan\nSaujon\n2025\n")
    assert [each.code for each in found] == [None, "17306", "17421", None]
    assert [each.statut for each in found if each.code is None] == [Statut.ECARTEE] * 2


def test_codes_that_say_what_they_are() -> None:
    found = pasted("Royan\nCode INSEE : 17421\nINSEE 17228\nCommune n°17380\nCode postal : 17390\n")
    assert [each.code for each in found] == ["17306", "17421", "17228", "17380", "17452"]


def test_answers_of_demarches_simplifiees() -> None:
    told = "{} (code postal : {} / code insee : {})"
    lines = (told.format("Royan", 17200, 17306), told.format("Saujon", 17600, 17421))
    assert [each.code for each in pasted("\n".join(lines))] == ["17306", "17421"]


def test_a_long_note_below_figures() -> None:
    note = "Note de lecture : en 2023, la part des patients est calculée " + "ainsi, " * 30
    found = take(figures(f"Code INSEE;Commune;Patients\n17306;Royan;12\n17421;Saujon;15\n{note};;\n"))
    assert dict(found.donnees[0].par_commune) == {"17306": 12.0, "17421": 15.0}


def test_a_line_indented_by_a_tab() -> None:
    assert [each.code for each in pasted("17306\n17421\n\t17228\n")] == ["17306", "17421", "17228"]


@pytest.mark.parametrize("heading", ["Code postal", "CP"])
@pytest.mark.parametrize("code", ["13005", "97411", "17205", "97123"])
def test_a_heading_tells_which_kind_digits_of_both_kinds_are(heading: str, code: str) -> None:
    rows = f"{heading};Patients\n{code};12\n17200;13\n"
    (lue,) = open_sheets(tableur.read(rows.encode(), "liste.csv"), Lecteur(INDEX))
    found = bring_together(lignes(lue, Lecteur(INDEX)), INDEX)
    line = next(each for each in found if each.texte.startswith(code))
    told = {line.code, *(each.code for each in line.propositions)} - {None}
    assert told == set(INDEX.postaux.get(code, ()))


def test_figures_by_arrondissement() -> None:
    text = (
        "Code;Libellé;Part des 75 ans et plus\n75101;Paris 1er Arrondissement;6,8\n"
        "75102;Paris 2e Arrondissement;5,1\n92044;Levallois-Perret;7,4\n69123;Lyon;8\n"
    )
    found = take(figures(text))
    (part,) = found.donnees
    assert dict(part.par_commune) == {"75101": 6.8, "75102": 5.1, "92044": 7.4}
    assert [each.raison for each in found.laissees] == [chiffres_locaux.VILLE_ENTIERE]


@pytest.mark.parametrize("line", ["75056", "Paris", "Lyon 69123", "13055 Marseille"])
def test_a_city_in_a_list_is_its_arrondissements(line: str) -> None:
    found = pasted(line)
    assert found[0].mention.startswith("ville entière")
    codes = retenues(found, {}, REFERENTIEL)
    assert {REFERENTIEL[code].ville for code in codes} == {found[0].code}
    assert len(codes) == len(REFERENTIEL.villes[str(found[0].code)].arrondissements)
