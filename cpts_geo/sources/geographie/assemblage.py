"""The geographic part of the bundle: communes, zones, former communes, contours."""

from dataclasses import dataclass

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.geographie import contours as shapes
from cpts_geo.sources.geographie.comblement import area_km2, fill_holes
from cpts_geo.sources.geographie.communes import read_anciennes_communes, read_communes, read_zones
from cpts_geo.sources.lecteurs.passage import Passage

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
        communes=_with_contours(communes, contours),
        zones=_with_bounds(read_zones(raw), communes, contours),
        anciennes_communes=read_anciennes_communes(raw, passage),
        contours=contours.to_frame()
        .join(communes["departement"])
        .reset_index()[["code", "departement", "geometry"]],
    )


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
