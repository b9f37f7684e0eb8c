"""Looks through a workbook before it is read: readers take a row, or all styles, whole, however long.

Each part is unpacked piece by piece, and its tags are counted without being kept: what would fill the memory
or hold the server is refused in a second, in a few megabytes. What readers do not tell of sheets is noted on
the way (`relief_classeur`).
"""

import io
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from cpts_geo.saisie.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.saisie.relief_classeur import INHABITUEL, SHARED, Observateur, Relief, Reliefs

_XML = (".xml", ".rels")
_PIECE = 64 * 1024
# Others may take any memory to unpack; no tableur writes them.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# The parts that grow with what is in the sheets.
_LARGE = (
    "content.xml",
    "xl/worksheets/",
    "xl/sharedStrings",
    "xl/tables/",
    "xl/charts/",
    "xl/drawings/",
    "xl/pivot",
    "xl/comments",
)
_TROP_GROS = "Ce classeur est trop gros une fois décompressé."
_TROP_DE_CASES = (
    "Ce classeur a trop de cases remplies ou mises en forme. Copiez les colonnes utiles dans un classeur "
    "neuf, ou enregistrez la feuille au format CSV."
)


def examine(content: bytes) -> dict[str, Relief]:
    """Look through a workbook, and give the relief of each sheet by its name.

    Raises:
        FichierIllisibleError: it holds more than the limits declared, or what no workbook holds.
        zipfile.BadZipFile: it is no archive, or a damaged one.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > limites().parties_au_plus:
            raise FichierIllisibleError(INHABITUEL)
        if sum(part.file_size for part in parts) > limites().octets_decompresses:
            raise FichierIllisibleError(_TROP_GROS)
        if any(part.compress_type not in _COMPRESSIONS for part in parts):
            raise FichierIllisibleError(INHABITUEL)
        reliefs = Reliefs(archive)
        left = limites().balises_au_plus
        # Readers find a part by its name, whatever its letters: there must be one.
        if len({part.filename.lower() for part in parts}) < len(parts):
            raise FichierIllisibleError(INHABITUEL)
        parts.sort(key=lambda part: not part.filename.lower().endswith(SHARED))
        for part in parts:
            large = part.filename.removeprefix("/").startswith(_LARGE)
            most = left if large else min(left, limites().balises_par_partie)
            # Old drawings (.vml) are often no proper XML, and pictures none at all: nobody reads them.
            compte = _Compte(most, reliefs.observer(part.filename))
            left -= compte.read(_pieces(archive, part), strict=part.filename.endswith(_XML))
        return reliefs.par_feuille


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part, unpacked little by little: Python gives no more of it than the size it declares."""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece


class _Compte:
    """Counts the tags of a part, which must not be more than `most`; somebody may see them."""

    def __init__(self, most: int, observateur: Observateur | None = None) -> None:
        self._left = self._most = most
        self._observateur = observateur
        self._cells = self._depth = 0
        # Asked at each tag, of which there are millions.
        self._cells_of_row, self._deepest = limites().cases_par_rangee, limites().profondeur_au_plus
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        if observateur is not None:
            self._parser.CharacterDataHandler = observateur.text
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self, pieces: Iterator[bytes], *, strict: bool) -> int:
        """Give how many tags a part has, until it proves not to be XML: an error if it is `strict`ly XML."""
        open_since = 0
        for piece in pieces:
            closed = piece.rfind(b">")
            open_since = open_since + len(piece) if closed < 0 else len(piece) - closed
            try:
                self._parser.Parse(piece)
            except expat.ExpatError:
                if strict:
                    raise
                break
            if open_since > limites().octets_par_balise:
                raise FichierIllisibleError(INHABITUEL)
        return self._most - self._left

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        self._depth += 1
        local = name[name.rfind(" ") + 1 :]
        if self._observateur is not None:
            self._observateur.start(local, attributes)
        self._cells = self._cells + 1 if local == "c" else 0 if local == "row" else self._cells
        if self._left < 0 or self._cells > self._cells_of_row:
            raise FichierIllisibleError(_TROP_DE_CASES)
        if self._depth > self._deepest:
            raise FichierIllisibleError(INHABITUEL)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._observateur is not None:
            self._observateur.end(name[name.rfind(" ") + 1 :])

    def _refuse_doctype(self, *_: object) -> None:
        raise FichierIllisibleError(INHABITUEL)
