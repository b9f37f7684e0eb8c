"""Reading the rows of a file that a person gives: a text, a workbook or a web page, in an archive or not."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.saisie.fichiers.pages_apportees import PAS_UN_TABLEAU, read_page
from cpts_geo.saisie.fichiers.textes_apportes import ENREGISTRER, decode, read_csv
from cpts_geo.saisie.noms import sans_entites
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables.codes_en_deux import joined

_LONGEST_TYPE = 200
_MEGABYTE = 1_048_576
_REFUSES = {
    ".numbers": "Le format de Numbers n’est pas lu. Dans Numbers, choisissez «\u00a0Fichier\u00a0», "
    "«\u00a0Exporter vers\u00a0», puis CSV ou Excel.",
    ".pdf": "Un PDF n’est pas un tableau. Copiez sa liste, et collez-la dans l’onglet «\u00a0Coller\u00a0».",
    ".xlsb": f"Le format binaire d’Excel (.xlsb) n’est pas lu. {ENREGISTRER}",
}
_ARCHIVE_VIDE = "Cette archive ne contient aucun tableau (CSV, Excel, LibreOffice)."
_ARCHIVE_ABIMEE = "Cette archive est abîmée, ou protégée par un mot de passe."
_TROP_DE_FICHIERS = "Cette archive contient trop de fichiers."
_OLE, _PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = frozenset({".xlsx", ".xlsm", ".ods", ".zip"})
# How texts begin that are no rows of cells: pages, other XML, documents, messages.
_MARKED = re.compile(r"\s*<[a-z!?]", re.IGNORECASE)
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_TEXT_OF_DOCUMENT = ("{\\rtf", "MIME-Version:")
_AUTRE_XML = f"Ce fichier est en XML, qui n’est pas lu. Ouvrez-le dans votre tableur. {ENREGISTRER}"
# Files that a system or a spreadsheet leaves beside others.
_NOT_GIVEN = ("~$", ".", "__MACOSX")
_TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"})


def read(contenu: bytes, nom: str) -> tuple[Feuille, ...]:
    """Read the sheets of a file, those that hold nothing left out.

    Args:
        contenu: the bytes of the file, by which its format is known.
        nom: its name, whose extension is believed only to say what to do with a format that is not read.

    Raises:
        FichierIllisibleError: whatever is wrong with the file.
    """
    if len(contenu) > limites().octets_au_plus:
        raise FichierIllisibleError(
            f"Ce fichier est trop lourd\u00a0: {limites().octets_au_plus // _MEGABYTE}\u00a0Mo au plus."
        )
    return tuple(map(joined, _filled(_sheets(contenu, nom))))


def _sheets(content: bytes, name: str) -> tuple[Feuille, ...]:
    extension = ".pdf" if content.startswith(_PDF) else PurePosixPath(name).suffix.lower()
    if extension in _REFUSES:
        raise FichierIllisibleError(_REFUSES[extension])
    if content.startswith(_OLE):
        from cpts_geo.saisie.fichiers.classeurs import read_xls  # noqa: PLC0415 - see _read_zip

        return read_xls(content)
    if content.startswith(_ZIP) or (extension in _ARCHIVES and content.startswith(b"PK")):
        return _read_zip(content)
    return _read_text(decode(content))


def _read_text(text: str) -> tuple[Feuille, ...]:
    if text.startswith(_TEXT_OF_DOCUMENT):
        raise FichierIllisibleError(PAS_UN_TABLEAU)
    if not _MARKED.match(text):
        return (Feuille("", read_csv(sans_entites(text))),)
    if not _TABLE.search(text):
        raise FichierIllisibleError(_AUTRE_XML if text.lstrip().startswith("<?xml") else PAS_UN_TABLEAU)
    return read_page(text)


def _filled(sheets: tuple[Feuille, ...]) -> tuple[Feuille, ...]:
    filled = tuple(sheet for sheet in sheets if sheet.masquees or any(any(row) for row in sheet.rangees))
    if not filled:
        raise FichierIllisibleError("Ce fichier est vide.")
    return filled


# ---- Archives -------------------------------------------------------------------------------------------


def _read_zip(content: bytes) -> tuple[Feuille, ...]:
    # Long to import: the pages of those who give no workbook do not wait for it.
    from cpts_geo.saisie.fichiers.classeurs import read_archive  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if _is_workbook(archive, names):
                return read_archive(content)
            return _read_files(archive, names)
    except FichierIllisibleError:
        raise
    except Exception as error:  # a damaged archive makes zipfile raise about anything
        raise FichierIllisibleError(_ARCHIVE_ABIMEE) from error


def _is_workbook(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Whether an archive is a workbook, and not a document, which is refused, or files put together."""
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        raise FichierIllisibleError(_REFUSES[".numbers"])
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise FichierIllisibleError(PAS_UN_TABLEAU)
    if "xl/workbook.bin" in names:
        raise FichierIllisibleError(_REFUSES[".xlsb"])
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            kind = part.read(_LONGEST_TYPE)
        if b"opendocument" in kind and b"spreadsheet" not in kind:
            raise FichierIllisibleError(PAS_UN_TABLEAU)
        return b"opendocument" in kind
    return "[Content_Types].xml" in names or any(name.startswith("xl/") for name in names)


def _read_files(archive: zipfile.ZipFile, names: list[str]) -> tuple[Feuille, ...]:
    given = [name for name in names if _is_table(name)]
    if not given:
        raise FichierIllisibleError(_ARCHIVE_VIDE)
    if len(given) > limites().fichiers_par_archive:
        raise FichierIllisibleError(_TROP_DE_FICHIERS)
    contents = _weighed(archive, given)
    return tuple(
        Feuille(each.nom, each.rangees, each.masquees, name)
        for name, content in contents.items()
        for each in _sheets_of_file(content, name)
    )


def _weighed(archive: zipfile.ZipFile, given: list[str]) -> dict[str, bytes]:
    """The files of an archive, unpacked; all of them, workbooks unpacked too, weigh no more than one may."""
    left = limites().octets_decompresses
    contents: dict[str, bytes] = {}
    for name in given:
        with archive.open(name) as file:
            content = file.read(limites().octets_au_plus + 1)
        left -= len(content) + _unpacked(content)
        if left < 0 or len(content) > limites().octets_au_plus:
            raise FichierIllisibleError(f"«\u00a0{name}\u00a0» est trop lourd dans cette archive.")
        contents[name] = content
    return contents


def _unpacked(content: bytes) -> int:
    if not content.startswith(_ZIP):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as workbook:
            return sum(part.file_size for part in workbook.infolist())
    except zipfile.BadZipFile:
        return 0  # refused, with its name, when it is read


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith(_NOT_GIVEN) for part in path.parts)
    return path.suffix.lower() in _TABLES and not hidden


def _sheets_of_file(content: bytes, name: str) -> tuple[Feuille, ...]:
    """The sheets of a file of an archive, which is no archive of files itself."""
    if content.startswith(_ZIP) and not name.lower().endswith((".xlsx", ".xlsm", ".ods")):
        raise FichierIllisibleError(f"«\u00a0{name}\u00a0» n’est pas un tableau.")
    try:
        return _sheets(content, name)
    except FichierIllisibleError as error:
        raise FichierIllisibleError(f"«\u00a0{name}\u00a0»\u00a0: {error}") from error
