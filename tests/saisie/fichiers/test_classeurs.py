"""Workbooks of every kind are read as they are seen."""

import io
import zipfile
from datetime import date, time, timedelta

import pytest
import xlwt
from openpyxl import Workbook

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError
from cpts_geo.saisie.fichiers.tableur import read
from cpts_geo.saisie.rangees import Feuille
from tests.outils.bombes import with_part
from tests.outils.formats_de_tables import CLASSEURS

ROWS = (
    ("Nom CPTS", "Commune", "Code INSEE", "Patients"),
    ("CPTS des Rives", "Royan", 17306, 12.5),
    (None, "Saujon", 17421, 3),
    ("CPTS du Port", "Aytré", "17028", 7),
    (None, "Lagord", "17200", 8),
)
KINDS = list(CLASSEURS)


def opened(kind: str, *, hidden: tuple[int, ...] = (), merged: tuple[str, ...] = ()) -> Feuille:
    (sheet,) = read(CLASSEURS[kind](ROWS, hidden, merged), f"table.{kind}")
    return sheet


@pytest.mark.parametrize("kind", KINDS)
def test_merged_cells_show_their_value_everywhere(kind: str) -> None:
    sheet = opened(kind, merged=("A2:A3", "A4:A5"))
    assert [row[0] for row in sheet.rangees[1:]] == ["CPTS des Rives"] * 2 + ["CPTS du Port"] * 2
    assert sheet.rangees[1] == ("CPTS des Rives", "Royan", "17306", "12.5")
    assert sheet.rangees[3][1:] == ("Aytré", "17028", "7")


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_rows_are_left_blank_and_told(kind: str) -> None:
    sheet = opened(kind, hidden=(3, 4))
    assert sheet.masquees == (3, 4)
    assert sheet.rangees[2:4] == ((), ())
    assert sheet.rangees[4][1] == "Lagord"


def test_percentages_dates_and_truth_are_read_as_they_are_shown() -> None:
    book = Workbook()
    book.active.append(["Part", "Jour", "Vrai", "Code"])
    book.active.append([0.125, date(2026, 1, 31), True, 1004])
    book.active["A2"].number_format = "0.0%"
    saved = io.BytesIO()
    book.save(saved)
    (sheet,) = read(saved.getvalue(), "table.xlsx")
    assert sheet.rangees[1] == ("12,5 %", "2026-01-31", "VRAI", "1004")


def test_what_is_no_number_is_read_as_it_is_shown() -> None:
    book = Workbook()
    book.active.append(["Moyenne", "Durée", "Heure", "Somme", "Grand", "Petit", "Sur cent"])
    book.active.append(["#DIV/0!", timedelta(hours=26), time(8, 30), 0.1 + 0.2, 1e20, 1.2e-7, 0.5])
    book.active["G2"].number_format = '0.0" %"'
    saved = io.BytesIO()
    book.save(saved)
    (sheet,) = read(saved.getvalue(), "table.xlsx")
    assert sheet.rangees[1] == (
        "#DIV/0!",
        "26:00:00",
        "08:30:00",
        "0.3",
        "100000000000000000000",
        "0.00000012",
        "0.5",
    )


def test_times_and_errors_of_other_workbooks_are_read_as_they_are_shown() -> None:
    old = xlwt.Workbook()
    page = old.add_sheet("Feuil1")
    page.write(0, 0, time(8, 30), xlwt.easyxf(num_format_str="hh:mm"))
    page.write(0, 1, 0.5, xlwt.easyxf(num_format_str='0.0" %"'))
    page.write(0, 2, 0.5, xlwt.easyxf(num_format_str="0 %"))
    saved = io.BytesIO()
    old.save(saved)
    assert read(saved.getvalue(), "table.xls")[0].rangees == (("08:30:00", "0.5", "50 %"),)
    content = with_part(
        CLASSEURS["ods"]([["#N/A", "Royan"]]),
        "content.xml",
        lambda part: part.replace(b'"string"', b'"string" calcext:value-type="error"', 1),
    )
    assert read(content, "table.ods")[0].rangees == (("#N/A", "Royan"),)


def test_hidden_sheets_are_left_out() -> None:
    book = Workbook()
    book.active.append(["Royan"])
    book.create_sheet("Calculs").append(["Saujon"])
    book["Calculs"].sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)
    assert [sheet.rangees for sheet in read(saved.getvalue(), "table.xlsx")] == [(("Royan",),)]


def test_far_apart_cells_are_refused_before_a_grid_is_made() -> None:
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Royan", "Saujon"
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(FichierIllisibleError, match="éloignées"):
        read(saved.getvalue(), "table.xlsx")


@pytest.mark.parametrize(
    ("rows", "columns"), [("1048576", "1"), ("1000000", "16384"), ("2000", "16384"), ("99999999999", "1")]
)
def test_cells_repeated_without_end_are_refused_or_read(rows: str, columns: str) -> None:
    content = CLASSEURS["ods"]((("Royan",),))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read("content.xml")
    part = part.replace(
        b"<table:table-row>", f'<table:table-row table:number-rows-repeated="{rows}">'.encode()
    )
    part = part.replace(
        b"<table:table-cell ", f'<table:table-cell table:number-columns-repeated="{columns}" '.encode()
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", part)
    with pytest.raises(FichierIllisibleError):
        read(saved.getvalue(), "table.ods")


@pytest.mark.parametrize("kind", KINDS)
def test_files_put_together_are_read_each(kind: str) -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr(f"dossier/un.{'xlsx' if kind == 'strict' else kind}", CLASSEURS[kind](ROWS))
        archive.writestr("deux.csv", "Commune\nRoyan\n")
        archive.writestr("~$un.xlsx", b"verrou")
        archive.writestr("lisez-moi.pdf", b"%PDF")
    first, second = read(saved.getvalue(), "tables.zip")
    assert first.fichier.startswith("dossier/un")
    assert (second.fichier, second.rangees) == ("deux.csv", (("Commune",), ("Royan",)))


@pytest.mark.lent
def test_all_communes_are_read_as_libreoffice_writes_them() -> None:
    kind = 'office:value-type="{}" calcext:value-type="{}"'
    text, figure = kind.format("string", "string"), kind.format("float", "float")
    cells = (
        f'<table:table-cell table:style-name="ce1" {text}><text:p>Royan</text:p></table:table-cell>'
        + (
            f'<table:table-cell table:style-name="ce12" {figure} office:value="112.4"><text:p>112,4</text:p>'
            "</table:table-cell>"
        )
        * 20
    )
    rows = f'<table:table-row table:style-name="ro1">{cells}</table:table-row>' * 35_000
    blank = '<table:table-row table:number-rows-repeated="1013575"><table:table-cell/></table:table-row>'
    content = with_part(
        CLASSEURS["ods"]([]),
        "content.xml",
        lambda part: part.replace(b"</table:table>", f"{rows}{blank}</table:table>".encode()),
    )
    (sheet,) = read(content, "table.ods")
    assert len(sheet.rangees) == 35_000
    assert set(sheet.rangees) == {("Royan", *["112.4"] * 20)}
