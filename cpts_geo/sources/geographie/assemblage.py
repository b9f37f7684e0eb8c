"""The geographic part of the bundle: communes, zones, former communes, contours."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from cpts_geo.communes.contours import centres
from cpts_geo.sources.brut import Brut
from cpts_geo.sources.geographie import contours as shapes
from cpts_geo.sources.geographie import plan
from cpts_geo.sources.geographie.comblement import area_km2, fill_holes
from cpts_geo.sources.geographie.communes import read_anciennes_communes, read_communes, read_zones
from cpts_geo.sources.lecteurs.passage import Passage

# Contours are simplified, and some mairies stand just across the border.
NEAR_KM = 2
ZONE_TYPES = ("departement", "region", "epci", "canton", "bassin_vie")


@dataclass(frozen=True)
class Geographie:
    """Tables ready to be written: `communes` is indexed by code."""

    communes: pd.DataFrame
    zones: pd.DataFrame
    anciennes_communes: pd.DataFrame
    contours: pd.DataFrame


def read_geographie(raw: Brut, passage: Passage) -> Geographie:
    """Read communes and contours and complete each with what the other knows."""
    communes = read_communes(raw, passage)
    contours = fill_holes(shapes.read_contours(raw), communes["superficie_km2"])
    return Geographie(
        communes=_with_contours(place_communes(communes, contours), contours),
        zones=_with_bounds(read_zones(raw), communes, contours),
        anciennes_communes=read_anciennes_communes(raw, passage),
        contours=contours.to_frame()
        .join(communes["departement"])
        .reset_index()[["code", "departement", "geometry"]],
    )


def place_communes(communes: pd.DataFrame, contours: pd.Series) -> pd.DataFrame:
    """Each commune at its mairie when that lies in it or near; elsewhere the source is wrong.

    A point inside the contour is taken then, and where no mairie is known.
    """
    drawn = communes.loc[communes.index.intersection(contours.index), ["lon", "lat"]]
    outlines = contours[drawn.index].to_numpy()
    known = drawn["lon"].notna().to_numpy()
    near = np.zeros(len(drawn), dtype=bool)
    near[known] = _distance_km(drawn[known], outlines[known]) <= NEAR_KM
    print(f"Mairies hors de leur commune, remplacées par un point intérieur : {int((known & ~near).sum())}")
    inside = pd.DataFrame(centres(outlines[~near]).round(5), drawn.index[~near], ["lon", "lat"])
    return communes.assign(**inside.combine_first(communes[["lon", "lat"]]))


def _distance_km(points: pd.DataFrame, outlines: np.ndarray) -> np.ndarray:
    """From each point to its outline, 0 inside: exact enough near it, which is all that is asked."""
    around = plan.latitudes(outlines)
    places = plan.in_km(shapely.points(points["lon"], points["lat"]), around)
    return np.asarray(shapely.distance(places, plan.in_km(outlines, around)))


def _with_contours(communes: pd.DataFrame, contours: pd.Series) -> pd.DataFrame:
    """Say which communes have a contour, and measure on it the areas that Insee does not give."""
    unknown = communes["superficie_km2"].isna()
    measured = contours[communes.index[unknown].intersection(contours.index)].map(area_km2).round(2)
    return communes.assign(
        superficie_km2=communes["superficie_km2"].fillna(measured),
        superficie_mesuree=unknown & communes.index.isin(measured.index),
        a_contour=communes.index.isin(contours.index),
    )


def _with_bounds(zones: pd.DataFrame, communes: pd.DataFrame, contours: pd.Series) -> pd.DataFrame:
    boxes = shapes.bounds(contours).join(communes[list(ZONE_TYPES)])
    extremes = {"lon_min": "min", "lat_min": "min", "lon_max": "max", "lat_max": "max"}
    found = [
        boxes.groupby(zone_type).agg(extremes).rename_axis("code").reset_index().assign(type=zone_type)
        for zone_type in ZONE_TYPES
    ]
    return zones.merge(pd.concat(found), on=["type", "code"], how="left")
