"""How far a territory is from France, and whether that is good."""

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.plan import Niveau, plan
from cpts_geo.socle.nombres import decimal, signe


class Intervalle(NamedTuple):
    """The lowest and the highest value that a figure may have; both are the same when it is exact."""

    bas: float
    haut: float


@dataclass(frozen=True, slots=True)
class Seuils:
    """Distances from which a territory is no longer near its reference, then far from it.

    They are in % of the reference, or in points of the indicator when `en_points`.
    """

    proche: float
    nette: float
    en_points: bool = False


@dataclass(frozen=True, slots=True)
class Ecart:
    """The distance of a territory to its reference, on which masked values leave no doubt.

    `bas` and `haut` frame it, in the unit of `seuils`. `favorable` is None when there is nothing to judge:
    the territory is near, or the indicator is neither good nor bad.
    """

    niveau: Niveau
    bas: float
    haut: float
    seuils: Seuils
    favorable: bool | None

    @property
    def texte(self) -> str:
        """The distance as people read it: "+20 %", "−2,6 pts", "× 12"."""
        if self.seuils.en_points:
            return f"{_framed(signe(self.bas, 1), signe(self.haut, 1))}\u00a0pts"
        fold = 1 + self.bas / 100
        if fold >= plan().ecarts.fois:
            return f"×\u00a0{_framed(decimal(fold), decimal(1 + self.haut / 100))}"
        return f"{_framed(signe(self.bas), signe(self.haut))}\u00a0%"

    @property
    def jugement(self) -> str:
        """One French word; empty when there is nothing to judge."""
        return "" if self.favorable is None else "favorable" if self.favorable else "défavorable"


def ecart(item: Indicateur, territoire: Intervalle, reference: Intervalle) -> Ecart | None:
    """The distance of the territory to the reference.

    None when masked values leave in doubt how far it is or on which side, or when there is no telling: a
    share of nothing.
    """
    limits = seuils(item)
    corners = [_distance(*corner, en_points=limits.en_points) for corner in product(territoire, reference)]
    known = [corner for corner in corners if corner is not None]
    degrees = {_degree(corner, limits) for corner in known}
    if len(known) < len(corners) or len(degrees) != 1:
        return None
    degree = degrees.pop()
    judged = degree != 0 and item.sens != "neutre"
    return Ecart(
        niveau=plan().ecarts.niveau(degree),
        bas=min(known),
        haut=max(known),
        seuils=limits,
        favorable=(degree > 0) == (item.sens == "haut") if judged else None,
    )


@cache
def seuils(item: Indicateur) -> Seuils:
    """The thresholds declared for an indicator."""
    declared, scale = plan().ecarts, item.ecart_en_points
    limits = declared.points[scale] if scale else declared
    return Seuils(limits.proche, limits.nette, en_points=bool(scale))


def _distance(value: float, reference: float, *, en_points: bool) -> float | None:
    if en_points:
        return value - reference
    return 100 * (value - reference) / abs(reference) if reference else None


def _degree(distance: float, limits: Seuils) -> int:
    size = (abs(distance) >= limits.proche) + (abs(distance) >= limits.nette)
    return size if distance > 0 else -size


def _framed(low: str, high: str) -> str:
    return low if low == high else f"{low} à {high}"
