"""The folder of raw files: finds each one, and refuses a missing or altered one before anything is built."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from cpts_geo.sources.declaration import Fichier
from cpts_geo.sources.erreurs import ErreurSource


class Brut:
    """Raw files as downloaded: `raw` holds the publishers' files, `packages` the two registry packages."""

    def __init__(self, raw: Path, packages: Path) -> None:
        """Remember both folders; nothing is read yet."""
        self.raw = raw
        self.packages = packages

    def path(self, nom: str, *, paquet: bool = False) -> Path:
        """Full path of a raw file."""
        return (self.packages if paquet else self.raw) / nom

    def verify(self, fichiers: Iterable[Fichier]) -> None:
        """Raise `ErreurSource` naming every file that is absent or not the one that was declared."""
        problems = [message for fichier in fichiers if (message := self._problem(fichier))]
        if problems:
            raise ErreurSource("\n".join(problems))

    def _problem(self, fichier: Fichier) -> str | None:
        path = self.path(fichier.nom, paquet=fichier.paquet)
        if not path.is_file():
            return f"Fichier source absent : {path}"
        if sha256(path) != fichier.sha256:
            return f"Fichier source modifié (empreinte SHA-256 inattendue) : {path}"
        return None


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
