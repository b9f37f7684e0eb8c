"""The declared official editions: where they are published, what they fill, what makes them plausible."""

import math
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict, Field

from cpts_geo.socle.declarations import CONFORME, Declare, declaration


@dataclass(frozen=True, slots=True)
class CatalogueEditions:
    """A data set of data.gouv.fr whose files change their address at each edition."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFORME

    adresse: str
    motif: str


class Regle(Declare):
    """What columns (or types of structures) of a new edition must respect.

    `valeurs` bounds each value (or, for structures, the number of each type); `variation` bounds the new
    national figure over the former; `correlation` is the least rank correlation with the former values;
    `couverture` the least number of known values over the former. The national figure is a sum, or the mean
    weighted by `poids`, or with `moyenne` the plain mean.
    """

    colonnes: tuple[str, ...]
    valeurs: tuple[float, float]
    variation: tuple[float, float] = (0.0, math.inf)
    poids: str | None = None
    moyenne: bool = False
    correlation: float = -1.0
    couverture: float = 0.95
    facultative: bool = False

    @property
    def est_moyenne(self) -> bool:
        """Whether the national figure is a mean."""
        return self.moyenne or self.poids is not None


class Cible(Declare):
    """What an edition replaces: columns of a table of the bundle, and how the source is then cited.

    `millesime`, `jeu` and the other texts may hold "{millesime}". `parties` lists (part, whole): no part may
    exceed its whole. `proportionnelles` are columns that the build computed from the one replaced, in the
    same proportion. `retrouves` is the least share of the former structures that must still be there.
    """

    source: str
    table: str
    jeu: str
    citation_courte: str
    millesime: str
    geographie: str
    lignes: tuple[int, int]
    regles: tuple[Regle, ...] = Field(alias="regle")
    notes: tuple[str, ...] = ()
    parties: tuple[tuple[str, str], ...] = ()
    proportionnelles: tuple[str, ...] = ()
    retrouves: float = 0.0
    facultative: bool = False
    garde_fichiers: bool = False

    @property
    def colonnes(self) -> tuple[str, ...]:
        """Every column that the edition may replace."""
        return tuple(colonne for regle in self.regles for colonne in regle.colonnes)

    @property
    def obligatoires(self) -> tuple[str, ...]:
        """The columns that the edition must give."""
        return tuple(colonne for regle in self.regles if not regle.facultative for colonne in regle.colonnes)


class EditionDeclaree(Declare):
    """An official data set that can be refreshed, as `--source` names it."""

    code: str
    jeu: str
    page: str
    lecteur: str
    taille_maximale_mo: int
    cibles: tuple[Cible, ...] = Field(alias="cible")
    adresses: tuple[str, ...] = ()
    catalogue: CatalogueEditions | None = None
    millesime: int | None = None
    avertissement: str = ""


class EditionsDeclarees(Declare):
    """Every edition, in its order."""

    editions: tuple[EditionDeclaree, ...] = Field(alias="edition")


def load_editions() -> dict[str, EditionDeclaree]:
    """The declared editions, by code, in their declared order."""
    return {each.code: each for each in declaration("actualisation", EditionsDeclarees).editions}
