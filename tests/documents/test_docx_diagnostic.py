import re
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as DocumentWord
from docx.oxml.ns import qn
from lxml import etree

from cpts_geo.dessin.typst_moteur import image
from cpts_geo.documents import diagnostic, formats
from cpts_geo.documents.blocs import Champ, Document, Illustration, Tableau
from cpts_geo.documents.diagnostic import Options
from cpts_geo.documents.mise_en_page import insecable
from tests.outils.dossiers import HOSTILES, RURAL, dossier, hostile


@cache
def told() -> Document:
    return diagnostic.compose(dossier(RURAL), Options("projet_sante"))


@cache
def content() -> bytes:
    return formats.document_word(told())


def opened(written: bytes) -> DocumentWord:
    return docx.Document(BytesIO(written))


def every(kind: type) -> list[object]:
    return [bloc for section in told().sections for bloc in section.blocs if isinstance(bloc, kind)]


def xml(written: bytes, part: str = "word/document.xml") -> str:
    with ZipFile(BytesIO(written)) as held:
        return held.read(part).decode()


@pytest.mark.lent
def test_every_part_is_well_formed() -> None:
    with ZipFile(BytesIO(content())) as held:
        assert held.testzip() is None
        for name in held.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(held.read(name))


def test_headings_are_styles_and_the_table_of_contents_lists_them() -> None:
    paragraphs = opened(content()).paragraphs
    titles = [each.text for each in paragraphs if each.style and each.style.name.startswith("Heading")]
    assert titles == [section.titre for section in told().sections]
    listed = [each.text for each in paragraphs if each.style and each.style.name in {"TOC 1", "TOC 2"}]
    assert listed == titles
    assert 'TOC \\o "1-2"' in xml(content())


def test_captions_are_numbered_by_fields() -> None:
    paragraphs = opened(content()).paragraphs
    captions = [each.text for each in paragraphs if each.style and each.style.name == "Caption"]
    assert len(captions) == len(every(Tableau)) + len(every(Illustration))
    numbers = [int(each.split()[1]) for each in captions if each.startswith("Tableau")]
    assert numbers == list(range(1, len(every(Tableau)) + 1))
    assert xml(content()).count("SEQ Tableau") == len(numbers)


def test_the_language_is_french_everywhere() -> None:
    languages = re.findall(r'<w:lang [^>]*w:val="([^"]+)"', xml(content(), "word/styles.xml"))
    assert languages
    assert set(languages) == {"fr-FR"}
    assert opened(content()).core_properties.language == "fr-FR"
    assert "CPTS du Lauragais" in opened(content()).core_properties.title


def test_every_picture_says_what_it_shows() -> None:
    shapes = opened(content()).inline_shapes
    said = [shape._inline.docPr.get("descr") for shape in shapes]  # noqa: SLF001 - no other way to read it
    assert said == [each.texte for each in every(Illustration) if isinstance(each, Illustration)]


def test_tables_repeat_their_heads_and_fit_in_the_page() -> None:
    tables = opened(content()).tables
    assert len(tables) == len(every(Tableau))
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None  # noqa: SLF001
        widths = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid]  # noqa: SLF001
        assert sum(widths) <= 17 * 567


def test_short_tables_are_kept_whole_and_long_ones_with_their_head() -> None:
    for table, bloc in zip(opened(content()).tables, every(Tableau), strict=True):
        assert isinstance(bloc, Tableau)
        head, *rows = [
            [cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells] for row in table.rows
        ]
        assert all(head)
        assert all(all(row) for row in rows) == insecable(bloc)


def test_an_empty_cell_is_no_higher_than_the_others() -> None:
    for table in opened(content()).tables:
        for paragraph in table._tbl.iter(qn("w:p")):  # noqa: SLF001
            sizes = {each.get(qn("w:val")) for each in paragraph.iter(qn("w:sz"))}
            assert len(sizes) == 1
            assert paragraph.pPr.find(f"{qn('w:rPr')}/{qn('w:sz')}") is not None


def test_what_is_not_known_is_a_visible_field_that_says_where_to_find_it() -> None:
    text = "\n".join(etree.fromstring(xml(content()).encode()).itertext())
    fields = [each for each in every(Champ) if isinstance(each, Champ)]
    assert len(fields) >= 10
    assert xml(content()).count("<w:sdt>") == len(fields)
    for each in fields:
        assert each.libelle in text
        assert each.ou in text


def test_nothing_is_nan() -> None:
    text = " ".join(etree.fromstring(xml(content()).encode()).itertext())
    assert not re.search(r"\b(nan|NaN|None)\b", text)


@pytest.mark.lent
@pytest.mark.parametrize("modele", ["projet_sante", "ars_bretagne"])
def test_hostile_texts_come_out_as_they_are(modele: str) -> None:
    document = diagnostic.compose(hostile(), Options(modele, cartes=False, graphiques=False))
    written = formats.document_word(document)
    text = "\n".join(etree.fromstring(xml(written).encode()).itertext())
    for shown in (*HOSTILES[:4], "gnp.exe", HOSTILES[5][:120]):
        assert shown in text
    assert "\u202e" not in text
    assert "49" not in re.findall(r"\{\{ (\d+) \}\}", text)


def test_the_logo_is_on_the_first_page() -> None:
    logo = image("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>", 50)
    options = Options("projet_sante", cartes=False, graphiques=False, logo=logo)
    written = formats.document_word(diagnostic.compose(dossier(RURAL), options))
    (shape,) = opened(written).inline_shapes
    assert "Logo" in shape._inline.docPr.get("descr")  # noqa: SLF001


def test_the_sides_of_tables_are_in_the_order_that_word_wants() -> None:
    wanted = ["top", "left", "bottom", "right", "insideH", "insideV"]
    for table in opened(content()).tables:
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))  # noqa: SLF001
        assert [etree.QName(each).localname for each in borders] == wanted
