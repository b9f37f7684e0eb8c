import re
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from typst import TypstError

from cpts_geo.dessin import typst_moteur
from cpts_geo.dessin.polices import DOSSIER, FAMILLE
from cpts_geo.documents import diagnostic, pdf_diagnostic
from cpts_geo.documents.blocs import Cases, Champ, Document, Illustration, Paragraphe, Section, Tableau
from cpts_geo.documents.diagnostic import Options
from cpts_geo.documents.mise_en_page import insecable
from tests.outils.dossiers import HOSTILES, JOUR, TERRITOIRES, dossier, hostile
from tests.outils.exemples import exemples
from tests.outils.symboles import SYMBOLES, symboles

A4 = (595, 842)


@cache
def document(name: str, modele: str = "rapport") -> Document:
    return diagnostic.compose(dossier(TERRITOIRES[name]), Options(modele))


@cache
def compiled(name: str) -> bytes:
    return pdf_diagnostic.pdf(document(name))


@cache
def reader(name: str) -> PdfReader:
    return PdfReader(BytesIO(compiled(name)))


@cache
def pages_of(name: str) -> tuple[str, ...]:
    return tuple(page.extract_text() for page in reader(name).pages)


def text_of(read: PdfReader) -> str:
    return bare("".join(page.extract_text() for page in read.pages))


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u200b", ""))


def tree(node: Any) -> list[Any]:  # noqa: ANN401 - whatever a PDF holds
    """Every element of the structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if not hasattr(node, "get"):
        return [each for kid in node for each in tree(kid)] if isinstance(node, list) else []
    kids = node.get("/K", [])
    return [node, *[each for kid in (kids if isinstance(kids, list) else [kids]) for each in tree(kid)]]


@pytest.mark.lent
@pytest.mark.parametrize("name", TERRITOIRES)
def test_the_pages_are_a4_numbered_and_dated(name: str) -> None:
    pages = reader(name).pages
    for rank, (page, said) in enumerate(zip(pages, pages_of(name), strict=True), start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
        text = re.sub(r"\s+", " ", said)
        assert f"Page {rank} sur {len(pages)}" in text
        assert "31 janvier 2026" in text


@pytest.mark.lent
def test_it_claims_pdf_ua_and_has_what_the_standard_asks() -> None:
    root = reader("rural").trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == "fr-fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "CPTS du Lauragais" in xmp
    assert "/Outlines" in root


@pytest.mark.lent
def test_an_independent_checker_of_pdf_ua_finds_nothing(tmp_path: Path) -> None:
    for name in TERRITOIRES:
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(compiled(name))
        checked = subprocess.run(
            [sys.executable, "-m", "pdfua", "check", str(file)], capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stdout
        assert "PASS" in checked.stdout


@pytest.mark.lent
def test_titles_tables_and_pictures_are_tagged() -> None:
    elements = tree(reader("rural").trailer["/Root"]["/StructTreeRoot"])
    kinds = [element.get("/S") for element in elements]
    assert {"/H1", "/Table", "/TH", "/TD", "/L", "/LI", "/Caption", "/Link"} <= set(kinds)
    shown = [
        bloc.texte
        for section in document("rural").sections
        for bloc in section.blocs
        if isinstance(bloc, Illustration)
    ]
    said = [str(element["/Alt"]) for element in elements if element.get("/S") == "/Figure"]
    assert len(said) == len(shown)
    assert said == shown
    assert all(len(text) > 20 for text in said)


@pytest.mark.lent
def test_every_font_is_embedded() -> None:
    fonts = {}
    for page in reader("rural").pages:
        for font in page["/Resources"]["/Font"].values():
            each = font.get_object()
            fonts[each["/BaseFont"]] = each["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    assert any(FAMILLE.replace(" ", "") in name for name in fonts)
    assert all({"/FontFile2", "/FontFile3"} & set(each.get_object()) for each in fonts.values())


@pytest.mark.lent
@pytest.mark.parametrize("name", TERRITOIRES)
def test_every_figure_of_the_tables_can_be_read_back(name: str) -> None:
    text = bare("".join(pages_of(name)))
    tables = [
        bloc for section in document(name).sections for bloc in section.blocs if isinstance(bloc, Tableau)
    ]
    assert len(tables) > 30
    for table in tables:
        for cell in {cell for row in table.rangees for cell in row[table.textes :]}:
            assert re.sub(r"\s+", "", cell) in text, (table.titre, cell)
    assert not re.findall(r"\bnan\b|\bNone\b", " ".join(pages_of(name)))


@pytest.mark.lent
@pytest.mark.parametrize("name", TERRITOIRES)
def test_short_tables_are_whole_on_a_page_with_their_notes(name: str) -> None:
    pages = [bare(page) for page in pages_of(name)]
    tables = [
        bloc for section in document(name).sections for bloc in section.blocs if isinstance(bloc, Tableau)
    ]
    for table in filter(insecable, tables):
        said = [table.titre, *(cell for row in table.rangees for cell in row), *table.notes]
        pieces = [re.sub(r"\s+", "", each) for each in said]
        assert any(all(piece in page for piece in pieces) for page in pages), table.titre


@pytest.mark.lent
def test_it_links_back_to_the_territory() -> None:
    targets = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader("ville").pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    ]
    assert document("ville").lien in targets


@pytest.mark.lent
def test_hostile_texts_come_out_as_they_are() -> None:
    own = diagnostic.compose(hostile(), Options("rapport"))
    text = text_of(PdfReader(BytesIO(pdf_diagnostic.pdf(own))))
    for shown in (*HOSTILES[:4], "gnp.exe", "mot" * 30):
        assert re.sub(r"\s+", "", shown.replace("'", "’")) in text.replace("'", "’"), shown
    assert "\u202e" not in text


@pytest.mark.lent
def test_the_preview_has_the_same_pages() -> None:
    pages = pdf_diagnostic.apercu(document("ville"), ppi=40)
    assert len(pages) == len(reader("ville").pages)
    with Image.open(BytesIO(pages[0])) as drawn:
        assert drawn.format == "PNG"
        assert drawn.width == pytest.approx(A4[0] * 40 / 72, abs=2)


def of_this(text: str) -> Document:
    """A short document, that says this wherever a document can say what people typed."""
    blocs = (
        Paragraphe(f"{text}\n– {text}\n– {text * 40}"),
        Tableau(text, (text, "Valeur"), ((text, text), (text * 40, "1")), notes=(text,), gras=True),
        Champ(text, text, text, text),
        Cases(text, ((text, True), (text, False)), (text,)),
    )
    textes = {"lien": "Lien", "a_completer": "À compléter", "ou_trouver": "Où le trouver"}
    section = Section("a", "Section", 1, blocs)
    return Document("Titre", text, text, JOUR, "http://localhost/", (section,), textes)


@pytest.mark.lent
@pytest.mark.parametrize("symbol", SYMBOLES)
def test_no_symbol_stops_a_document(symbol: str) -> None:
    assert pdf_diagnostic.pdf(of_this(symbol)).startswith(b"%PDF")
    assert pdf_diagnostic.pdf(of_this(f"Nom {symbol}fin")).startswith(b"%PDF")


@settings(max_examples=exemples(25))
@given(
    st.text(st.one_of(st.characters(exclude_categories=[]), st.sampled_from("".join(SYMBOLES))), max_size=20)
)
def test_no_text_stops_a_document(text: str) -> None:
    assert pdf_diagnostic.pdf(of_this(text)).startswith(b"%PDF")


def test_without_its_replacement_a_missing_glyph_stops_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_diagnostic.polices, "dessinable", str)
    monkeypatch.setattr(typst_moteur, "DOSSIERS", (DOSSIER,))
    with pytest.raises(TypstError):
        pdf_diagnostic.pdf(of_this("漢"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("健康 et 健康", "2\u00a0caractères que les polices du document n’ont pas sont remplacés par □."),
        ("健 健", "1\u00a0caractère que les polices du document n’ont pas est remplacé par □."),
    ],
)
def test_what_is_replaced_is_said(text: str, said: str) -> None:
    read = PdfReader(BytesIO(pdf_diagnostic.pdf(of_this(text))))
    assert re.sub(r"\s+", "", said) in text_of(read)


def test_nothing_is_said_when_nothing_is_replaced() -> None:
    read = PdfReader(BytesIO(pdf_diagnostic.pdf(of_this("✅ 👉 صحة"))))
    assert "remplacé" not in text_of(read)
    assert "✅" in text_of(read)


@pytest.mark.lent
@pytest.mark.parametrize("modele", ["rapport", "projet_sante"])
def test_symbols_come_out_in_every_template(modele: str) -> None:
    document = diagnostic.compose(symboles(), Options(modele))
    text = text_of(PdfReader(BytesIO(pdf_diagnostic.pdf(document))))
    assert {"✅", "👉", "📞", "❗", "★", "→", "∑", "╔"} <= set(text)
    assert "漢" not in text
    assert pdf_diagnostic.apercu(document, ppi=20)
