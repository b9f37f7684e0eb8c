"""The geographic part of the bundle: communes, zones, former communes, contours."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from cpts_geo.communes.contours import centres
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import entier
from cpts_geo.socle.textes import enumeration
from cpts_geo.sources.brut import Brut
from cpts_geo.sources.geographie import contours as shapes
from cpts_geo.sources.geographie import plan
from cpts_geo.sources.geographie.comblement import area_km2, fill_holes
from cpts_geo.sources.geographie.communes import (
    read_anciennes_communes,
    read_communes,
    read_scissions,
    read_zones,
)
from cpts_geo.sources.lecteurs.passage import Passage

ZONE_TYPES = ("departement", "region", "epci", "canton", "bassin_vie", "ville")


@dataclass(frozen=True)
class Geographie:
    """Tables ready to be written: `communes` is indexed by code.

    `superficies` are the areas as published (km², by code), and `mots` what was found in making the tables,
    by the code of the source whose texts tell it.
    """

    communes: pd.DataFrame
    zones: pd.DataFrame
    anciennes_communes: pd.DataFrame
    contours: pd.DataFrame
    superficies: pd.Series
    mots: Mapping[str, Mapping[str, str]]


class Mairies(Declare):
    """How far (km) from the contour of its commune a mairie may be: what the contours may be wrong by."""

    tolerance_km: float


def read_geographie(raw: Brut, passage: Passage) -> Geographie:
    """Read communes and contours and complete each with what the other knows."""
    published = read_communes(raw, passage)
    splits = read_scissions(raw, passage)
    kept = without_those_left(published["superficie_km2"], splits)
    contours = fill_holes(shapes.read_contours(raw), kept)
    wrong = misplaced(published, contours)
    communes = _with_contours(
        place_communes(published.assign(superficie_km2=kept), contours, wrong), contours, splits
    )
    return Geographie(
        communes=communes,
        zones=_with_bounds(read_zones(raw), communes, contours),
        anciennes_communes=read_anciennes_communes(raw, passage),
        contours=contours.to_frame()
        .join(communes["departement"])
        .reset_index()[["code", "departement", "geometry"]],
        superficies=published["superficie_km2"],
        mots={
            "contours": {
                "tolerance": entier(1000 * _mairies().tolerance_km),
                "mairies_deplacees": entier(len(wrong)),
            },
            "populations_historiques": {
                "superficies_mesurees": entier(int(communes["superficie_mesuree"].sum())),
                **_left(published, splits),
            },
        },
    )


def without_those_left(areas: pd.Series, splits: pd.DataFrame) -> pd.Series:
    """The areas, but for those that hold a commune re-created since, whose own the file does not know.

    Args:
        areas: km² by commune code, missing where unknown.
        splits: as `read_scissions` gives them.
    """
    return areas.mask(areas.index.isin(_since(areas, splits)["mere"]))


def misplaced(communes: pd.DataFrame, contours: pd.Series) -> pd.Index:
    """The communes whose mairie is placed farther from their contour than the contours may be wrong."""
    drawn = communes.loc[communes.index.intersection(contours.index), ["lon", "lat"]].dropna()
    far = _distance_km(drawn, contours[drawn.index].to_numpy()) > _mairies().tolerance_km
    print(f"Mairies hors de leur commune, remplacées par un point intérieur : {int(far.sum())}")
    return drawn.index[far]


def place_communes(communes: pd.DataFrame, contours: pd.Series, wrong: pd.Index) -> pd.DataFrame:
    """Each commune at its mairie; at a point inside its contour when that is wrong or not known."""
    drawn = communes.loc[communes.index.intersection(contours.index)]
    moved = drawn.index[drawn["lon"].isna() | drawn.index.isin(wrong)]
    inside = pd.DataFrame(centres(contours[moved].to_numpy()).round(5), moved, ["lon", "lat"])
    return communes.assign(**inside.combine_first(communes[["lon", "lat"]]))


def _mairies() -> Mairies:
    return declaration("mairies", Mairies)


def _since(areas: pd.Series, splits: pd.DataFrame) -> pd.DataFrame:
    """The splits later than the file of areas: it has none for the commune that left."""
    known = areas.reindex(splits["fille"]).notna().to_numpy()
    return splits[~known]


def _left(communes: pd.DataFrame, splits: pd.DataFrame) -> dict[str, str]:
    """Names of the communes that the file of areas and populations has not, and of those it has them in."""
    late = _since(communes["superficie_km2"], splits)
    return {
        "recreees": enumeration(sorted(communes["nom"][late["fille"].unique()])),
        "meres": enumeration(sorted(communes["nom"][late["mere"].unique()])),
    }


def _distance_km(points: pd.DataFrame, outlines: np.ndarray) -> np.ndarray:
    """From each point to its outline, 0 inside: exact enough near it, which is all that is asked."""
    around = plan.latitudes(outlines)
    places = plan.in_km(shapely.points(points["lon"], points["lat"]), around)
    return np.asarray(shapely.distance(places, plan.in_km(outlines, around)))


def _with_contours(communes: pd.DataFrame, contours: pd.Series, splits: pd.DataFrame) -> pd.DataFrame:
    """Say which communes have a contour, and measure on it the areas that Insee does not give.

    Not on a contour that still holds a commune re-created since, which has none of its own.
    """
    held = splits.loc[~splits["fille"].isin(contours.index), "mere"]
    unknown = communes["superficie_km2"].isna() & ~communes.index.isin(held)
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
