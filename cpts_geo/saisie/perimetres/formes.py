"""Outlines made usable: in degrees, and valid; what would take hours to look at is refused."""

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from cpts_geo.communes.contours import Geometries
from cpts_geo.saisie.perimetres.entites import WGS_84
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError, regles

LAMBERT_93 = 2154
_DEGREES = (-180.0, -90.0, 180.0, 90.0)
_REEXPORT = "Exportez-le en Lambert\u00a093 (EPSG\u00a02154) ou en WGS\u00a084 (EPSG\u00a04326)."
_INCONNU = f"Le système de coordonnées de ce fichier n’est pas de ceux qui sont lus. {_REEXPORT}"
_ABSENT = f"Ce fichier ne dit pas son système de coordonnées. {_REEXPORT}"
_FAUX = f"Les coordonnées de ce fichier ne sont pas dans le système qu’il annonce. {_REEXPORT}"
_GRIBOUILLIS = (
    "Le contour de «\u00a0{}\u00a0» se recoupe trop de fois\u00a0: réparez-le dans votre logiciel de cartes."
)
_VIDE = "Le contour de «\u00a0{}\u00a0» n’entoure aucune surface."
# Pairs of boxes that are looked at together: it bounds the memory.
_PAIRS = 2_000_000

Points = NDArray[np.float64]


def in_degrees(formes: Geometries, systeme: int | None) -> Geometries:
    """The same outlines in longitude and latitude (WGS 84).

    Args:
        formes: outlines in the coordinates of their file; None where there is none.
        systeme: the EPSG code of these; None when the file does not say it, and degrees or Lambert 93 are
            then known by the bounds.

    Raises:
        PerimetreRefuseError: the system is not one of those declared, or cannot be that of these numbers.
    """
    bounds = shapely.total_bounds(formes)
    if np.isnan(bounds).all():
        return formes
    known = _guessed(bounds) if systeme is None else systeme
    if known not in regles().systemes:
        raise PerimetreRefuseError(_INCONNU)
    moved = formes if known == WGS_84 else shapely.transform(formes, _mover(known))
    if (
        not _within(shapely.total_bounds(moved), _DEGREES)
        or not np.isfinite(shapely.get_coordinates(moved)).all()
    ):
        raise PerimetreRefuseError(_FAUX)
    return moved


def _guessed(bounds: NDArray[np.float64]) -> int:
    if _within(bounds, _DEGREES):
        return WGS_84
    if _within(bounds, regles().lambert_93):
        return LAMBERT_93
    raise PerimetreRefuseError(_ABSENT)


def _within(bounds: NDArray[np.float64], place: tuple[float, float, float, float]) -> bool:
    west, south, east, north = place
    return bool(west <= bounds[0] and south <= bounds[1] and bounds[2] <= east and bounds[3] <= north)


@lru_cache(maxsize=8)
def _mover(systeme: int) -> Callable[[Points], Points]:
    # Long to import: those who bring degrees do not wait for it.
    import pyproj  # noqa: PLC0415

    moved = pyproj.Transformer.from_crs(systeme, WGS_84, always_xy=True)
    return lambda points: np.column_stack(moved.transform(points[:, 0], points[:, 1]))


def usable(formes: Iterable[shapely.Geometry], nom: str) -> shapely.Geometry:
    """The surface that outlines make together, mended if need be.

    Raises:
        PerimetreRefuseError: they cross themselves or each other too often, or hold no area.
    """
    parts = shapely.get_parts(shapely.get_parts(list(formes)))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    whole = shapely.MultiPolygon(list(polygons))
    mended = _mended(whole, nom)
    if shapely.area(mended) == 0:
        raise PerimetreRefuseError(_VIDE.format(nom))
    return mended


def _mended(whole: shapely.Geometry, nom: str) -> shapely.Geometry:
    points, rules = int(shapely.get_num_coordinates(whole)), regles()
    most = rules.paires_franches + rules.paires_par_sommet * points
    pairs = _sides_that_meet(whole, most)
    if pairs > most:
        raise PerimetreRefuseError(_GRIBOUILLIS.format(nom))
    if shapely.is_valid(whole):
        return whole
    if pairs > rules.paires_a_reparer + rules.paires_par_sommet * points:
        raise PerimetreRefuseError(_GRIBOUILLIS.format(nom))
    # Each by itself first: two that lie on each other make one, where a ring on another would be a hole.
    alone = shapely.make_valid(shapely.get_parts(whole), method="structure", keep_collapsed=False)
    return shapely.union_all(alone)


def _sides_that_meet(whole: shapely.Geometry, most: int) -> int:
    """How many pairs of sides have boxes that meet, each counted both ways, up to `most`."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(whole))]
    if not rings:
        return 0
    starts, ends = (
        np.vstack([ring[chosen] for ring in rings]) for chosen in (slice(None, -1), slice(1, None))
    )
    boxes = shapely.box(*np.minimum(starts, ends).T, *np.maximum(starts, ends).T)
    tree = shapely.STRtree(boxes)
    found, step = 0, max(1, _PAIRS // len(boxes))
    for start in range(0, len(boxes), step):
        found += tree.query(boxes[start : start + step]).shape[1]
        if found > most:
            break
    return found
