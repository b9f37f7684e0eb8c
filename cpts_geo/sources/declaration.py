"""The declared sources: publisher, data set, vintage, licence, raw files and published totals to check."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from cpts_geo.chemins import DECLARATIONS


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
    """One data set as it must be cited, and what is needed to trust our copy of it."""

    code: str
    producteur: str
    jeu: str
    citation_courte: str
    millesime: str
    licence: str
    adresse: str
    geographie: str
    table: str
    notes: tuple[str, ...]
    fichiers: tuple[Fichier, ...]
    controles: tuple[Controle, ...]


def load_sources(path: Path = DECLARATIONS / "sources.toml") -> dict[str, Source]:
    """Read the declared sources, by code, in their declared order."""
    declared = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    return {item["code"]: _source(item) for item in declared}


def _source(item: dict) -> Source:  # type: ignore[type-arg]
    return Source(
        code=item["code"],
        producteur=item["producteur"],
        jeu=item["jeu"],
        citation_courte=item["citation_courte"],
        millesime=item["millesime"],
        licence=item["licence"],
        adresse=item["adresse"],
        geographie=item["geographie"],
        table=item.get("table", item["code"]),
        notes=tuple(item.get("notes", ())),
        fichiers=tuple(Fichier(**fichier) for fichier in item["fichiers"]),
        controles=tuple(Controle(**controle) for controle in item.get("controles", ())),
    )
