"""The features of a shapefile, whose files come in an archive."""

import io
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

import pyogrio
import pyproj
import shapely

from cpts_geo.saisie.perimetres.entites import (
    ABIME,
    Couche,
    Entite,
    refuse_too_many_features,
    refuse_too_many_points,
)
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError

_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
# How a .shp begins, where it says its kind, and the kinds that are surfaces (flat, measured, with heights).
_MAGIC, _KIND = b"\x00\x00\x27\x0a", slice(32, 36)
_SURFACES = {5, 15, 25}
_NO_SURFACE = "« {} » ne contient aucune surface, mais des points ou des lignes."
_UNKNOWN = -1


def read_shapefile(name: str, files: Mapping[str, bytes]) -> Couche:
    """The features of the shapefile of this name, among the files of an archive.

    Raises:
        PerimetreRefuseError: it is damaged, or larger than declared.
    """
    stem = name[: -len(PurePosixPath(name).suffix)].lower()
    parts = {
        PurePosixPath(each).suffix.lower(): content
        for each, content in files.items()
        if each.lower().startswith(f"{stem}.") and PurePosixPath(each).suffix.lower() in _PARTS
    }
    outlines = parts[".shp"]
    if not outlines.startswith(_MAGIC):
        raise PerimetreRefuseError(ABIME)
    if int.from_bytes(outlines[_KIND], "little") not in _SURFACES:
        raise PerimetreRefuseError(_NO_SURFACE.replace("« {} »", f"«\u00a0{name}\u00a0»"))
    return Couche(_entites(_alone(parts)), _systeme(parts.get(".prj")), PurePosixPath(name).stem)


def _alone(parts: Mapping[str, bytes]) -> bytes:
    """An archive that holds these parts and nothing else, under a name of ours: the reader opens no other."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for extension, content in parts.items():
            archive.writestr(f"couche{extension}", content)
    return saved.getvalue()


def _entites(archive: bytes) -> tuple[Entite, ...]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            meta, _, geometries, columns = pyogrio.raw.read(archive, datetime_as_string=True)
        refuse_too_many_features(len(geometries))
        drawn = shapely.from_wkb(geometries, on_invalid="fix")
    except PerimetreRefuseError:
        raise
    except Exception as error:  # a damaged file makes the reader raise about anything
        raise PerimetreRefuseError(ABIME) from error
    refuse_too_many_points(int(shapely.get_num_coordinates(drawn).sum()))
    texts = [[_text(value) for value in column] for column in columns]
    return tuple(
        Entite({name: values[rank] for name, values in zip(meta["fields"], texts, strict=True)}, forme)
        for rank, forme in enumerate(drawn)
    )


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else ""
    return "" if value is None else str(value)


def _systeme(prj: bytes | None) -> int | None:
    """The EPSG code of the system that a .prj describes; None without one."""
    text = (prj or b"").decode("utf-8", errors="replace").strip("\ufeff\0 \r\n\t")
    if not text:
        return None
    try:
        return pyproj.CRS.from_wkt(text).to_epsg() or _UNKNOWN
    except pyproj.exceptions.CRSError:
        return _UNKNOWN
