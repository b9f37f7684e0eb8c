"""The simplified outlines of the départements, drawn from the contours of their communes."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from cpts_geo.communes.contours import SMALLEST_PART, geometries_of, union, without_slivers

# Side, in degrees, of the smallest detail kept in the outline of a département: about 1 km, two pixels at the
# scale where communes take over from départements.
OUTLINE_DETAIL = 0.012
OUTLINE_DECIMALS = 3


def outlines(contours: Path) -> pa.Table:
    """Draw the simplified outline of each département from the contours of its communes.

    Neighbours keep sharing their border. Takes a few seconds: the build of the data calls it once.

    Args:
        contours: the GeoParquet of communes, one row group per département.

    Returns:
        Columns code and geometry (WKB, longitude and latitude in degrees), sorted by code.
    """
    exact = {}
    with pq.ParquetFile(contours) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group)
            exact[table["departement"][0].as_py()] = _tidy(union(geometries_of(table)))
    codes = sorted(exact)
    simplified = shapely.coverage_simplify([exact[code] for code in codes], OUTLINE_DETAIL)
    rounded = shapely.transform(simplified, lambda points: np.round(points, OUTLINE_DECIMALS))
    return pa.table({"code": codes, "geometry": list(shapely.to_wkb(rounded))})


def _tidy(outline: shapely.Geometry) -> shapely.Geometry:
    """Leave out the islets and the slivers between communes too small to be seen, unless all is small."""
    parts = shapely.get_parts(outline)
    areas = shapely.area(parts)
    seen = parts[(areas >= SMALLEST_PART) | (areas == areas.max())]
    return shapely.multipolygons([without_slivers(part) for part in seen])
