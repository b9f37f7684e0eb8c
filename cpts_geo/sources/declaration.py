"""The declared sources: publisher, data set, vintage, licence, raw files and published totals to check."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpts_geo.indicateurs.citations import SourceCitee, source_citee
from cpts_geo.socle.chemins import DECLARATIONS


@dataclass(frozen=True, slots=True)
class Fichier:
    """A raw file, named relative to the raw folder (or to the packages folder when `paquet`)."""

    nom: str
    sha256: str
    paquet: bool = False


@dataclass(frozen=True, slots=True)
class Controle:
    """A published figure: the column, aggregated over the zone, must be within `tolerance` of `valeur`.

    `zone` is a commune or EPCI code, "D31", "R76" or "FR". With `poids` the figure is the mean weighted by
    that column; otherwise the sum. `table` is the one to look into (see `controles.READERS`).
    """

    zone: str
    colonne: str
    valeur: float
    tolerance: float = 0.0
    poids: str | None = None
    table: str = "communes"


@dataclass(frozen=True, slots=True)
class Source:
    """One data set: how to cite it, the table that the build makes of it, and what makes our copy trusted."""

    citee: SourceCitee
    table: str
    fichiers: tuple[Fichier, ...]
    controles: tuple[Controle, ...]


def load_sources(path: Path = DECLARATIONS / "sources.toml") -> dict[str, Source]:
    """Read the declared sources, by code, in their declared order."""
    declared = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    return {item["code"]: _source(item) for item in declared}


def _source(item: dict[str, Any]) -> Source:
    return Source(
        citee=source_citee(item),
        table=item.get("table", item["code"]),
        fichiers=tuple(Fichier(**fichier) for fichier in item["fichiers"]),
        controles=tuple(Controle(**controle) for controle in item.get("controles", ())),
    )
