"""The plan of the report: its families and headings, its columns, its texts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from cpts_geo.indicateurs.catalogue import Catalogue
from cpts_geo.socle.chemins import DECLARATIONS


class GroupeDeclare(NamedTuple):
    """Codes of indicators under one heading."""

    titre: str
    note: str
    indicateurs: tuple[str, ...]


class Taux(NamedTuple):
    """Which counts have a rate beside them: for `pour` inhabitants, counted by `population`."""

    famille: str
    population: str
    pour: int
    unite: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is declared of the report, in its order; `sens` and `methodes` are for the cards of indicators."""

    familles: Mapping[str, tuple[GroupeDeclare, ...]]
    titres: Mapping[str, str]
    taux: Taux
    comparaisons_au_plus: int
    couverture_references: float
    couverture_ecart: float
    colonnes_communes: tuple[str, ...]
    unites: Mapping[str, str]
    sens: Mapping[str, str]
    methodes: Mapping[str, str]

    def valider(self, catalogue: Catalogue) -> None:
        """ValueError unless every indicator of the catalogue stands once in the plan, in its own family."""
        shown = [
            (famille, item)
            for famille, groupes in self.familles.items()
            for groupe in groupes
            for item in groupe.indicateurs
        ]
        expected = {(item.famille, item.code) for item in catalogue.indicateurs}
        wrong = expected.symmetric_difference(shown)
        if wrong or len(shown) != len(expected):
            names = ", ".join(sorted(code for _, code in wrong))
            raise ValueError(f"Le plan du rapport n’est pas celui du catalogue\u00a0: {names}.")


@cache
def plan() -> Plan:
    """The plan declared in the data file."""
    with (DECLARATIONS / "rapport.toml").open("rb") as file:
        declared = tomllib.load(file)
    return Plan(
        familles={each["code"]: tuple(map(_group, each["groupe"])) for each in declared["famille"]},
        titres=declared["colonnes"],
        taux=Taux(**declared["taux"]),
        comparaisons_au_plus=declared["comparaisons_au_plus"],
        couverture_references=declared["couverture"]["references"],
        couverture_ecart=declared["couverture"]["ecart"],
        colonnes_communes=tuple(declared["communes"]["colonnes"]),
        unites=declared["communes"]["unites"],
        sens=declared["sens"],
        methodes=declared["methodes"],
    )


def _group(declared: Mapping[str, Any]) -> GroupeDeclare:
    return GroupeDeclare(declared["titre"], declared.get("note", ""), tuple(declared["indicateurs"]))
