"""Communes merged since the edition of 2022: the file added up or averaged the levels of their parts.

A level is neither added up nor averaged without weight. The parts of 2022 cannot be had, but those of 2021
can, and levels move slowly: a merged commune is given the mean of its parts in 2021, weighted by their
standardised population, times the growth of their total from 2021 to 2022.
"""

from collections.abc import Mapping

import pandas as pd

from cpts_geo.sources.brut import Brut

# The edition follows the map of 1 January 2023: in the file, and only there, what merged later is wrong.
GEOGRAPHIE = "2023-01-01"
# Merged in 2024: plain mean of the parts. Merged from this day on: their sum.
FIRST_SUMMED = "2025-01-01"
# INSEE: « fusion simple », « commune nouvelle », « fusion-association ».
FUSIONS = ("31", "32", "33")
# Parts that moved more than by a third in a year may have moved apart: better no figure than a wrong one.
GROWTH = (3 / 4, 4 / 3)
DECIMALS = 6


def read_fusions(raw: Brut) -> pd.DataFrame:
    """One row a part: columns `commune` (merged since the edition), `partie`, `somme` (levels added up)."""
    moves = pd.read_csv(raw.path("zonages/mvtcommunes_2025.csv"), dtype=str)
    whole = moves["TYPECOM_AV"].eq("COM") & moves["TYPECOM_AP"].eq("COM")
    merged = moves[moves["MOD"].isin(FUSIONS) & whole & (moves["DATE_EFF"] > GEOGRAPHIE)]
    return pd.DataFrame(
        {
            "commune": merged["COM_AP"],
            "partie": merged["COM_AV"],
            "somme": merged["DATE_EFF"] >= FIRST_SUMMED,
        }
    ).drop_duplicates(ignore_index=True)


def mend_fusions(
    levels: pd.DataFrame, fusions: pd.DataFrame, former: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """The same levels, those of merged communes made again from their parts in the former edition.

    `former` has by profession the levels and the weight `standardisee` of every commune of the time. Missing
    where a part was, or where the total of the parts grew or shrank too much to be shared out as before.
    """
    mended = levels.copy()
    for sheet in former.values():
        for name in sheet.columns.intersection(levels.columns):
            again = _mended(levels[name], fusions, sheet[name], sheet["standardisee"])
            mended.loc[again.index, name] = again
    return mended


def _mended(levels: pd.Series, fusions: pd.DataFrame, former: pd.Series, weights: pd.Series) -> pd.Series:
    parts = fusions.assign(
        niveau=former.reindex(fusions["partie"]).to_numpy(),
        poids=weights.reindex(fusions["partie"]).to_numpy(),
    )
    by_commune = parts.assign(produit=parts["niveau"] * parts["poids"]).groupby("commune")
    before = by_commune[["niveau", "poids", "produit"]].sum(skipna=False)
    given = levels.reindex(before.index)
    total = given.where(by_commune["somme"].first(), given * by_commune.size())
    growth = total / before["niveau"]
    mean = (growth * before["produit"] / before["poids"]).where(growth.between(*GROWTH))
    # No one within reach of any part: a true zero, whatever was before.
    return mean.mask(total == 0, 0.0).round(DECIMALS)
