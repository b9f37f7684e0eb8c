"""The DOCX, the PDF and the XLSX say exactly what the CSV says: every figure is read back and compared."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from cpts_geo.documents import diagnostic, formats, paquet, pdf_diagnostic
from cpts_geo.documents.diagnostic import Options, modeles
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.tables import xlsx_classeur
from cpts_geo.indicateurs import affichage
from cpts_geo.socle.nombres import ABSENT, entier
from tests.outils.dossiers import TERRITOIRES, dossier

pytestmark = pytest.mark.lent

Rows = list[dict[str, str]]
NOMS = list(TERRITOIRES)


def opened(name: str) -> Dossier:
    return dossier(TERRITOIRES[name])


@cache
def rows_of_csv(name: str) -> Rows:
    """The table of indicators of the CSV file."""
    files = paquet.export(opened(name), ["csv"], Options("projet_sante"), Options("rapport")).fichiers
    content = next(content for file, content in files.items() if file.startswith("rapport"))
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    head = next(rank for rank, line in enumerate(lines) if line[:1] == ["Famille"])
    return [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]


def number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def read_back(text: str) -> list[float]:
    """The numbers of a figure as people read it: one, two when it is framed, none when it is missing."""
    text = text.partition("\u00a0(")[0]
    if text in {ABSENT, affichage.INCERTAIN}:
        return []
    plain = re.sub(r"[\s\u202f\u00a0]", "", text.replace(" à ", "|")).replace("\u2212", "-").replace(",", ".")
    return [float(part) for part in plain.split("|")]


def same(text: str, low: str, high: str, decimales: int) -> bool:
    """Whether a figure as people read it is that of the CSV, which has two decimals."""
    bounds = [value for value in (number(low), number(high)) if value is not None]
    given = read_back(text)
    if not bounds or not given:
        return not bounds and not given
    # Each is rounded once, from the same value: half a last digit apart at most, on both sides.
    near = 0.5 * 10**-decimales + 0.005 + 1e-6
    return abs(given[0] - bounds[0]) <= near and abs(given[-1] - bounds[-1]) <= near


def expected(name: str) -> dict[tuple[str, str], list[str]]:
    """By indicator and unit, its value in each column as people read it."""
    return {
        (item.libelle, item.unite): [
            affichage.marquee(item, ligne.territoire),
            *(affichage.valeur(item, cell.resultat) for cell in ligne.cellules[1:]),
        ]
        for ligne in opened(name).lignes.values()
        for item in [ligne.indicateur]
    }


def counts(name: str) -> dict[tuple[str, str], str]:
    """By indicator and unit, the count behind the value of the territory; empty without one."""
    return {
        (item.libelle, item.unite): affichage.effectif(ligne.territoire) if item.effectif else ""
        for ligne in opened(name).lignes.values()
        for item in [ligne.indicateur]
    }


@pytest.mark.parametrize("name", NOMS)
def test_figures_as_people_read_them_are_those_of_the_csv(name: str) -> None:
    decimales = {(item.libelle, item.unite): item.decimales for item in opened(name).catalogue.indicateurs}
    zones = [column.removesuffix(" - valeur") for column in rows_of_csv(name)[0] if column.endswith("valeur")]
    compared = 0
    for row in rows_of_csv(name):
        key = row["Indicateur"], row["Unité"]
        for zone, text in zip(zones, expected(name)[key], strict=True):
            low, high = row[f"{zone} - borne basse"], row[f"{zone} - borne haute"]
            assert same(text, low, high, decimales[key]), (key, zone)
            compared += bool(low)
        if count := counts(name)[key]:
            low, high = row["Territoire - effectif bas"], row["Territoire - effectif haut"]
            assert same(count, low, high, 0), key
    assert len(rows_of_csv(name)) == len(expected(name))
    assert compared > 400


def test_a_figure_that_is_not_the_same_is_seen() -> None:
    assert same("131,9", "131,95", "131,95", 1)
    assert not same("131,8", "131,95", "131,95", 1)
    assert not same("n.\u00a0d.", "0", "0", 1)
    assert not same("0,0", "", "", 1)
    assert not same("1 à 3", "1", "2", 0)


def rows_of_docx(content: bytes) -> Iterator[list[str]]:
    for table in docx.Document(BytesIO(content)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][:2] == ["Indicateur", "Unité"]:
            yield from rows[1:]


@pytest.mark.parametrize("name", NOMS)
@pytest.mark.parametrize("modele", list(modeles()))
def test_every_figure_of_the_docx_is_that_of_the_csv(name: str, modele: str) -> None:
    options = Options(modele, cartes=False, graphiques=False)
    document = diagnostic.compose(opened(name), options)
    wanted, people, seen = expected(name), counts(name), set()
    for libelle, unite, value, count, *others in rows_of_docx(formats.document_word(document)):
        assert [value, *others] == wanted[libelle, unite]
        assert count == people[libelle, unite]
        seen.add((libelle, unite))
    assert seen == set(wanted)
    assert len(seen) > 120


@pytest.mark.parametrize("name", NOMS)
def test_every_figure_of_the_pdf_is_that_of_the_csv(name: str) -> None:
    options = Options("rapport", cartes=False, graphiques=False)
    content = pdf_diagnostic.pdf(diagnostic.compose(opened(name), options))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    bare = re.sub(r"[\s\u200b]+", "", text)
    people = counts(name)
    for key, (value, *others) in expected(name).items():
        count = people[key]
        line = re.sub(r"[\s\u200b]+", "", "".join([*key, value, count, *others]))
        assert line in bare, key


@pytest.mark.parametrize("name", NOMS)
def test_every_figure_of_the_workbook_is_that_of_the_csv_and_is_a_number(name: str) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_classeur.classeur(opened(name))))
    head, *rows = book["Indicateurs"].iter_rows(values_only=True)
    assert len(rows) == len(rows_of_csv(name))
    compared = 0
    for given, row in zip(rows, rows_of_csv(name), strict=True):
        read = dict(zip(head, given, strict=True))
        assert list(read) == list(row)
        for column, text in row.items():
            if " - " in column:
                assert read[column] == number(text), column
                compared += read[column] is not None
            else:
                assert (read[column] or "") == text
    assert compared > 2_000


@pytest.mark.parametrize("name", NOMS)
def test_the_communes_have_the_inhabitants_of_the_reference(name: str) -> None:
    own = opened(name)
    document = diagnostic.compose(own, Options("projet_sante", cartes=False, graphiques=False))
    table = next(
        table
        for table in docx.Document(BytesIO(formats.document_word(document))).tables
        if table.rows[0].cells[0].text == "Commune"
    )
    read = {row.cells[1].text: row.cells[4].text for row in table.rows[1:]}
    total = read.pop("")
    assert read == {code: entier(own.referentiel.population([code])) for code in own.territoire}
    assert total == entier(own.referentiel.population(own.territoire.codes))
