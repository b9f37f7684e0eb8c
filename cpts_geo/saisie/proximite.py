"""Which communes are near others: in the same département first, then by the distance between mairies."""

import math
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cpts_geo.saisie.lecture.ligne import Candidat
from cpts_geo.saisie.noms import IndexNoms, Nom

# Rows of the matrix of distances computed together, which bounds the memory it takes.
_AT_ONCE = 1_000
# Of more known communes, so many evenly taken are enough to tell which others are near.
_MOST_MEASURED = 2_000


class Proximite:
    """Where the communes already known are: their départements, and their mairies.

    Args:
        index: gives communes their place.
        known: the communes already known.
        measured: those whose distance to the known ones may be asked for.
    """

    def __init__(self, index: IndexNoms, known: Collection[str], measured: Iterable[str]) -> None:
        communes = index.lieux
        self._known = frozenset(known)
        self._departements = index.departement_de
        self._counts: Counter[str] = Counter(self._departements[code] for code in self._known)
        every = len(self._known) // _MOST_MEASURED + 1
        self._distances = _distances(communes, sorted(set(measured)), sorted(self._known)[::every])
        around = (index.departements[departement.lower()] for departement in self._counts)
        self.communes: frozenset[str] = frozenset().union(*around)
        self._index = index

    def near(self, code: str, sauf: str = "") -> bool:
        """Whether a known commune, other than this one and `sauf`, is in the same département."""
        departement = self._departements[code]
        own = {each for each in (code, sauf) if each in self._known}
        own_there = [each for each in own if self._departements[each] == departement]
        return self._counts[departement] > len(own_there)

    def alone(self, code: str) -> bool:
        """Whether other communes are known, none of which is in the same département."""
        return len(self._known) > (code in self._known) and not self.near(code)

    def beginning(self, nom: str) -> list[Nom]:
        """Names of communes of the départements already known that begin with these words, and go on."""
        return [each for each in self._names if each.cle.startswith(f" {nom} ") and each.cle != f" {nom} "]

    @cached_property
    def _names(self) -> list[Nom]:
        return [nom for nom in self._index.noms if nom.code in self.communes and nom.ancienne is None]

    def sort(self, candidats: Iterable[Candidat]) -> tuple[Candidat, ...]:
        """The same communes, those of the départements already known first, then the nearest."""
        return tuple(
            sorted(candidats, key=lambda each: (not self.near(each.code), self._distances[each.code]))
        )


def _distances(communes: pd.DataFrame, codes: list[str], known: list[str]) -> dict[str, float]:
    """From each commune to the nearest known mairie: less the cosine of the angle between them."""
    mairies = _points(communes.loc[known].dropna(subset=["lon", "lat"]))
    if not len(mairies):
        return dict.fromkeys(codes, math.inf)
    points = _points(communes.loc[codes])
    parts = [-(part @ mairies.T).max(axis=1) for part in np.array_split(points, len(points) // _AT_ONCE + 1)]
    return dict(zip(codes, np.nan_to_num(np.concatenate(parts), nan=math.inf).tolist(), strict=True))


def _points(communes: pd.DataFrame) -> NDArray[np.float64]:
    """Mairies on a globe of radius 1, so that distances are right overseas too."""
    east, north = np.radians(communes["lon"].to_numpy(float)), np.radians(communes["lat"].to_numpy(float))
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
