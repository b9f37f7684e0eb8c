"""The declared sources: publisher, data set, vintage, licence, raw files and published totals to check."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, Field

from cpts_geo.indicateurs.citations import SourceCitee
from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.declarations import CONFORME, Declare, declaration


@dataclass(frozen=True, slots=True)
class Fichier:
    """A raw file, named relative to the raw folder (or to the packages folder when `paquet`)."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFORME

    nom: str
    sha256: str
    paquet: bool = False


@dataclass(frozen=True, slots=True)
class Controle:
    """A published figure: the column, aggregated over the zone, must be within `tolerance` of `valeur`.

    `zone` is a commune or EPCI code, "D31", "R76" or "FR". With `poids` the figure is the mean weighted by
    that column, with `part_de` the share (%) of the sum of that one; otherwise the sum. `table` is the one
    to look into (see `controles.READERS`).
    """

    __pydantic_config__: ClassVar[ConfigDict] = CONFORME

    zone: str
    colonne: str
    valeur: float
    tolerance: float = 0.0
    poids: str | None = None
    part_de: str | None = None
    table: str = "communes"


@dataclass(frozen=True, slots=True)
class Source:
    """One data set: how to cite it, the table that the build makes of it, and what makes our copy trusted."""

    citee: SourceCitee
    table: str
    fichiers: tuple[Fichier, ...]
    controles: tuple[Controle, ...]


class SourceDeclaree(SourceCitee):
    """A source as declared: see `Source`; without `table`, its table bears its code."""

    table: str = ""
    fichiers: tuple[Fichier, ...]
    controles: tuple[Controle, ...] = ()

    @property
    def source(self) -> Source:
        """The data set that is declared."""
        cited = SourceCitee.among(dict(self))
        return Source(cited, self.table or self.code, self.fichiers, self.controles)


class SourcesDeclarees(Declare):
    """Every source, in its order."""

    sources: tuple[SourceDeclaree, ...] = Field(alias="source")


def load_sources(dossier: Path = DECLARATIONS) -> dict[str, Source]:
    """The declared sources, by code, in their declared order."""
    return {each.code: each.source for each in declaration("sources", SourcesDeclarees, dossier).sources}
