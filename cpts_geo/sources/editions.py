"""The declared official editions: where they are published, what they fill, what makes them plausible."""

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpts_geo.socle.chemins import DECLARATIONS


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A data set of data.gouv.fr whose files change their address at each edition."""

    adresse: str
    motif: str


@dataclass(frozen=True, slots=True)
class Regle:
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


@dataclass(frozen=True, slots=True)
class Cible:
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
    regles: tuple[Regle, ...]
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


@dataclass(frozen=True, slots=True)
class EditionDeclaree:
    """An official data set that can be refreshed, as `--source` names it."""

    code: str
    jeu: str
    page: str
    lecteur: str
    taille_maximale_mo: int
    cibles: tuple[Cible, ...]
    adresses: tuple[str, ...] = ()
    catalogue: Catalogue | None = None
    millesime: int | None = None
    avertissement: str = ""


def load_editions(path: Path = DECLARATIONS / "actualisation.toml") -> dict[str, EditionDeclaree]:
    """Read the declared editions, by code, in their declared order."""
    declared = tomllib.loads(path.read_text(encoding="utf-8"))["edition"]
    return {item["code"]: _edition(item) for item in declared}


def _edition(item: dict[str, Any]) -> EditionDeclaree:
    catalogue = item.get("catalogue")
    own = {name: value for name, value in item.items() if name != "cible"}
    own["adresses"] = tuple(item.get("adresses", ()))
    own["catalogue"] = Catalogue(**catalogue) if catalogue else None
    return EditionDeclaree(**own, cibles=tuple(_cible(cible) for cible in item["cible"]))


def _cible(item: dict[str, Any]) -> Cible:
    own = {name: value for name, value in item.items() if name != "regle"}
    own["parties"] = tuple((part, whole) for part, whole in item.get("parties", ()))
    own["lignes"] = tuple(item["lignes"])
    own |= {name: tuple(item.get(name, ())) for name in ("notes", "proportionnelles")}
    return Cible(**own, regles=tuple(_regle(regle) for regle in item["regle"]))


def _regle(item: dict[str, Any]) -> Regle:
    lists = ("colonnes", "valeurs", "variation")
    own: dict[str, Any] = {name: tuple(value) if name in lists else value for name, value in item.items()}
    return Regle(**own)
