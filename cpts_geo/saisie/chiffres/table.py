"""A table of figures, what may be taken of it, and what is left aside."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from cpts_geo.projet.donnees_locales import Nature
from cpts_geo.saisie.chiffres.anciennes import Commune
from cpts_geo.saisie.chiffres.lignes_repetees import Distinction, cell
from cpts_geo.saisie.chiffres.milliers import readings
from cpts_geo.saisie.liste import Rapprochement
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables.plan import Plan
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.saisie.valeurs import Milliers

# What becomes of the rate of a commune that is now part of another: nothing, or that of the one still there.
Fusions = Literal["inconnu", "actuelle"]


class DonneesInvalidesError(SaisieRefuseeError):
    """The figures cannot be taken; `messages`, in French, say why."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = tuple(messages)


class HorsTerritoireError(DonneesInvalidesError):
    """The table has no commune of the territory."""


@dataclass(frozen=True, slots=True)
class Commun:
    """What is said of a figure besides its value."""

    nature: Nature
    unite: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class ColonneChoisie:
    """A column to take: its rank, the name of its figure, what is said of it, and what parts its thousands.

    `exemple` is a cell that could be read otherwise, as "1.254"; `a_confirmer` when nothing settles how.
    """

    rang: int
    libelle: str
    commun: Commun
    milliers: Milliers = ""
    exemple: str = ""
    a_confirmer: bool = False

    @property
    def dit(self) -> str:
        """In French, how the cell that could be read otherwise is; empty when there is none."""
        return f"«\u00a0{self.exemple}\u00a0» lu {self.lectures[self.milliers]}" if self.exemple else ""

    @property
    def lectures(self) -> dict[Milliers, str]:
        """The two ways to read that cell: what parts its thousands, and what it is worth in French."""
        return readings(self.exemple)


@dataclass(frozen=True, slots=True)
class Prise:
    """What is taken of a table: columns, the year when it has several, the communes kept (None for all).

    `gardees` is the value whose rows are kept, by the rank of each column that tells rows of a commune apart.
    """

    colonnes: tuple[ColonneChoisie, ...]
    annee: str = ""
    communes: Collection[str] | None = None
    fusions: Fusions = "inconnu"
    gardees: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Laissee:
    """What is left out: a line, or one of its cells, and why."""

    numero: int
    texte: str
    raison: str


@dataclass(frozen=True, slots=True)
class TableDeChiffres:
    """A table of figures: how it is read, the commune of each line, its figures, its years, newest first.

    `distinctions` are the columns that tell apart several rows of a commune; `fusionnees` the communes of
    which it names former ones.
    """

    feuille: Feuille
    plan: Plan
    lignes: tuple[Rapprochement, ...]
    proposees: tuple[int, ...]
    annees: tuple[str, ...]
    distinctions: tuple[Distinction, ...] = ()
    fusionnees: Mapping[str, Commune] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def ecartees(self) -> tuple[str, ...]:
        """The names of the columns that hold no figure, and tell neither communes nor their rows."""
        used = {*self.proposees, *(each.rang for each in self.distinctions)}
        return tuple(
            each.nom
            for rank, each in enumerate(self.plan.colonnes)
            if rank not in used and each.role in {Role.ECARTEE, Role.CODE_POSTAL, Role.DEPARTEMENT}
        )

    def cell(self, line: Rapprochement, rank: int) -> str:
        """A cell of a row; empty beyond its last."""
        return cell(self.feuille, line, rank)

    def cells(self, rank: int) -> Iterator[str]:
        """The cells of a column in the rows about communes."""
        return (self.cell(each, rank) for each in self.lignes if each.code)
