"""FINESS, extraction of the établissements: named structures with their commune and their point.

Two official layouts. The national extraction (`etalab-cs1100507-stock-*.csv`): a line of identity, then lines
without header in two sections, « structureet » and « geolocalisation », points being in the projection of
each territory. The export with a header, longitude, latitude and code of the commune.
"""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from babel.dates import format_date
from pyproj import Transformer

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import OVERSEAS_COLLECTIVITIES, Passage
from cpts_geo.sources.lecteurs.structures import COLUMNS, DROM_SAE, FINESS_TYPES
from cpts_geo.sources.officiel.officiel import Edition, chosen_year, header_of, numbers, one_file, read_wide

SOURCE = "structures"
TYPES = FINESS_TYPES | {"Etablissement d'hébergement pour personnes âgées dépendantes": "ehpad"}
MEMBER = re.compile(r"(?i)\.csv$")
IDENTITY = re.compile(r"^finess;etalab;\d+;(\d{4}-\d{2}-\d{2})")
# Places of the fields in a « structureet » line, and in a « geolocalisation » line.
STRUCTURE = {
    "finess": 1,
    "raison_sociale": 3,
    "rslongue": 4,
    "commune": 12,
    "departement": 13,
    "categorie": 19,
}
POINT = {"finess": 1, "x": 2, "y": 3, "projection": 4}
FIELDS = 32
WIDE_COLUMNS = {
    "numero_finess_etablissement": "finess",
    "raison_sociale": "raison_sociale",
    "rslongue": "rslongue",
    "categorie": "categorie",
    "code_insee": "insee",
    "longitude": "lon",
    "latitude": "lat",
}
EPSG = re.compile(r"EPSG:(\d{4,5})")
# Overseas collectivities, in the codes of FINESS: 9E, 9J and so on.
OVERSEAS = re.compile(r"9[A-Z]")
UNKNOWN_MAXIMUM = 0.01


def read(files: Sequence[Path], passage: Passage, millesime: int | None) -> Edition:
    """Structures of the types that the bundle holds, in the départements; EHPAD included."""
    path = one_file(files, "FINESS")
    start = ";".join(header_of(path, MEMBER))
    said = IDENTITY.match(start)
    if said:
        table = _read_national(path)
        day = format_date(date.fromisoformat(said[1]), "MMMM y", locale="fr")
    elif set(WIDE_COLUMNS) <= set(start.split(";")):
        table = read_wide(path, MEMBER, list(WIDE_COLUMNS)).rename(columns=WIDE_COLUMNS)
        day = str(chosen_year({millesime} if millesime else set(), millesime, "FINESS"))
    else:
        raise ErreurSource(f"{path.name} n’a pas la forme d’une extraction FINESS.")
    table = table[table["categorie"].isin(TYPES)]
    structures = _structures(table, passage)
    return Edition(day, {SOURCE: structures}, {SOURCE: len(table)})


def _structures(table: pd.DataFrame, passage: Passage) -> pd.DataFrame:
    long_name = table["rslongue"].str.strip()
    found = pd.DataFrame(
        {
            "type": table["categorie"].map(TYPES),
            "nom": long_name.where(long_name != "", table["raison_sociale"].str.strip()),
            "code": _communes(table["insee"], passage),
            "lon": numbers(table["lon"]).round(5),
            "lat": numbers(table["lat"]).round(5),
            "finess": table["finess"],
            "source": "finess",
        }
    )
    found = found.dropna(subset="code").drop_duplicates("finess")
    return found.sort_values(["type", "code", "nom", "finess"], ignore_index=True)[COLUMNS]


def _communes(codes: pd.Series, passage: Passage) -> pd.Series:
    """Present commune of each structure; a few codes of the directory are mistaken, many would be a fault."""
    known = codes.isin([*passage.communes, *passage.arrondissements, *passage.anciens])
    overseas = (codes == "") | codes.str.startswith(OVERSEAS_COLLECTIVITIES)
    unknown = codes[~known & ~overseas]
    if len(unknown) > UNKNOWN_MAXIMUM * len(codes):
        raise ErreurSource(f"FINESS : codes de commune inconnus : {', '.join(sorted(set(unknown))[:10])}")
    return passage.to_commune(codes[known]).reindex(codes.index)


def _read_national(path: Path) -> pd.DataFrame:
    try:
        raw = pd.read_csv(
            path,
            sep=";",
            header=None,
            names=list(range(FIELDS)),
            skiprows=1,
            dtype=str,
            encoding="utf-8",
            keep_default_na=False,
        )
    except (ValueError, UnicodeDecodeError) as error:
        raise ErreurSource(f"{path.name} n’a pas la forme d’une extraction FINESS ({error}).") from error
    rows = raw[raw[0] == "structureet"][list(STRUCTURE.values())].set_axis(list(STRUCTURE), axis=1)
    points = raw[raw[0] == "geolocalisation"][list(POINT.values())].set_axis(list(POINT), axis=1)
    if rows.empty or points.empty:
        raise ErreurSource(
            f"{path.name} est tronqué : il lui manque les établissements ou leurs coordonnées."
        )
    located = _longitudes_latitudes(points.drop_duplicates("finess").set_index("finess"))
    return rows.assign(insee=_insee(rows)).join(located, on="finess")


def _insee(rows: pd.DataFrame) -> pd.Series:
    """Insee's code from the département and the three digits of FINESS (9C and 302 make 97302)."""
    department = rows["departement"].str.strip()
    drom = department.map(DROM_SAE)
    commune = rows["commune"].str.strip().str.zfill(3)
    code = (drom + commune.str[1:]).where(drom.notna(), department.str.zfill(2) + commune)
    return code.mask(drom.isna() & department.str.fullmatch(OVERSEAS.pattern), "")


def _longitudes_latitudes(points: pd.DataFrame) -> pd.DataFrame:
    """Points in degrees; missing where the projection is not said or the point is outside of it."""
    systems = points["projection"].str.extract(EPSG)[0]
    x, y = numbers(points["x"]), numbers(points["y"])
    parts = [
        _degrees(system, x[systems == system], y[systems == system])
        for system in sorted(set(systems.dropna()))
    ]
    empty = pd.DataFrame(columns=["lon", "lat"], dtype=float)
    return pd.concat([part for part in parts if not part.empty] or [empty]).reindex(points.index)


def _degrees(system: str, x: pd.Series, y: pd.Series) -> pd.DataFrame:
    lon, lat = Transformer.from_crs(f"EPSG:{system}", "EPSG:4326", always_xy=True).transform(
        x.to_numpy(), y.to_numpy()
    )
    degrees = pd.DataFrame({"lon": lon, "lat": lat}, index=x.index)
    return degrees.where(np.isfinite(degrees))
