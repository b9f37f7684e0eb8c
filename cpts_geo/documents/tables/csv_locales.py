"""Local figures as rows of the CSV files, in a part of their own that says what they are."""

from collections.abc import Iterator

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.documents.tables.csv_ecriture import Cellule
from cpts_geo.projet.projet import Projet

_COLONNES = (
    "Donnée locale",
    "Unité",
    "Territoire",
    "Borne basse",
    "Borne haute",
    "Couverture (%)",
    "Source",
    "Date",
)


def rangees(projet: Projet, referentiel: Referentiel) -> Iterator[tuple[Cellule, ...]]:
    """Rows over the scenario being drawn: a title, the columns, the figures; none without local figures."""
    if not projet.locales:
        return
    populations = {code: referentiel.population([code]) for code in projet.territoire.codes}
    yield ()
    yield ("Données locales (fournies par les porteurs du projet)",)
    yield _COLONNES
    for donnee in projet.locales:
        found = donnee.resultat(projet.actif, populations)
        yield (
            donnee.libelle,
            donnee.unite,
            found.valeur,
            found.borne_basse,
            found.borne_haute,
            found.couverture,
            donnee.source,
            donnee.date,
        )
