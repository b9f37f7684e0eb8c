"""The simplified outlines of the départements."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.sources.geographie.departements_contours import outlines


def test_the_outlines_of_the_bundle_are_those_of_its_communes() -> None:
    drawn = outlines(BUNDLE / "contours.parquet")
    kept = pq.read_table(BUNDLE / "departements_contours.parquet")
    assert drawn["code"].to_pylist() == kept["code"].to_pylist()
    assert drawn["geometry"].to_pylist() == kept["geometry"].to_pylist()


def test_simplified_neighbours_still_share_their_border() -> None:
    table = outlines(BUNDLE / "contours.parquet")
    drawn = dict(zip(table["code"].to_pylist(), shapely.from_wkb(table["geometry"].to_pylist()), strict=True))
    shared = shapely.intersection(drawn["19"].boundary, drawn["23"].boundary)
    assert shapely.length(shared) > 0.5


def test_outlines_join_communes_whose_common_border_is_drawn_twice(tmp_path: Path) -> None:
    left = shapely.Polygon([(0, 0), (1, 0), (1, 0.5), (1, 1), (0, 1)])
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (0.999, 0.6)])
    path = tmp_path / "contours.parquet"
    geometry = [shapely.to_wkb(left), shapely.to_wkb(right)]
    pq.write_table(
        pa.table({"code": ["01001", "01002"], "departement": ["01", "01"], "geometry": geometry}), path
    )
    outline = shapely.from_wkb(outlines(path)["geometry"][0].as_py())
    assert outline.area == pytest.approx(2, rel=0.01)
    assert shapely.get_num_geometries(outline) == 1
