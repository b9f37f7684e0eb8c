"""The communes of a perimeter: those that it names, and those whose area it covers, in whole or in part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from cpts_geo.communes.contours import Geometries, communes_of, light_outlines
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.saisie.perimetres.rassemblement import Perimetre
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError, regles
from cpts_geo.socle.nombres import pourcent
from cpts_geo.socle.textes import enumeration

# Light outlines are drawn less finely than those of communes: their bounds are enlarged by this, in degrees.
_LIGHT = 0.05
_WHOLE = 1.0
# What an outline of more points costs is paid for each commune that it crosses.
_FEW_POINTS, _MOST_CUTS = 1_000, 12
_HORS = "Aucune commune de France n’est dans ce périmètre."
_INVERSEES = f"{_HORS} Sa longitude et sa latitude semblent inversées."
_TROP = "Ces périmètres recouvrent trop de communes\u00a0: apportez-les en plusieurs fichiers."
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Couverture:
    """The communes of a perimeter, by code: those taken, and those offered with the share that is covered."""

    nom: str
    codes: tuple[str, ...]
    en_partie: dict[str, float]


def couvertures(perimetres: Sequence[Perimetre], referentiel: Referentiel) -> tuple[Couverture, ...]:
    """What each perimeter covers.

    A commune is taken when half of its area or more is covered (`part_prise`), offered when it is a
    smaller share that is more than the width of a line (`part_proposee`). Shares are of areas in square
    degrees, whose ratio within a commune is that of true areas.

    Raises:
        PerimetreRefuseError: they cover more communes than declared, or none.
    """
    left = regles().communes_au_plus
    found = []
    for each in perimetres:
        shares, looked = _shares(each.forme, left) if each.forme is not None else ({}, 0)
        left -= looked
        found.append(_couverture(each, shares, referentiel))
    if not any(each.codes or each.en_partie for each in found):
        raise PerimetreRefuseError(_INVERSEES if _is_swapped(perimetres) else _HORS)
    return tuple(found)


def _couverture(perimetre: Perimetre, shares: dict[str, float], referentiel: Referentiel) -> Couverture:
    least, part = regles().part_proposee, regles().part_prise
    taken = [code for code, share in shares.items() if share >= part and code in referentiel]
    codes = tuple(dict.fromkeys([*perimetre.codes, *taken]))
    offered = {
        code: share
        for code, share in shares.items()
        if least <= share < part and code in referentiel and code not in codes
    }
    return Couverture(perimetre.nom, codes, offered)


def en_partie_en_mots(couverture: Couverture, referentiel: Referentiel) -> str:
    """The communes covered in part, the most covered first: "Saujon (32 %) et Médis (8 %)"; or nothing."""
    ranked = sorted(couverture.en_partie.items(), key=lambda each: -each[1])
    told = [f"{referentiel.nom(code)} ({pourcent(100 * share, 0)})" for code, share in ranked[:_SHOWN]]
    rest = len(ranked) - len(told)
    return enumeration([*told, f"{rest} de plus"] if rest else told)


# ---- Shares -----------------------------------------------------------------------------------------------


def _shares(forme: shapely.Geometry, most: int) -> tuple[dict[str, float], int]:
    """The share of each commune that an outline covers, in order, and how many communes were looked at.

    The contours of one département are looked at after those of another, the outline cut to each: what is
    far from it costs nothing.
    """
    shapely.prepare(forme)
    shares: dict[str, float] = {}
    looked = 0
    for departement, light in light_outlines().items():
        place = shapely.box(*_enlarged(shapely.bounds(light)))
        if not shapely.intersects(forme, place):
            continue
        communes = communes_of(departement)
        near, contours = _near(communes, forme)
        looked += len(near)
        if looked > most:
            raise PerimetreRefuseError(_TROP)
        shares |= dict(zip(near, _covered(contours, forme, place), strict=True))
    return {code: share for code, share in sorted(shares.items()) if share > 0}, looked


def _enlarged(bounds: Sequence[float]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    return west - _LIGHT, south - _LIGHT, east + _LIGHT, north + _LIGHT


def _near(communes: dict[str, shapely.Geometry], forme: shapely.Geometry) -> tuple[list[str], Geometries]:
    """The communes that an outline touches."""
    contours = np.array(list(communes.values()), dtype=object)
    touched = shapely.intersects(forme, contours)
    return [code for code, is_near in zip(communes, touched, strict=True) if is_near], contours[touched]


def _covered(contours: Geometries, forme: shapely.Geometry, place: shapely.Geometry) -> list[float]:
    shares = np.full(len(contours), _WHOLE)
    crossed = ~shapely.covers(forme, contours)
    if crossed.any():
        cut = contours[crossed]
        shares[crossed] = _areas(cut, shapely.intersection(forme, place)) / shapely.area(cut)
    return [float(share) for share in shares]


def _areas(cut: Geometries, forme: shapely.Geometry, cuts: int = 0) -> NDArray[np.float64]:
    """The area of each commune that is in an outline, which is cut in four until it has few points."""
    if shapely.get_num_coordinates(forme) <= _FEW_POINTS or cuts == _MOST_CUTS:
        return np.asarray(shapely.area(shapely.intersection(cut, forme)))
    areas = np.zeros(len(cut))
    west, south, east, north = shapely.bounds(forme)
    x, y = (west + east) / 2, (south + north) / 2
    for bounds in ((west, south, x, y), (x, south, east, y), (west, y, x, north), (x, y, east, north)):
        quarter = shapely.box(*bounds)
        inside = shapely.intersects(cut, quarter)
        if inside.any():
            areas[inside] += _areas(cut[inside], shapely.intersection(forme, quarter), cuts + 1)
    return areas


def _is_swapped(perimetres: Sequence[Perimetre]) -> bool:
    """Whether outlines would be over France with their two coordinates the other way round."""
    drawn = [each.forme for each in perimetres if each.forme is not None]
    turned = shapely.transform(drawn, lambda points: points[:, ::-1])
    france = shapely.multipolygons([shapely.box(*shapely.bounds(each)) for each in light_outlines().values()])
    return bool(shapely.intersects(shapely.make_valid(france), turned).any())
