"""What only the CPAM, the ARS or the professionals know: figures that people bring, with source and date."""

import math
from collections.abc import Collection, Mapping
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
    sans_nom: str
    longueurs: Longueurs
    propositions: tuple[PropositionLocale, ...]


@dataclass(frozen=True, slots=True)
class DonneeLocale:
    """One local indicator.

    `nature` says whether figures of communes add up ("effectif") or not ("taux"). `par_commune` holds pairs
    (INSEE code, figure) in the order given; `par_scenario` pairs (key of the scenario, figure), for what is
    known of a whole territory only. `bornes` are triples (INSEE code, lowest, highest) for communes whose
    figure is masked but bounded, as "<11". `date` is the day or the year of the figure, as typed. Texts are
    put on one line and cut to the lengths declared; without a name, it has the one declared. A figure that is
    not known is left out: it is never zero.

    Raises:
        ValueError: a figure is no number or too large, bounds are reversed, or a commune or a scenario has
            two; in French.
    """

    libelle: str
    unite: str
    nature: Nature
    source: str
    date: str
    par_commune: tuple[tuple[str, float], ...] = ()
    par_scenario: tuple[tuple[int, float], ...] = ()
    bornes: tuple[tuple[str, float, float], ...] = ()

    def __post_init__(self) -> None:
        for name, length in limites().longueurs:
            object.__setattr__(self, name, une_ligne(getattr(self, name), length))
        object.__setattr__(self, "libelle", self.libelle or limites().sans_nom)
        communes = [code for code, *_ in (*self.par_commune, *self.bornes)]
        if len(set(communes)) != len(communes):
            raise ValueError("Une commune n’a qu’un chiffre par donnée locale.")
        if len(dict(self.par_scenario)) != len(self.par_scenario):
            raise ValueError("Un scénario n’a qu’un chiffre par donnée locale.")
        bounds = (bound for _, *given in self.bornes for bound in given)
        exact = (valeur for _, valeur in (*self.par_commune, *self.par_scenario))
        if not all(map(_is_figure, (*exact, *bounds))):
            raise ValueError("Une donnée locale est un nombre, pas trop grand.")
        if any(low > high for _, low, high in self.bornes):
            raise ValueError("La borne basse d’une donnée locale ne dépasse pas sa borne haute.")

    @property
    def communes(self) -> dict[str, tuple[float, float]]:
        """The bounds of the figure of each commune, equal where it is exact; none where nothing is known."""
        exact = {code: (valeur, valeur) for code, valeur in self.par_commune}
        return exact | {code: (low, high) for code, low, high in self.bornes}

    def merged_with(self, newer: "DonneeLocale") -> "DonneeLocale":
        """With the figures of `newer` too, which come first; from elsewhere, they replace all."""
        if (self.unite, self.nature, self.source, self.date) != (
            newer.unite,
            newer.nature,
            newer.source,
            newer.date,
        ):
            return newer
        kept = [pair for pair in self.par_commune if pair[0] not in newer.communes]
        framed = [triple for triple in self.bornes if triple[0] not in newer.communes]
        return replace(
            self,
            par_commune=(*kept, *newer.par_commune),
            bornes=(*framed, *newer.bornes),
            par_scenario=tuple((dict(self.par_scenario) | dict(newer.par_scenario)).items()),
        )

    def resultat(self, cle: int, populations: Mapping[str, int]) -> Resultat:
        """What it is worth over a scenario.

        A figure of the whole territory comes first. Otherwise counts of communes add up, between the sums of
        their bounds where some are masked; rates, whose denominators are not known, are only framed by the
        lowest and the highest commune.

        Args:
            cle: key of the scenario.
            populations: inhabitants of each of its communes, by code, for the coverage.
        """
        if cle in dict(self.par_scenario):
            return _exact(dict(self.par_scenario)[cle], 100.0, 0)
        known = {code: bounds for code, bounds in self.communes.items() if code in populations}
        masked = [code for code, (low, high) in known.items() if low != high]
        missing = len(populations) - len(known)
        framed = _share(known, populations)
        if not known:
            return _exact(None, framed, missing)
        lows, highs = zip(*known.values(), strict=True)
        if self.nature == "effectif":
            low, high = math.fsum(lows), math.fsum(highs)
        else:
            low, high = min(lows), max(highs)
        exact = low if self.nature == "effectif" and low == high else None
        share = _share(known.keys() - masked, populations)
        return Resultat(exact, low, high, None, None, None, share, len(masked), missing, framed)


def limites() -> LimitesLocales:
    """The limits declared in the data file, read once."""
    return declaration("donnees_locales", LimitesLocales)


def _share(codes: Collection[str], populations: Mapping[str, int]) -> float:
    """Share (%) of the inhabitants who live in these communes."""
    people = sum(populations.values())
    return 100 * sum(populations[code] for code in codes) / people if people else 0.0


def _exact(value: float | None, share: float, missing: int) -> Resultat:
    return Resultat(value, value, value, None, None, None, share, 0, missing, share)


def _is_figure(valeur: float) -> bool:
    return math.isfinite(valeur) and abs(valeur) <= limites().valeur_au_plus
