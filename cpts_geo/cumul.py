"""Adding up the figures of communes: one column per indicator, masked cells counted apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
        self._values = numerators.copy()
        numerators[:, means] *= denominators[:, means]
        self._numerators = np.where(self._known, numerators, 0.0)
        self._denominators = np.where(self._known, denominators, 0.0)
        self._masked_numerators = masked_numerators.astype(np.int16)
        self._masked_denominators = masked_denominators.astype(np.int16)

    def sums(self, rows: Rangs) -> Cumul:
        """Sums over these rows."""
        known, masked = self._known[rows], self._masked[rows]
        values = self._values[rows]
        return Cumul(
            numerateur=self._numerators[rows].sum(axis=0),
            denominateur=self._denominators[rows].sum(axis=0),
            masques_numerateur=np.where(known, self._masked_numerators[rows], 0).sum(axis=0, dtype=float),
            masques_denominateur=np.where(known, self._masked_denominators[rows], 0).sum(axis=0, dtype=float),
            population_exacte=self.population[rows] @ (known & ~masked),
            connues=known.sum(axis=0, dtype=float),
            masquees=masked.sum(axis=0, dtype=float),
            minimum=np.fmin.reduce(values, axis=0, initial=np.inf),
            maximum=np.fmax.reduce(values, axis=0, initial=-np.inf),
        )


def published(cumul: Cumul, indicateurs: Sequence[Indicateur], totals: pd.Series, people: float) -> Cumul:
    """The same sums, with the zone's published totals (nothing masked) wherever they give both terms.

    Args:
        cumul: sums over the communes of the zone, one entry per indicator.
        indicateurs: the indicators, in the same order.
        totals: published figure of each column for the zone, NaN where there is none.
        people: inhabitants of the zone.
    """
    given = np.array([_is_published(item, totals) for item in indicateurs])
    numerators = [
        totals.reindex(item.numerateur).sum() - totals.reindex(item.moins).sum() for item in indicateurs
    ]
    denominators = [totals.reindex(item.denominateur).sum() for item in indicateurs]
    return Cumul(
        numerateur=np.where(given, numerators, cumul.numerateur),
        denominateur=np.where(given, denominators, cumul.denominateur),
        masques_numerateur=np.where(given, 0.0, cumul.masques_numerateur),
        masques_denominateur=np.where(given, 0.0, cumul.masques_denominateur),
        population_exacte=np.where(given, people, cumul.population_exacte),
        connues=cumul.connues,
        masquees=np.where(given, 0.0, cumul.masquees),
        minimum=cumul.minimum,
        maximum=cumul.maximum,
    )


def _is_published(indicateur: Indicateur, totals: pd.Series) -> bool:
    columns = [*indicateur.numerateur, *indicateur.moins, *indicateur.denominateur]
    return indicateur.agregation == "rapport" and bool(totals.reindex(columns).notna().all())


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
