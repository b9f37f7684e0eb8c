"""The glossary: sigles, structures, methods, phases of a project, and what the tool does not have."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.textes import sans_accents


class Sigle(NamedTuple):
    """An abbreviation and what it stands for."""

    sigle: str
    texte: str


class Structure(NamedTuple):
    """A kind of structure, what it is, and the codes of the indicators that count it."""

    nom: str
    texte: str
    indicateurs: tuple[str, ...]


class Methode(NamedTuple):
    """A rule that several indicators follow."""

    titre: str
    texte: str


class Phase(NamedTuple):
    """A stage of the life of a project, and what the tool is for in it."""

    nom: str
    texte: str


class Absence(NamedTuple):
    """What the tool does not have, and whom to ask for it."""

    quoi: str
    demander: str


@dataclass(frozen=True, slots=True)
class Glossaire:
    """Everything declared; sigles in alphabetical order, the rest as declared.

    `limites` are the sentences that tell what is known to be wrong or missing in an indicator.
    """

    sigles: tuple[Sigle, ...]
    structures: tuple[Structure, ...]
    methodes: tuple[Methode, ...]
    phases: tuple[Phase, ...]
    absences: tuple[Absence, ...]
    limites: Mapping[str, str]


def load_glossaire(path: Path = DECLARATIONS / "glossaire.toml") -> Glossaire:
    """Read the glossary."""
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    sigles = sorted(declared["sigles"].items(), key=lambda item: sans_accents(item[0]))
    return Glossaire(
        sigles=tuple(Sigle(*item) for item in sigles),
        structures=tuple(
            Structure(each["nom"], each["texte"], tuple(each.get("indicateurs", ())))
            for each in declared["structure"]
        ),
        methodes=tuple(Methode(**each) for each in declared["methode"]),
        phases=tuple(Phase(**each) for each in declared["phase"]),
        absences=tuple(Absence(**each) for each in declared["absence"]),
        limites=declared["limites"],
    )


@cache
def glossaire() -> Glossaire:
    """The glossary, read once."""
    return load_glossaire()
