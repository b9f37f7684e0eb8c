"""Contours laid on a plane in kilometres: distances and lengths near enough for neighbours."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

KM_PER_DEGREE = 111.195

Geometries = NDArray[Any]
Numbers = NDArray[np.float64]


def latitudes(geometries: Geometries) -> Numbers:
    """Middle latitude of each geometry, in degrees."""
    middles: Numbers = shapely.bounds(geometries)[:, [1, 3]].mean(axis=1)
    return middles


def in_km(geometries: Geometries, around: Numbers) -> Geometries:
    """The geometries (WGS84) on a plane in kilometres, true around the latitude given for each."""
    points, owner = shapely.get_coordinates(geometries, return_index=True)
    scale = np.column_stack([np.cos(np.radians(around)), np.ones(len(around))]) * KM_PER_DEGREE
    return np.asarray(shapely.set_coordinates(geometries.copy(), points * scale[owner]))


def lengths_km(first: Numbers, second: Numbers) -> Numbers:
    """Lengths of the segments between points in degrees."""
    gaps = (second - first) * KM_PER_DEGREE
    gaps[:, 0] *= np.cos(np.radians((first[:, 1] + second[:, 1]) / 2))
    return np.asarray(np.hypot(gaps[:, 0], gaps[:, 1]))


def pairs_within(here: pd.Series, there: pd.Series, km: float) -> pd.DataFrame:
    """Columns code_here and code_there: every pair at most so far apart, and some that are a little further.

    Args:
        here: contours (WGS84) by code.
        there: the others, looked for around each of the first.
        km: how far.
    """
    geometries = here.to_numpy()
    polewards = np.abs(shapely.bounds(geometries)[:, [1, 3]]).max(axis=1)
    # A degree is shortest east to west, nearest the pole.
    reach = km / KM_PER_DEGREE / np.cos(np.radians(polewards))
    one, other = shapely.STRtree(there.to_numpy()).query(geometries, predicate="dwithin", distance=reach)
    return pd.DataFrame(
        {"code_here": here.index.to_numpy()[one], "code_there": there.index.to_numpy()[other]}
    )


def ordered_pairs(here: Geometries, there: Geometries) -> pd.DataFrame:
    """Columns code_a and code_b, the smaller code first."""
    ends = np.sort(np.column_stack([here, there]).astype(object), axis=1)
    return pd.DataFrame({"code_a": ends[:, 0], "code_b": ends[:, 1]})
