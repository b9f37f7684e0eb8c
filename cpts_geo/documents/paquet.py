"""Everything that can be taken away: the files of a diagnostic, by name, one by one or in an archive."""

import logging
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TypeVar

from cpts_geo.dessin import carte_imprimee, typst_moteur
from cpts_geo.documents import diagnostic, docx_diagnostic, pdf_diagnostic
from cpts_geo.documents.blocs import Document
from cpts_geo.documents.diagnostic import Options, Suivi
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.geojson import geojson
from cpts_geo.documents.tables import csv_communes, csv_locales, csv_rapport
from cpts_geo.documents.tables.xlsx_classeur import classeur
from cpts_geo.projet import fichier
from cpts_geo.socle import textes

# Formats by code, with their names, in the order in which they are offered.
FORMATS = {
    "docx": "Word (DOCX)",
    "pdf": "PDF",
    "xlsx": "Excel (XLSX)",
    "csv": "CSV",
    "geojson": "GeoJSON",
    "png": "Carte (PNG)",
    "projet": "Fichier du projet",
    "zip": "Tout (ZIP)",
}
LARGEUR_IMAGE = 1600
Fait = TypeVar("Fait")
_LOG = logging.getLogger(__name__)
_ECHEC = (
    "{nom}\u00a0: ce fichier n’a pas pu être fait{suite}. Le détail est dans le journal de l’application."
)
_SANS_CARTE = "Aucune commune de ce territoire n’a de contour\u00a0: il n’y a pas de carte à enregistrer."
# An archive of the same files is the same archive.
_JOUR_ARCHIVE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Paquet:
    """Files by name, and what to tell the person, in French; `echecs` says what could not be made."""

    fichiers: dict[str, bytes]
    messages: tuple[str, ...] = ()
    echecs: tuple[str, ...] = ()


def export(
    dossier: Dossier, formats: Sequence[str], docx: Options, pdf: Options, suivre: Suivi | None = None
) -> Paquet:
    """Make the files of these formats; "zip" alone takes all formats.

    A format that fails is said, and stops no other.

    Args:
        dossier: the project and the data.
        formats: codes of `FORMATS`.
        docx: the template of the Word document.
        pdf: the template of the PDF.
        suivre: told how far the work is, from 0 to 1, and what is being done, in French.

    Raises:
        KeyError: there is no such format or template.
    """
    asked = _asked(formats)
    _known(asked, docx, pdf)
    files: dict[str, bytes] = {}
    failed = []
    for rank, code in enumerate(asked):
        step = partial(_told, suivre, rank, len(asked), FORMATS[code])
        step(0.0, "")
        made = attempt(FORMATS[code], partial(_files, code, dossier, pdf if code == "pdf" else docx, step))
        files |= made or {}
        failed += [code] if made is None else []
    messages = (_SANS_CARTE,) if _undrawn(asked, failed, files) else ()
    rest = "\u00a0; les autres sont prêts" if files else ""
    if "zip" in formats and files:
        files = {_name("diagnostic", dossier, "zip"): archive(files)}
    return Paquet(files, messages, tuple(_ECHEC.format(nom=FORMATS[code], suite=rest) for code in failed))


def attempt(quoi: str, faire: Callable[[], Fait]) -> Fait | None:
    """What this makes, or None when it fails: why is told to the log, not to the person."""
    try:
        return faire()
    except Exception:  # noqa: BLE001 - whatever a writer meets, the other files must reach the person
        _LOG.exception("%s", quoi)
        return None


def archive(fichiers: Mapping[str, bytes]) -> bytes:
    """One ZIP of these files."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in fichiers.items():
            held.writestr(zipfile.ZipInfo(name, _JOUR_ARCHIVE), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def fichier_du_projet(dossier: Dossier) -> tuple[str, bytes]:
    """Name and content of the project file, which the application opens again."""
    name = fichier.nom_fichier(dossier.projet, dossier.jour)
    return name, fichier.encode(dossier.projet, dossier.jour, dossier.donnees.fiches)


def document_word(document: Document) -> bytes:
    """The Word file of a document, with its pictures."""
    return docx_diagnostic.docx(document, lambda each: typst_moteur.image(each.svg, LARGEUR_IMAGE))


def _asked(formats: Sequence[str]) -> list[str]:
    """The formats to make, an archive having the project too."""
    asked = [each for each in dict.fromkeys(formats) if each != "zip"]
    if "zip" in formats and not asked:
        return [each for each in FORMATS if each != "zip"]
    return [*asked, "projet"] if "zip" in formats and "projet" not in asked else asked


def _known(asked: Sequence[str], *options: Options) -> None:
    """Refuse what nobody declared: that is a fault of the caller, not of a writer."""
    for code in asked:
        ECRIVAINS[code]
    for each in options:
        diagnostic.modeles()[each.modele]


def _undrawn(asked: Sequence[str], failed: Sequence[str], files: Mapping[str, bytes]) -> bool:
    wanted = "png" in asked and "png" not in failed
    return wanted and not any(name.endswith(".png") for name in files)


# ---- One by one -----------------------------------------------------------------------------------------

Fichiers = Iterator[tuple[str, bytes]]


def _docx(dossier: Dossier, options: Options, step: Suivi) -> Fichiers:
    document = diagnostic.compose(dossier, options, step)
    yield _name("diagnostic", dossier, "docx"), document_word(document)


def _pdf(dossier: Dossier, options: Options, step: Suivi) -> Fichiers:
    document = diagnostic.compose(dossier, options, step)
    kind = "rapport" if options.modele == "rapport" else "diagnostic"
    yield _name(kind, dossier, "pdf"), pdf_diagnostic.pdf(document)


def _xlsx(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    yield _name("diagnostic", dossier, "xlsx"), classeur(dossier)


def _csv(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    rows = csv_locales.rangees(dossier.projet, dossier.referentiel)
    yield (
        csv_rapport.nom_fichier(dossier.territoire, dossier.jour),
        csv_rapport.rapport_csv(dossier.rapport, dossier.territoire, dossier.referentiel, dossier.jour, rows),
    )
    yield (
        csv_communes.nom_fichier(dossier.territoire, dossier.jour),
        csv_communes.communes_csv(dossier.table_communes, dossier.territoire, dossier.jour),
    )


def _geojson(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    yield _name("territoire", dossier, "geojson"), geojson(dossier)


def _png(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    if dossier.carte is not None:
        yield _name("carte", dossier, "png"), carte_imprimee.png(dossier.carte)


def _projet(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    yield fichier_du_projet(dossier)


ECRIVAINS: dict[str, Callable[[Dossier, Options, Suivi], Fichiers]] = {
    "docx": _docx,
    "pdf": _pdf,
    "xlsx": _xlsx,
    "csv": _csv,
    "geojson": _geojson,
    "png": _png,
    "projet": _projet,
}


def _files(code: str, dossier: Dossier, options: Options, step: Suivi) -> dict[str, bytes]:
    return dict(ECRIVAINS[code](dossier, options, step))


def _name(kind: str, dossier: Dossier, extension: str) -> str:
    return textes.nom_fichier(kind, dossier.territoire.nom, dossier.jour, extension)


def _told(suivre: Suivi | None, rank: int, count: int, nom: str, part: float, what: str) -> None:  # noqa: PLR0913, PLR0917 - of one step
    if suivre is not None:
        suivre((rank + part) / count, f"{nom}\u00a0: {what[:1].lower()}{what[1:]}" if what else nom)
