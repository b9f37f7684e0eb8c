"""The features of a GeoPackage, read as the SQLite base that it is: its tables, and nothing of it is run."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import shapely

from cpts_geo.saisie.perimetres.entites import (
    ABIME,
    Couche,
    Entite,
    refuse_too_many_features,
    refuse_too_many_points,
)
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError, regles

SQLITE = b"SQLite format 3\x00"
_SANS_COUCHE = "Ce fichier ne contient aucune couche de surfaces."
# Where the header says how the base is written; what is written ahead is in another file, that nobody gave.
_WRITE_AHEAD = slice(18, 20)
_PLAIN = b"\x01\x01"
# Steps of the reading: one row is some tens. More, and the base makes rows that it does not hold.
_STEPS, _MOST_STEPS = 100_000, 1_000
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_LAYERS = (
    "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents c JOIN gpkg_geometry_columns g "
    "ON c.table_name = g.table_name WHERE c.data_type = 'features' ORDER BY c.table_name"
)
# Bytes of the envelope of a geometry, by the number that its flags say (GeoPackage 1.3, 2.1.3).
_ENVELOPES = (0, 32, 48, 48, 64)
_HEADER = 8
_UNDEFINED = {0, -1}
_UNKNOWN = -1


def read_gpkg(content: bytes) -> list[Couche]:
    """The layers of features of a file.

    Raises:
        PerimetreRefuseError: it is no GeoPackage, or larger than declared.
    """
    plain = bytearray(content)
    plain[_WRITE_AHEAD] = _PLAIN
    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(bytes(plain))
            _guard(base)
            layers = [_layer(base, *each) for each in _named(base)]
    except PerimetreRefuseError:
        raise
    except (sqlite3.Error, shapely.errors.ShapelyError, ValueError, IndexError, TypeError) as error:
        raise PerimetreRefuseError(ABIME) from error
    if not layers:
        raise PerimetreRefuseError(_SANS_COUCHE)
    return layers


def _guard(base: sqlite3.Connection) -> None:
    """Let the base be read only, by plain reading, for so long."""
    base.text_factory = lambda text: text.decode("utf-8", errors="replace")
    base.execute("PRAGMA trusted_schema = OFF")
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, regles().octets_au_plus)
    left = iter(range(_MOST_STEPS))
    base.set_progress_handler(lambda: next(left, None) is None, _STEPS)
    base.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY)


def _named(base: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """The tables of features, with the column and the system of their geometries."""
    tables = {
        name
        for (name, made) in base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if (made or "").upper().startswith("CREATE TABLE")
    }
    if not {"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= tables:
        raise PerimetreRefuseError(_SANS_COUCHE)
    return [each for each in base.execute(_LAYERS) if each[0] in tables]


def _layer(base: sqlite3.Connection, table: str, column: str, srs: int) -> Couche:
    rows = base.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 - a name has no other place
    columns = [each[0] for each in rows.description]
    return Couche(tuple(_entites(rows, columns, columns.index(column))), _systeme(base, srs), table)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _entites(rows: sqlite3.Cursor, columns: list[str], place: int) -> Iterator[Entite]:
    points = 0
    for count, row in enumerate(rows, start=1):
        refuse_too_many_features(count)
        forme = None if row[place] is None else _geometry(row[place])
        points += 0 if forme is None else shapely.get_num_coordinates(forme)
        refuse_too_many_points(points)
        texts = {
            name: str(value)
            for rank, (name, value) in enumerate(zip(columns, row, strict=True))
            if rank != place and isinstance(value, str | int)
        }
        yield Entite(texts, forme)


def _geometry(blob: bytes) -> shapely.Geometry | None:
    """The geometry of a blob: a header, an envelope, then well-known binary."""
    flags = blob[3]
    start = _HEADER + _ENVELOPES[(flags >> 1) & 0b111]
    # Rings left open are closed.
    return shapely.from_wkb(blob[start:], on_invalid="fix")


def _systeme(base: sqlite3.Connection, srs: int) -> int | None:
    if srs in _UNDEFINED:
        return None
    asked = "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
    found = base.execute(asked, (srs,)).fetchone()
    return int(found[1]) if found and str(found[0]).upper() == "EPSG" else _UNKNOWN
