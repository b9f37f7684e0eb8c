"""Reading a file of perimeters: its format known by its bytes, its outlines in degrees."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np

from cpts_geo.saisie.fichiers.encodages import text_of
from cpts_geo.saisie.perimetres.entites import Couche, refuse_too_many_features
from cpts_geo.saisie.perimetres.entites_geojson import read_geojson
from cpts_geo.saisie.perimetres.entites_gpkg import SQLITE, read_gpkg
from cpts_geo.saisie.perimetres.entites_kml import read_kml
from cpts_geo.saisie.perimetres.formes import in_degrees
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError, regles

# The extensions of files that are perimeters, beside archives, which may hold tables.
EXTENSIONS = frozenset({".geojson", ".gpkg", ".kml", ".kmz"})
_IN_ARCHIVES = (".shp", ".geojson", ".gpkg", ".kml")
_ZIP = b"PK\x03\x04"
_JSON = re.compile(
    r'\s*\{.*"(?:type"\s*:\s*"(?:Feature(?:Collection)?|(?:Multi)?Polygon|GeometryCollection|Topology)"'
    r'|features"\s*:\s*\[)',
    re.DOTALL,
)
_KML = re.compile(rb"<(?:\w+:)?kml[\s>]")
_HEAD = 4_096
_MEGABYTE = 1_048_576
_HIDDEN = (".", "__MACOSX")
_TROP_LOURD = "Ce fichier est trop lourd\u00a0: {}\u00a0Mo au plus{}."
_ABIMEE = "Cette archive est abîmée, ou protégée par un mot de passe."
_AUCUN = "Ce fichier ne contient aucune surface\u00a0: ni polygone, ni code de commune."
_INCONNU = "Ce fichier n’est pas un périmètre\u00a0: GeoJSON, GeoPackage, KML ou shapefile zippé."


def is_perimetre(contenu: bytes) -> bool:
    """Whether a file is of a format of perimeters: by its bytes, or by the names of an archive."""
    if contenu.startswith(_ZIP):
        return bool(_named_in(contenu))
    return contenu.startswith(SQLITE) or _is_kml(contenu) or _is_json(contenu)


def read_couches(contenu: bytes) -> tuple[Couche, ...]:
    """The layers of a file, in degrees (WGS 84).

    Raises:
        PerimetreRefuseError: whatever is wrong with the file.
    """
    if len(contenu) > regles().octets_au_plus:
        raise PerimetreRefuseError(_TROP_LOURD.format(regles().octets_au_plus // _MEGABYTE, ""))
    layers = _of_archive(contenu) if contenu.startswith(_ZIP) else _of_file(contenu)
    entites = [each for layer in layers for each in layer.entites]
    refuse_too_many_features(len(entites))
    if not any(each.forme is not None or each.proprietes for each in entites):
        raise PerimetreRefuseError(_AUCUN)
    return tuple(_moved(layer) for layer in layers)


def _moved(layer: Couche) -> Couche:
    formes = np.array([each.forme for each in layer.entites], dtype=object)
    moved = in_degrees(formes, layer.systeme)
    entites = (replace(each, forme=forme) for each, forme in zip(layer.entites, moved, strict=True))
    return replace(layer, entites=tuple(entites))


def _of_file(content: bytes) -> Sequence[Couche]:
    if content.startswith(SQLITE):
        return read_gpkg(content)
    if _is_kml(content):
        return read_kml(content)
    text = text_of(content)
    if text is None or not text.lstrip().startswith("{"):
        raise PerimetreRefuseError(_INCONNU)
    return read_geojson(text)


def _is_kml(content: bytes) -> bool:
    return bool(_KML.search(content[:_HEAD].replace(b"\0", b"")))


def _is_json(content: bytes) -> bool:
    head = content[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")
    return bool(_JSON.match(head.decode("utf-8", errors="replace")))


# ---- Archives -------------------------------------------------------------------------------------------


def _named_in(content: bytes) -> list[str]:
    """The files of perimeters of an archive; none when it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [name for name in archive.namelist() if _is_given(name)]
    except Exception:  # noqa: BLE001 - a damaged archive makes zipfile raise about anything
        return []


def _is_given(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in _IN_ARCHIVES and not any(part.startswith(_HIDDEN) for part in path.parts)


def _of_archive(content: bytes) -> list[Couche]:
    files = _unpacked(content)
    layers: list[Couche] = []
    for name in filter(_is_given, files):
        if name.lower().endswith(".shp"):
            # Long to import: those who bring no shapefile do not wait for it.
            from cpts_geo.saisie.perimetres.entites_shapefile import read_shapefile  # noqa: PLC0415

            layers.append(read_shapefile(name, files))
        else:
            layers += _of_file(files[name])
    if not layers:
        raise PerimetreRefuseError(_INCONNU)
    return layers


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The files of an archive, which come to no more than declared, whatever the archive says of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return dict(_contents(archive))
    except PerimetreRefuseError:
        raise
    except Exception as error:  # a damaged archive makes zipfile raise about anything
        raise PerimetreRefuseError(_ABIMEE) from error


def _contents(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    left = regles().octets_decompresses
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if len(names) > regles().fichiers_par_archive:
        raise PerimetreRefuseError("Cette archive contient trop de fichiers.")
    for name in names:
        with archive.open(name) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            most = regles().octets_decompresses // _MEGABYTE
            raise PerimetreRefuseError(_TROP_LOURD.format(most, " une fois décompressé"))
        yield name, content
