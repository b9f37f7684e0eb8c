"""Figures that zones have and communes have not: read from the bundle, averaged over any set of communes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from cpts_geo.indicateurs.catalogue import Catalogue
from cpts_geo.indicateurs.cumul import Rangs, Vecteur
from cpts_geo.indicateurs.plan import Agregation


class Zonale:
    """Figures of the zones of one kind.

    Args:
        zones: the zone of each commune, in the order of communes.
        table: one column by indicator, indexed by zone.
    """

    def __init__(self, zones: np.ndarray, table: pd.DataFrame) -> None:
        self._codes = [str(code) for code in table.columns]
        # A zone without figures, at the end, stands for all those that the table does not have.
        figures = np.vstack([table.to_numpy(dtype=float), np.full(len(self._codes), np.nan)])
        self._known, self._figures = ~np.isnan(figures), figures
        self._ranks = np.where((ranks := table.index.get_indexer(pd.Index(zones))) < 0, len(table), ranks)

    @classmethod
    def of(cls, declared: Catalogue, kind: Agregation, zones: np.ndarray, table: pd.DataFrame) -> Self:
        """The indicators known by this kind of zone only; ValueError, in French, if one has no figure."""
        names = {item.code: item.numerateur[0] for item in declared.indicateurs if item.agregation == kind}
        empty = [code for code, name in names.items() if name not in table or table[name].isna().all()]
        if empty:
            raise ValueError(f"Indicateurs sans chiffre par {kind}\u00a0: {', '.join(empty)}")
        return cls(zones, table[list(names.values())].set_axis(list(names), axis=1))

    def valeurs(self, code: str, rows: Rangs) -> Vecteur:
        """The figure of the zone of each commune for an indicator, NaN where there is none."""
        return np.asarray(self._figures[self._ranks[rows], self._codes.index(code)])

    def moyennes(self, rows: Rangs, people: Vecteur) -> Iterator[tuple[str, float, float]]:
        """Each indicator with its mean weighted by the inhabitants in each zone, and how many it covers."""
        inside = np.bincount(self._ranks[rows], weights=people, minlength=len(self._figures))
        present = np.flatnonzero(inside)
        known, weights = self._known[present], inside[present]
        covered = weights @ known
        sums = weights @ np.where(known, self._figures[present], 0.0)
        means = np.divide(sums, covered, out=np.full(len(covered), np.nan), where=covered > 0)
        yield from zip(self._codes, means.tolist(), covered.tolist(), strict=True)


def named_figures(departements: pd.DataFrame) -> pd.Series:
    """The figures of départements, by their name ("theme / libelle / sexe / annee"), then by département."""
    keys = departements["theme"] + " / " + departements["libelle"] + " / " + departements["sexe"]
    keys += " / " + departements["annee"].astype(str)
    return pd.Series(departements["valeur"].to_numpy(), [keys, departements["departement"]])


def load_zonales(
    declared: Catalogue, communes: pd.DataFrame, departements: pd.Series, bassins: Path
) -> dict[str, Zonale]:
    """What communes do not have, by the kind of zone that has it."""
    figures = departements.rename_axis(["nom", "zone"]).reset_index(name="valeur")
    table = figures.pivot_table(index="zone", columns="nom", values="valeur", dropna=False)
    kinds: dict[Agregation, tuple[str, pd.DataFrame]] = {"departement": ("departement", table)}
    if any(item.agregation == "bassin" for item in declared.indicateurs):
        kinds["bassin"] = ("bassin_vie", pd.read_parquet(bassins).set_index("code"))
    return {
        kind: Zonale.of(declared, kind, communes[column].to_numpy(), known)
        for kind, (column, known) in kinds.items()
    }
