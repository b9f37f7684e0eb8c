"""What a change of the territory is called, to be undone: "ajout de Tulle", "retrait de 3 communes"."""

from collections.abc import Collection
from typing import get_args

from cpts_geo.communes.referentiel import Referentiel, TypeZone
from cpts_geo.socle.nombres import pluriel

_OUTILS = {"rectangle": " au rectangle", "lasso": " au lasso", "liste": " par liste"}


def libelle(
    ajoutees: Collection[str], retirees: Collection[str], geste: str, referentiel: Referentiel
) -> str:
    """Name, in French, a change that added and took off these present communes.

    Args:
        ajoutees: communes that were not in the territory.
        retirees: communes that were.
        geste: "commune", "rectangle", "lasso", "liste", or a type and a code of zone, as "epci:200041762".
        referentiel: gives communes and zones their names.
    """
    if ajoutees and retirees:
        return f"remplacement par {_nommees(ajoutees, geste, referentiel)}"
    if ajoutees:
        return f"ajout de {_nommees(ajoutees, geste, referentiel)}"
    return f"retrait de {_nommees(retirees, geste, referentiel)}"


def _nommees(codes: Collection[str], geste: str, referentiel: Referentiel) -> str:
    if zone := _zone(geste, referentiel):
        return f"{zone} ({pluriel(len(codes), 'commune')})"
    if len(codes) == 1:
        return referentiel[next(iter(codes))].nom
    return pluriel(len(codes), "commune") + _OUTILS.get(geste, "")


def _zone(geste: str, referentiel: Referentiel) -> str:
    """Name of the zone that the gesture took; empty when it took none."""
    type_zone, _, code = geste.partition(":")
    known: tuple[TypeZone, ...] = get_args(TypeZone)
    return next((referentiel.nom_zone(each, code) for each in known if each == type_zone), "")
