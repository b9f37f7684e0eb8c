"""What a figure may be used for: enough people stand behind it, and its bounds are near enough to inform."""

from dataclasses import replace

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat


def comparable(resultat: Resultat) -> bool:
    """Whether the figure may be said in a sentence, drawn beside others or compared.

    It is known, and known or framed where at least the declared share of the inhabitants live.
    """
    return resultat.valeur is not None and covered(resultat)


def covered(resultat: Resultat) -> bool:
    """Whether at least the declared share of the inhabitants live where there is a figure, known or framed.

    Where nobody lives, it is enough that no commune is without a figure.
    """
    nobody = not (resultat.couverture_encadree or resultat.communes_manquantes)
    return nobody or resultat.couverture_encadree >= plan().couverture_ecart


def showable(resultat: Resultat) -> Resultat:
    """The same, its figures left out when too few people stand behind them to put it beside others."""
    if covered(resultat):
        return resultat
    return replace(
        resultat,
        valeur=None,
        borne_basse=None,
        borne_haute=None,
        effectif=None,
        effectif_bas=None,
        effectif_haut=None,
    )


def informative(item: Indicateur, low: float, high: float) -> bool:
    """Whether these bounds tell something: those of masked cells may be too far apart."""
    return high - low <= widest(item)


def widest(item: Indicateur) -> float:
    """How far apart the bounds of masked cells may be and still inform, in the unit of the indicator."""
    return plan().largeur_bornes * item.facteur / 100 if item.masque else float("inf")
