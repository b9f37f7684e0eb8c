"""The diagnostic as a workbook: synthesis, indicators, communes, structures, local figures, sources."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cpts_geo.analyse.listes import ecart_de_liste
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.tables import csv_communes, csv_locales, csv_rapport
from cpts_geo.documents.tables.csv_ecriture import DECIMALES, Cellule
from cpts_geo.indicateurs.formules import codes_sources
from cpts_geo.indicateurs.structures import types
from cpts_geo.socle.nombres import arrondi, est_absent
from cpts_geo.socle.palette import bureautique, palette
from cpts_geo.socle.textes import visible

Rangee = Sequence[Cellule]

ENTIER, DECIMAL = "#,##0", "#,##0.00"
# What Excel takes in a cell.
LONGUEUR = 32_767
_FOND, _ENCRE = bureautique(palette().secondaire), bureautique(palette().encre)
_NARROWEST, _WIDEST, _MEASURED = 9, 60, 400


def classeur(dossier: Dossier) -> bytes:
    """The workbook: figures as numbers, rounded as in the CSV files; missing ones as empty cells."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = visible(f"Diagnostic – {dossier.territoire.nom}")
    book.properties.creator, book.properties.language = "cpts-geo", "fr-FR"
    _sheet(book, "Synthèse", _synthese(dossier), head=None)
    _sheet(book, "Indicateurs", _indicateurs(dossier))
    _sheet(book, "Communes", _communes(dossier))
    _sheet(book, "Structures", _structures(dossier))
    if dossier.projet.locales:
        rows = csv_locales.rangees(dossier.projet, dossier.referentiel)
        _sheet(book, "Données locales", [row for row in rows if len(row) > 1])
    _sheet(book, "Sources", _sources(dossier))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


# ---- Sheets ---------------------------------------------------------------------------------------------


def _synthese(dossier: Dossier) -> Iterator[Rangee]:
    codes, bareme = dossier.territoire.codes, dossier.bareme
    found = bareme.rank(dossier.referentiel.population(codes))
    yield "Projet de CPTS", dossier.territoire.nom
    yield "Date", f"{dossier.jour:%d/%m/%Y}"
    yield "Nombre de communes", len(codes)
    yield "Population municipale", found.population
    yield "Millésime de la population", dossier.referentiel.millesimes(codes)
    yield "Taille", found.numero, found.intervalle, bareme.source_seuils
    if found.proche:
        yield "Attention", found.avertissement
    said = f"Enveloppe annuelle, en euros ({bareme.mention_montants})"
    yield said, found.montant, "", bareme.source_montants
    yield "Lien", dossier.lien
    yield ()
    for line in dossier.synthese.split("\n"):
        yield "", line


def _indicateurs(dossier: Dossier) -> Iterator[Rangee]:
    yield csv_rapport.entetes(dossier.rapport.colonnes)
    yield from csv_rapport.rangees(dossier.rapport)


def _communes(dossier: Dossier) -> Iterator[Rangee]:
    yield from csv_communes.rangees(dossier.table_communes)


def _structures(dossier: Dossier) -> Iterator[Rangee]:
    yield "Type", "Nom", "Commune", "Nombre", "Source", "Remarque"
    codes = dossier.territoire.codes
    for kind in types():
        source, apart = dossier.structures.source(kind, codes), ecart_de_liste(kind, codes, dossier.donnees)
        for commune, nom, number in dossier.structures.liste(kind, codes).itertuples(index=False):
            yield kind.nom, nom if isinstance(nom, str) else None, str(commune), int(number), source, apart


def _sources(dossier: Dossier) -> Iterator[Rangee]:
    yield "Producteur", "Jeu de données", "Millésime", "Licence", "Adresse", "Notes", "Indicateurs"
    fed: dict[str, list[str]] = {}
    for item in dossier.catalogue.indicateurs:
        for code in codes_sources(item):
            fed.setdefault(code, []).append(item.libelle)
    for each in dossier.sources:
        notes, named = " ".join(each.notes), ", ".join(fed.get(each.code, ()))
        yield each.producteur, each.jeu, each.millesime, each.licence, each.adresse, notes, named


# ---- Cells ----------------------------------------------------------------------------------------------


def _sheet(book: Workbook, title: str, rows: Iterable[Rangee], head: int | None = 1) -> None:
    """A sheet of these rows; `head` is that of the names of columns, None when there is none."""
    sheet: Worksheet = book.create_sheet(title)
    for rank, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value not in {None, ""}:
                _write(sheet.cell(rank, column), value)
    _set_widths(sheet)
    if head is None:
        for cell in sheet["A"]:
            cell.font = Font(bold=True, color=_ENCRE)
    else:
        _dress_head(sheet, head)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _dress_head(sheet: Worksheet, head: int) -> None:
    for cell in sheet[head]:
        cell.font = Font(bold=True, color=_ENCRE)
        cell.fill = PatternFill("solid", fgColor=_FOND)
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    sheet.freeze_panes = sheet.cell(head + 1, 4 if sheet.max_column > 8 else 1)  # noqa: PLR2004 - wide tables
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    sheet.print_title_rows = f"{head}:{head}"


def _write(cell: Cell, value: Cellule) -> None:
    if isinstance(value, str):
        cell.value = visible(value)[:LONGUEUR]
        # Never a formula, whatever it begins with.
        cell.data_type, cell.quotePrefix = "s", True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif value is not None and not est_absent(value):
        rounded = arrondi(value, DECIMALES)
        whole = rounded == int(rounded)
        cell.value = int(rounded) if whole else float(rounded)
        cell.number_format = ENTIER if whole else DECIMAL
        cell.alignment = Alignment(vertical="top")


def _set_widths(sheet: Worksheet) -> None:
    for column, cells in enumerate(sheet.iter_cols(max_row=_MEASURED), start=1):
        texts = [str(cell.value) for cell in cells[1:] if cell.value is not None]
        longest = max(map(len, texts), default=0) + 2
        width = min(_WIDEST, max(_NARROWEST, longest))
        sheet.column_dimensions[get_column_letter(column)].width = width
