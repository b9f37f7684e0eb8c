"""Published values of départements, régions and France: they come before what could be added up."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pandas as pd
from pydantic import model_validator

from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.declarations import Declare, declaration

FRANCE = "FR"


class ReferenceDeclaree(Declare):
    """Where the published values of an indicator stand.

    `departements` names a figure of the table of the départements, `intercommunalites` a column of that of
    the EPCI, `bassins` one of that of the bassins de vie; `valeurs` are by zone ("D31", "R76", "FR"), in the
    unit of the indicator. `source` is the code of the source of `valeurs`, `note` what its reader must know.
    `communes` says that zones add up their communes even where the source publishes their totals.
    """

    indicateur: str
    departements: str = ""
    intercommunalites: str = ""
    bassins: str = ""
    source: str = ""
    valeurs: Mapping[str, float] = {}
    communes: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _values_have_a_source(self) -> Self:
        if bool(self.valeurs) != bool(self.source):
            raise ValueError(
                f"référence «\u00a0{self.indicateur}\u00a0»\u00a0: valeurs sans source, ou l’inverse."
            )
        return self


class ReferencesDeclarees(Declare):
    """Every indicator that has published values."""

    reference: tuple[ReferenceDeclaree, ...] = ()


@dataclass(frozen=True, slots=True)
class Publiees:
    """The published values of one indicator, by zone: "E243100518", "B31555", "D31", "R76", "FR".

    `communes` says that zones add up their communes, whatever the totals published.
    """

    valeurs: Mapping[str, float]
    communes: bool = False

    @property
    def departements(self) -> Mapping[str, float]:
        """Those of départements, by their code."""
        return {zone[1:]: value for zone, value in self.valeurs.items() if zone.startswith("D")}


def declared(dossier: Path = DECLARATIONS) -> tuple[ReferenceDeclaree, ...]:
    """What is declared of published values, in its order."""
    return declaration("references", ReferencesDeclarees, dossier).reference


def load_publiees(
    departements: pd.Series,
    intercommunalites: pd.DataFrame,
    bassins: pd.DataFrame,
    dossier: Path = DECLARATIONS,
) -> dict[str, Publiees]:
    """The published values, by indicator.

    Args:
        departements: figures by their name ("theme / libelle / sexe / annee"), then by département.
        intercommunalites: figures by EPCI, one column each.
        bassins: the same by bassin de vie.
        dossier: the folder of the declarations.

    Raises:
        ValueError: a declared figure is in no table; in French.
    """
    return {
        each.indicateur: Publiees(
            _of_column(each.intercommunalites, intercommunalites, "E")
            | _of_column(each.bassins, bassins, "B")
            | _of_departements(each, departements)
            | dict(each.valeurs),
            each.communes,
        )
        for each in declared(dossier)
    }


def _of_departements(each: ReferenceDeclaree, figures: pd.Series) -> dict[str, float]:
    if not each.departements:
        return {}
    found = figures[figures.index.get_level_values(0) == each.departements].dropna().droplevel(0)
    if found.empty:
        raise ValueError(f"Références sans chiffre par département\u00a0: {each.departements}.")
    return {code if code == FRANCE else f"D{code}": float(value) for code, value in found.items()}


def _of_column(name: str, figures: pd.DataFrame, letter: str) -> dict[str, float]:
    """The figures of a column, by the code of the zone after this letter; none when no column is named."""
    if not name:
        return {}
    if name not in figures:
        raise ValueError(f"Références sans chiffre par zone\u00a0: {name}.")
    return {f"{letter}{code}": float(value) for code, value in figures[name].dropna().items()}
