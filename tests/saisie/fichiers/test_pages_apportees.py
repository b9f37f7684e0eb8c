"""The tables of web pages."""

import time

import pytest

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError
from cpts_geo.saisie.fichiers.tableur import read


def rows(page: str, encoding: str = "utf-8") -> tuple[tuple[str, ...], ...]:
    (sheet,) = read(page.encode(encoding), "export.xls")
    return sheet.rangees


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_page_is_read_whatever_its_encoding(encoding: str) -> None:
    page = '<html><meta charset="utf-8"><table><tr><td>Épargnes<td>17152<tr><td>Saint-Léger<td>1,5</table>'
    assert rows(page, encoding) == (("Épargnes", "17152"), ("Saint-Léger", "1,5"))


def test_cells_over_several_rows_or_columns_show_their_value_in_all() -> None:
    page = (
        "<table><tr><th colspan=2>Titre</th><th rowspan='2'>APL</th></tr><tr><td>Code<td>Nom</tr>"
        "<tr><td rowspan=2>17306<td>Royan<td>1</tr><tr><td>Saujon<td>2</tr></table>"
    )
    assert rows(page) == (
        ("Titre", "Titre", "APL"),
        ("Code", "Nom", "APL"),
        ("17306", "Royan", "1"),
        ("17306", "Saujon", "2"),
    )


def test_hidden_rows_are_left_blank_and_told() -> None:
    page = "<table><tr><td>Royan</tr><tr style='Display: none'><td>Saujon</tr><tr hidden></tr></table>"
    (sheet,) = read(page.encode(), "export.xls")
    assert (sheet.rangees, sheet.masquees) == ((("Royan",),), (2,))


def test_words_of_a_cell_stay_apart_and_scripts_are_not_read() -> None:
    page = "<table><tr><td>Royan<br>Saujon<script>x = 1</script><td><p>Médis</p><p>&nbsp;Aytré</p></table>"
    assert rows(page) == (("Royan\u2028Saujon", "Médis\u2028Aytré"),)


def test_a_table_inside_another_is_told_apart() -> None:
    page = "<table><tr><td>Dehors<table><tr><td>Dedans</table></td><td>Après</td></tr></table>"
    assert [sheet.rangees for sheet in read(page.encode(), "a.xls")] == [
        (("Dehors", "Après"),),
        (("Dedans",),),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html><p>Bonjour</p></html>", "pas un tableau"),
        ("<?xml version='1.0'?><Workbook/>", "en XML"),
        ("{\\rtf1 Royan}", "pas un tableau"),
        ("<table>" + "<td>" * 20_000, "trop de cases"),
        ("<table><tr><td>" * 200, "trop de cases"),
        ("<table><tr>" + "<td rowspan=999999999 colspan=999999999>x" * 4, "trop de colonnes"),
        (f"<table><tr><td colspan=100 rowspan=40000>{'x' * 30_000}" + "<tr></tr>" * 20, "trop de cases"),
    ],
)
def test_what_is_no_table_or_has_no_end_is_refused_at_once(content: str, words: str) -> None:
    began = time.process_time()
    with pytest.raises(FichierIllisibleError, match=words):
        read(content.encode(), "export.xls")
    assert time.process_time() - began < 2
