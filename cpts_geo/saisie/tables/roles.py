"""What each column of a table is used for: communes, territories, figures, or nothing."""

from collections.abc import Collection, Sequence

from cpts_geo.saisie.noms import simplify
from cpts_geo.saisie.tables.colonne_des_communes import LEAST_SCORE, MOSTLY, are_distinct
from cpts_geo.saisie.tables.contenu import Contenu, agree
from cpts_geo.saisie.tables.en_colonnes import TableEnColonnes, said_by_heading, without_rank
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role, is_

_LEAST_ROWS = 2
_NAMED = frozenset({Role.CODE_INSEE, Role.NOM})


def role_of_column(table: TableEnColonnes, rank: int, telling: set[int | None]) -> Role:
    """What a column is: what its heading says, or what is in it."""
    said, read = table.roles[rank], table.contenus[rank]
    if given := table.choix.roles.get(rank) or table.choix.lus.get(rank):
        return given
    if said is Role.CPTS and any(
        other is not None and agree(table.contenus[other].communes, read.communes) for other in telling
    ):
        said = None
    if said is Role.CHIFFRE and read.nombres < MOSTLY:
        return Role.ECARTEE
    if said is not None and (said not in COMMUNES or rank in telling or read.score >= LEAST_SCORE):
        return said
    if rank in telling:
        return _by_content(read)
    if read.textes and all(is_("territoires", text) for text in read.textes):
        return Role.CPTS
    return Role.CHIFFRE if read.nombres >= MOSTLY else Role.ECARTEE


def _by_content(read: Contenu) -> Role:
    if any(read.lieux) and not any(read.communes):
        return Role.DEPARTEMENT
    return (read.sens or Role.CODE_INSEE) if read.codes else Role.NOM


def naming_column(table: TableEnColonnes, roles: Sequence[Role]) -> int | None:
    """The column that names the territories: the one chosen, or one that says CPTS, in words if it can."""
    chosen = next((rank for rank, role in table.choisis.items() if role is Role.CPTS), None)
    if chosen is not None:
        return chosen
    found = [rank for rank, role in enumerate(roles) if role is Role.CPTS and table.contenus[rank].textes]
    best = max(found, key=lambda rank: _names_well(table, rank), default=None)
    if best is None or table.contenus[best].nombres < MOSTLY:
        return best
    named = (rank for rank, nom in enumerate(table.entetes.noms) if "commune" not in simplify(nom))
    return next((rank for rank in named if _as_words(table, best, table.contenus[rank])), best)


def _names_well(table: TableEnColonnes, rank: int) -> tuple[bool, bool, int]:
    """How well a column names territories: its heading says CPTS, and first if they are numbered."""
    head = simplify(table.entetes.noms[rank]).split()
    first = not head or not head[-1].isdigit() or head[-1] == "1"
    return "cpts" in head, first, max(map(len, table.contenus[rank].textes))


def _as_words(table: TableEnColonnes, numbered: int, read: Contenu) -> bool:
    """Whether a column gives one text for each number of territory: its name."""
    pairs = set(zip(table.contenus[numbered].cases, read.cases, strict=True))
    ones, others = {one for one, _ in pairs}, {other for _, other in pairs}
    worded = bool(read.textes) and not read.nombres
    return worded and len(pairs) == len(ones) == len(others) > 1


def numbered_beside(table: TableEnColonnes, roles: Sequence[Role], cpts: int | None) -> tuple[int, ...]:
    """The columns that name other territories of a row: "CPTS 2" behind "CPTS 1"."""
    if cpts is None:
        return ()
    stem = _unnumbered(table.entetes.noms[cpts])
    return tuple(
        rank
        for rank, role in enumerate(roles)
        if rank != cpts and role is Role.CPTS and _unnumbered(table.entetes.noms[rank]) == stem
    )


def level_column(table: TableEnColonnes, roles: Sequence[Role]) -> int | None:
    """The column that says at which scale rows are, when it says of some that they are communes."""
    levels = (rank for rank, role in enumerate(roles) if role is Role.NIVEAU)
    return next((rank for rank in levels if any(map(is_communal, table.contenus[rank].textes))), None)


def is_communal(niveau: str) -> bool:
    """Whether a scale is that of communes, or of arrondissements of a city."""
    return simplify(niveau).strip().startswith(("com", "arm", "ville", "municip", "arrondissement m"))


def doubtful_columns(table: TableEnColonnes, roles: Sequence[Role], retenue: int) -> tuple[int, ...]:
    """Columns that repeat a few values, of which nothing says what they are."""
    return tuple(
        rank
        for rank, read in enumerate(table.contenus)
        if (roles[rank] is Role.ECARTEE or _numbers_groups(read))
        and rank not in table.choisis
        and said_by_heading(table.entetes, rank) is None
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


def also_communes(
    table: TableEnColonnes, roles: Sequence[Role], retenue: int, telling: Collection[int | None]
) -> tuple[int, ...]:
    """The columns of communes that hold others than the one that the rows are about."""
    chosen = table.contenus[retenue].communes
    return tuple(
        rank
        for rank, role in enumerate(roles)
        if role in _NAMED
        and rank not in {retenue, *telling}
        and table.contenus[rank].score >= LEAST_SCORE
        and not agree(chosen, table.contenus[rank].communes)
    )


def alike_columns(
    table: TableEnColonnes, retenue: int, telling: tuple[int | None, int | None], *, bare: bool
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
        and each.score >= LEAST_SCORE
        and not agree(chosen, each.communes)
    )


def _stem(table: TableEnColonnes, rank: int) -> str:
    """The heading of a column without what tells it from others of the same name."""
    return _unnumbered(without_rank(table.entetes.noms[rank]))


def _unnumbered(nom: str) -> str:
    words = simplify(nom).split()
    return " ".join(words[:-1] if words and words[-1].isdigit() else words)


def other_columns(table: TableEnColonnes, roles: Sequence[Role], retenue: int) -> tuple[int, ...]:
    """Columns of which nothing says what they are, whose names are communes, and not those of the rows."""
    chosen = table.contenus[retenue]
    return tuple(
        rank
        for rank, read in enumerate(table.contenus)
        if roles[rank] is Role.ECARTEE
        and rank not in table.choisis
        and said_by_heading(table.entetes, rank) is None
        and not read.codes
        and read.score >= MOSTLY
        and are_distinct(chosen, read)
    )
