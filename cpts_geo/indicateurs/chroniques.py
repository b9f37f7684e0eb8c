"""What charts draw year by year or age by age: population, births and deaths, ages of men and women."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from cpts_geo.socle.chemins import BUNDLE

AGES = {
    "0014": "0 à 14 ans",
    "1529": "15 à 29 ans",
    "3044": "30 à 44 ans",
    "4559": "45 à 59 ans",
    "6074": "60 à 74 ans",
    "75p": "75 ans et plus",
}
ANNEE_AGES = 2019
_KEPT = ("population_20", "naissances_", "deces_", "hommes_", "femmes_")


@dataclass(frozen=True, slots=True)
class Chronique:
    """A count by year over the communes known every year; `couverture` is their share (%) of people."""

    annees: tuple[int, ...]
    valeurs: tuple[float, ...]
    couverture: float

    @property
    def indices(self) -> tuple[float, ...]:
        """The values, the first being 100; empty when the first is zero."""
        return tuple(100 * value / self.valeurs[0] for value in self.valeurs) if self.valeurs[0] else ()


@dataclass(frozen=True, slots=True)
class Pyramide:
    """Men and women by age class over the communes that have figures; `couverture` is their share (%)."""

    ages: tuple[str, ...]
    hommes: tuple[float, ...]
    femmes: tuple[float, ...]
    couverture: float


class Chroniques:
    """The yearly figures of every commune.

    Args:
        colonnes: indexed by code, with population and the yearly columns of the bundle.
    """

    def __init__(self, colonnes: pd.DataFrame) -> None:
        self._colonnes = colonnes

    @classmethod
    def load(cls, folder: Path = BUNDLE) -> Self:
        """Read the yearly columns of the bundle."""
        path = folder / "indicateurs.parquet"
        names = [name for name in pq.read_schema(path).names if name.startswith(_KEPT)]
        figures = pd.read_parquet(path, columns=["code", *names]).set_index("code")
        communes = pd.read_parquet(folder / "communes.parquet", columns=["code", "population"])
        return cls(communes.set_index("code").join(figures))

    def par_annee(self, prefixe: str, codes: Sequence[str]) -> Chronique:
        """One figure by year: "population", "naissances" or "deces"."""
        years = {
            int(name.removeprefix(f"{prefixe}_")): name
            for name in self._colonnes.columns
            if name.startswith(f"{prefixe}_") and name.removeprefix(f"{prefixe}_").isdigit()
        }
        table, share = self._known(codes, [years[year] for year in sorted(years)])
        return Chronique(tuple(sorted(years)), tuple(table.sum().tolist()), share)

    def pyramide(self, codes: Sequence[str]) -> Pyramide:
        """Men and women by age class."""
        names = [f"{sexe}_{age}_{ANNEE_AGES}" for sexe in ("hommes", "femmes") for age in AGES]
        table, share = self._known(codes, names)
        sums = table.sum().tolist()
        return Pyramide(tuple(AGES.values()), tuple(sums[: len(AGES)]), tuple(sums[len(AGES) :]), share)

    def _known(self, codes: Sequence[str], names: list[str]) -> tuple[pd.DataFrame, float]:
        """The communes that have all of these figures, and the share (%) of the people who live there."""
        table = self._colonnes.loc[list(codes)]
        known = table[names].notna().all(axis=1).to_numpy()
        people = table["population"].to_numpy(dtype=float)
        whole = float(people.sum())
        return table.loc[known, names], 100 * float(np.sum(people[known])) / whole if whole else 0.0
