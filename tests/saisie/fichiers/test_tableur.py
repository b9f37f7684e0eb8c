"""Files of every usual form, and files made to harm."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.saisie.fichiers.tableur import read
from cpts_geo.saisie.rangees import Feuille
from tests.outils.bombes import with_part
from tests.outils.exemples import exemples
from tests.outils.fichiers_hostiles import tried

ROWS = (("Commune", "Code"), ("Épargnes", "17152"), ("L’Éguille", "17151"))


def csv(separator: str, encoding: str, end: str = "\r\n") -> bytes:
    return end.join(separator.join(row) for row in ROWS).encode(encoding)


def xlsx(*sheets: tuple[str, list[list[object]]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def rewritten(content: bytes, name: str, part: bytes) -> bytes:
    """The same archive, one of its parts replaced."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, part if entry == name else old.read(entry))
    return saved.getvalue()


def refusal(content: bytes, name: str = "communes.csv") -> str:
    with pytest.raises(FichierIllisibleError) as caught:
        read(content, name)
    return str(caught.value)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_in_any_usual_form(separator: str, encoding: str) -> None:
    assert read(csv(separator, encoding), "communes.csv") == (Feuille("", ROWS),)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_csv_is_read_with_any_line_end(end: str) -> None:
    assert read(csv(";", "utf-8", end), "communes.csv")[0].rangees == ROWS


def test_a_list_without_separator_is_one_column() -> None:
    assert read("Épargnes\nL'Éguille, en Arvert\n".encode(), "liste.txt")[0].rangees[0] == ("Épargnes",)


def test_quoted_cells_are_read_whole() -> None:
    (sheet,) = read(b'nom;note\n"Royan";"station; et\nport"\n', "communes.csv")
    assert sheet.rangees[1] == ("Royan", "station; et\u2028port")


def test_blank_rows_keep_the_numbers_of_the_others() -> None:
    (sheet,) = read(b"Royan;1\n;;\n\nSaujon;2\n\n", "communes.csv")
    assert sheet.rangees == (("Royan", "1"), (), (), ("Saujon", "2"))


def test_a_workbook_is_read_as_it_is_seen() -> None:
    content = xlsx(
        ("Feuil1", [["Code", "Nom", "Date"], [1004, "Ambérieu-en-Bugey", date(2026, 1, 5)], [17306.0]])
    )
    (sheet,) = read(content, "communes.xlsx")
    assert sheet.nom == "Feuil1"
    assert sheet.rangees[0] == ("Code", "Nom", "Date")
    assert sheet.rangees[1][:2] == ("1004", "Ambérieu-en-Bugey")
    assert sheet.rangees[1][2].startswith("2026-01-05")
    assert sheet.rangees[2] == ("17306",)


def test_blank_sheets_are_left_out() -> None:
    content = xlsx(("Vide", []), ("Communes", [["Royan"]]), ("Autre", [["Saujon"]]))
    assert [sheet.nom for sheet in read(content, "communes.xlsx")] == ["Communes", "Autre"]


def test_a_workbook_with_wrong_dimensions_loses_no_row() -> None:
    content = xlsx(("Communes", [["Royan"], ["Saujon"]]))
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read(part)
    assert b'ref="A1:A2"' in sheet
    content = rewritten(content, part, sheet.replace(b'ref="A1:A2"', b'ref="A1"'))
    assert read(content, "communes.xlsx")[0].rangees == (("Royan",), ("Saujon",))


def test_a_workbook_is_known_whatever_its_name() -> None:
    content = xlsx(("Communes", [["Royan"]]))
    assert read(content, "communes.csv") == read(content, "communes.xlsx")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "communes.xls", "abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "communes.xlsx", "abîmé"),
        (b"PK", "communes.ods", "abîmée"),
        (b"PK", "communes.xlsb", ".xlsb"),
        (b"<html><body><p>Bonjour</p></body></html>", "communes.xls", "pas un tableau"),
        (b"PK", "communes.numbers", "Numbers"),
        (b"%PDF-1.7 ...", "communes.pdf", "PDF"),
        (b"%PDF-1.7 ...", "communes.csv", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "photo.png", "ni un CSV ni un classeur"),
        (b"", "communes.csv", "vide"),
        (b" \n;;\n", "communes.csv", "vide"),
        (b"PK\x03\x04 truncated", "communes.xlsx", "abîmé"),
        (b"a;" * (limites().colonnes_au_plus + 1), "communes.csv", "trop de colonnes"),
        (b"Royan\n" * (limites().rangees_au_plus + 1), "communes.csv", "plus de 40\u202f000 lignes"),
        (b"a" * (limites().octets_au_plus + 1), "communes.csv", "trop lourd"),
        (b'"' + b"a" * 200_000, "communes.csv", "démesurée"),
        (b"a" * 4_000_000, "communes.csv", "démesurée"),
        (b"a;" * 2_000_000, "communes.csv", "démesurée"),
        (b"a\n" * 2_000_000, "communes.csv", "plus de 40\u202f000 lignes"),
        (b"\n" * 5_000_000, "communes.csv", "plus de 40\u202f000 lignes"),
    ],
)
def test_what_cannot_be_read_is_explained(content: bytes, name: str, words: str) -> None:
    assert words in refusal(content, name)


@pytest.mark.parametrize(
    ("part", "content", "words"),
    [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "abîmé"),
        ("mimetype", b"application/vnd.oasis.opendocument.text", "pas un tableau"),
        ("xl/workbook.bin", b"", ".xlsb"),
        ("Index/Document.iwa", b"", "Numbers"),
        ("word/document.xml", b"", "pas un tableau"),
        ("readme.txt", b"", "vide"),
        ("photo.jpg", b"\xff\xd8", "aucun tableau"),
        ("~$communes.xlsx", b"verrou", "aucun tableau"),
        ("__MACOSX/._communes.csv", b"Royan", "aucun tableau"),
        ("autre.csv", b"PK\x03\x04", "n’est pas un tableau"),
    ],
)
def test_other_archives_are_told_apart(part: str, content: bytes, words: str) -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr(part, content)
    assert words in refusal(saved.getvalue(), "communes.xlsx")


def test_a_workbook_made_to_fill_the_memory_is_refused_unread() -> None:
    content = xlsx(("Communes", [["Royan"]]))
    bomb = rewritten(content, "xl/worksheets/sheet1.xml", bytes(limites().octets_decompresses + 1))
    assert len(bomb) < 200_000
    assert "trop gros" in refusal(bomb)


WATCHED = 20_000_000
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


@pytest.mark.lent
@pytest.mark.parametrize(
    ("part", "content", "words"),
    [
        (SHEET, f"{HEAD}<row>{'<c/>' * 4_900_000}</row>{TAIL}", "trop de cases"),
        (SHEET, HEAD + ("<row>" + "<c/>" * 100 + "</row>") * 49_000 + TAIL, "trop de cases"),
        (SHEET, f"{HEAD}{'<row/>' * 10_000_000}{TAIL}", "trop de cases"),
        (SHEET, f"{HEAD}{'<row><c><v>1</v></c></row>' * 1_000_000}{TAIL}", "trop de cases"),
        (SHEET, f"{HEAD}<row><c t='str'><v>{'a' * 70_000_000}</v></c></row>{TAIL}", "pas la forme"),
        (SHEET, f"{HEAD}<row><c t='str'><v>{'a' * 40_000}</v></c></row>{TAIL}", "démesurée"),
        (SHEET, HEAD + "<row " + " ".join(f"a{i}='1'" for i in range(50_000)) + "/>" + TAIL, "pas la forme"),
        (SHEET, HEAD + "<a>" * 5_000_000, "pas la forme"),
        (SHEET, f"{HEAD}</sheetData><x>{'<y/>' * 15_000_000}</x></worksheet>", "trop de cases"),
        (
            "xl/styles.xml",
            f"<styleSheet><cellXfs>{'<xf/>' * 3_500_000}</cellXfs></styleSheet>",
            "trop de cases",
        ),
        ("xl/workbook.xml", f"<workbook><sheets>{'<sheet/>' * 100_000}</sheets></workbook>", "trop de cases"),
    ],
    ids=range(11),
)
def test_parts_made_to_hold_the_server_are_refused_at_once(part: str, content: str, words: str) -> None:
    bomb = rewritten(xlsx(("Communes", [["Royan"]])), part, content.encode())
    began = time.process_time()
    assert words in refusal(bomb)
    assert (
        time.process_time() - began < 5
    )  # half a second on an idle machine; 10 to 90 before there were limits
    # Under watch, each takes ten times as long: what fills the memory does so with fewer tags.
    if len(content) < WATCHED:
        assert peak_of_memory(lambda: refusal(bomb)) < 50_000_000


def peak_of_memory(do: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_archives_that_no_spreadsheet_writes_are_refused() -> None:
    many, packed = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for rank in range(limites().parties_au_plus + 1):
            archive.writestr(f"xl/{rank}.xml", b"")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert "pas la forme" in refusal(many.getvalue())
    assert "pas la forme" in refusal(packed.getvalue())


def test_the_size_that_a_part_declares_is_not_believed() -> None:
    content = bytearray(rewritten(WORKBOOK, SHEET, f"{HEAD}{'<row/>' * 5_000_000}{TAIL}".encode()))
    where = content.find(b"PK\x01\x02")
    while content[where + 46 : where + 46 + len(SHEET)] != SHEET.encode():
        where = content.find(b"PK\x01\x02", where + 4)
    struct.pack_into("<I", content, where + 24, 1_000)
    assert "abîmé" in refusal(bytes(content))


@pytest.mark.lent
def test_a_workbook_of_all_communes_is_read() -> None:
    row = f"<row>{'<c><v>17306</v></c>' * 13}</row>"
    content = rewritten(WORKBOOK, SHEET, f"{HEAD}{row * 35_000}{TAIL}".encode())
    assert len(read(content, "communes.xlsx")[0].rangees) == 35_000


def test_pictures_and_old_drawings_are_not_looked_at() -> None:
    saved = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(saved, "a") as archive:
        archive.writestr("xl/media/logo.png", b"\x89PNG<<<<" * 100)
        archive.writestr("xl/drawings/vmlDrawing1.vml", b"<xml><br></xml>")
    assert read(saved.getvalue(), "communes.xlsx") == read(WORKBOOK, "communes.xlsx")


def test_entities_made_to_fill_the_memory_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    part = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "aaaaaaaaaa">{entities}]><worksheet>&e11;</worksheet>'
    )
    content = rewritten(xlsx(("Communes", [["Royan"]])), "xl/worksheets/sheet1.xml", part.encode())
    assert "pas la forme" in refusal(content)


def test_rows_beyond_the_last_of_excel_are_not_awaited() -> None:
    content = xlsx(("Communes", [["Royan"]]))
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = (
            archive.read(part)
            .replace(b'<row r="1">', b'<row r="99999999999">')
            .replace(b'"A1"', b'"A99999999999"')
        )
    began = time.process_time()
    assert "éloignées" in refusal(rewritten(content, part, sheet))
    assert time.process_time() - began < 2


@settings(max_examples=exemples(300))
@given(
    content=st.binary(max_size=2_000), name=st.sampled_from(["a.csv", "a.xlsx", "a.txt", "a.xls", "", "a"])
)
def test_random_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    try:
        sheets = read(content, name)
    except FichierIllisibleError:
        return
    assert all(any(any(row) for row in sheet.rangees) for sheet in sheets)


@settings(max_examples=exemples(200))
@given(seed=st.integers(0, 2**32))
def test_damaged_workbooks_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a reproducible damage
    content = bytearray(WORKBOOK)
    for _ in range(chance.randint(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        read(
            bytes(content[: chance.randint(1, len(content))] if chance.random() < 0.3 else content), "a.xlsx"
        )
    except FichierIllisibleError:
        return


@settings(max_examples=exemples(200))
@given(seed=st.integers(0, 2**32))
def test_workbooks_with_damaged_parts_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a reproducible damage
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        name = chance.choice(archive.namelist())
        part = bytearray(archive.read(name))
    for _ in range(chance.randint(1, 10)):
        part[chance.randrange(len(part))] = chance.choice(b'<>/"&=0129Aa \x00')
    try:
        read(rewritten(WORKBOOK, name, bytes(part)), "a.xlsx")
    except FichierIllisibleError:
        return


WORKBOOK = xlsx(("Communes", [["Code", "Nom"], [17306, "Royan"], [17421, "Saujon"]]), ("Autre", [["x", 1.5]]))


def test_damaged_files_are_read_or_refused_and_nothing_else() -> None:
    essais = [tried(graine) for graine in range(300)]
    assert [essai for essai in essais if essai.erreur] == []
    assert any(essai.lu for essai in essais)


def test_workbooks_of_an_archive_weigh_what_they_are_unpacked() -> None:
    heavy = with_part(xlsx(("Communes", [["Royan"]])), "xl/media/image1.bin", lambda _: bytes(40_000_000))
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for rank in range(limites().octets_decompresses // 40_000_000 + 1):
            archive.writestr(f"{rank}.xlsx", heavy)
    assert "trop lourd dans cette archive" in refusal(saved.getvalue(), "tables.zip")


def test_tables_within_tables_are_read_once() -> None:
    page = "<html>" + "<table><tr><td>" * 75 + "Royan " * 5000
    began = time.process_time()
    (sheet,) = read(page.encode(), "page.xls")
    assert len(sheet.rangees) == 1
    assert time.process_time() - began < 2
