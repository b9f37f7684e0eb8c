"""The glossary: sigles, structures, methods, phases of a project, and what the tool does not have."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from cpts_geo.indicateurs.plan import Agregation
from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.textes import sans_accents


class Sigle(NamedTuple):
    """An abbreviation and what it stands for."""

    sigle: str
    texte: str


class Structure(Declare):
    """A kind of structure, what it is, and the codes of the indicators that count it."""

    nom: str
    texte: str
    indicateurs: tuple[str, ...] = ()


class Methode(Declare):
    """A rule that several indicators follow."""

    titre: str
    texte: str


class Phase(Declare):
    """A stage of the life of a project, and what the tool is for in it."""

    nom: str
    texte: str


class Absence(Declare):
    """What the tool does not have, and whom to ask for it."""

    quoi: str
    demander: str


class LimitesConnues(Declare):
    """Sentences that tell what is known to be wrong or missing in an indicator."""

    masquees: str
    manquantes: str
    villes: str
    departements: str
    sources: str
    departement: str
    estimation: str


class Origines(Declare):
    """Words that tell where the figure of a département, of a région or of France comes from.

    `valeur` is a published value, `totaux` published totals divided by each other, `parties` those of the
    départements that have something to divide them by; the others say how it is worked out, by aggregation,
    `departements` that it is from the published values of the départements.
    `non_repartis` adds how many more the source counts than its communes have, `pour` how many zones have an
    origin.
    """

    valeur: str
    totaux: str
    parties: str
    departements: str
    non_repartis: str
    pour: str
    inconnue: str
    somme: str
    rapport: str
    moyenne_ponderee: str
    etendue: str
    departement: str
    bassin: str

    def calcul(self, agregation: Agregation) -> str:
        """How a figure of this aggregation is worked out."""
        text: str = getattr(self, agregation)
        return text


class Glossaire(Declare):
    """Everything declared, in its order."""

    sigles_declares: Mapping[str, str] = Field(alias="sigles")
    structures: tuple[Structure, ...] = Field(alias="structure")
    methodes: tuple[Methode, ...] = Field(alias="methode")
    phases: tuple[Phase, ...] = Field(alias="phase")
    absences: tuple[Absence, ...] = Field(alias="absence")
    limites: LimitesConnues
    origines: Origines

    @property
    def sigles(self) -> tuple[Sigle, ...]:
        """The abbreviations, in alphabetical order."""
        found = sorted(self.sigles_declares.items(), key=lambda item: sans_accents(item[0]))
        return tuple(Sigle(*each) for each in found)


def glossaire(dossier: Path = DECLARATIONS) -> Glossaire:
    """The glossary, read once."""
    return declaration("glossaire", Glossaire, dossier)
