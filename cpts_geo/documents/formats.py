"""The formats of what can be taken away: one record each, with what writes its files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cpts_geo.dessin import carte_imprimee, typst_moteur
from cpts_geo.documents import diagnostic, docx_diagnostic, pdf_diagnostic
from cpts_geo.documents.blocs import Document
from cpts_geo.documents.diagnostic import Options, Suivi
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.geomatique.geojson import geojson
from cpts_geo.documents.geomatique.kml import kml
from cpts_geo.documents.tables import csv_communes, csv_locales, csv_rapport
from cpts_geo.documents.tables.xlsx_classeur import classeur
from cpts_geo.projet import fichier
from cpts_geo.socle import textes

LARGEUR_IMAGE = 1600

Fichiers = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the extension and the MIME type of its files, and what writes them by name.

    An archive has no writer of its own: it holds the files of the others. `propose` says that it is ticked
    before the person chooses.
    """

    nom: str
    extension: str
    mime: str
    write: Callable[[Dossier, Options, Suivi], Fichiers] | None = None
    propose: bool = False


def named(kind: str, dossier: Dossier, extension: str) -> str:
    """Name of a file of this kind, as "carte-cpts-du-lauragais-2026-01-31.png"."""
    return textes.nom_fichier(kind, dossier.territoire.nom, dossier.jour, extension)


def mime_of(nom: str) -> str:
    """MIME type of a file of this name; KeyError when no format has its extension."""
    extension = nom.rsplit(".", 1)[-1]
    return {each.extension: each.mime for each in FORMATS.values()}[extension]


def fichier_du_projet(dossier: Dossier) -> tuple[str, bytes]:
    """Name and content of the project file, which the application opens again."""
    name = fichier.nom_fichier(dossier.projet, dossier.jour)
    return name, fichier.encode(dossier.projet, dossier.jour, dossier.donnees.fiches)


def document_word(document: Document) -> bytes:
    """The Word file of a document, with its pictures."""
    return docx_diagnostic.docx(document, lambda each: typst_moteur.image(each.svg, LARGEUR_IMAGE))


def _docx(dossier: Dossier, options: Options, step: Suivi) -> Fichiers:
    document = diagnostic.compose(dossier, options, step)
    yield named("diagnostic", dossier, "docx"), document_word(document)


def _pdf(dossier: Dossier, options: Options, step: Suivi) -> Fichiers:
    document = diagnostic.compose(dossier, options, step)
    kind = "rapport" if options.modele == "rapport" else "diagnostic"
    yield named(kind, dossier, "pdf"), pdf_diagnostic.pdf(document)


def _xlsx(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    yield named("diagnostic", dossier, "xlsx"), classeur(dossier)


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
    yield named("territoire", dossier, "geojson"), geojson(dossier)


def _gpkg(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    # Long to import: those who take no GeoPackage do not wait for it.
    from cpts_geo.documents.geomatique.gpkg import gpkg  # noqa: PLC0415

    yield named("territoire", dossier, "gpkg"), gpkg(dossier)


def _kml(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    yield named("territoire", dossier, "kml"), kml(dossier)


def _png(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    if dossier.carte is not None:
        yield named("carte", dossier, "png"), carte_imprimee.png(dossier.carte)


def _projet(dossier: Dossier, _: Options, __: Suivi) -> Fichiers:
    yield fichier_du_projet(dossier)


_OFFICE = "application/vnd.openxmlformats-officedocument"
# By code, in the order in which they are offered.
FORMATS = {
    "docx": Format("Word (DOCX)", "docx", f"{_OFFICE}.wordprocessingml.document", _docx, propose=True),
    "pdf": Format("PDF", "pdf", "application/pdf", _pdf, propose=True),
    "xlsx": Format("Excel (XLSX)", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", _xlsx, propose=True),
    "csv": Format("CSV", "csv", "text/csv", _csv),
    "geojson": Format("GeoJSON", "geojson", "application/geo+json", _geojson),
    "gpkg": Format("GeoPackage", "gpkg", "application/geopackage+sqlite3", _gpkg),
    "kml": Format("KML", "kml", "application/vnd.google-earth.kml+xml", _kml),
    "png": Format("Carte (PNG)", "png", "image/png", _png),
    "projet": Format("Fichier du projet", "json", "application/json", _projet),
    "zip": Format("Tout (ZIP)", "zip", "application/zip"),
}
