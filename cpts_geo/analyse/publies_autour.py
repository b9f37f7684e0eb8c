"""What is published for the zones that a territory touches: the context of a figure that it has not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.socle.nombres import decimal, pluriel

Genre = Literal["epci", "bassin_vie"]

ZONES_AU_PLUS = 4
_SIGNES = "%€"
_AUTRES: Mapping[Genre, tuple[str, str]] = {
    "epci": ("autre EPCI", "autres EPCI"),
    "bassin_vie": ("autre bassin de vie", "autres bassins de vie"),
}


def publies_autour(
    item: Indicateur, codes: Sequence[str], agregateur: Agregateur, referentiel: Referentiel
) -> str:
    """The values published for the EPCI, then for the bassins de vie, in words; empty when there is none.

    Of each, those where most inhabitants of the territory live, as many as can be read.
    """
    return "\u00a0; ".join(
        text for genre in _AUTRES for text in _said(item, genre, codes, agregateur, referentiel)
    )


def zones_touchees(genre: Genre, codes: Sequence[str], referentiel: Referentiel) -> list[str]:
    """The zones of the communes, those where most of their inhabitants live first."""
    communes = referentiel.communes.loc[list(codes)]
    people = communes.groupby(genre)["population"].sum().sort_values(ascending=False, kind="stable")
    return [str(code) for code in people.index]


def _said(
    item: Indicateur, genre: Genre, codes: Sequence[str], agregateur: Agregateur, referentiel: Referentiel
) -> Iterator[str]:
    known = [
        (code, value)
        for code in zones_touchees(genre, codes, referentiel)
        if (value := agregateur.publiee(item, genre, code)) is not None
    ]
    for code, value in known[:ZONES_AU_PLUS]:
        yield f"{_named(genre, code, referentiel)} {_written(item, value)}"
    if (rest := len(known) - ZONES_AU_PLUS) > 0:
        yield pluriel(rest, *_AUTRES[genre])


def _named(genre: Genre, code: str, referentiel: Referentiel) -> str:
    if genre == "epci":
        return f"EPCI {referentiel.nom_zone('epci', code)}"
    return referentiel.toponyme(genre, code).sujet.removeprefix("le ")


def _written(item: Indicateur, value: float) -> str:
    """The value with its sign, when its unit begins with one."""
    sign = item.unite[0] if item.unite[0] in _SIGNES else ""
    return f"{decimal(value, item.decimales)}\u00a0{sign}".rstrip()
