"""From any commune code ever used to the commune of today, and the sums that this asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cpts_geo.sources.erreurs import ErreurSource

# 97123 and 97127 are the codes that Saint-Barthélemy and Saint-Martin bore as communes.
OVERSEAS_COLLECTIVITIES = ("975", "977", "978", "98", "97123", "97127")


@dataclass(frozen=True)
class Passage:
    """Present communes, their arrondissements municipaux (Paris, Lyon, Marseille) and former codes.

    `arrondissements` and `anciens` map a code to the present commune. The rows of `sans_suite` lead nowhere.
    """

    communes: pd.Index
    arrondissements: dict[str, str]
    anciens: dict[str, str]
    sans_suite: frozenset[str] = frozenset()

    def by_arrondissement(self) -> "Passage":
        """The same, each arrondissement being a commune, and the rows of the whole city left out."""
        kept = [code for code in self.communes if code not in self.villes]
        former = {code: commune for code, commune in self.anciens.items() if commune not in self.villes}
        nowhere = self.villes | {code for code, commune in self.anciens.items() if commune in self.villes}
        units = pd.Index(sorted([*kept, *self.arrondissements]), name=self.communes.name)
        return Passage(units, {}, former, frozenset(nowhere))

    @property
    def villes(self) -> set[str]:
        """The communes that are made of arrondissements municipaux."""
        return set(self.arrondissements.values())

    def to_commune(self, codes: pd.Series) -> pd.Series:
        """Present commune of each code; missing for overseas collectivities.

        Raises `ErreurSource` for a code that was never a commune of the départements.
        """
        present = codes.where(codes.isin(self.communes))
        for led in filter(None, (self.arrondissements, self.anciens)):
            present = present.fillna(codes.map(led))
        nowhere = codes.str.startswith(OVERSEAS_COLLECTIVITIES) | codes.isin(self.sans_suite)
        unknown = codes[present.isna() & ~nowhere]
        if not unknown.empty:
            message = f"Codes de commune inconnus : {', '.join(sorted(set(unknown))[:10])}"
            raise ErreurSource(message)
        return present

    def sum_by_commune(self, table: pd.DataFrame) -> pd.DataFrame:
        """Add up the rows (indexed by any commune code) of each present commune.

        Where a city and its arrondissements are both given, the city's own figure counts once. A sum is
        missing only when all of its terms are.
        """
        table = self._without_double_cities(table)
        communes = self.to_commune(table.index.to_series())
        return table.groupby(communes).sum(min_count=1).rename_axis("code").sort_index()

    def own_rows(self, table: pd.DataFrame) -> pd.DataFrame:
        """Keep for each present commune its own row, or failing that the first row of a former code.

        For figures that cannot be added up (medians, rates); arrondissements are left out.
        """
        table = table[~table.index.isin(list(self.arrondissements))]
        communes = self.to_commune(table.index.to_series())
        own_first = np.argsort(~table.index.isin(self.communes), kind="stable")
        ordered = table.set_axis(communes.to_numpy()).iloc[own_first]
        ordered = ordered[ordered.index.notna()]
        return ordered[~ordered.index.duplicated()].rename_axis("code").sort_index()

    def weighted_by_commune(self, table: pd.DataFrame, values: Sequence[str], weight: str) -> pd.DataFrame:
        """Mean of each value weighted by `weight`, and the sum of every other column, the weight included."""
        products = table.assign(**{value: table[value] * table[weight] for value in values})
        summed = self.sum_by_commune(products)
        return summed.assign(**{value: (summed[value] / summed[weight]).round(6) for value in values})

    def _without_double_cities(self, table: pd.DataFrame) -> pd.DataFrame:
        """Set to 0 what arrondissements repeat of their city, when the city has a figure of its own.

        Column by column: some files give the city in one year and its arrondissements in another. The city's
        own figure comes first, for it holds what could not be placed in an arrondissement.
        """
        cities = table[table.index.isin(list(self.villes))].groupby(level=0).sum()
        of_city = cities.reindex(table.index.map(self.arrondissements)).fillna(0).to_numpy()
        return table.mask(of_city != 0, 0)


def pad_codes(codes: pd.Series) -> pd.Series:
    """Five-character codes for files that lost the leading zero."""
    return codes.astype(str).str.zfill(5)


def communal_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of an `id`-keyed file that are communes or arrondissements, indexed by five-character code."""
    communal = table[table["id"].astype(str).str.fullmatch(r"\d{4,5}|2[AB]\d{3}")]
    return communal.set_index(pad_codes(communal["id"]).rename("code")).drop(columns="id")
