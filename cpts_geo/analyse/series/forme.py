"""What all series have: a title, words that say the same as the chart, and a table to take away."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from cpts_geo.analyse.series.contexte import Contexte, ZoneTracee
from cpts_geo.analyse.series.declares import CodeGraphique, declares
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import comparable
from cpts_geo.socle.textes import typographie


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(ABC):
    """What a chart shows, under its title.

    `zones` are those compared, the territory first and France last. `texte` says the same in words, `mention`
    what must be known of it. `absence` stands in the place of the chart when nothing of the territory can be
    drawn; it is empty otherwise.
    """

    code: CodeGraphique
    titre: str
    zones: tuple[ZoneTracee, ...]
    texte: str
    mention: str = ""
    absence: str = ""

    @property
    def connue(self) -> bool:
        """Whether there is something to draw."""
        return not self.absence

    @property
    @abstractmethod
    def table(self) -> pd.DataFrame:
        """The figures in rows, to be taken away."""


def en_mots(indicateurs: Sequence[Indicateur], zones: Sequence[ZoneTracee]) -> str:
    """Indicators of zones, in words."""
    return "\u00a0; ".join(
        f"{typographie(f'{item.libelle} ({item.unite})')}\u00a0: "
        + ", ".join(f"{zone.nom} {affichage.dite(item, zone.resultats[item.code])}" for zone in zones)
        for item in indicateurs
    )


def indicateurs(context: Contexte, code: CodeGraphique) -> tuple[Indicateur, ...]:
    """The indicators declared for a chart."""
    return tuple(context.catalogue[name] for name in declares().graphique[code].indicateurs)


def sans_dessin(words: Sequence[str]) -> str:
    """What stands in the place of a chart, when these words stand in that of each figure of the territory.

    Empty as soon as one of them is: something can be drawn.
    """
    said = "\u00a0; ".join(dict.fromkeys(words))
    return f"Pour ce territoire\u00a0: {said}." if all(words) else ""


def non_dessines(indicateurs: Sequence[Indicateur], zones: Sequence[ZoneTracee]) -> str:
    """The figures that a chart leaves out, and why; empty when it has all of them."""
    return non_dessine(
        (f"{zone.nom}, {words}", item.libelle_court)
        for zone in zones
        for item in indicateurs
        if (words := affichage.absence(zone.resultats[item.code]))
    )


def non_dessine(manques: Iterable[tuple[str, str]]) -> str:
    """What is left out, as (whose and why, which), in one sentence; empty without any."""
    left_out: dict[str, list[str]] = {}
    for why, name in manques:
        left_out.setdefault(why, []).append(name)
    said = "\u00a0; ".join(f"{why} ({', '.join(names)})" for why, names in left_out.items())
    return f"Non dessiné\u00a0: {said}." if said else ""


def encadres(indicateurs: Sequence[Indicateur], zones: Sequence[ZoneTracee]) -> str:
    """How to read the bars of the figures that masked values leave open; empty when there is none."""
    results = [zone.resultats[item.code] for zone in zones for item in indicateurs]
    framed = any(each.encadre and comparable(each) for each in results)
    return typographie(declares().fourchette) if framed else ""


def phrases(*texts: str) -> str:
    """These sentences one after the other, empty ones left out."""
    return " ".join(filter(None, texts))
