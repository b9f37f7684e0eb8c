"""The report as a CSV file that French spreadsheets open as it is meant."""

from collections.abc import Iterable, Iterator
from datetime import date

from cpts_geo.analyse.rapport import Colonne, LigneRapport, Rapport, references
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.documents.tables import csv_champ
from cpts_geo.documents.tables.csv_ecriture import Cellule, write
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle import textes

Rangee = tuple[Cellule, ...]

_FIGURES = ("valeur", "borne basse", "borne haute", "effectif bas", "effectif haut", "couverture (%)")


def rapport_csv(
    shown: Rapport,
    territoire: Territoire,
    referentiel: Referentiel,
    jour: date,
    locales: Iterable[Rangee] = (),
) -> bytes:
    """The file: who and when, every indicator in every column of the report, then local figures.

    The value is left empty where masked figures leave it in doubt: the bounds, always given, then frame it.
    All are where too few people stand behind them: the coverage says so. "Échelle" tells the figures of a
    territory that are those of whole zones around it.
    """
    return write(
        [
            ("Projet de CPTS", territoire.nom),
            ("Date", f"{jour:%d/%m/%Y}"),
            ("Nombre de communes", len(territoire)),
            ("Population municipale", referentiel.population(territoire.codes)),
            ("Millésime de la population", referentiel.millesimes(territoire.codes)),
            (),
            entetes(shown.colonnes),
            *rangees(shown),
            *locales,
        ]
    )


def nom_fichier(territoire: Territoire, jour: date) -> str:
    """Name of the file, as "rapport-cpts-du-lauragais-2026-01-31.csv"."""
    return textes.nom_fichier("rapport", territoire.nom, jour, "csv")


def entetes(colonnes: tuple[Colonne, ...]) -> Rangee:
    """Names of the columns of the table of indicators."""
    figures = (f"{colonne.nom} - {figure}" for colonne in colonnes for figure in _FIGURES)
    return (
        "Famille",
        "Groupe",
        "Indicateur",
        "Unité",
        "Échelle",
        *figures,
        "Écart à la France",
        "Appréciation",
        "Remarque",
        *csv_champ.ENTETES,
        csv_champ.REFERENCES,
    )


def rangees(shown: Rapport) -> Iterator[Rangee]:
    """Every indicator of the report, in its order."""
    for famille in shown.familles:
        for groupe in famille.groupes:
            for ligne in groupe.lignes:
                yield famille.titre, groupe.titre, *_line(ligne, shown.colonnes)


def _line(ligne: LigneRapport, colonnes: tuple[Colonne, ...]) -> Rangee:
    item = ligne.indicateur
    figures = (figure for cellule in ligne.cellules for figure in _figures(cellule.resultat))
    return (
        item.libelle,
        item.unite,
        affichage.echelle(item),
        *figures,
        ligne.ecart.niveau.texte if ligne.ecart else "",
        ligne.ecart.jugement if ligne.ecart else "",
        " ; ".join(ligne.remarques),
        *csv_champ.cellules(item),
        references(ligne, colonnes),
    )


def _figures(resultat: Resultat) -> Rangee:
    shown = showable(resultat)
    return (
        csv_champ.chiffre(shown),
        shown.borne_basse,
        shown.borne_haute,
        shown.effectif_bas,
        shown.effectif_haut,
        resultat.couverture,
    )
