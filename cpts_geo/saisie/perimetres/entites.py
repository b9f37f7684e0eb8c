"""The features of a file as they are read, whatever its format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError, regles
from cpts_geo.socle.nombres import entier

WGS_84 = 4326
ABIME = "Ce fichier est abîmé\u00a0: il n’a pas pu être lu jusqu’au bout."
# A ring that holds something has three points at least, besides the first that comes back at its end.
_LEAST_POINTS = 3

Position = Sequence[float]


@dataclass(frozen=True, slots=True)
class Entite:
    """A feature: its properties as texts, and its surface, if it has one, in the coordinates of its file."""

    proprietes: dict[str, str]
    forme: shapely.Geometry | None


@dataclass(frozen=True, slots=True)
class Couche:
    """The features of a layer; `systeme` is the EPSG code of their coordinates, None when nothing says it."""

    entites: tuple[Entite, ...] = ()
    systeme: int | None = None
    nom: str = ""


def surface(polygons: Iterable[Sequence[Sequence[Position]]]) -> shapely.Geometry | None:
    """The surface that polygons make, each by its rings, the outer one first; None when there is no polygon.

    A ring that is left open is closed; one that holds nothing is left out. Positions may have more than two
    numbers.

    Raises:
        ValueError: positions are no numbers.
    """
    made = [_polygon(rings) for rings in polygons if rings]
    return shapely.MultiPolygon([each for each in made if each is not None]) if made else None


def _polygon(rings: Sequence[Sequence[Position]]) -> shapely.Geometry | None:
    outer, *holes = [_ring(ring) for ring in rings]
    if outer is None:
        return None
    return shapely.polygons(outer, [each for each in holes if each is not None] or None)


def _ring(positions: Sequence[Position]) -> shapely.Geometry | None:
    points = [(float(each[0]), float(each[1])) for each in positions]
    return shapely.linearrings(np.array(points)) if len(set(points)) >= _LEAST_POINTS else None


def refuse_too_many_points(points: int) -> None:
    """Refuse outlines of more points than declared.

    Raises:
        PerimetreRefuseError: there are.
    """
    if points > regles().sommets_au_plus:
        raise PerimetreRefuseError(
            f"Ces contours ont trop de points\u00a0: {entier(regles().sommets_au_plus)} au plus. "
            "Simplifiez-les dans votre logiciel de cartes, puis exportez-les de nouveau."
        )


def refuse_too_many_features(count: int) -> None:
    """Refuse more features than declared.

    Raises:
        PerimetreRefuseError: there are.
    """
    if count > regles().entites_au_plus:
        raise PerimetreRefuseError(
            f"Ce fichier a trop d’objets\u00a0: {entier(regles().entites_au_plus)} au plus."
        )
