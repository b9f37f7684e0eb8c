"""Adding up the figures of communes: one column per indicator, masked cells counted apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from cpts_geo.indicateurs import Indicateur

MASQUES = "_masques"

Vecteur = npt.NDArray[np.float64]
Rangs = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Cumul:
    """Sums over a set of communes, one entry per indicator.

    `masques_*` count the masked cells of each term; `connues` and `masquees` the communes that have figures
    and those with a masked cell; `population_exacte` the inhabitants of communes known without a doubt.
    """

    numerateur: Vecteur
    denominateur: Vecteur
    masques_numerateur: Vecteur
    masques_denominateur: Vecteur
    population_exacte: Vecteur
    connues: Vecteur
    masquees: Vecteur
    minimum: Vecteur
    maximum: Vecteur

    def __add__(self, other: Self) -> Self:
        """Sums over both sets of communes, which have none in common."""
        extremes = {"minimum": np.fmin, "maximum": np.fmax}
        return replace(
            self,
            **{
                name: extremes.get(name, np.add)(getattr(self, name), getattr(other, name))
                for name in self.__slots__
            },
        )


class Termes(NamedTuple):
    """The two terms of one indicator in each commune, NaN where it has no figure, and its masked cells."""

    numerateur: Vecteur
    denominateur: Vecteur
    masques_numerateur: Vecteur
    masques_denominateur: Vecteur


class Zone(NamedTuple):
    """Size of a set of communes."""

    communes: int
    population: float


class Figures:
    """The figures of every commune (rows) for every indicator (columns), ready to be added up.

    A commune counts for an indicator when both terms have a figure, known or masked.
    """

    def __init__(self, indicateurs: Sequence[Indicateur], colonnes: pd.DataFrame) -> None:
        numerators = _layout(indicateurs, lambda item: _sum(colonnes, item.numerateur, item.moins))
        denominators = _layout(indicateurs, lambda item: _sum(colonnes, item.denominateur))
        masked_numerators = _layout(indicateurs, lambda item: _masked(colonnes, item.numerateur))
        masked_denominators = _layout(indicateurs, lambda item: _masked(colonnes, item.denominateur))
        means = [item.agregation == "moyenne_ponderee" for item in indicateurs]
        self.population = colonnes["population"].to_numpy(dtype=float)
        self._known = ~(np.isnan(numerators) | np.isnan(denominators))
        self._masked = self._known & ((masked_numerators > 0) | (masked_denominators > 0))
        ranges = [item.agregation == "etendue" for item in indicateurs]
        self._ranges = np.flatnonzero(ranges)
        self._ranged = numerators[:, self._ranges]
        numerators[:, means] *= denominators[:, means]
        self._numerators = np.where(self._known, numerators, 0.0)
        self._denominators = np.where(self._known, denominators, 0.0)
        self._masked_numerators = masked_numerators.astype(np.int16)
        self._masked_denominators = masked_denominators.astype(np.int16)

    def sums(self, rows: Rangs) -> Cumul:
        """Sums over these rows."""
        known, masked = self._known[rows], self._masked[rows]
        return Cumul(
            numerateur=self._numerators[rows].sum(axis=0),
            denominateur=self._denominators[rows].sum(axis=0),
            masques_numerateur=np.where(known, self._masked_numerators[rows], 0).sum(axis=0, dtype=float),
            masques_denominateur=np.where(known, self._masked_denominators[rows], 0).sum(axis=0, dtype=float),
            population_exacte=self.population[rows] @ (known & ~masked),
            connues=known.sum(axis=0, dtype=float),
            masquees=masked.sum(axis=0, dtype=float),
            minimum=self._extreme(np.fmin, rows, np.inf),
            maximum=self._extreme(np.fmax, rows, -np.inf),
        )

    def termes(self, rows: Rangs, column: int) -> Termes:
        """The terms of one indicator in each of these rows."""
        known = self._known[rows, column]
        if column in self._ranges:
            figure = self._ranged[rows, int(np.flatnonzero(self._ranges == column)[0])]
        else:
            figure = self._numerators[rows, column]
        return Termes(
            np.where(known, figure, np.nan),
            np.where(known, self._denominators[rows, column], np.nan),
            np.where(known, self._masked_numerators[rows, column], 0.0),
            np.where(known, self._masked_denominators[rows, column], 0.0),
        )

    def _extreme(self, choose: np.ufunc, rows: Rangs, initial: float) -> Vecteur:
        """Extreme of each range over these rows; NaN for the indicators that are not ranges."""
        extremes = np.full(self._known.shape[1], np.nan)
        extremes[self._ranges] = choose.reduce(self._ranged[rows], axis=0, initial=initial)
        return extremes


def published(cumul: Cumul, indicateurs: Sequence[Indicateur], totals: pd.Series, zone: Zone) -> Cumul:
    """The same sums, with the zone's published totals (nothing masked) for the ratios that they allow.

    The numerator must be published, and the denominator too, unless every commune has its own.

    Args:
        cumul: sums over the communes of the zone, one entry per indicator.
        indicateurs: the indicators, in the same order.
        totals: published figure of each column for the zone, NaN where there is none.
        zone: how many communes and inhabitants the zone has.
    """
    numerators = np.array([_total(totals, item.numerateur, item.moins) for item in indicateurs])
    denominators = np.array([_total(totals, item.denominateur) for item in indicateurs])
    complete = (cumul.connues == zone.communes) & (cumul.masques_denominateur == 0)
    denominators = np.where(np.isnan(denominators) & complete, cumul.denominateur, denominators)
    ratios = np.array([item.agregation == "rapport" for item in indicateurs])
    given = ratios & ~np.isnan(numerators) & ~np.isnan(denominators)
    return replace(
        cumul,
        numerateur=np.where(given, numerators, cumul.numerateur),
        denominateur=np.where(given, denominators, cumul.denominateur),
        masques_numerateur=np.where(given, 0.0, cumul.masques_numerateur),
        masques_denominateur=np.where(given, 0.0, cumul.masques_denominateur),
        population_exacte=np.where(given, zone.population, cumul.population_exacte),
        masquees=np.where(given, 0.0, cumul.masquees),
    )


def _total(totals: pd.Series, names: Sequence[str], less: Sequence[str] = ()) -> float:
    """Published total of some columns; missing as soon as one is."""
    added = totals.reindex(list(names)).sum(skipna=False) - totals.reindex(list(less)).sum(skipna=False)
    return float(added)


def _layout(indicateurs: Sequence[Indicateur], term: Callable[[Indicateur], Vecteur]) -> Vecteur:
    return np.column_stack([term(indicateur) for indicateur in indicateurs])


def _sum(colonnes: pd.DataFrame, names: Sequence[str], less: Sequence[str] = ()) -> Vecteur:
    """Sum of columns where each has a figure, the known part of a masked one included; 1 without a column.

    Missing as soon as one of the columns is.
    """
    if not names:
        return np.ones(len(colonnes))
    added = sum(_known_part(colonnes, name) for name in names)
    return np.asarray(added - sum(_known_part(colonnes, name) for name in less), dtype=float)


def _known_part(colonnes: pd.DataFrame, name: str) -> Vecteur:
    values = colonnes[name].to_numpy(dtype=float)
    if f"{name}{MASQUES}" not in colonnes.columns:
        return values
    return np.where(np.isnan(values) & (colonnes[f"{name}{MASQUES}"].to_numpy() > 0), 0.0, values)


def _masked(colonnes: pd.DataFrame, names: Sequence[str]) -> Vecteur:
    """Masked cells among these columns."""
    companions = [f"{name}{MASQUES}" for name in names if f"{name}{MASQUES}" in colonnes.columns]
    return colonnes[companions].sum(axis=1).to_numpy(dtype=float)
