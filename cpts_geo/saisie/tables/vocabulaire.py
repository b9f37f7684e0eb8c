"""What the headings and the lines of a table say by their words alone, as declared."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from cpts_geo.saisie.noms import simplify
from cpts_geo.socle.declarations import Declare, declaration

_LONGEST_HEADING = 120


class Role(StrEnum):
    """What a column of a table is read as; each has its name in French."""

    CODE_INSEE = "code_insee"
    CODE_POSTAL = "code_postal"
    NOM = "nom"
    DEPARTEMENT = "departement"
    CPTS = "cpts"
    ANNEE = "annee"
    NIVEAU = "niveau"
    CHIFFRE = "chiffre"
    ECARTEE = "ecartee"

    @property
    def nom(self) -> str:
        """What people read."""
        return _NOMS[self]

    @property
    def dit(self) -> str:
        """The same inside a sentence, in which a sigle keeps its capitals."""
        nom = self.nom
        return nom if nom[:2].isupper() else nom[:1].lower() + nom[1:]


# The columns that can tell which commune a row is about.
CODES = frozenset({Role.CODE_INSEE, Role.CODE_POSTAL})
COMMUNES = CODES | {Role.NOM}
_NOMS = {
    Role.CODE_INSEE: "Code Insee",
    Role.CODE_POSTAL: "Code postal",
    Role.NOM: "Nom de commune",
    Role.DEPARTEMENT: "Département",
    Role.CPTS: "CPTS",
    Role.ANNEE: "Année",
    Role.NIVEAU: "Niveau géographique",
    Role.CHIFFRE: "Chiffre",
    Role.ECARTEE: "Non utilisée",
}


class RoleDeclare(Declare):
    """Expressions of headings that say a role."""

    code: str
    expressions: tuple[str, ...]


class LignesDeclarees(Declare):
    """Expressions by which lines that speak of no commune of a table are known."""

    formules: str
    notes: str
    totaux: str
    pays: str
    zones: str
    territoires: str
    sans_territoire: str


class EntetesDeclares(Declare):
    """What is declared of the tables that people bring; see the data file."""

    role: tuple[RoleDeclare, ...]
    lignes: LignesDeclarees


def role_of(entete: str) -> Role | None:
    """The role that a heading says by its words; None when they say none."""
    if len(entete) > _LONGEST_HEADING:
        return None
    words = " ".join(simplify(entete).split())
    return next((role for role, expression in _roles() if words and expression.fullmatch(words)), None)


def is_(genre: str, texte: str) -> bool:
    """Whether a line is of a declared kind: one of the fields of `LignesDeclarees`."""
    return bool(_lines()[genre].search(" ".join(simplify(texte).split())))


@cache
def _roles() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[Role, re.Pattern[str]]]:
    for each in _declared().role:
        yield Role(each.code), re.compile("|".join(f"(?:{expression})" for expression in each.expressions))


@cache
def _lines() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(expression) for kind, expression in _declared().lignes}


def _declared() -> EntetesDeclares:
    return declaration("entetes_apportes", EntetesDeclares)
