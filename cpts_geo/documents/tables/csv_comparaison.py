"""The comparison of scenarios as a CSV file that French spreadsheets open as it is meant."""

from collections.abc import Iterable, Iterator
from datetime import date

from cpts_geo.analyse.comparaison import CelluleScenario, Comparaison, FicheScenario
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.documents.tables import csv_champ
from cpts_geo.documents.tables.csv_ecriture import Cellule as CelluleCsv
from cpts_geo.documents.tables.csv_ecriture import write
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Catalogue
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.socle import textes

Rangee = tuple[CelluleCsv, ...]

_COLONNES = ("Valeur", "Borne basse", "Borne haute", "Couverture (%)", "Écart bas", "Écart haut")


def comparaison_csv(
    comparaison: Comparaison,
    reference: FicheScenario,
    catalogue: Catalogue,
    referentiel: Referentiel,
    jour: date,
) -> bytes:
    """The file: what is compared and when, every indicator of each scenario, then which communes each has.

    It is written as `csv_synthese.synthese_csv` writes its own. `Écart bas` and `Écart haut` frame the
    difference with the reference; they are equal when nothing is masked. A value is left empty where masked
    figures leave it in doubt, its bounds too where too few people stand behind them.
    """
    rows = [
        *_presentation(comparaison, reference, jour),
        (),
        ("Indicateurs",),
        *_indicateurs(comparaison, reference, catalogue),
        (),
        ("Communes",),
        *_communes(comparaison, referentiel),
    ]
    return write(rows)


def nom_fichier(nom_projet: str, jour: date) -> str:
    """Name of the file, as "comparaison-cpts-du-lauragais-2026-01-31.csv"."""
    return textes.nom_fichier("comparaison", nom_projet, jour, "csv")


def _presentation(comparaison: Comparaison, reference: FicheScenario, jour: date) -> Iterator[Rangee]:
    fiches = comparaison.comparees
    yield "Comparaison de scénarios", *(fiche.nom for fiche in fiches)
    yield "Date", f"{jour:%d/%m/%Y}"
    yield "Scénario de référence", reference.nom
    yield "Nombre de communes", *(len(fiche.territoire) for fiche in fiches)
    yield "Population municipale", *(fiche.population for fiche in fiches)
    yield "Millésime de la population", *(fiche.millesime for fiche in fiches)
    yield "Taille", *(fiche.classement.numero if fiche.classement else None for fiche in fiches)
    yield "Départements", *(", ".join(fiche.departements) for fiche in fiches)


def _indicateurs(
    comparaison: Comparaison, reference: FicheScenario, catalogue: Catalogue
) -> Iterator[Rangee]:
    titles = (f"{fiche.nom} - {column}" for fiche in comparaison.comparees for column in _COLONNES)
    yield "Famille", "Indicateur", "Unité", "Échelle", *titles, *csv_champ.ENTETES
    for ligne in comparaison.lignes(catalogue.indicateurs, reference):
        item = ligne.indicateur
        figures = (figure for cellule in ligne.cellules for figure in _figures(cellule))
        yield (
            catalogue.familles[item.famille],
            item.libelle,
            item.unite,
            affichage.echelle(item),
            *figures,
            *csv_champ.cellules(item),
        )


def _figures(cellule: CelluleScenario) -> Rangee:
    resultat, difference = showable(cellule.resultat), cellule.ecart
    return (
        csv_champ.chiffre(resultat),
        resultat.borne_basse,
        resultat.borne_haute,
        resultat.couverture,
        difference.bas if difference else None,
        difference.haut if difference else None,
    )


def _communes(comparaison: Comparaison, referentiel: Referentiel) -> Iterator[Rangee]:
    fiches = comparaison.comparees
    yield (
        "Code INSEE",
        "Commune",
        "Département",
        "Population municipale",
        *(fiche.nom for fiche in fiches),
    )
    for code in _every(fiches):
        commune = referentiel[code]
        yield (
            code,
            commune.nom,
            referentiel.nom_zone("departement", commune.departement),
            commune.population,
            *("oui" if code in fiche.territoire else "non" for fiche in fiches),
        )


def _every(fiches: Iterable[FicheScenario]) -> list[str]:
    """Codes of the communes of any scenario, each once, in order."""
    return sorted({code for fiche in fiches for code in fiche.territoire.codes})
