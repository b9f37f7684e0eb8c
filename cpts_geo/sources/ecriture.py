"""Writing the bundle: the same tables always give the same bytes."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

OPTIONS = {"compression": "zstd", "compression_level": 19}


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a plain table as Parquet; a named index comes first, as a column."""
    flat = table.reset_index() if table.index.name else table
    write_arrow(_arrow(flat), path)


def write_arrow(table: pa.Table, path: Path) -> None:
    """Write an Arrow table as it is."""
    pq.write_table(table, path, **OPTIONS)


def write_contours(contours: pd.DataFrame, path: Path) -> None:
    """Write columns code, departement, geometry as GeoParquet, one row group per département.

    The app reads one département at a time, hence the row groups.
    """
    ordered = contours.sort_values(["departement", "code"])
    encoded = ordered.assign(geometry=shapely.to_wkb(ordered["geometry"].to_numpy(), flavor="iso"))
    schema = _arrow(encoded).schema.with_metadata({"geo": json.dumps(_geo_metadata(ordered), sort_keys=True)})
    with pq.ParquetWriter(path, schema, **OPTIONS) as writer:
        for _, group in encoded.groupby("departement"):
            writer.write_table(pa.Table.from_pandas(group, schema=schema, preserve_index=False))


def _arrow(table: pd.DataFrame) -> pa.Table:
    """Arrow table without the pandas metadata, which changes with the library's version."""
    return pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)


def _geo_metadata(contours: pd.DataFrame) -> dict[str, object]:
    geometry = contours["geometry"].to_numpy()
    column = {
        "encoding": "WKB",
        "geometry_types": ["MultiPolygon"],
        "bbox": [float(bound) for bound in shapely.total_bounds(geometry)],
    }
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
