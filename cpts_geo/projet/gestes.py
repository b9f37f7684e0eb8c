"""What a change of the territory is called, to be undone: "ajout de Tulle", "retrait de 3 communes"."""

from collections.abc import Collection

from cpts_geo.communes.prises import outils, types_zone
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.communes.toponymes import Toponyme, toponyme_commune

_PAR = {"liste": "par liste", **{outil.code: outil.par for outil in outils()}}


def libelle(
    ajoutees: Collection[str], retirees: Collection[str], geste: str, referentiel: Referentiel
) -> str:
    """Name, in French, a change that added and took off these present communes.

    Args:
        ajoutees: communes that were not in the territory.
        retirees: communes that were.
        geste: "commune", "liste", a tool of the map, or a type and a code of zone, as "epci:200041762".
        referentiel: gives communes and zones their names.
    """
    if ajoutees and retirees:
        return f"remplacement par {_nommees(ajoutees, geste, referentiel).sujet}"
    if ajoutees:
        return f"ajout {_nommees(ajoutees, geste, referentiel).complement}"
    return f"retrait {_nommees(retirees, geste, referentiel).complement}"


def _nommees(codes: Collection[str], geste: str, referentiel: Referentiel) -> Toponyme:
    count = referentiel.compte(codes)
    if zone := _zone(geste, referentiel):
        return Toponyme(*(f"{said} ({count})" for said in (zone.sujet, zone.lieu, zone.complement)))
    if len(codes) == 1:
        return toponyme_commune(referentiel[next(iter(codes))].nom)
    named = f"{count} {_PAR.get(geste, '')}".rstrip()
    return Toponyme(named, f"dans {named}", f"de {named}")


def _zone(geste: str, referentiel: Referentiel) -> Toponyme | None:
    """The zone that the gesture took; None when it took none."""
    type_zone, _, code = geste.partition(":")
    return next((referentiel.toponyme(each, code) for each in types_zone() if each == type_zone), None)
