"""What a figure may be used for: enough people stand behind it, and its bounds are near enough to inform."""

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat


def comparable(resultat: Resultat) -> bool:
    """Whether the figure may be said in a sentence, drawn beside others or compared.

    It is known, and known or framed where at least the declared share of the inhabitants live.
    """
    return resultat.valeur is not None and resultat.couverture_encadree >= plan().couverture_ecart


def informative(item: Indicateur, low: float, high: float) -> bool:
    """Whether these bounds tell something: those of masked cells may be too far apart."""
    return not item.masque or high - low <= plan().largeur_bornes * item.facteur / 100
