"""What a new edition changes, column by column: communes, national figure, biggest movers."""

from dataclasses import dataclass

import pandas as pd

from cpts_geo.socle.nombres import decimal, entier, pluriel, signe
from cpts_geo.sources.editions import Regle

MOVERS = 3
# A change under this is rounding, not news.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class EcartEdition:
    """One column before and after. `avant` and `apres` are national; means are over what both know."""

    colonne: str
    est_moyenne: bool
    changees: int
    gagnees: int
    perdues: int
    connues_avant: int
    connues_apres: int
    avant: float
    apres: float
    correlation: float
    mouvements: tuple[tuple[str, float, float], ...]


def compare(regle: Regle, colonne: str, former: pd.DataFrame, new: pd.DataFrame) -> EcartEdition:
    """Compare one column of two tables indexed by the same codes (or nearly: EPCI come and go)."""
    before, after = former[colonne].astype(float), new[colonne].astype(float)
    both = before.index[before.notna()].intersection(after.index[after.notna()])
    moved = (after[both] - before[both]).abs()
    moved = moved[moved > TOLERANCE]
    movers = moved.sort_values(ascending=False, kind="stable").head(MOVERS).index
    return EcartEdition(
        colonne=colonne,
        est_moyenne=regle.est_moyenne,
        changees=len(moved),
        gagnees=int(after.notna().sum()) - len(both),
        perdues=int(before.notna().sum()) - len(both),
        connues_avant=int(before.notna().sum()),
        connues_apres=int(after.notna().sum()),
        avant=_national(regle, colonne, former, both),
        apres=_national(regle, colonne, new, both),
        correlation=_correlation(before[both], after[both]),
        mouvements=tuple((str(code), float(before[code]), float(after[code])) for code in movers),
    )


def describe(ecart: EcartEdition, names: pd.Series) -> list[str]:
    """The comparison in French, for whoever decides; `names` are those of communes or EPCI, by code."""
    digits = 2 if ecart.est_moyenne else 0
    counts = [
        pluriel(ecart.changees, "change", "changent"),
        f"{entier(ecart.gagnees)} en plus",
        f"{entier(ecart.perdues)} en moins",
    ]
    change = 100 * (ecart.apres / ecart.avant - 1) if ecart.avant else float("nan")
    national = (
        f"France {decimal(ecart.avant, digits)} → {decimal(ecart.apres, digits)} ({signe(change, 1)} %)"
    )
    lines = [f"  {ecart.colonne} : {', '.join(counts)} ; {national}"]
    movers = [
        f"{names.get(code, code)} ({code}) {decimal(before, digits)} → {decimal(after, digits)}"
        for code, before, after in ecart.mouvements
    ]
    return [*lines, f"      {' ; '.join(movers)}"] if movers else lines


def _national(regle: Regle, colonne: str, table: pd.DataFrame, both: pd.Index) -> float:
    values = table[colonne].astype(float)
    if not regle.est_moyenne:
        return float(values.sum())
    values = values[both]
    if regle.poids is None:
        return float(values.mean())
    weights = table[regle.poids].astype(float)[both].where(values.notna())
    return float((values * weights).sum() / weights.sum())


def _correlation(before: pd.Series, after: pd.Series) -> float:
    """Rank correlation; 1 when there is nothing to rank."""
    ranks = before.rank(), after.rank()
    if any(rank.min() == rank.max() for rank in ranks) or before.empty:
        return 1.0
    return float(ranks[0].corr(ranks[1]))
