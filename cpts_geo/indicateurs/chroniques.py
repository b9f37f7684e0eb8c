"""What charts draw year by year or age by age: population, births and deaths, ages of men and women."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from cpts_geo.indicateurs.plan import plan
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
    """A count by year over the same communes every year; None in a year when too few of them have figures.

    The communes are those known in all the other years; `couverture` is their share (%) of people, or the
    largest that any year has when none has enough.
    """

    annees: tuple[int, ...]
    valeurs: tuple[float | None, ...]
    couverture: float

    @property
    def connues(self) -> tuple[tuple[int, float], ...]:
        """The years that have a value, with it."""
        years = zip(self.annees, self.valeurs, strict=True)
        return tuple((year, value) for year, value in years if value is not None)

    @property
    def lacunes(self) -> tuple[int, ...]:
        """The years that have none."""
        return tuple(year for year, value in zip(self.annees, self.valeurs, strict=True) if value is None)

    @property
    def indices(self) -> tuple[float | None, ...]:
        """The values, the first being 100; empty when the first is zero or not known."""
        first = self.valeurs[0]
        if not first:
            return ()
        return tuple(None if value is None else 100 * value / first for value in self.valeurs)


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
        """One figure by year: "population", "naissances" or "deces".

        What is compared from year to year is the same place: a commune counts every year or never.
        """
        years = {
            int(name.removeprefix(f"{prefixe}_")): name
            for name in self._colonnes.columns
            if name.startswith(f"{prefixe}_") and name.removeprefix(f"{prefixe}_").isdigit()
        }
        names = [years[year] for year in sorted(years)]
        shares = self._shares(codes, names)
        kept = [name for name, share in zip(names, shares, strict=True) if share >= plan().couverture_ecart]
        table, share = self._known(codes, kept) if kept else (None, max(shares))
        sums = {} if table is None or share < plan().couverture_ecart else table.sum().to_dict()
        return Chronique(tuple(sorted(years)), tuple(sums.get(name) for name in names), share)

    def pyramide(self, codes: Sequence[str]) -> Pyramide:
        """Men and women by age class."""
        names = [f"{sexe}_{age}_{ANNEE_AGES}" for sexe in ("hommes", "femmes") for age in AGES]
        table, share = self._known(codes, names)
        sums = table.sum().tolist()
        return Pyramide(tuple(AGES.values()), tuple(sums[: len(AGES)]), tuple(sums[len(AGES) :]), share)

    def _shares(self, codes: Sequence[str], names: list[str]) -> list[float]:
        """The share (%) of the people who live where each of these figures is known."""
        table = self._colonnes.loc[list(codes)]
        people = table["population"].to_numpy(dtype=float)
        whole = float(people.sum())
        known = people @ table[names].notna().to_numpy()
        return [100 * float(each) / whole if whole else 0.0 for each in known]

    def _known(self, codes: Sequence[str], names: list[str]) -> tuple[pd.DataFrame, float]:
        """The communes that have all of these figures, and the share (%) of the people who live there."""
        table = self._colonnes.loc[list(codes)]
        known = table[names].notna().all(axis=1).to_numpy()
        people = table["population"].to_numpy(dtype=float)
        whole = float(people.sum())
        return table.loc[known, names], 100 * float(np.sum(people[known])) / whole if whole else 0.0
