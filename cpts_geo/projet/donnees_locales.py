"""What only the CPAM, the ARS or the professionals know: figures that people bring, with source and date."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.textes import une_ligne

Nature = Literal["effectif", "taux"]


class PropositionLocale(Declare):
    """A local figure that is often asked for."""

    libelle: str
    unite: str
    nature: Nature


class Longueurs(Declare):
    """How many characters of each text are kept."""

    libelle: int
    unite: int
    source: int
    date: int


class LimitesLocales(Declare):
    """How many local indicators a project has at most, how large a figure is, how long texts are."""

    indicateurs_au_plus: int
    valeur_au_plus: float
    longueurs: Longueurs
    propositions: tuple[PropositionLocale, ...]


@dataclass(frozen=True, slots=True)
class DonneeLocale:
    """One local indicator.

    `nature` says whether figures of communes add up ("effectif") or not ("taux"). `par_commune` holds pairs
    (INSEE code, figure) in the order given; `par_scenario` pairs (key of the scenario, figure), for what is
    known of a whole territory only. `date` is the day or the year of the figure, as typed. Texts are put on
    one line and cut to the lengths declared. A figure that is not known is left out: it is never zero.

    Raises:
        ValueError: a figure is no number or too large, or a commune or a scenario has two; in French.
    """

    libelle: str
    unite: str
    nature: Nature
    source: str
    date: str
    par_commune: tuple[tuple[str, float], ...] = ()
    par_scenario: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        for name, length in limites().longueurs:
            object.__setattr__(self, name, une_ligne(getattr(self, name), length))
        if len(dict(self.par_commune)) != len(self.par_commune):
            raise ValueError("Une commune n’a qu’un chiffre par donnée locale.")
        if len(dict(self.par_scenario)) != len(self.par_scenario):
            raise ValueError("Un scénario n’a qu’un chiffre par donnée locale.")
        if not all(_is_figure(valeur) for _, valeur in (*self.par_commune, *self.par_scenario)):
            raise ValueError("Une donnée locale est un nombre, pas trop grand.")

    def merged_with(self, newer: "DonneeLocale") -> "DonneeLocale":
        """With the figures of `newer` too, which come first; from elsewhere, they replace all."""
        if (self.unite, self.nature, self.source, self.date) != (
            newer.unite,
            newer.nature,
            newer.source,
            newer.date,
        ):
            return newer
        return replace(
            self,
            par_commune=tuple((dict(self.par_commune) | dict(newer.par_commune)).items()),
            par_scenario=tuple((dict(self.par_scenario) | dict(newer.par_scenario)).items()),
        )

    def resultat(self, cle: int, populations: Mapping[str, int]) -> Resultat:
        """What it is worth over a scenario.

        A figure of the whole territory comes first. Otherwise counts of communes add up; rates, whose
        denominators are not known, are only framed by the lowest and the highest commune.

        Args:
            cle: key of the scenario.
            populations: inhabitants of each of its communes, by code, for the coverage.
        """
        if cle in dict(self.par_scenario):
            return _exact(dict(self.par_scenario)[cle], 100.0, 0)
        known = {code: value for code, value in self.par_commune if code in populations}
        people = sum(populations.values())
        share = 100 * sum(populations[code] for code in known) / people if people else 0.0
        missing = len(populations) - len(known)
        if self.nature == "effectif" or not known:
            return _exact(math.fsum(known.values()) if known else None, share, missing)
        low, high = min(known.values()), max(known.values())
        return Resultat(None, low, high, None, None, None, share, 0, missing, share)


def limites() -> LimitesLocales:
    """The limits declared in the data file, read once."""
    return declaration("donnees_locales", LimitesLocales)


def _exact(value: float | None, share: float, missing: int) -> Resultat:
    return Resultat(value, value, value, None, None, None, share, 0, missing, share)


def _is_figure(valeur: float) -> bool:
    return math.isfinite(valeur) and abs(valeur) <= limites().valeur_au_plus
