"""What arrondissements have of their city only: figures that their source gives for the city as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from cpts_geo.indicateurs.catalogue import Indicateur


@dataclass(frozen=True, slots=True)
class VillesEntieres:
    """Cities and their arrondissements, and the columns that are known for a whole city.

    Args:
        noms: the names of cities, by code.
        arrondissements: the codes of their arrondissements, by code of city.
        colonnes: the codes of the cities whose arrondissements share the figure, by column.
    """

    noms: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    arrondissements: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    colonnes: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def en_partie(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The cities of which these communes are some arrondissements, and not all."""
        chosen = frozenset(codes)
        return tuple(
            ville for ville, inside in self.arrondissements.items() if inside & chosen and inside - chosen
        )

    def partagees(self, item: Indicateur, villes: Sequence[str]) -> tuple[str, ...]:
        """Names of those cities of which an indicator has but a part of the figure."""
        names = (*item.numerateur, *item.moins, *item.denominateur)
        known_whole = frozenset().union(*(self.colonnes.get(name, frozenset()) for name in names))
        return tuple(self.noms[ville] for ville in villes if ville in known_whole)


def villes_entieres(communes: pd.DataFrame, zones: pd.DataFrame, partages: pd.DataFrame) -> VillesEntieres:
    """Read from tables of the bundle: communes by code, zones, and the columns that arrondissements share."""
    inside = communes["ville"].dropna()
    cities = zones[zones["type"] == "ville"].set_index("code")["nom"]
    return VillesEntieres(
        noms={str(code): str(nom) for code, nom in cities.items()},
        arrondissements={
            str(code): frozenset(map(str, group.index)) for code, group in inside.groupby(inside)
        },
        colonnes={
            str(column): frozenset(map(str, group["ville"])) for column, group in partages.groupby("colonne")
        },
    )
