"""What a DOCX says of itself is not believed; what grows without end is stopped before it takes memory."""

import struct
import tracemalloc
import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpts_geo.documents.modele_word.archive import check
from cpts_geo.documents.modele_word.document import fill_fields
from cpts_geo.documents.modele_word.passage import DemandeRemplissage, DonneesModele
from cpts_geo.documents.modele_word.regles import ModeleRefuseError, regles

LIMITES = regles().limites
DONNEES = DonneesModele({"nom": "CPTS"}, {}, carte=False)


def ordinary() -> bytes:
    document = docx.Document()
    document.add_paragraph("{{ nom }}")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


ORDINARY = ordinary()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as held:
        return {name: held.read(name) for name in held.namelist()}


def packed(changed: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", method) as written:
        for name, part in (parts(ORDINARY) | changed).items():
            written.writestr(name, part)
    return content.getvalue()


def document_xml(*, before: str = "", inside: str = "") -> bytes:
    xml = parts(ORDINARY)["word/document.xml"].decode()
    return (
        xml.replace("<w:document", f"{before}<w:document", 1)
        .replace("<w:body>", f"<w:body>{inside}")
        .encode()
    )


def with_size(content: bytes, name: str, size: int) -> bytes:
    """The archive, which says that this part has another size than it has."""
    with zipfile.ZipFile(BytesIO(content)) as held:
        local = held.getinfo(name).header_offset
    central = content.rindex(name.encode()) - 46
    changed = bytearray(content)
    struct.pack_into("<L", changed, local + 22, size)
    struct.pack_into("<L", changed, central + 24, size)
    return bytes(changed)


def refused(content: bytes) -> str:
    with pytest.raises(ModeleRefuseError) as error:
        fill_fields(DemandeRemplissage(content, DONNEES, None))
    return str(error.value)


def test_parts_come_out_as_they_were() -> None:
    assert parts(check(ORDINARY)) == parts(ORDINARY)


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/image1.png"])
@pytest.mark.parametrize("said", [None, 100])
def test_what_unpacks_without_end_is_stopped_whatever_it_says_of_its_size(
    name: str, said: int | None
) -> None:
    content = packed({name: b"a" * (LIMITES.octets_ouverts_au_plus + 1)})
    lying = content if said is None else with_size(content, name, said)
    tracemalloc.start()
    try:
        assert (
            "trop gros" in refused(lying) or "abîmé" in refused(lying) or "pas un document" in refused(lying)
        )
        assert tracemalloc.get_traced_memory()[1] < 2.5 * LIMITES.octets_ouverts_au_plus
    finally:
        tracemalloc.stop()


def test_text_and_layout_are_bounded() -> None:
    assert "trop gros" in refused(packed({"word/document.xml": b"<a>" + b"x" * LIMITES.octets_xml_au_plus}))


def test_parts_are_counted() -> None:
    many = {f"word/media/{rank}.png": b"" for rank in range(LIMITES.parties_au_plus)}
    assert "trop d’éléments" in refused(packed(many))


def test_elements_are_counted_and_how_deep_they_are() -> None:
    wide = document_xml(inside="<w:p/>" * LIMITES.elements_au_plus)
    assert "trop gros" in refused(packed({"word/document.xml": wide}))
    deep = document_xml(inside="<w:p>" * LIMITES.profondeur_au_plus + "</w:p>" * LIMITES.profondeur_au_plus)
    assert "trop gros" in refused(packed({"word/document.xml": deep}))


LAUGHS = "".join(f'<!ENTITY l{rank} "{f"&l{rank - 1};" * 10 if rank else "ha"}">' for rank in range(10))


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ('<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hosts">]>', "&x;"),
        ('<!DOCTYPE w:document SYSTEM "http://exemple.fr/x.dtd">', ""),
        (f"<!DOCTYPE w:document [{LAUGHS}]>", "&l9;"),
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/autre.bin"])
def test_entities_are_refused_wherever_they_are(declared: str, used: str, part: str) -> None:
    xml = document_xml(before=declared, inside=f"<w:p><w:r><w:t>{used}</w:t></w:r></w:p>")
    assert "abîmé" in refused(packed({part: xml}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_word_does_not_have_are_refused(method: int) -> None:
    assert "abîmé" in refused(packed({}, method))


@settings(deadline=5_000)
@given(st.lists(st.tuples(st.integers(0, len(ORDINARY) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_file_gives_a_document_or_a_refusal(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(ORDINARY)
    for place, byte in changes:
        damaged[place] = byte
    try:
        fill_fields(DemandeRemplissage(bytes(damaged), DONNEES, None))
    except ModeleRefuseError as error:
        assert str(error).endswith(".")  # noqa: PT017 — a refusal is one outcome, a document the other
