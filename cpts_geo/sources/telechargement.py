"""Fetching an official file, and refusing at once what cannot be one."""

import ipaddress
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx2
from tqdm import tqdm

from cpts_geo.sources.editions import CatalogueEditions
from cpts_geo.sources.erreurs import ErreurSource

DELAI_SECONDES = 60.0
REDIRECTIONS = 5
MEGABYTE = 1_000_000
# An archive that swells more than this is not a table of figures.
EXPANSION_MAXIMALE = 60
ZIP_SIGNATURE = b"PK\x03\x04"
# What a server sends in place of a file: a page, or a message of an interface.
PAGE = re.compile(rb"^\s*(<|\{\s*\")")
START_BYTES = 512
NAME = re.compile(r"[^\w.-]+")


def is_address(place: str) -> bool:
    """Whether this names something on the network rather than a file of this machine."""
    return "://" in place


def fetch(place: str, folder: Path, maximum_mo: int) -> Path:
    """The file at an address (put in `folder`) or at a path of this machine.

    Raises `ErreurSource`, in words that a person understands, when there is no network, no file, or
    something that cannot be the file: a page, an empty or an oversized answer.
    """
    path = _download(place, folder, maximum_mo) if is_address(place) else Path(place)
    verify_content(path, maximum_mo)
    return path


def latest_address(catalogue: CatalogueEditions) -> str:
    """Address of the newest file of a data set of data.gouv.fr whose address matches the pattern."""
    with _request(catalogue.adresse) as response:
        response.read()
    try:
        resources = response.json()["resources"]
        found = sorted(item["url"] for item in resources if re.search(catalogue.motif, str(item["url"])))
    except (ValueError, KeyError, TypeError) as error:
        raise ErreurSource(f"Le catalogue {catalogue.adresse} n’a pas la forme attendue.") from error
    if not found:
        raise ErreurSource(f"Le catalogue {catalogue.adresse} ne propose plus le fichier attendu.")
    return str(max(found, key=lambda address: address.rsplit("/", 1)[-1]))


def verify_content(path: Path, maximum_mo: int) -> None:
    """Raise `ErreurSource` for a file that is absent, empty, too large, a page, or a swelling archive."""
    if not path.is_file():
        raise ErreurSource(f"Fichier absent : {path}")
    size = path.stat().st_size
    if size > maximum_mo * MEGABYTE:
        raise ErreurSource(f"Fichier trop gros : {path.name} dépasse {maximum_mo} Mo.")
    with path.open("rb") as stream:
        start = stream.read(START_BYTES)
    if not start.strip():
        raise ErreurSource(f"Fichier vide : {path.name}")
    if PAGE.match(start.removeprefix(b"\xef\xbb\xbf")):
        raise ErreurSource(f"{path.name} est une page ou un message d’erreur, et non le fichier attendu.")
    if start.startswith(ZIP_SIGNATURE):
        _verify_archive(path, maximum_mo)


def _verify_archive(path: Path, maximum_mo: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            swollen = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise ErreurSource(f"Fichier tronqué ou abîmé : {path.name}") from error
    if swollen > EXPANSION_MAXIMALE * maximum_mo * MEGABYTE:
        raise ErreurSource(f"Archive refusée : {path.name} grossirait jusqu’à {swollen / 1e9:.1f} Go.")


def _download(address: str, folder: Path, maximum_mo: int) -> Path:
    with _request(address) as response:
        path = _free_path(folder, str(response.url))
        said = response.headers.get("content-length", "")
        expected = int(said) if said.isdecimal() else 0
        if expected > maximum_mo * MEGABYTE:
            raise ErreurSource(f"Fichier trop gros : {address} dépasse {maximum_mo} Mo.")
        with (
            path.open("wb") as stream,
            tqdm(total=expected or None, unit="o", unit_scale=True, desc=path.name, disable=None) as bar,
        ):
            _copy(response, stream.write, bar.update, maximum_mo * MEGABYTE)
    return path


def _copy(
    response: httpx2.Response,
    write: Callable[[bytes], object],
    advance: Callable[[float], object],
    maximum: int,
) -> None:
    received = 0
    for block in response.iter_bytes():
        received += len(block)
        if received > maximum:
            raise ErreurSource(f"Fichier trop gros : {response.url} dépasse {maximum // MEGABYTE} Mo.")
        write(block)
        advance(len(block))


def _free_path(folder: Path, address: str) -> Path:
    """A name of our own making, so that no answer chooses where it is written."""
    name = (
        NAME.sub("_", unquote(urlsplit(address).path).rstrip("/").rsplit("/", 1)[-1]).strip(".") or "fichier"
    )
    return folder / f"{len(list(folder.iterdir())):02}_{name}"


@contextmanager
def _request(address: str) -> Iterator[httpx2.Response]:
    """An answer to be read, errors said in French."""
    # Every step of a redirection is verified before it is asked for.
    hooks = {"request": [lambda request: _verify_address(str(request.url))]}
    client = httpx2.Client(
        event_hooks=hooks, follow_redirects=True, timeout=DELAI_SECONDES, max_redirects=REDIRECTIONS
    )
    try:
        with client, client.stream("GET", address) as response:
            response.raise_for_status()
            yield response
    except httpx2.HTTPStatusError as error:
        status = error.response.status_code
        raise ErreurSource(f"{address} : le serveur répond {status}, il n’y a pas de fichier ici.") from error
    except httpx2.TimeoutException as error:
        raise ErreurSource(f"{address} : le serveur ne répond pas.") from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ErreurSource(
            f"{address} : pas de connexion. Vérifiez l’accès à Internet, ou donnez le fichier (--fichier)."
        ) from error


def _verify_address(address: str) -> None:
    """Only secure addresses, and this machine for those who try things out."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_local(parts.hostname or "")):
        return
    raise ErreurSource(f"Adresse refusée : {address} (il faut une adresse https).")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
