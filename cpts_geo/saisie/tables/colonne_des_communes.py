"""Which column of a table tells the communes, and which others settle its doubts."""

from collections.abc import Sequence

from cpts_geo.saisie.tables.contenu import Contenu, agree
from cpts_geo.saisie.tables.en_colonnes import TableEnColonnes
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role

# A column this near the best is as good: codes are then preferred, and names put side by side are a list.
_AS_GOOD = 0.05
_LEAST_DISTINCT = 0.9
# A heading is believed when the column has this share of communes; without heading, it needs as much again.
LEAST_SCORE = 0.2
MOSTLY = 0.6
_LEAST_OF_CODES = 0.5
# From so many communes a cell on, a column is one of lists.
_LISTING = 1.5
NEVER_COMMUNES = frozenset(Role) - COMMUNES


def best_column(table: TableEnColonnes) -> int:
    """A column that the person says to be the one is read, before any that is only guessed."""
    ranks = table.communes_choisies or range(len(table.roles))
    scores = {rank: worth_as_communes(table, rank) for rank in ranks}
    good = [rank for rank, score in scores.items() if score >= max(scores.values()) - _AS_GOOD]
    # Beside the town of an office, cells that list communes are those of the territory.
    good = [rank for rank in good if table.contenus[rank].listes >= _LISTING] or good
    return next((rank for rank in good if table.contenus[rank].codes), good[0])


def worth_as_communes(table: TableEnColonnes, rank: int) -> float:
    """A column that its heading says to be something else is not read, unless it is the only one."""
    role, score = table.roles[rank], table.contenus[rank].score
    if role in NEVER_COMMUNES:
        return -1.0
    # A heading that speaks of communes is worth more than the chance that numbers are codes.
    said = role in COMMUNES and (score >= LEAST_SCORE or rank in table.choisis)
    return score + 1.0 if said else score


def are_mere_numbers(table: TableEnColonnes, best: int) -> bool:
    """Whether the best column has numbers of which no heading says anything, few of them codes."""
    read = table.contenus[best]
    return table.roles[best] not in COMMUNES and read.codes and read.score < _LEAST_OF_CODES


def is_grid(read: Sequence[Contenu], best: int) -> bool:
    """Whether another column holds as many communes, all of them others: a list written in columns."""
    chosen = read[best]
    return any(
        each.score >= chosen.score - _AS_GOOD
        and each.codes == chosen.codes
        and not agree(chosen.communes, each.communes)
        and are_distinct(chosen, each)
        for rank, each in enumerate(read)
        if rank != best and each.score
    )


def are_distinct(one: Contenu, other: Contenu) -> bool:
    """Whether hardly any commune comes twice in two columns."""
    cells = [codes for codes in (*one.communes, *other.communes) if codes]
    return len(set(cells)) >= _LEAST_DISTINCT * len(cells)


def settling(table: TableEnColonnes, retenue: int) -> tuple[int | None, int | None]:
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


def _contradicting(table: TableEnColonnes, others: Sequence[int]) -> int | None:
    """A column whose heading says that it names the communes, though they are not those of the codes."""
    named = (rank for rank in others if table.roles[rank] is Role.NOM and not table.contenus[rank].codes)
    return next((rank for rank in named if table.contenus[rank].score >= MOSTLY), None)
