"""Territories told by the headings of columns: their communes stand below, or a cross does."""

from collections.abc import Sequence
from dataclasses import dataclass

from cpts_geo.saisie.noms import simplify
from cpts_geo.saisie.tables.contenu import Contenu, agree
from cpts_geo.saisie.tables.entetes import Entetes
from cpts_geo.saisie.tables.vocabulaire import is_

_LEAST = 2
_LEAST_SCORE = 0.3
_NO = frozenset({"non", "n", "0", "faux", "no", "nd", "nc", "na", "n d", "n c", "n a", "neant"})
_MARKS = "✓✔☑✅●■×✗✘☒"
_LONGEST_MARK = 5


@dataclass(frozen=True, slots=True)
class Bloc:
    """The columns of one territory: the one that holds its communes, and the one that settles its doubts.

    `avant` is read before it, `apres` behind it. `croix` says that `retenue` only marks the communes that are
    of the territory.
    """

    nom: str
    retenue: int
    avant: int | None = None
    apres: int | None = None
    croix: bool = False


def find_blocs(entetes: Entetes, contenus: Sequence[Contenu]) -> tuple[Bloc, ...]:
    """The territories that headings name, at least two; none when columns are read otherwise."""
    columns: dict[str, list[int]] = {}
    for rank, nom in enumerate(entetes.dessus):
        if is_("territoires", nom):
            columns.setdefault(" ".join(simplify(nom).split()), []).append(rank)
    blocs = [_bloc(entetes.dessus[ranks[0]], ranks, contenus) for ranks in columns.values()]
    kept = tuple(bloc for bloc in blocs if bloc is not None)
    # Either all hold communes, or all have crosses.
    return kept if len(kept) >= _LEAST and len({bloc.croix for bloc in kept}) == 1 else ()


def _bloc(nom: str, ranks: Sequence[int], contenus: Sequence[Contenu]) -> Bloc | None:
    best = max(ranks, key=lambda rank: contenus[rank].score)
    read = contenus[best]
    if read.score < _LEAST_SCORE:
        marked = len(ranks) == 1 and read.textes and all(len(text) <= _LONGEST_MARK for text in read.textes)
        return Bloc(nom, best, croix=True) if marked else None
    same = [rank for rank in ranks if rank != best and agree(read.communes, contenus[rank].communes)]
    other = next((rank for rank in same if contenus[rank].codes != read.codes), None)
    return Bloc(nom, best, None, other) if read.codes else Bloc(nom, best, other)


def is_marked(cell: str) -> bool:
    """Whether a cell holds something, or a cross, and does not say no."""
    return any(char in _MARKS or char.isalnum() for char in cell) and simplify(cell).strip() not in _NO
