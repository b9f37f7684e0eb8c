"""What only the CPAM, the ARS or the professionals know: figures that people bring, with source and date."""

from dataclasses import dataclass
from typing import Literal

Nature = Literal["effectif", "taux"]


@dataclass(frozen=True, slots=True)
class DonneeLocale:
    """One local indicator.

    `nature` says whether figures of communes add up ("effectif") or not ("taux"). `par_commune` holds pairs
    (INSEE code, figure) in the order given; `par_scenario` pairs (key of the scenario, figure), for what is
    known of a whole territory only. `date` is the day or the year of the figure, as typed.
    """

    libelle: str
    unite: str
    nature: Nature
    source: str
    date: str
    par_commune: tuple[tuple[str, float], ...] = ()
    par_scenario: tuple[tuple[int, float], ...] = ()
