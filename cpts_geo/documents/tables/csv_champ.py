"""What is written of an indicator and of its figures: the same in every table taken away."""

from cpts_geo.documents.tables.csv_ecriture import Cellule
from cpts_geo.indicateurs.affichage import SANS_OBJET
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.resultat import Resultat

ENTETES = ("Source", "Millésime", "Géographie", "Ce qui est compté", "Ce qui ne l’est pas")
REFERENCES = "Références"


def cellules(item: Indicateur) -> tuple[Cellule, ...]:
    """What is written of an indicator under `ENTETES`."""
    champ = item.champ
    return item.citation, champ.millesime, champ.geographie, champ.compte, champ.sans


def chiffre(resultat: Resultat) -> Cellule:
    """The figure when nothing leaves it in doubt; "sans objet" where there is nothing to divide by."""
    return SANS_OBJET if resultat.sans_objet else resultat.exacte
