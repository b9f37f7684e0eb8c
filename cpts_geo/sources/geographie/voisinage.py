"""Which communes are neighbours: by a border on land, by a single point, or across the water.

Neighbours mostly share the vertices of their border, so that nearly every border is found exactly. In a few
places one border is drawn differently by its two sides; those are found by how long they run side by side.
Of the pairs within 2 m of each other that share no exact border, those that run side by side do so for 56 m
at least; all the others, which meet at a point, for 46 m at most (where they meet at an acute angle). No pair
further apart than 2 m faces each other over a gap that is not another commune, the sea or a foreign country.
"""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.geographie import detroits, plan
from cpts_geo.sources.geographie.contours import PRECISION_DEGREES

FRONTIERE, POINT, MER, EXTERIEUR = "frontiere", "point", "mer", "exterieur"
COLUMNS = ["code_a", "code_b", "nature", "longueur_km", "distance_km"]

TOLERANCE_KM = 0.002
SHORTEST_KM = 0.050
# Where a border is drawn twice its two sides are nearer than this; the sea has no side so near.
LONELY_KM = 0.020
# Insee's code of the move that gives a commune back its independence.
RECREATED = "21"


def read_origines(raw: Brut) -> pd.Series:
    """The commune that each re-created commune was last a part of, by code."""
    moves = pd.read_csv(raw.path("zonages/mvtcommunes_2025.csv"), dtype=str)
    split = moves[
        (moves["MOD"] == RECREATED) & (moves["TYPECOM_AV"] == "COM") & (moves["TYPECOM_AP"] == "COM")
    ]
    split = split[split["COM_AV"] != split["COM_AP"]].sort_values(["COM_AP", "DATE_EFF"])
    return split.drop_duplicates("COM_AP", keep="last").set_index("COM_AP")["COM_AV"]


def find_voisins(contours: pd.DataFrame, communes: pd.DataFrame, origines: pd.Series) -> pd.DataFrame:
    """One row by pair of neighbours, `code_a` before `code_b`, sorted.

    `nature` is "frontiere" (at least a piece of border in common), "point" (a point only: not contiguous),
    "mer" (they face each other across the water, see `detroits`) or "exterieur" (the commune, alone in
    `code_a`, stands by the sea or a foreign country). `longueur_km` is the length of the border as far as
    both sides draw it alike, `distance_km` the width of the water; missing where they have no meaning.

    Args:
        contours: columns code and geometry (WGS84).
        communes: indexed by code, with departement, population and a_contour.
        origines: the commune that each re-created one was a part of, by code.

    Raises:
        ErreurSource: nothing is known of the place of a commune without a contour.
    """
    shapes = contours.set_index("code")["geometry"].sort_index()
    segments = _segments(shapes)
    exact = _shared_borders(segments)
    near = _near_borders(shapes, exact)
    undrawn = _undrawn(communes.index[~communes["a_contour"]], origines)
    land = pd.concat([exact, near, undrawn], ignore_index=True)
    outside = _outside(shapes, segments)
    borders = land[land["nature"] == FRONTIERE]
    sea = detroits.find_straits(shapes, borders, communes, outside["code_a"])
    found = pd.concat([land, sea.assign(nature=MER), outside], ignore_index=True)
    # Two communes may meet at a point and face each other over the water: the water joins them.
    found = found.drop_duplicates(["code_a", "code_b"], keep="last").reindex(columns=COLUMNS)
    lengths = found[["longueur_km", "distance_km"]].astype(float).round(3)
    return found.assign(**lengths).sort_values(["code_a", "code_b"], ignore_index=True)


def _segments(shapes: pd.Series) -> pd.DataFrame:
    """Every segment of every contour, the same whichever side draws it.

    Returns:
        Columns start and end (a whole number for each end, the smaller first), lon and lat of the middle,
        length_km, and the code of the commune.
    """
    parts, owner = shapely.get_parts(shapes.to_numpy(), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[1:] == ring[:-1]
    first, second = points[:-1][follows], points[1:][follows]
    ends = np.sort(np.column_stack([_keys(first), _keys(second)]), axis=1)
    middles = (first + second) / 2
    table = pd.DataFrame(
        {
            "start": ends[:, 0],
            "end": ends[:, 1],
            "lon": middles[:, 0],
            "lat": middles[:, 1],
            "length_km": plan.lengths_km(first, second),
            "code": shapes.index.to_numpy()[owner[part[ring[:-1][follows]]]],
        }
    )
    return table.drop_duplicates(["start", "end", "code"], ignore_index=True)


def _keys(points: plan.Numbers) -> NDArray[np.int64]:
    steps = np.round(points / PRECISION_DEGREES).astype(np.int64)
    return np.asarray((steps[:, 0] << 32) + steps[:, 1])


def _shared_borders(segments: pd.DataFrame) -> pd.DataFrame:
    """Pairs whose contours have segments in common, with their length."""
    shared = segments[segments.duplicated(["start", "end"], keep=False)]
    pairs = shared.merge(shared, on=["start", "end"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["code_a"] < pairs["code_b"]]
    lengths = pairs.groupby(["code_a", "code_b"])["length_km_a"].sum()
    return lengths[lengths > 0].rename("longueur_km").reset_index().assign(nature=FRONTIERE)


def _near_borders(shapes: pd.Series, exact: pd.DataFrame) -> pd.DataFrame:
    """Pairs within the tolerance that share no exact border: borders drawn twice, or points."""
    found = plan.pairs_within(shapes, shapes, TOLERANCE_KM)
    pairs = found.loc[found["code_here"] < found["code_there"]].set_axis(["code_a", "code_b"], axis=1)
    known = pd.MultiIndex.from_frame(exact[["code_a", "code_b"]])
    pairs = pairs[~pd.MultiIndex.from_frame(pairs).isin(known)]
    around = plan.latitudes(shapes[pairs["code_a"]].to_numpy())
    one = plan.in_km(shapes[pairs["code_a"]].to_numpy(), around)
    other = plan.in_km(shapes[pairs["code_b"]].to_numpy(), around)
    beside = shapely.intersection(shapely.boundary(one), shapely.buffer(other, TOLERANCE_KM))
    length = pd.Series(shapely.length(beside), index=pairs.index)
    bordering = length >= SHORTEST_KM
    pairs = pairs.assign(nature=np.where(bordering, FRONTIERE, POINT), longueur_km=length.where(bordering))
    touching: pd.DataFrame = pairs[shapely.distance(one, other) <= TOLERANCE_KM]
    return touching


def _undrawn(codes: pd.Index, origines: pd.Series) -> pd.DataFrame:
    """Communes without a contour, each beside the one it was a part of, whose contour still covers it.

    An approximation: their own borders are not known.
    """
    unknown = codes.difference(origines.index)
    if not unknown.empty:
        raise ErreurSource(f"Communes sans contour ni commune d'origine : {', '.join(unknown)}")
    pairs = plan.ordered_pairs(codes.to_numpy(), origines[codes].to_numpy())
    return pairs.assign(nature=FRONTIERE)


def _outside(shapes: pd.Series, segments: pd.DataFrame) -> pd.DataFrame:
    """Communes by the sea or a foreign country, with the length of the line that no other is near to."""
    alone = segments[~segments.duplicated(["start", "end"], keep=False)]
    near, other = shapely.STRtree(shapes.to_numpy()).query(
        shapely.points(alone[["lon", "lat"]].to_numpy()),
        predicate="dwithin",
        distance=LONELY_KM / plan.KM_PER_DEGREE,
    )
    is_other = shapes.index.to_numpy()[other] != alone["code"].to_numpy()[near]
    lonely = np.ones(len(alone), dtype=bool)
    lonely[near[is_other]] = False
    lengths = alone[lonely].groupby("code")["length_km"].sum()
    lengths = lengths[lengths >= SHORTEST_KM]
    return pd.DataFrame(
        {"code_a": lengths.index, "code_b": None, "nature": EXTERIEUR, "longueur_km": lengths.to_numpy()}
    )
