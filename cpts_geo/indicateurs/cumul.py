"""Adding up the figures of communes: one column per indicator, masked cells counted apart."""

from collections.abc import Container, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from cpts_geo.indicateurs.catalogue import Indicateur

MASQUES = "_masques"

Vecteur = npt.NDArray[np.float64]
Rangs = npt.NDArray[np.intp]

_AT_ONCE = 4096
_SOMMES = (
    "numerateur",
    "denominateur",
    "masques_numerateur",
    "masques_denominateur",
    "population_exacte",
    "population_connue",
    "connues",
    "masquees",
)


@dataclass(frozen=True, slots=True)
class Cumul:
    """Sums over a set of communes, one entry per indicator.

    `masques_*` count the masked cells of each term; `connues` and `masquees` the communes that have figures
    and those with a masked cell; `population_exacte` the inhabitants of communes known without a doubt,
    `population_connue` those of all that have figures.
    """

    numerateur: Vecteur
    denominateur: Vecteur
    masques_numerateur: Vecteur
    masques_denominateur: Vecteur
    population_exacte: Vecteur
    population_connue: Vecteur
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

    def taking(self, other: Self, columns: npt.NDArray[np.bool_]) -> Self:
        """The same sums, those of these indicators being taken from the other."""
        return replace(
            self,
            **{name: np.where(columns, getattr(other, name), getattr(self, name)) for name in self.__slots__},
        )


class Termes(NamedTuple):
    """The two terms of one indicator in each commune, NaN where it has no figure, and its masked cells."""

    numerateur: Vecteur
    denominateur: Vecteur
    masques_numerateur: Vecteur
    masques_denominateur: Vecteur


class Etendue(NamedTuple):
    """Size of a set of communes."""

    communes: int
    population: float


class Figures:
    """The figures of every commune (rows) for every indicator (columns), ready to be added up.

    A commune counts for an indicator when both terms have a figure, known or masked. A denominator that
    several indicators share is held once.
    """

    def __init__(self, indicateurs: Sequence[Indicateur], colonnes: pd.DataFrame) -> None:
        self.population = colonnes["population"].to_numpy(dtype=float)
        self._ranges = np.flatnonzero([item.agregation == "etendue" for item in indicateurs])
        self._ranged = np.column_stack(
            [_sum(colonnes, item.numerateur) for item in indicateurs if item.agregation == "etendue"]
            or [np.empty((len(colonnes), 0))]
        )
        shared = list(dict.fromkeys(item.denominateur for item in indicateurs))
        self._shared_of = np.array([shared.index(item.denominateur) for item in indicateurs], dtype=np.intp)
        self._denominators = np.column_stack([_sum(colonnes, names) for names in shared])
        masked_denominators = np.column_stack([_masked(colonnes, names) for names in shared])
        masked_numerators = np.column_stack([_masked(colonnes, item.numerateur) for item in indicateurs])
        self._numerators = np.empty((len(colonnes), len(indicateurs)))
        for rank, item in enumerate(indicateurs):
            self._numerators[:, rank] = self._numerator(item, rank, colonnes)
        self._known = ~np.isnan(self._numerators)
        self._masked = self._known & ((masked_numerators > 0) | (masked_denominators > 0)[:, self._shared_of])
        self._numerators[~self._known] = 0.0
        self._masked_numerators = _compact(masked_numerators)
        self._masked_denominators = _compact(masked_denominators)

    def sums(self, rows: Rangs) -> Cumul:
        """Sums over these rows."""
        sums = dict.fromkeys(_SOMMES, np.zeros(self._known.shape[1]))
        # A few thousand rows at a time: those of the whole country take no more memory than those of a zone.
        for start in range(0, len(rows), _AT_ONCE):
            terms = self._terms(rows[start : start + _AT_ONCE])
            sums = {name: _add_rows(total, terms[name]) for name, total in sums.items()}
        return Cumul(
            **sums,
            minimum=self._extreme(np.fmin, rows, np.inf),
            maximum=self._extreme(np.fmax, rows, -np.inf),
        )

    def termes(self, rows: Rangs, column: int) -> Termes:
        """The terms of one indicator in each of these rows."""
        known, shared = self._known[rows, column], self._shared_of[column]
        if column in self._ranges:
            figure = self._ranged[rows, int(np.flatnonzero(self._ranges == column)[0])]
        else:
            figure = self._numerators[rows, column]
        return Termes(
            np.where(known, figure, np.nan),
            np.where(known, self._denominators[rows, shared], np.nan),
            np.where(known, self._masked_numerators[rows, column], 0.0),
            np.where(known, self._masked_denominators[rows, shared], 0.0),
        )

    def poids(self, rows: Rangs, column: int) -> Vecteur:
        """What one indicator is divided or weighted by in each of these rows; nothing where it is unknown."""
        return np.asarray(np.nan_to_num(self._denominators[rows, self._shared_of[column]]))

    def _terms(self, rows: Rangs) -> dict[str, npt.NDArray[Any]]:
        """What is added up over these rows, by what the sum is called."""
        known, masked = self._known[rows], self._masked[rows]
        return {
            "numerateur": self._numerators[rows],
            "denominateur": np.where(known, self._denominators[rows][:, self._shared_of], 0.0),
            "masques_numerateur": np.where(known, self._masked_numerators[rows], 0),
            "masques_denominateur": np.where(known, self._masked_denominators[rows][:, self._shared_of], 0),
            "population_exacte": np.where(known & ~masked, self.population[rows, np.newaxis], 0.0),
            "population_connue": np.where(known, self.population[rows, np.newaxis], 0.0),
            "connues": known,
            "masquees": masked,
        }

    def _numerator(self, item: Indicateur, rank: int, colonnes: pd.DataFrame) -> Vecteur:
        """The numerator of an indicator, missing where either term is; that of a mean bears its weights."""
        figure = _sum(colonnes, item.numerateur, item.moins)
        denominator = self._denominators[:, self._shared_of[rank]]
        whole = figure * denominator if item.agregation == "moyenne_ponderee" else figure
        return np.where(np.isnan(denominator), np.nan, whole)

    def _extreme(self, choose: np.ufunc, rows: Rangs, initial: float) -> Vecteur:
        """Extreme of each range over these rows; NaN for the indicators that are not ranges."""
        extremes = np.full(self._known.shape[1], np.nan)
        extremes[self._ranges] = choose.reduce(self._ranged[rows], axis=0, initial=initial)
        return extremes


def published(
    cumul: Cumul,
    indicateurs: Sequence[Indicateur],
    totals: Mapping[Hashable, float],
    zone: Etendue,
    additionnes: Container[str] = (),
) -> tuple[Cumul, frozenset[str]]:
    """The same sums, with the zone's published totals (nothing masked) for the ratios that they allow.

    The codes of these ratios are given too.

    The numerator must be published, and the denominator too, unless every commune has its own.

    Args:
        cumul: sums over the communes of the zone, one entry per indicator.
        indicateurs: the indicators, in the same order.
        totals: published figure of each column for the zone, NaN where there is none.
        zone: how many communes and inhabitants the zone has.
        additionnes: codes of the indicators that keep the sums of the communes, whatever is published.
    """
    numerators = np.array([_total(totals, item.numerateur, item.moins) for item in indicateurs])
    denominators = np.array([_total(totals, item.denominateur) for item in indicateurs])
    complete = (cumul.connues == zone.communes) & (cumul.masques_denominateur == 0)
    denominators = np.where(np.isnan(denominators) & complete, cumul.denominateur, denominators)
    ratios = np.array([item.agregation == "rapport" and item.code not in additionnes for item in indicateurs])
    given = ratios & ~np.isnan(numerators) & ~np.isnan(denominators)
    codes = frozenset(item.code for item, is_given in zip(indicateurs, given, strict=True) if is_given)
    return replace(
        cumul,
        numerateur=np.where(given, numerators, cumul.numerateur),
        denominateur=np.where(given, denominators, cumul.denominateur),
        masques_numerateur=np.where(given, 0.0, cumul.masques_numerateur),
        masques_denominateur=np.where(given, 0.0, cumul.masques_denominateur),
        population_exacte=np.where(given, zone.population, cumul.population_exacte),
        population_connue=np.where(given, zone.population, cumul.population_connue),
        masquees=np.where(given, 0.0, cumul.masquees),
    ), codes


def divisible(indicateurs: Sequence[Indicateur], totals: Mapping[Hashable, float]) -> frozenset[str]:
    """The codes of the ratios whose numerator is published for a zone, whatever it is divided by."""
    ratios = (item for item in indicateurs if item.agregation == "rapport")
    return frozenset(
        item.code for item in ratios if not np.isnan(_total(totals, item.numerateur, item.moins))
    )


def _total(totals: Mapping[Hashable, float], names: Sequence[str], less: Sequence[str] = ()) -> float:
    """Published total of some columns; missing as soon as one is."""
    added, taken = (sum(totals.get(name, np.nan) for name in group) for group in (names, less))
    return float(added - taken)


def _add_rows(total: Vecteur, rows: npt.NDArray[Any]) -> Vecteur:
    """The total with these rows, added one after the other: the sum is the same however rows are cut."""
    return np.asarray(np.concatenate([total[np.newaxis], rows]).sum(axis=0))


def _compact(counts: Vecteur) -> npt.NDArray[np.unsignedinteger]:
    """The same whole numbers, each in as few bytes as the largest needs."""
    return counts.astype(np.min_scalar_type(int(counts.max(initial=0))))


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
