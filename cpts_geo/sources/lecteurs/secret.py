"""Hidden values: how a published 0 that stands for « secret statistique » is carried.

A hidden count is missing in its column, and counted in the companion column `<colonne>_masques`: each
masked cell then lies between 0 and the publisher's bound. A city made of arrondissements may hold both a
known part and masked cells.
"""

import pandas as pd

SUFFIX = "_masques"
# Above this expected count, a 0 cannot pass for « fewer than 10 »: the value is missing, without a bound.
# Observed on the 2024 file: communes of 30,000 insured persons bear a 0 (secondary suppression).
CREDIBLE_EXPECTED = 30.0


def mask_zeros(counts: pd.Series, expected: pd.Series) -> pd.DataFrame:
    """Split a column whose zeros are hidden into values and masked cells.

    `expected` is what the commune would count at the rate of its département; a zero without a known
    expectation, or with one above `CREDIBLE_EXPECTED`, is plainly missing.
    """
    zero = counts == 0
    masked = zero & (expected <= CREDIBLE_EXPECTED)
    return pd.DataFrame({counts.name: counts.mask(zero), f"{counts.name}{SUFFIX}": masked.astype("int16")})


def sum_masked(tables: pd.DataFrame, communes: pd.Series) -> pd.DataFrame:
    """Add up masked columns by commune: known parts and masked cells apart.

    A sum that lacks a cell which is neither known nor masked is missing as a whole.
    """
    values = [column for column in tables.columns if f"{column}{SUFFIX}" in tables.columns]
    grouped = tables.groupby(communes)
    summed = grouped.sum(min_count=1)
    for value in values:
        lost = (tables[value].isna() & (tables[f"{value}{SUFFIX}"] == 0)).groupby(communes).any()
        summed.loc[lost, [value, f"{value}{SUFFIX}"]] = [float("nan"), 0]
    return summed.rename_axis("code").sort_index()
