"""A table by its columns: its headings, what they say, and what is below them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.rangees import Rangees
from cpts_geo.saisie.tables import contenu, entetes
from cpts_geo.saisie.tables.choix import Choix
from cpts_geo.saisie.tables.contenu import Contenu
from cpts_geo.saisie.tables.entetes import Entetes
from cpts_geo.saisie.tables.vocabulaire import Role, role_of

# The first filled rows tell what each column holds.
_SAMPLE = 100
# What is added to headings that are the same, for them to be told apart.
_TOLD_APART = re.compile(r" \(colonne [A-Z]+\)$")
_NAMED = frozenset({Role.CODE_INSEE, Role.NOM})


@dataclass(frozen=True, slots=True)
class TableEnColonnes:
    """Headings, the roles that they say or that were chosen, and what is in each column."""

    entetes: Entetes
    roles: tuple[Role | None, ...]
    contenus: tuple[Contenu, ...]
    choix: Choix

    @property
    def choisis(self) -> Mapping[int, Role]:
        """The roles that the person has changed."""
        return self.choix.roles

    @property
    def communes_choisies(self) -> list[int]:
        """The columns that she says to hold the communes, by their codes or their names."""
        return sorted(rank for rank, role in self.choisis.items() if role in _NAMED)

    def may_be(self, rank: int, *roles: Role) -> bool:
        """Whether the person has not said that a column is something else."""
        return self.choisis.get(rank, roles[0]) in roles


def in_columns(rangees: Rangees, choix: Choix | None, lecteur: Lecteur) -> TableEnColonnes:
    """Find the headings of a table, and read each of its columns by what they say, or the person does."""
    filled = [rank for rank, row in enumerate(rangees) if any(row)]
    width = max((len(row) for row in rangees), default=0)
    sample = filled[:_SAMPLE]
    communes = {rank for rank in sample if any(contenu.is_commune(cell, lecteur) for cell in rangees[rank])}
    found = entetes.find(rangees, communes, choix.entete if choix else None)
    choix = choix or Choix()
    given = {**choix.lus, **choix.roles}
    roles = tuple(given.get(rank) or said_by_heading(found, rank) for rank in range(width))
    body = [rank for rank in filled if rank not in {*found.titres, *found.rangs}][:_SAMPLE]
    contenus = (contenu.read(_cells(rangees, body, rank), roles[rank], lecteur) for rank in range(width))
    return TableEnColonnes(found, roles, tuple(contenus), choix)


def said_by_heading(found: Entetes, rank: int) -> Role | None:
    """The role that the heading of a column says, if it says one."""
    return role_of(without_rank(found.noms[rank])) if found.rangs else None


def _cells(rangees: Rangees, ranks: Sequence[int], column: int) -> list[str]:
    return [rangees[rank][column] if column < len(rangees[rank]) else "" for rank in ranks]


def without_rank(nom: str) -> str:
    """The name of a column as its heading is written, without what tells it from others of the same name."""
    return _TOLD_APART.sub("", nom)
