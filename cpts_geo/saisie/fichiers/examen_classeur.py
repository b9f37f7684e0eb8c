"""Looks through a workbook before it is read: readers take a row, or all styles, whole, however long.

Each part is unpacked piece by piece, and its tags are counted without being kept: what would fill the memory
or hold the server is refused in a second, in a few megabytes. What readers do not tell of sheets is noted on
the way (`relief_classeur`). Readers are given what has been looked through, packed again, and nothing else: a
memory that one written in Rust cannot have ends the server, and archives and parts can be made so that two
readers see other things in them.
"""

import codecs
import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.saisie.fichiers.relief_classeur import (
    INHABITUEL,
    TROP_DE_CASES,
    Etendue,
    Observateur,
    Relief,
    Vue,
)
from cpts_geo.saisie.fichiers.relief_excel import (
    RELATIONS,
    SHARED,
    STYLES,
    WORKBOOK,
    ReliefExcel,
    ReliefShared,
    TextesPartages,
    names_of_parts,
    percent_styles,
)
from cpts_geo.saisie.fichiers.relief_ods import CONTENT, ReliefOds

# Says in a few words that a workbook is one of LibreOffice.
_TYPE, _LONGEST_TYPE = "mimetype", 200
_PIECE = 64 * 1024
# Others may take any memory to unpack; no tableur writes them.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What is read of a workbook beside its sheets; pictures, charts and pivots are not.
_PARTS_OF_EXCEL = ("[content_types].xml", "_rels/.rels", WORKBOOK, RELATIONS, STYLES)
_PARTS_OF_ODS = ("meta-inf/manifest.xml",)
_TROP_GROS = "Ce classeur est trop gros une fois décompressé."


class Examen(NamedTuple):
    """What was seen of a workbook: the relief of each sheet, by its name, and the parts that can be read."""

    reliefs: dict[str, Relief]
    lisible: bytes


def examine(content: bytes) -> Examen:
    """Look through a workbook.

    Raises:
        FichierIllisibleError: it holds more than the limits declared, or what no workbook holds.
        zipfile.BadZipFile: it is no archive, or a damaged one.
        expat.ExpatError, UnicodeDecodeError: a part is no XML in UTF-8.
    """
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as lisible,
    ):
        _refuse_unusual(archive.infolist())
        if _TYPE in archive.namelist():
            with archive.open(_TYPE) as file:
                lisible.writestr(_TYPE, file.read(_LONGEST_TYPE))
        reliefs = _Parties(archive, lisible).read()
    return Examen(reliefs, saved.getvalue())


def _refuse_unusual(parts: list[zipfile.ZipInfo]) -> None:
    if len(set(map(_path, parts))) < len(parts):
        raise FichierIllisibleError(INHABITUEL)
    if len(parts) > limites().parties_au_plus:
        raise FichierIllisibleError(INHABITUEL)
    if sum(part.file_size for part in parts) > limites().octets_decompresses:
        raise FichierIllisibleError(_TROP_GROS)
    if any(part.compress_type not in _COMPRESSIONS for part in parts):
        raise FichierIllisibleError(INHABITUEL)


class _Parties:
    """Goes from part to part, those that say what the others are first."""

    def __init__(self, archive: zipfile.ZipFile, lisible: zipfile.ZipFile) -> None:
        self._archive = archive
        self._lisible = lisible
        # Readers find a part by its name, whatever its letters.
        self._parts = {_path(part): part for part in archive.infolist()}
        self._left = limites().balises_au_plus
        self._extent = Etendue()

    def read(self) -> dict[str, Relief]:
        """Look through the parts that are read, and give the relief of each sheet."""
        return self._read_excel() if WORKBOOK in self._parts else self._read_ods()

    def _read_ods(self) -> dict[str, Relief]:
        reliefs: dict[str, Relief] = {}
        for path in _PARTS_OF_ODS:
            self._read(path, limites().balises_par_partie)
        self._read(CONTENT, self._left, ReliefOds(reliefs, self._extent))
        self._tell_errors(CONTENT, list(reliefs.values()))
        return reliefs

    def _read_excel(self) -> dict[str, Relief]:
        for path in _PARTS_OF_EXCEL:
            # No sheet, unless the workbook says otherwise: its cells are counted.
            self._read(path, limites().balises_par_partie, ReliefExcel(Relief(), frozenset(), self._extent))
        names, percents = names_of_parts(self._tree), percent_styles(self._tree)
        shared = ReliefShared()
        self._read(SHARED, self._left, shared)
        reliefs = {nom: Relief() for nom in names.values()}
        partagees = 0
        for path, nom in names.items():
            sheet = ReliefExcel(reliefs[nom], percents, self._extent)
            self._read(path, self._left, sheet)
            partagees += sheet.partagees
            self._tell_errors(path, [reliefs[nom]])
        # Readers copy a text that cells share for each of them.
        if partagees * max(shared.lengths, default=0) > limites().octets_decompresses:
            for path in names:
                TextesPartages(shared.lengths, self._extent).read(self._pieces(path))
        return reliefs

    def _read(self, path: str, most: int, observateur: Observateur | None = None) -> None:
        if path not in self._parts:
            return
        compte = _Compte(min(most, self._left), observateur)
        with self._lisible.open(self._parts[path].filename, "w") as copy:
            for piece in self._pieces(path):
                compte.read(piece)
                copy.write(piece)
        self._left -= compte.finish()

    def _tell_errors(self, path: str, reliefs: list[Relief]) -> None:
        if any(relief.erreurs for relief in reliefs):
            part = b"".join(self._pieces(path))
            for relief in reliefs:
                relief.tell_errors(part)

    def _pieces(self, path: str) -> Iterator[bytes]:
        """A part, unpacked little by little: Python gives no more of it than the size it declares."""
        with self._archive.open(self._parts[path]) as file:
            while piece := file.read(_PIECE):
                yield piece

    def _tree(self, path: str) -> ET.Element | None:
        """A small part that has been looked through, as a whole; None without it."""
        if path not in self._parts:
            return None
        if self._parts[path].file_size > limites().octets_de_partie:
            raise FichierIllisibleError(INHABITUEL)
        parser = ET.XMLParser(encoding="utf-8")  # noqa: S314 - looked through: it has no entity
        return ET.fromstring(b"".join(self._pieces(path)), parser)  # noqa: S314 - idem


def _path(part: zipfile.ZipInfo) -> str:
    return part.filename.replace("\\", "/").removeprefix("/").lower()


class _Compte:
    """Counts the tags of a part, which must not be more than `most`; somebody may see them."""

    def __init__(self, most: int, observateur: Observateur | None = None) -> None:
        self._left = self._most = most
        self._observateur = observateur
        self._views = _Views(observateur)
        self._open_since = self._depth = 0
        self._counted = most
        self._ends: list[str] = []
        self._names: dict[str, str] = {}
        # Whatever encoding a part declares or begins with, readers take it for UTF-8.
        self._parser = expat.ParserCreate("UTF-8", intern=self._names)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._ends.append
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self, piece: bytes) -> None:
        """Look through the next piece.

        Raises:
            FichierIllisibleError: there is more than declared.
            expat.ExpatError: it is no XML.
            UnicodeDecodeError: it is not in UTF-8.
        """
        self._decoder.decode(piece)
        closed = piece.rfind(b">")
        self._open_since = self._open_since + len(piece) if closed < 0 else len(piece) - closed
        self._parser.Parse(piece)
        self._depth += self._counted - self._left - len(self._ends)
        self._counted = self._left
        self._ends.clear()
        unusual = (
            self._open_since > limites().octets_par_balise
            or self._depth > limites().profondeur_au_plus
            or len(self._names) > limites().noms_au_plus
            or b"\0" in piece
        )
        if unusual:
            raise FichierIllisibleError(INHABITUEL)

    def finish(self) -> int:
        """Give how many tags the part has."""
        self._parser.Parse(b"", True)  # noqa: FBT003 - the last piece; it takes no name
        if self._observateur is not None:
            self._observateur.finish(self._parser.CurrentByteIndex)
        return self._most - self._left

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise FichierIllisibleError(TROP_DE_CASES)
        view = self._views[name]
        if view is not None:
            view(attributes, self._parser.CurrentByteIndex)

    def _refuse_doctype(self, *_: object) -> None:
        raise FichierIllisibleError(INHABITUEL)


class _Views(dict[str, Vue | None]):
    """What sees the tags of each name."""

    def __init__(self, observateur: Observateur | None) -> None:
        self._observateur = observateur

    def __missing__(self, name: str) -> Vue | None:
        view = None if self._observateur is None else self._observateur.seeing(name.rpartition(":")[2])
        if len(self) < limites().noms_au_plus:
            self[name] = view
        return view
