"""How a table is read: its headings, the role of each column, and which of them tell the communes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.noms import simplify
from cpts_geo.saisie.rangees import Feuille, Rangees
from cpts_geo.saisie.tables import contenu, entetes
from cpts_geo.saisie.tables.contenu import Contenu, agree
from cpts_geo.saisie.tables.entetes import Entetes
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role, is_, role_of
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
_SHOWN = 40
_NEVER_COMMUNES = frozenset({Role.DEPARTEMENT, Role.CPTS, Role.ANNEE, Role.CHIFFRE, Role.ECARTEE})


@dataclass(frozen=True, slots=True)
class Choix:
    """What the person has corrected: the rank of the row of headings, -1 for none, and columns.

    `communes` is the one to read the communes in; `roles` say what others hold.
    """

    entete: int | None = None
    communes: int | None = None
    roles: Mapping[int, Role] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ColonneLue:
    """A column: its name, its role, and the first thing in it."""

    nom: str
    role: Role
    exemple: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read, by the ranks of its columns and rows.

    `retenue` holds the communes, `secours` are those read where its cell is blank; `avant` (a code) and
    `apres` (a name or a département) settle its doubts. `sens` is the role of the codes read, when it is
    known: without it the same digits may be a code of either kind. `cpts` names the territory of each row;
    `douteuses` are columns that may name it, though nothing says so: who wants several territories must tell.
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

    def rank_of(self, nom: str) -> int | None:
        """The column of this name, whatever its case and accents."""
        wanted = " ".join(simplify(nom).split())
        names = [" ".join(simplify(nom).split()) for nom in self.noms]
        return names.index(wanted) if wanted in names else None

    @property
    def noms(self) -> list[str]:
        """The names of the columns."""
        return [each.nom for each in self.colonnes]

    def resume(self) -> str:
        """In French, what the table was read as: its headings, the columns of communes and of territories."""
        rangs = [rang + 1 for rang in self.entetes.rangs]
        head = "sans en-tête" if not rangs else f"en-têtes ligne {' et '.join(map(str, rangs))}"
        told = [f"{each.role.dit} «\u00a0{each.nom}\u00a0»" for each in self._used()]
        return ", ".join((head, *told))

    def _used(self) -> Iterator[ColonneLue]:
        used = (self.retenue, self.avant, self.apres, self.cpts)
        yield from (self.colonnes[rank] for rank in dict.fromkeys(used) if rank is not None)

    def ranks(self, role: Role) -> tuple[int, ...]:
        """The columns of a role."""
        return tuple(rank for rank, each in enumerate(self.colonnes) if each.role is role)


@dataclass(frozen=True, slots=True)
class Reponses:
    """What a person says of a table: the number of its row of headings (0 for none), and its columns.

    `communes` holds the communes, which are of the kind `contenu`; `cpts` names the territories, if one does.
    """

    entete: int
    communes: int
    contenu: Role
    cpts: int | None


def answers(plan: Plan) -> Reponses:
    """The answers that a plan amounts to."""
    rangs = plan.entetes.rangs
    role = plan.colonnes[plan.retenue].role
    kind = role if role in COMMUNES else Role.NOM
    return Reponses(rangs[-1] + 1 if rangs else 0, plan.retenue, kind, plan.cpts)


def corrected(plan: Plan, reponses: Reponses) -> Choix:
    """What differs between the answers of a person and how the table was read."""
    guessed = answers(plan)
    roles: dict[int, Role] = {}
    if reponses.contenu is not plan.colonnes[reponses.communes].role:
        roles[reponses.communes] = reponses.contenu
    if reponses.cpts != plan.cpts:
        roles |= {rank: Role.ECARTEE for rank in (plan.cpts,) if rank is not None}
        roles |= {rank: Role.CPTS for rank in (reponses.cpts,) if rank is not None}
    return Choix(
        entete=None if reponses.entete == guessed.entete else reponses.entete - 1,
        communes=None if reponses.communes == guessed.communes else reponses.communes,
        roles=roles,
    )


@dataclass(frozen=True, slots=True)
class FeuilleLue:
    """A sheet and how it is read; without plan, it is a plain list."""

    feuille: Feuille
    plan: Plan | None


def score(feuille: Feuille, lecteur: Lecteur) -> float:
    """How much the best column of a sheet looks like a list of communes, from 0 to 1."""
    read = _read(feuille.rangees, None, lecteur).contenus
    return max((each.score for each in read), default=0.0)


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
    retenue = choix.communes if choix and choix.communes is not None else _best(table)
    if choix is None and _are_mere_numbers(table, retenue):
        return None
    if choix is None and not table.entetes.rangs and _is_grid(table.contenus, retenue):
        return None
    return _plan(table, retenue, choix)


@dataclass(frozen=True, slots=True)
class _Table:
    """Headings, the roles that they say or that were chosen, and what is in each column."""

    entetes: Entetes
    roles: tuple[Role | None, ...]
    contenus: tuple[Contenu, ...]


def _read(rangees: Rangees, choix: Choix | None, lecteur: Lecteur) -> _Table:
    filled = [rank for rank, row in enumerate(rangees) if any(row)]
    width = max((len(row) for row in rangees), default=0)
    sample = filled[:_SAMPLE]
    communes = {rank for rank in sample if any(contenu.is_commune(cell, lecteur) for cell in rangees[rank])}
    found = entetes.find(rangees, communes, choix.entete if choix else None)
    chosen = choix.roles if choix else {}
    roles = tuple(chosen.get(rank) or _said(found, rank) for rank in range(width))
    body = [rank for rank in filled if rank not in {*found.titres, *found.rangs}][:_SAMPLE]
    contenus = (contenu.read(_cells(rangees, body, rank), roles[rank], lecteur) for rank in range(width))
    return _Table(found, roles, tuple(contenus))


def _said(found: Entetes, rank: int) -> Role | None:
    return role_of(found.noms[rank]) if found.rangs else None


def _cells(rangees: Rangees, ranks: Sequence[int], column: int) -> list[str]:
    return [rangees[rank][column] if column < len(rangees[rank]) else "" for rank in ranks]


# ---- The column of communes -------------------------------------------------------------------------------


def _best(table: _Table) -> int:
    scores = [_score(table, rank) for rank in range(len(table.roles))]
    good = [rank for rank, score in enumerate(scores) if score >= max(scores) - _AS_GOOD]
    return next((rank for rank in good if table.contenus[rank].codes), good[0])


def _score(table: _Table, rank: int) -> float:
    """A column that its heading says to be something else is not read, unless it is the only one."""
    role, score = table.roles[rank], table.contenus[rank].score
    if role in _NEVER_COMMUNES:
        return -1.0
    # A heading that speaks of communes is worth more than the chance that numbers are codes.
    return score + 1.0 if role in COMMUNES and score >= _LEAST_SCORE else score


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
    names = [rank for rank in others if not read[rank].codes and agree(chosen.communes, read[rank].communes)]
    if chosen.codes:
        return None, next(iter(names), None)
    codes = [rank for rank in others if read[rank].codes and agree(chosen.communes, read[rank].communes)]
    places = [rank for rank in others if agree(chosen.communes, read[rank].lieux)]
    return max(codes, key=lambda rank: read[rank].score, default=None), next(iter(places), None)


# ---- The others -------------------------------------------------------------------------------------------


def _plan(table: _Table, retenue: int, choix: Choix | None) -> Plan:
    avant, apres = _settling(table, retenue)
    roles = [_role(table, rank, {retenue, avant, apres}) for rank in range(len(table.roles))]
    cpts = _named_by(table, roles)
    secours = [rank for rank, role in enumerate(roles) if role in COMMUNES and rank != retenue]
    return Plan(
        colonnes=tuple(
            ColonneLue(nom, role, shorten(next(iter(each.textes), ""), _SHOWN))
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
        douteuses=() if cpts is not None else _doubtful(table, roles, choix),
    )


def _role(table: _Table, rank: int, telling: set[int | None]) -> Role:
    """What a column is: what its heading says, or what is in it."""
    said, read = table.roles[rank], table.contenus[rank]
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
    """The column that names the territories: of several, the one whose words are longest."""
    found = [rank for rank, role in enumerate(roles) if role is Role.CPTS and table.contenus[rank].textes]
    return max(found, key=lambda rank: max(map(len, table.contenus[rank].textes)), default=None)


def _doubtful(table: _Table, roles: Sequence[Role], choix: Choix | None) -> tuple[int, ...]:
    """Columns of words that repeat a few values, of which nothing says what they are."""
    chosen = choix.roles if choix else {}
    return tuple(
        rank
        for rank, read in enumerate(table.contenus)
        if roles[rank] is Role.ECARTEE and table.roles[rank] is None and rank not in chosen and _parts(read)
    )


def _parts(read: Contenu) -> bool:
    """Whether a column parts the rows: several values, most of them given to several rows."""
    values = set(read.textes)
    return (
        1 < len(values) <= len(read.textes) / _LEAST_ROWS and not any(read.lieux) and read.nombres < _MOSTLY
    )
