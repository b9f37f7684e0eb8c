"""Figures of the arrondissements of Paris, Lyon and Marseille: their own, or a part of their city's."""

from collections.abc import Callable, Collection

import pandas as pd

from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.lecteurs.secret import SUFFIX


def read_units(
    read: Callable[[Passage], pd.DataFrame],
    passage: Passage,
    populations: pd.Series,
    moyennes: Collection[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A table by commune and arrondissement, and which of its columns are known for a whole city only.

    A figure that no arrondissement of a city has is its city's: a mean as it is, a count in proportion to
    inhabitants, so that arrondissements add up to their city, and to nothing else. A count of all inhabitants
    is no estimate: those of a city that is whole at one level of a zoning are at that level.

    Args:
        read: gives the table of present communes, for a passage.
        passage: communes, and the arrondissements of cities.
        populations: inhabitants, by code of commune and of arrondissement.
        moyennes: names of the columns that are means.

    Returns:
        The table indexed by code; and the columns `colonne` and `ville`, a row for each figure of a city.
    """
    cities, units = read(passage), read(passage.by_arrondissement())
    parts: list[tuple[str, str]] = []
    for ville in sorted(passage.villes):
        inside = [code for code, commune in passage.arrondissements.items() if commune == ville]
        shares = populations[inside] / populations[ville]
        for column in cities.columns:
            whole, own = cities[column][ville], units.loc[inside, column]
            if pd.isna(whole) or own.fillna(0).ne(0).any() or (own.notna().all() and whole == 0):
                continue
            filled = whole * (1.0 if column in moyennes else shares)
            units[column] = units[column].astype(float)
            units.loc[inside, column] = filled
            everyone = whole == populations[ville]
            if (whole or column in moyennes) and not everyone:
                parts.append((column.removesuffix(SUFFIX), ville))
    return units, pd.DataFrame(parts, columns=["colonne", "ville"]).drop_duplicates(ignore_index=True)
