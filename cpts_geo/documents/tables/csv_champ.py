"""The columns that tell whom a figure counts, where and when: the same in every table taken away."""

from cpts_geo.documents.tables.csv_ecriture import Cellule
from cpts_geo.indicateurs.catalogue import Indicateur

ENTETES = ("Source", "Millésime", "Géographie", "Ce qui est compté", "Ce qui ne l’est pas")
REFERENCES = "Références"


def cellules(item: Indicateur) -> tuple[Cellule, ...]:
    """What is written of an indicator under `ENTETES`."""
    champ = item.champ
    return item.citation, champ.millesime, champ.geographie, champ.compte, champ.sans
