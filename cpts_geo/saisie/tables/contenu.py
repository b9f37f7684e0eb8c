"""What the cells of a column mean, row by row: communes, départements, numbers."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cpts_geo.saisie.decoupage import MAX_LONGUEUR, lectures
from cpts_geo.saisie.lecture.ligne import Candidat, Lecteur, LectureLigne
from cpts_geo.saisie.tables.vocabulaire import CODES, Role
from cpts_geo.saisie.valeurs import is_missing, is_number

# The share of rows in which two columns must mean the same commune for one to settle the doubts of the other.
_LEAST_AGREEMENT = 0.5
_WORTH_OF_AMBIGUOUS = 0.7
# What parts the communes of a cell; reading a long text that lists nothing would take time for nothing.
_LISTED = re.compile(r"[,;/|+&\u2028•·▪–—]|\s-\s|\set\s|\s{3,}|\.\s|\S\s+\S+\s+\S|-.+-")


@dataclass(frozen=True, slots=True)
class Contenu:
    """What is in a column.

    `communes` and `lieux` are those that each cell may mean, by row; `score` how much the column looks like a
    list of communes, from 0 to 1; `codes` whether they are codes, and `sens` of which kind, when numbers that
    can be of one kind only tell; `nombres` the share of numbers in the cells that do not say that theirs
    is missing; `textes` all filled cells, `cases` all cells, and `listes` how many communes those that name
    any name.
    """

    communes: tuple[frozenset[str], ...]
    lieux: tuple[Collection[str], ...]
    score: float
    codes: bool
    sens: Role | None
    nombres: float
    textes: tuple[str, ...]
    cases: tuple[str, ...]
    listes: float


def read(cells: Sequence[str], role: Role | None, lecteur: Lecteur) -> Contenu:
    """Read a column, whose heading says a role or none: a column of postal codes holds no INSEE code."""
    readings = [understand(cell, role, lecteur) for cell in cells]
    understood = [reading for several in readings for reading in several if reading.comprise]
    communes = tuple(frozenset(each.code for each in candidats(several)) for several in readings)
    # A column that repeats a few communes names what they are the centre of.
    told_apart = [each for each in communes if each]
    distinct = len(set(told_apart)) / max(1, len(told_apart))
    textes = tuple(filter(None, cells))
    told = [cell for cell in textes if not is_missing(cell)]
    return Contenu(
        communes=communes,
        lieux=tuple(lecteur.lieu(cell) for cell in cells),
        score=distinct * sum(map(_worth, readings)) / max(1, len(cells)),
        codes=sum(reading.est_code for reading in understood) * 2 > len(understood),
        sens=role if role in CODES else _sense(understood),
        nombres=sum(map(is_number, told)) / max(1, len(told)),
        textes=textes,
        cases=tuple(cells),
        listes=len(understood) / max(1, len(told_apart)),
    )


def is_commune(cell: str, lecteur: Lecteur) -> bool:
    """Whether a cell may mean a commune, whatever its column."""
    return any(reading.comprise for reading in understand(cell, None, lecteur))


def understand(cell: str, role: Role | None, lecteur: Lecteur) -> list[LectureLigne]:
    """What a cell may mean in a column of this role: one commune, or those that it lists."""
    if not cell:
        return []
    if len(cell) <= MAX_LONGUEUR and (reading := lecteur.read(cell)).comprise:
        return [_of_role(reading, role)]
    return [_of_role(reading, role) for reading in lectures(cell, lecteur)] if _LISTED.search(cell) else []


def _of_role(reading: LectureLigne, role: Role | None) -> LectureLigne:
    if role is Role.CODE_INSEE:
        return replace(reading, postal=())
    if role is Role.CODE_POSTAL:
        return replace(reading, insee=())
    return reading


def candidats(several: Iterable[LectureLigne]) -> Iterator[Candidat]:
    """The communes that readings may mean, in no order."""
    for reading in several:
        yield from (*reading.noms, *reading.insee, *reading.postal)


def agree(communes: Iterable[Collection[str]], others: Iterable[Collection[str]]) -> bool:
    """Whether two columns mean, in most rows that have a commune, the same one."""
    pairs = [(one, set(other)) for one, other in zip(communes, others, strict=True) if one]
    agreeing = sum(not other.isdisjoint(one) for one, other in pairs)
    return bool(pairs) and agreeing >= _LEAST_AGREEMENT * len(pairs)


def _sense(readings: Sequence[LectureLigne]) -> Role | None:
    """The kind that most bare codes are, when no other can be read as the other kind only."""
    codes = [reading for reading in readings if reading.est_code]
    insee = sum(not reading.postal for reading in codes)
    postal = sum(not reading.insee for reading in codes)
    if bool(insee) == bool(postal):
        return None
    return Role.CODE_INSEE if insee else Role.CODE_POSTAL


def _worth(several: Sequence[LectureLigne]) -> float:
    """How surely a cell is about communes, from 0 to 1: by the share of its parts that are."""
    return sum(map(_worth_of_one, several)) / max(1, len(several))


def _worth_of_one(reading: LectureLigne) -> float:
    if not reading.comprise:
        return 0.0
    found = reading.noms or reading.insee + reading.postal
    best = {candidat.code for candidat in found if candidat.rang == found[0].rang}
    return 1.0 if len(best) == 1 and not reading.douteuse else _WORTH_OF_AMBIGUOUS
