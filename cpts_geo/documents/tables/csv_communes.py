"""The table of communes as a CSV file that French spreadsheets open as it is meant."""

from collections.abc import Iterator
from datetime import date

from cpts_geo.analyse.table_communes import DEPARTEMENT, MASQUE, NOM, Mesure, TableCommunes
from cpts_geo.documents.tables import csv_champ
from cpts_geo.documents.tables.csv_ecriture import Cellule, write
from cpts_geo.indicateurs.affichage import SANS_OBJET
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle import textes

Rangee = tuple[Cellule, ...]


def communes_csv(table: TableCommunes, territoire: Territoire, jour: date) -> bytes:
    """The file: who and when, one row a commune, then the whole territory with the coverage of each figure.

    It is written as `csv_synthese.synthese_csv` writes its own. A measure that masked values may blur has its
    two bounds beside it; "secret" stands in its place where they leave nothing to say.
    """
    return write(
        [
            ("Projet de CPTS", territoire.nom),
            ("Date", f"{jour:%d/%m/%Y}"),
            (),
            *rangees(table),
            (),
            ("Indicateur", *csv_champ.ENTETES),
            *_sources(table),
        ]
    )


def rangees(table: TableCommunes) -> Iterator[Rangee]:
    """The names of the columns, one row a commune, the whole territory, and the coverage of each figure."""
    yield "Code INSEE", "Commune", "Département", *_heads(table)
    yield from _rows(table)
    yield "", "Territoire", "", *_totals(table)
    yield "", "Couverture (% des habitants)", "", *_coverage(table)


def nom_fichier(territoire: Territoire, jour: date) -> str:
    """Name of the file, as "communes-cpts-du-lauragais-2026-01-31.csv"."""
    return textes.nom_fichier("communes", territoire.nom, jour, "csv")


def _heads(table: TableCommunes) -> Iterator[str]:
    for mesure in table.mesures:
        yield mesure.libelle
        if mesure.encadrable:
            yield f"{mesure.libelle} - borne basse"
            yield f"{mesure.libelle} - borne haute"


def _rows(table: TableCommunes) -> Iterator[Rangee]:
    for code, nom, departement in table.communes[[NOM, DEPARTEMENT]].itertuples():
        figures = (cell for mesure in table.mesures for cell in _of_commune(table, mesure, str(code)))
        yield code, nom, departement, *figures


def _of_commune(table: TableCommunes, mesure: Mesure, code: str) -> Iterator[Cellule]:
    if (code, mesure.cle) in table.secrets:
        yield from (MASQUE, None, None)
    elif (code, mesure.cle) in table.sans_objet:
        yield from _without_object(mesure)
    else:
        yield from _figures(mesure, *table.figures[mesure.cle][code])


def _totals(table: TableCommunes) -> Iterator[Cellule]:
    for mesure, resultat in table.totaux:
        if resultat.sans_objet and not mesure.nombre:
            yield from _without_object(mesure)
        else:
            yield from _figures(mesure, *mesure.total(showable(resultat)))


def _coverage(table: TableCommunes) -> Iterator[Cellule]:
    for mesure, resultat in table.totaux:
        yield resultat.couverture
        if mesure.encadrable:
            yield from (None, None)


def _without_object(mesure: Mesure) -> Rangee:
    return (SANS_OBJET, None, None) if mesure.encadrable else (SANS_OBJET,)


def _figures(mesure: Mesure, low: float | None, high: float | None) -> Iterator[Cellule]:
    """The exact figure if there is one, and its bounds where masked values may blur it."""
    yield low if low == high else None
    if mesure.encadrable:
        yield from (low, high)


def _sources(table: TableCommunes) -> Iterator[Rangee]:
    for mesure in table.mesures:
        yield mesure.libelle, *csv_champ.cellules(mesure.indicateur)
