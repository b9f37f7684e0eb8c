"""A DOCX read within bounds: what it says of its own size is not believed; packed anew for others."""

import struct
import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from cpts_geo.documents.modele_word.regles import ModeleRefuseError, regles

_MORCEAU = 1 << 16
_METHODES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML = (".xml", ".rels", ".vml")
_DEBUTS_XML = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PRINCIPALE = "word/document.xml"
_PAS_WORD = "Ce fichier n’est pas un document Word (.docx)."
_ABIME = "Ce document Word est abîmé\u00a0: enregistrez-le à nouveau."
_TROP_GROS = "Ce modèle est trop gros une fois ouvert."


def check(modele: bytes) -> bytes:
    """The same DOCX, each of its parts read and found within the limits; packed anew, without compression.

    Raises:
        ModeleRefuseError: it is no DOCX, is damaged or too large, or one of its parts declares entities.
    """
    try:
        with zipfile.ZipFile(BytesIO(modele)) as held:
            parts = _read(held)
    except zipfile.BadZipFile as error:
        raise ModeleRefuseError(_PAS_WORD) from error
    except (zlib.error, struct.error, EOFError, ValueError, RuntimeError) as error:
        raise ModeleRefuseError(_ABIME) from error
    if _PRINCIPALE not in parts:
        raise ModeleRefuseError(_PAS_WORD)
    _check_xml(parts)
    return _pack(parts)


def _read(held: zipfile.ZipFile) -> dict[str, bytes]:
    members = held.infolist()
    if len(members) > regles().limites.parties_au_plus:
        raise ModeleRefuseError("Ce modèle contient trop d’éléments\u00a0: images, objets ou feuilles.")
    if any(each.compress_type not in _METHODES for each in members):
        raise ModeleRefuseError(_ABIME)
    left = regles().limites.octets_ouverts_au_plus
    parts: dict[str, bytes] = {}
    for each in members:
        parts[each.filename] = _read_part(held, each, left)
        left -= len(parts[each.filename])
    return parts


def _read_part(held: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """Read piece by piece, so that no more than a piece is unpacked beyond what is left."""
    read = bytearray()
    with held.open(member) as part:
        while piece := part.read(_MORCEAU):
            read += piece
            if len(read) > left:
                raise ModeleRefuseError(_TROP_GROS)
    return bytes(read)


def _pack(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return packed.getvalue()


def _check_xml(parts: dict[str, bytes]) -> None:
    xml = [each for name, each in parts.items() if name.endswith(_XML) or each.startswith(_DEBUTS_XML)]
    if sum(map(len, xml)) > regles().limites.octets_xml_au_plus:
        raise ModeleRefuseError(_TROP_GROS)
    count = _ComptePieces()
    for each in xml:
        count.read(each)


class _ComptePieces:
    """Elements of all the parts together, and how deep they are in each."""

    def __init__(self) -> None:
        self._elements = self._depth = 0

    def read(self, content: bytes) -> None:
        """Count the elements of one part.

        Raises:
            ModeleRefuseError: it is no XML, has a document type (which a DOCX never has), or is too large.
        """
        self._depth = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(content, True)  # noqa: FBT003
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise ModeleRefuseError(_ABIME) from error

    def _doctype(self, *_: object) -> None:
        raise ModeleRefuseError(_ABIME)

    def _start(self, *_: object) -> None:
        self._elements += 1
        self._depth += 1
        limites = regles().limites
        if self._elements > limites.elements_au_plus or self._depth > limites.profondeur_au_plus:
            raise ModeleRefuseError(_TROP_GROS)

    def _end(self, *_: object) -> None:
        self._depth -= 1
