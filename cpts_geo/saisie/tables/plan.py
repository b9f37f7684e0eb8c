"""How a table is read: its headings, the role of each column, and which of them tell the communes."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.noms import simplify
from cpts_geo.saisie.rangees import Feuille, Rangees
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables import contenu, entetes
from cpts_geo.saisie.tables.blocs import Bloc, find_blocs
from cpts_geo.saisie.tables.contenu import Contenu, agree
from cpts_geo.saisie.tables.entetes import Entetes
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role, is_, role_of
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import shorten

# The first filled rows tell what each column holds.
_SAMPLE = 100
_LEAST_ROWS = 2
# A column this near the best is as good: codes are then preferred, and names put side by side are a list.
_AS_GOOD = 0.05
_LEAST_DISTINCT = 0.9
# A heading is believed when the column has this share of communes; without heading, it needs as much again.
_LEAST_SCORE = 0.2
_MOSTLY = 0.6
_LEAST_OF_CODES = 0.5
# From so many communes a cell on, a column is one of lists.
_LISTING = 1.5
_SHOWN = 40
_EXAMPLES = 3
_TOLD = 8
# What is added to headings that are the same, for them to be told apart.
_TOLD_APART = re.compile(r" \(colonne [A-Z]+\)$")
_NAMED = frozenset({Role.CODE_INSEE, Role.NOM})
_NEVER_COMMUNES = frozenset(Role) - COMMUNES


class ChoixContradictoiresError(SaisieRefuseeError):
    """No table can be read by these roles; the message, in French, says why."""


@dataclass(frozen=True, slots=True)
class Choix:
    """What the person has corrected: the rank of the row of headings, -1 for none, and roles of columns.

    `lus` is what the other columns were read as before, which stays whatever is corrected beside them.
    """

    entete: int | None = None
    roles: Mapping[int, Role] = field(default_factory=lambda: MappingProxyType({}))
    lus: Mapping[int, Role] = field(default_factory=lambda: MappingProxyType({}))


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
    table = _read(feuille.rangees, None, lecteur)
    pairs = zip(table.roles, table.contenus, strict=True)
    return max((read.score for role, read in pairs if role not in _NEVER_COMMUNES), default=0.0)


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
    table = _read(rangees, choix, lecteur)
    blocs = find_blocs(table.entetes, table.contenus) if not table.choisis else ()
    if blocs and not blocs[0].croix:
        return replace(_plan(table, blocs[0].retenue), autres=(), blocs=blocs)
    retenue = _best(table)
    if blocs:
        return replace(_plan(table, retenue), blocs=blocs)
    if choix is None and (_score(table, retenue) < 0 or _are_mere_numbers(table, retenue)):
        return None
    if choix is None and not table.entetes.rangs and _is_grid(table.contenus, retenue):
        return None
    return _plan(table, retenue)


@dataclass(frozen=True, slots=True)
class _Table:
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


def _read(rangees: Rangees, choix: Choix | None, lecteur: Lecteur) -> _Table:
    filled = [rank for rank, row in enumerate(rangees) if any(row)]
    width = max((len(row) for row in rangees), default=0)
    sample = filled[:_SAMPLE]
    communes = {rank for rank in sample if any(contenu.is_commune(cell, lecteur) for cell in rangees[rank])}
    found = entetes.find(rangees, communes, choix.entete if choix else None)
    choix = choix or Choix()
    given = {**choix.lus, **choix.roles}
    roles = tuple(given.get(rank) or _said(found, rank) for rank in range(width))
    body = [rank for rank in filled if rank not in {*found.titres, *found.rangs}][:_SAMPLE]
    contenus = (contenu.read(_cells(rangees, body, rank), roles[rank], lecteur) for rank in range(width))
    return _Table(found, roles, tuple(contenus), choix)


def _said(found: Entetes, rank: int) -> Role | None:
    return role_of(_TOLD_APART.sub("", found.noms[rank])) if found.rangs else None


def _cells(rangees: Rangees, ranks: Sequence[int], column: int) -> list[str]:
    return [rangees[rank][column] if column < len(rangees[rank]) else "" for rank in ranks]


# ---- The column of communes -------------------------------------------------------------------------------


def _best(table: _Table) -> int:
    """A column that the person says to be the one is read, before any that is only guessed."""
    ranks = table.communes_choisies or range(len(table.roles))
    scores = {rank: _score(table, rank) for rank in ranks}
    good = [rank for rank, score in scores.items() if score >= max(scores.values()) - _AS_GOOD]
    # Beside the town of an office, cells that list communes are those of the territory.
    good = [rank for rank in good if table.contenus[rank].listes >= _LISTING] or good
    return next((rank for rank in good if table.contenus[rank].codes), good[0])


def _score(table: _Table, rank: int) -> float:
    """A column that its heading says to be something else is not read, unless it is the only one."""
    role, score = table.roles[rank], table.contenus[rank].score
    if role in _NEVER_COMMUNES:
        return -1.0
    # A heading that speaks of communes is worth more than the chance that numbers are codes.
    said = role in COMMUNES and (score >= _LEAST_SCORE or rank in table.choisis)
    return score + 1.0 if said else score


def _are_mere_numbers(table: _Table, best: int) -> bool:
    """Whether the best column has numbers of which no heading says anything, few of them codes."""
    read = table.contenus[best]
    return table.roles[best] not in COMMUNES and read.codes and read.score < _LEAST_OF_CODES


def _is_grid(read: Sequence[Contenu], best: int) -> bool:
    """Whether another column holds as many communes, all of them others: a list written in columns."""
    chosen = read[best]
    return any(
        each.score >= chosen.score - _AS_GOOD
        and each.codes == chosen.codes
        and not agree(chosen.communes, each.communes)
        and _distinct(chosen, each)
        for rank, each in enumerate(read)
        if rank != best and each.score
    )


def _distinct(one: Contenu, other: Contenu) -> bool:
    """Whether hardly any commune comes twice in two columns."""
    cells = [codes for codes in (*one.communes, *other.communes) if codes]
    return len(set(cells)) >= _LEAST_DISTINCT * len(cells)


def _settling(table: _Table, retenue: int) -> tuple[int | None, int | None]:
    """The column to read before the retained one, and the one to read behind it."""
    read, chosen = table.contenus, table.contenus[retenue]
    others = [rank for rank in range(len(read)) if rank != retenue and table.roles[rank] is not Role.CPTS]
    same = [
        rank
        for rank in others
        if table.may_be(rank, *COMMUNES) and agree(chosen.communes, read[rank].communes)
    ]
    if chosen.codes:
        return None, next((rank for rank in same if not read[rank].codes), _contradicting(table, others))
    codes = [rank for rank in same if read[rank].codes]
    said = [rank for rank in others if table.choisis.get(rank) is Role.DEPARTEMENT]
    places = said + [
        rank
        for rank in others
        if table.may_be(rank, Role.DEPARTEMENT) and agree(chosen.communes, read[rank].lieux)
    ]
    return max(codes, key=lambda rank: read[rank].score, default=None), next(iter(places), None)


def _contradicting(table: _Table, others: Sequence[int]) -> int | None:
    """A column whose heading says that it names the communes, though they are not those of the codes."""
    named = (rank for rank in others if table.roles[rank] is Role.NOM and not table.contenus[rank].codes)
    return next((rank for rank in named if table.contenus[rank].score >= _MOSTLY), None)


# ---- The others -------------------------------------------------------------------------------------------


def _plan(table: _Table, retenue: int) -> Plan:
    avant, apres = _settling(table, retenue)
    roles = [_role(table, rank, {retenue, avant, apres}) for rank in range(len(table.roles))]
    cpts = _named_by(table, roles)
    aussi = (
        _also(table, roles, retenue, {avant, apres})
        if table.communes_choisies
        else _alike(table, retenue, (avant, apres), bare=cpts is not None and not table.entetes.rangs)
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
        douteuses=() if cpts is not None else _doubtful(table, roles, retenue),
        aussi=aussi,
        autres=_others(table, roles, retenue),
        cpts_suivantes=_numbered_beside(table, roles, cpts),
        niveau=_level(table, roles),
    )


def _also(
    table: _Table, roles: Sequence[Role], retenue: int, telling: Collection[int | None]
) -> tuple[int, ...]:
    """The columns of communes that hold others than the one that the rows are about."""
    chosen = table.contenus[retenue].communes
    return tuple(
        rank
        for rank, role in enumerate(roles)
        if role in _NAMED
        and rank not in {retenue, *telling}
        and table.contenus[rank].score >= _LEAST_SCORE
        and not agree(chosen, table.contenus[rank].communes)
    )


def _alike(
    table: _Table, retenue: int, telling: tuple[int | None, int | None], *, bare: bool
) -> tuple[int, ...]:
    """The columns that go on from the one of the communes: "Commune 2" behind "Commune 1".

    Without headings (`bare`), the rows of territories may go on as far as they like.
    """
    read = {rank for rank in (retenue, *telling) if rank is not None}
    stems = {_stem(table, rank) for rank in read if table.roles[rank] is Role.NOM}
    chosen = table.contenus[retenue].communes
    return tuple(
        rank
        for rank, each in enumerate(table.contenus)
        if rank not in read
        and (bare or (table.roles[rank] is Role.NOM and _stem(table, rank) in stems))
        and each.score >= _LEAST_SCORE
        and not agree(chosen, each.communes)
    )


def _stem(table: _Table, rank: int) -> str:
    """The heading of a column without what tells it from others of the same name."""
    return _unnumbered(_TOLD_APART.sub("", table.entetes.noms[rank]))


def _others(table: _Table, roles: Sequence[Role], retenue: int) -> tuple[int, ...]:
    """Columns of which nothing says what they are, whose names are communes, and not those of the rows."""
    chosen = table.contenus[retenue]
    return tuple(
        rank
        for rank, read in enumerate(table.contenus)
        if roles[rank] is Role.ECARTEE
        and rank not in table.choisis
        and _said(table.entetes, rank) is None
        and not read.codes
        and read.score >= _MOSTLY
        and _distinct(chosen, read)
    )


def _examples(read: Contenu) -> tuple[str, ...]:
    return tuple(shorten(text, _SHOWN) for text in list(dict.fromkeys(read.textes))[:_EXAMPLES])


def _role(table: _Table, rank: int, telling: set[int | None]) -> Role:
    """What a column is: what its heading says, or what is in it."""
    said, read = table.roles[rank], table.contenus[rank]
    if given := table.choix.roles.get(rank) or table.choix.lus.get(rank):
        return given
    if said is Role.CPTS and any(
        other is not None and agree(table.contenus[other].communes, read.communes) for other in telling
    ):
        said = None
    if said is Role.CHIFFRE and read.nombres < _MOSTLY:
        return Role.ECARTEE
    if said is not None and (said not in COMMUNES or rank in telling or read.score >= _LEAST_SCORE):
        return said
    if rank in telling:
        return _by_content(read)
    if read.textes and all(is_("territoires", text) for text in read.textes):
        return Role.CPTS
    return Role.CHIFFRE if read.nombres >= _MOSTLY else Role.ECARTEE


def _by_content(read: Contenu) -> Role:
    if any(read.lieux) and not any(read.communes):
        return Role.DEPARTEMENT
    return (read.sens or Role.CODE_INSEE) if read.codes else Role.NOM


def _named_by(table: _Table, roles: Sequence[Role]) -> int | None:
    """The column that names the territories: the one chosen, or one that says CPTS, in words if it can."""
    chosen = next((rank for rank, role in table.choisis.items() if role is Role.CPTS), None)
    if chosen is not None:
        return chosen
    found = [rank for rank, role in enumerate(roles) if role is Role.CPTS and table.contenus[rank].textes]
    best = max(found, key=lambda rank: _names_well(table, rank), default=None)
    if best is None or table.contenus[best].nombres < _MOSTLY:
        return best
    named = (rank for rank, nom in enumerate(table.entetes.noms) if "commune" not in simplify(nom))
    return next((rank for rank in named if _as_words(table, best, table.contenus[rank])), best)


def _names_well(table: _Table, rank: int) -> tuple[bool, bool, int]:
    """How well a column names territories: its heading says CPTS, and first if they are numbered."""
    head = simplify(table.entetes.noms[rank]).split()
    first = not head or not head[-1].isdigit() or head[-1] == "1"
    return "cpts" in head, first, max(map(len, table.contenus[rank].textes))


def _as_words(table: _Table, numbered: int, read: Contenu) -> bool:
    """Whether a column gives one text for each number of territory: its name."""
    pairs = set(zip(table.contenus[numbered].cases, read.cases, strict=True))
    ones, others = {one for one, _ in pairs}, {other for _, other in pairs}
    worded = bool(read.textes) and not read.nombres
    return worded and len(pairs) == len(ones) == len(others) > 1


def _numbered_beside(table: _Table, roles: Sequence[Role], cpts: int | None) -> tuple[int, ...]:
    """The columns that name other territories of a row: "CPTS 2" behind "CPTS 1"."""
    if cpts is None:
        return ()
    stem = _unnumbered(table.entetes.noms[cpts])
    return tuple(
        rank
        for rank, role in enumerate(roles)
        if rank != cpts and role is Role.CPTS and _unnumbered(table.entetes.noms[rank]) == stem
    )


def _unnumbered(nom: str) -> str:
    words = simplify(nom).split()
    return " ".join(words[:-1] if words and words[-1].isdigit() else words)


def _level(table: _Table, roles: Sequence[Role]) -> int | None:
    """The column that says at which scale rows are, when it says of some that they are communes."""
    levels = (rank for rank, role in enumerate(roles) if role is Role.NIVEAU)
    return next((rank for rank in levels if any(map(is_communal, table.contenus[rank].textes))), None)


def is_communal(niveau: str) -> bool:
    """Whether a scale is that of communes, or of arrondissements of a city."""
    return simplify(niveau).strip().startswith(("com", "arm", "ville", "municip", "arrondissement m"))


def _doubtful(table: _Table, roles: Sequence[Role], retenue: int) -> tuple[int, ...]:
    """Columns that repeat a few values, of which nothing says what they are."""
    return tuple(
        rank
        for rank, read in enumerate(table.contenus)
        if (roles[rank] is Role.ECARTEE or _numbers_groups(read))
        and rank not in table.choisis
        and _said(table.entetes, rank) is None
        and _parts(read)
        and not agree(table.contenus[retenue].communes, read.lieux)
    )


def _parts(read: Contenu) -> bool:
    """Whether a column parts the rows: several values, most of them given to several rows."""
    values = set(read.textes)
    return 1 < len(values) <= len(read.textes) / _LEAST_ROWS


def _numbers_groups(read: Contenu) -> bool:
    """Whether the numbers of a column are 1, 2, 3… and nothing else: those of groups, it may be."""
    values = set(read.textes)
    return values == {str(rank + 1) for rank in range(len(values))}
