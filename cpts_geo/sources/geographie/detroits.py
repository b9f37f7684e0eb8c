"""Communes that face each other across the water: islands and what they look at, the two sides of an estuary.

An island is joined to the nearest land larger than itself, at most as far as a regular boat goes (26 km for
Marie-Galante, 17 km for L'Île-d'Yeu, while Corse is more than 150 km away), and to all that is nearly as
near. On one land, the two sides of an estuary or a harbour are joined when nothing but water lies between:
contours stop at the water there, and the bridges do not show.
"""

import numpy as np
import pandas as pd
import shapely

from cpts_geo.sources.geographie import plan

STRAIT_KM = 30.0
STRAIT_SLACK_KM = 2.0
ESTUARY_KM = 2.0
# Part of the line between two sides that is looked at: its very ends lie on the contours themselves.
MIDDLE = 0.98
# Départements along a land border: what lies between two communes may be a foreign country, not water.
FRONTALIERS = (
    *("59", "02", "08", "55", "54", "57", "67", "68", "90", "25", "39", "01", "74", "73", "05", "04", "06"),
    *("66", "09", "31", "65", "64", "973"),
)


def find_straits(
    shapes: pd.Series, borders: pd.DataFrame, communes: pd.DataFrame, outside: pd.Series
) -> pd.DataFrame:
    """Pairs joined across the water: code_a, code_b, distance_km.

    Args:
        shapes: contours (WGS84) by code.
        borders: columns code_a and code_b, the pairs of neighbours on land.
        communes: indexed by code, with departement and population.
        outside: codes of the communes by the sea or a foreign country.
    """
    lands = find_lands(shapes.index, borders)
    sizes = communes.loc[lands.index, "population"].groupby(lands).agg(["size", "sum"])
    ranked = sizes.sort_values(["size", "sum"], ascending=False).index
    ranks = lands.map({land: rank for rank, land in enumerate(ranked)})
    islands = [_around_island(shapes, ranks, rank) for rank in range(1, len(ranked))]
    coast = shapes[outside[~communes.loc[outside, "departement"].isin(FRONTALIERS).to_numpy()]]
    estuaries = _estuaries(coast, shapes, lands, borders)
    return pd.concat([*islands, estuaries]).drop_duplicates(["code_a", "code_b"], ignore_index=True)


def find_lands(codes: pd.Index, borders: pd.DataFrame) -> pd.Series:
    """The land that each commune stands on: the first code of all those joined to it by borders."""
    land = pd.Series(codes, index=codes)
    known = borders[borders["code_a"].isin(codes) & borders["code_b"].isin(codes)]
    ends = pd.concat([known, known.rename(columns={"code_a": "code_b", "code_b": "code_a"})])
    while True:
        # Each takes the first code held by its neighbours, then what the holder of that code has taken.
        near = ends["code_b"].map(land).groupby(ends["code_a"]).min().reindex(codes)
        lower = land.where(~(near < land), near)
        lower = lower.map(lower)
        if lower.equals(land):
            return land
        land = lower


def _around_island(shapes: pd.Series, ranks: pd.Series, rank: int) -> pd.DataFrame:
    """What an island is joined to; lands are ranked from the largest."""
    island, others = shapes[ranks == rank], shapes[ranks != rank]
    pairs = plan.pairs_within(island, others, STRAIT_KM + STRAIT_SLACK_KM)
    around = np.full(len(pairs), plan.latitudes(island.to_numpy()).mean())
    distances = shapely.distance(
        plan.in_km(shapes[pairs["code_here"]].to_numpy(), around),
        plan.in_km(shapes[pairs["code_there"]].to_numpy(), around),
    )
    larger = ranks[pairs["code_there"]].to_numpy() < rank
    nearest = distances[larger].min(initial=np.inf)
    # Lands that meet at a point are not across the water from each other.
    near = (distances > 0) & (distances <= nearest + STRAIT_SLACK_KM)
    kept = pairs[near & (nearest <= STRAIT_KM)]
    return plan.ordered_pairs(kept["code_here"].to_numpy(), kept["code_there"].to_numpy()).assign(
        distance_km=distances[kept.index]
    )


def _estuaries(coast: pd.Series, shapes: pd.Series, lands: pd.Series, borders: pd.DataFrame) -> pd.DataFrame:
    """Pairs of one land, not neighbours already, with nothing but water on the straight line between."""
    found = plan.pairs_within(coast, coast, ESTUARY_KM)
    pairs = found.loc[found["code_here"] < found["code_there"]].set_axis(["code_a", "code_b"], axis=1)
    known = pd.MultiIndex.from_frame(borders[["code_a", "code_b"]])
    same = lands[pairs["code_a"]].to_numpy() == lands[pairs["code_b"]].to_numpy()
    pairs = pairs[same & ~pd.MultiIndex.from_frame(pairs).isin(known)]
    lines = shapely.shortest_line(coast[pairs["code_a"]].to_numpy(), coast[pairs["code_b"]].to_numpy())
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    distances = plan.lengths_km(ends[:, 0], ends[:, 1])
    wet = np.ones(len(pairs), dtype=bool)
    wet[shapely.STRtree(shapes.to_numpy()).query(_middles(ends), predicate="intersects")[0]] = False
    facing: pd.DataFrame = pairs.assign(distance_km=distances)
    return facing.loc[wet & (distances > 0) & (distances <= ESTUARY_KM)]


def _middles(ends: plan.Numbers) -> plan.Geometries:
    """Lines between both ends, without the ends themselves."""
    centres = ends.mean(axis=1, keepdims=True)
    return np.asarray(shapely.linestrings(centres + MIDDLE * (ends - centres)))
