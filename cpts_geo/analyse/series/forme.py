"""What all series have: a title, words that say the same as the chart, and a table to take away."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cpts_geo.analyse.series.contexte import Contexte, ZoneTracee
from cpts_geo.analyse.series.declares import CodeGraphique, declares
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Indicateur


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(ABC):
    """What a chart shows, under its title.

    `zones` are those compared, the territory first and France last. `texte` says the same in words, `mention`
    what must be known of it. `connue` is false when nothing is known in the territory: there is then nothing
    to draw.
    """

    code: CodeGraphique
    titre: str
    zones: tuple[ZoneTracee, ...]
    texte: str
    mention: str = ""
    connue: bool = True

    @property
    @abstractmethod
    def table(self) -> pd.DataFrame:
        """The figures in rows, to be taken away."""


def en_mots(indicateurs: Sequence[Indicateur], zones: Sequence[ZoneTracee]) -> str:
    """Indicators of zones, in words."""
    return "\u00a0; ".join(
        f"{item.libelle} ({item.unite})\u00a0: "
        + ", ".join(f"{zone.nom} {affichage.valeur(item, zone.resultats[item.code])}" for zone in zones)
        for item in indicateurs
    )


def indicateurs(context: Contexte, code: CodeGraphique) -> tuple[Indicateur, ...]:
    """The indicators declared for a chart."""
    return tuple(context.catalogue[name] for name in declares().graphique[code].indicateurs)
