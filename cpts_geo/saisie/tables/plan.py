"""How a table is read: its headings, the role of each column, and which of them tell the communes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.noms import simplify
from cpts_geo.saisie.rangees import Feuille, Rangees
from cpts_geo.saisie.tables.blocs import Bloc, find_blocs
from cpts_geo.saisie.tables.choix import Choix, ChoixContradictoiresError
from cpts_geo.saisie.tables.colonne_des_communes import (
    NEVER_COMMUNES,
    are_mere_numbers,
    best_column,
    is_grid,
    settling,
    worth_as_communes,
)
from cpts_geo.saisie.tables.contenu import Contenu
from cpts_geo.saisie.tables.en_colonnes import TableEnColonnes, in_columns
from cpts_geo.saisie.tables.entetes import Entetes
from cpts_geo.saisie.tables.roles import (
    alike_columns,
    also_communes,
    doubtful_columns,
    level_column,
    naming_column,
    numbered_beside,
    other_columns,
    role_of_column,
)
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import shorten

_LEAST_ROWS = 2
_SHOWN = 40
_EXAMPLES = 3
_TOLD = 8


@dataclass(frozen=True, slots=True)
class ColonneLue:
    """A column: its name, its role, and the first things in it, each once."""

    nom: str
    role: Role
    exemples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read, by the ranks of its columns and rows.

    `retenue` holds the communes, `secours` are those read where its cell is blank; `avant` (a code) and
    `apres` (a name or a département) settle its doubts. `sens` is the role of the codes read, when it is
    known: without it the same digits may be a code of either kind. `cpts` names the territory of each row;
    `douteuses` are columns that may name it, though nothing says so: who wants several territories must tell.
    `aussi` hold other communes of each row, which the person says to be some; `autres` seem to, and are told.
    `blocs` are the territories that headings name; `cpts_suivantes` name other territories of a row, as
    "CPTS 2" does; `niveau` says which rows are about a commune.
    """

    colonnes: tuple[ColonneLue, ...]
    entetes: Entetes
    retenue: int
    secours: tuple[int, ...] = ()
    avant: int | None = None
    apres: int | None = None
    sens: Role | None = None
    cpts: int | None = None
    douteuses: tuple[int, ...] = ()
    aussi: tuple[int, ...] = ()
    autres: tuple[int, ...] = ()
    blocs: tuple[Bloc, ...] = ()
    cpts_suivantes: tuple[int, ...] = ()
    niveau: int | None = None

    def rank_of(self, nom: str) -> int | None:
        """The column of this name, whatever its case and accents."""
        wanted = " ".join(simplify(nom).split())
        names = [" ".join(simplify(nom).split()) for nom in self.noms]
        return names.index(wanted) if wanted in names else None

    @property
    def noms(self) -> list[str]:
        """The names of the columns."""
        return [each.nom for each in self.colonnes]

    @property
    def usages(self) -> tuple[Role, ...]:
        """What each column is used for: of those that may name the territories, one does."""
        return tuple(
            Role.ECARTEE if each.role is Role.CPTS and rank != self.cpts else each.role
            for rank, each in enumerate(self.colonnes)
        )

    def resume(self) -> str:
        """In French, what the table was read as: its headings, the columns of communes and of territories."""
        rangs = [rang + 1 for rang in self.entetes.rangs]
        head = "sans en-tête" if not rangs else f"en-têtes ligne {' et '.join(map(str, rangs))}"
        told = [f"{self.colonnes[rank].role.dit} «\u00a0{self.noms[rank]}\u00a0»" for rank in self._used()]
        return ", ".join((head, *told))

    def resume_complet(self) -> str:
        """The same, then the columns that tell no commune and no territory."""
        read = {*self._used(), *self.secours}
        return self.resume() + non_utilisees([nom for rank, nom in enumerate(self.noms) if rank not in read])

    def _used(self) -> tuple[int, ...]:
        used = (self.retenue, self.avant, self.apres, *self.aussi, self.cpts)
        return tuple(dict.fromkeys(rank for rank in used if rank is not None))

    def ranks(self, role: Role) -> tuple[int, ...]:
        """The columns of a role."""
        return tuple(rank for rank, each in enumerate(self.colonnes) if each.role is role)


def non_utilisees(noms: Sequence[str]) -> str:
    """In French, what ends a sentence that says how a table was read: the columns not used, or the first."""
    told = ", ".join(f"«\u00a0{nom}\u00a0»" for nom in noms[:_TOLD])
    more = f" et {pluriel(len(noms) - _TOLD, 'autre')}" if len(noms) > _TOLD else ""
    return f", colonnes non utilisées {told}{more}" if noms else ""


def corrected(plan: Plan, usages: Sequence[Role]) -> Choix:
    """What a person says of columns otherwise than the plan does.

    Args:
        plan: how the table was read.
        usages: what the person says of each column.

    Raises:
        ChoixContradictoiresError: two columns name the territories, or none tells the communes.
    """
    roles = dict(enumerate(usages))
    changed = {rank for rank, guessed in enumerate(plan.usages) if roles[rank] is not guessed}
    if not changed:
        return Choix()
    _check(plan, usages)
    return Choix(
        roles={rank: role for rank, role in roles.items() if rank in changed},
        lus={rank: role for rank, role in roles.items() if rank not in changed},
    )


def _check(plan: Plan, usages: Sequence[Role]) -> None:
    named = [plan.noms[rank] for rank, role in enumerate(usages) if role is Role.CPTS]
    if len(named) > 1:
        names = " ou ".join(f"«\u00a0{nom}\u00a0»" for nom in named)
        raise ChoixContradictoiresError(f"Une seule colonne peut nommer les CPTS\u00a0: gardez {names}.")
    if COMMUNES.isdisjoint(usages):
        kinds = ", ".join(f"«\u00a0{role.nom}\u00a0»" for role in (Role.CODE_INSEE, Role.NOM))
        raise ChoixContradictoiresError(
            "Aucune colonne ne dit plus de quelle commune parle chaque ligne\u00a0: il en faut une lue comme "
            f"{kinds} ou «\u00a0{Role.CODE_POSTAL.nom}\u00a0»."
        )


@dataclass(frozen=True, slots=True)
class FeuilleLue:
    """A sheet and how it is read; without plan, it is a plain list.

    `prises` are the numbers of rows that stand as titles or headings, and are lines all the same.
    """

    feuille: Feuille
    plan: Plan | None
    prises: frozenset[int] = frozenset()


def score(feuille: Feuille, lecteur: Lecteur) -> float:
    """How much the best column of a sheet looks like a list of communes, from 0 to 1."""
    table = in_columns(feuille.rangees, None, lecteur)
    pairs = zip(table.roles, table.contenus, strict=True)
    return max((read.score for role, read in pairs if role not in NEVER_COMMUNES), default=0.0)


def read_plan(rangees: Rangees, lecteur: Lecteur, choix: Choix | None = None) -> Plan | None:
    """Tell how to read a table; None when it is a plain list, be it in several columns.

    The column that holds the communes is the one whose cells are most often a commune, and each another one;
    a heading that says what a column is rules out the others, and codes are preferred to names as good.

    Args:
        rangees: the rows.
        lecteur: tells what a cell means.
        choix: what the person has corrected.
    """
    filled = sum(any(row) for row in rangees)
    width = max((len(row) for row in rangees), default=0)
    if filled < _LEAST_ROWS or width < _LEAST_ROWS:
        return None
    table = in_columns(rangees, choix, lecteur)
    blocs = find_blocs(table.entetes, table.contenus) if not table.choisis else ()
    if blocs and not blocs[0].croix:
        return replace(_plan(table, blocs[0].retenue), autres=(), blocs=blocs)
    retenue = best_column(table)
    if blocs:
        return replace(_plan(table, retenue), blocs=blocs)
    if choix is None and (worth_as_communes(table, retenue) < 0 or are_mere_numbers(table, retenue)):
        return None
    if choix is None and not table.entetes.rangs and is_grid(table.contenus, retenue):
        return None
    return _plan(table, retenue)


def _plan(table: TableEnColonnes, retenue: int) -> Plan:
    avant, apres = settling(table, retenue)
    roles = [role_of_column(table, rank, {retenue, avant, apres}) for rank in range(len(table.roles))]
    cpts = naming_column(table, roles)
    aussi = (
        also_communes(table, roles, retenue, {avant, apres})
        if table.communes_choisies
        else alike_columns(table, retenue, (avant, apres), bare=cpts is not None and not table.entetes.rangs)
    )
    secours = [rank for rank, role in enumerate(roles) if role in COMMUNES and rank not in {retenue, *aussi}]
    return Plan(
        colonnes=tuple(
            ColonneLue(nom, role, _examples(each))
            for nom, role, each in zip(table.entetes.noms, roles, table.contenus, strict=True)
        ),
        entetes=table.entetes,
        retenue=retenue,
        # A name is surer than a postal code.
        secours=tuple(sorted(secours, key=lambda rank: roles[rank] is Role.CODE_POSTAL)),
        avant=avant,
        apres=apres,
        sens=table.contenus[retenue if avant is None else avant].sens,
        cpts=cpts,
        douteuses=() if cpts is not None else doubtful_columns(table, roles, retenue),
        aussi=aussi,
        autres=other_columns(table, roles, retenue),
        cpts_suivantes=numbered_beside(table, roles, cpts),
        niveau=level_column(table, roles),
    )


def _examples(read: Contenu) -> tuple[str, ...]:
    return tuple(shorten(text, _SHOWN) for text in list(dict.fromkeys(read.textes))[:_EXAMPLES])
