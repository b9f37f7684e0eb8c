"""The charts of the report as they are declared."""

from collections.abc import Mapping
from typing import Literal

from cpts_geo.socle.declarations import Declare, declaration

CodeGraphique = Literal[
    "evolution",
    "pyramide",
    "etat_civil",
    "medecin_traitant",
    "urgences",
    "causes_deces",
    "densites",
    "apl",
    "ages_generalistes",
    "zonage_generalistes",
    "zonage",
]


class GraphiqueDeclare(Declare):
    """A chart: the family it stands under, its title, the indicators it draws in their order.

    `mention` is what must be known of it wherever the territory is.
    """

    famille: str
    titre: str
    indicateurs: tuple[str, ...] = ()
    mention: str = ""


class NiveauZonage(Declare):
    """A level of zoning and its name; `couleur` names that of another level, which it takes."""

    code: str
    nom: str
    couleur: str = ""


class Zonage(Declare):
    """What a chart of zoning puts together; indicators are named prefix, profession, level."""

    prefixe: str
    professions: Mapping[str, str]
    niveaux: tuple[NiveauZonage, ...]


class Graphiques(Declare):
    """The charts of the report, in their order.

    `fourchette` says how the figures of two bounds are read; `zonages` are the charts of levels of zoning.
    """

    fourchette: str
    graphique: Mapping[CodeGraphique, GraphiqueDeclare]
    zonages: Mapping[str, Zonage]


def declares() -> Graphiques:
    """What the data file declares of the charts, read once."""
    return declaration("graphiques", Graphiques)
