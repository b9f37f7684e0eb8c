"""Which communes are neighbours, and how a set of communes holds together."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Literal, NamedTuple, Self, TypeVar

import pandas as pd

from cpts_geo.socle.chemins import BUNDLE

Lien = Literal["frontiere", "mer"]
Liens = Mapping[str, tuple[str, ...]]
Codes = tuple[str, ...]

# More communes than any island has (Corse: 360): beyond it, a land is not measured further.
MAINLAND = 500

Noeud = TypeVar("Noeud", str, int)


class Voisine(NamedTuple):
    """A commune beside a set of communes: by a border on land, or across the water only."""

    code: str
    lien: Lien


@dataclass(frozen=True, slots=True)
class Morceau:
    """Communes that hold together, by land or across the water.

    `terres` are its parts that hold together by land alone: first what stands on the largest land, then what
    has most communes, so that islands come after what they face.
    """

    terres: tuple[Codes, ...]

    @property
    def codes(self) -> Codes:
        """All its communes."""
        return tuple(code for terre in self.terres for code in terre)


class Voisinage:
    """The neighbours of every commune of the country.

    Contiguous means a piece of border in common. Meeting at a single point is not enough. An island and what
    faces it, or the two sides of an estuary, are joined by the water: less than contiguous, more than apart.

    Args:
        voisins: one row by pair, with the columns code_a, code_b and nature of `voisins.parquet`.
    """

    def __init__(self, voisins: pd.DataFrame) -> None:
        self._terre, self._mer, self._points = (
            _links(voisins[voisins["nature"] == nature]) for nature in ("frontiere", "mer", "point")
        )
        self._bord = frozenset(voisins.loc[voisins["nature"] == "exterieur", "code_a"])

    @classmethod
    def load(cls, folder: Path = BUNDLE) -> Self:
        """Read the neighbours from the folder of the data bundle.

        Raises:
            FileNotFoundError: the file is missing from the bundle.
        """
        return cls(pd.read_parquet(folder / "voisins.parquet", columns=["code_a", "code_b", "nature"]))

    def contigues(self, code: str) -> Codes:
        """The communes that share a piece of border with this one."""
        return self._terre.get(code, ())

    def en_face(self, code: str) -> Codes:
        """The communes that this one is joined to across the water."""
        return self._mer.get(code, ())

    def voisines(self, codes: Collection[str]) -> tuple[Voisine, ...]:
        """The communes beside these ones, in the order of their codes."""
        chosen = set(codes)
        by_land = _beside(chosen, self._terre)
        around = sorted(by_land | _beside(chosen, self._mer))
        return tuple(Voisine(code, "frontiere" if code in by_land else "mer") for code in around)

    def morceaux(self, codes: Collection[str]) -> tuple[Morceau, ...]:
        """The pieces that these communes make, the one with most communes first."""
        chosen = set(codes)
        terres = _pieces(chosen, self.contigues)
        rank = {code: number for number, terre in enumerate(terres) for code in terre}
        across = [
            sorted({rank[far] for code in terre for far in self.en_face(code) if far in chosen})
            for terre in terres
        ]
        joined = _pieces(set(range(len(terres))), across.__getitem__)
        pieces = [self._morceau([terres[number] for number in group]) for group in joined]
        return tuple(sorted(pieces, key=lambda piece: (-len(piece.codes), piece.codes)))

    def points_communs(self, codes: Collection[str]) -> tuple[tuple[str, str], ...]:
        """The pairs of these communes that meet at a single point."""
        chosen = set(codes)
        found = ((code, other) for code in chosen for other in self._points.get(code, ()))
        return tuple(sorted(pair for pair in found if pair[1] in chosen and pair[0] < pair[1]))

    def enclaves(self, codes: Collection[str]) -> tuple[Codes, ...]:
        """The groups of communes that these ones surround without including them, the largest first.

        All the neighbours on land of such a group are chosen, at least two of them, and it has at most as
        many communes as the territory. By the sea or a foreign country, where the group is not closed on
        every side, it must also have at most as many communes as it has chosen neighbours: the end of a
        peninsula is not an enclave because the territory bars its root.
        """
        chosen = set(codes)
        return self._enclosed(chosen, sorted(_beside(chosen, self._terre)), len(chosen))

    def enclaves_creees(self, codes: Collection[str], ajout: str, maximum: int) -> tuple[Codes, ...]:
        """The enclaves of at most so many communes beside this one, once it is added to these ones."""
        chosen = {*codes, ajout}
        seeds = [code for code in self.contigues(ajout) if code not in chosen]
        return self._enclosed(chosen, seeds, min(maximum, len(chosen)))

    def chemin(self, here: Collection[str], there: Collection[str]) -> Codes | None:
        """The fewest communes that join one set to another, in their order; None when nothing can.

        Land is preferred to water among the shortest ways that are found.
        """
        previous: dict[str, str | None] = dict.fromkeys(sorted(here))
        front = list(previous)
        while front:
            ahead = []
            for code in front:
                for other in self._around(code):
                    if other in previous:
                        continue
                    previous[other] = code
                    if other in there:
                        return _way(previous, other)
                    ahead.append(other)
            front = ahead
        return None

    def _morceau(self, terres: list[Codes]) -> Morceau:
        if len(terres) == 1:
            return Morceau(tuple(terres))
        ranked = sorted(terres, key=lambda terre: (-self._land_size(terre[0]), -len(terre), terre))
        return Morceau(tuple(ranked))

    def _land_size(self, code: str) -> int:
        """How many communes there are on the land that this one stands on, chosen or not; see `MAINLAND`."""
        seen, front = {code}, [code]
        while front and len(seen) < MAINLAND:
            ahead = [other for other in self.contigues(front.pop()) if other not in seen]
            seen.update(ahead)
            front.extend(ahead)
        return min(len(seen), MAINLAND)

    def _around(self, code: str) -> Codes:
        return self.contigues(code) + self.en_face(code)

    def _enclosed(self, chosen: set[str], seeds: Sequence[str], largest: int) -> tuple[Codes, ...]:
        """The enclosed groups that hold one of these communes, up to so many communes.

        A walk outwards stops as soon as it is longer than an enclave may be, or meets where another has
        been: it never goes far into the country.
        """
        seen: set[str] = set()
        found = []
        for seed in seeds:
            if seed not in seen:
                group, closed = self._walk(seed, chosen, seen, largest)
                if closed and self._is_enclave(group, chosen):
                    found.append(tuple(sorted(group)))
        return tuple(sorted(found, key=lambda group: (-len(group), group)))

    def _walk(self, seed: str, chosen: set[str], seen: set[str], largest: int) -> tuple[set[str], bool]:
        """The communes around this one that are not chosen, and whether they are all there."""
        group, front = {seed}, [seed]
        closed = True
        while front and closed:
            for other in self.contigues(front.pop()):
                if other in chosen or other in group:
                    continue
                if other in seen or len(group) >= largest:
                    closed = False
                    break
                group.add(other)
                front.append(other)
        seen |= group
        return group, closed

    def _is_enclave(self, group: set[str], chosen: set[str]) -> bool:
        around = {other for code in group for other in self.contigues(code)} & chosen
        return len(around) > 1 and (group.isdisjoint(self._bord) or len(group) <= len(around))


def _links(pairs: pd.DataFrame) -> dict[str, Codes]:
    links: dict[str, list[str]] = {}
    # One string by commune, however many neighbours name it: they are held all day.
    ends = (map(intern, pairs[column].tolist()) for column in ("code_a", "code_b"))
    for one, other in zip(*ends, strict=True):
        links.setdefault(one, []).append(other)
        links.setdefault(other, []).append(one)
    return {code: tuple(others) for code, others in links.items()}


def _beside(chosen: set[str], links: Liens) -> set[str]:
    return {other for code in chosen for other in links.get(code, ())} - chosen


def _way(previous: Mapping[str, str | None], end: str) -> Codes:
    """The communes between the two ends of a walk."""
    way = []
    code = previous[end]
    while code is not None:
        way.append(code)
        code = previous[code]
    return tuple(reversed(way[:-1]))


def _pieces(chosen: set[Noeud], around: Callable[[Noeud], Iterable[Noeud]]) -> list[tuple[Noeud, ...]]:
    """The parts that hold together, the largest first, each in order."""
    left = set(chosen)
    pieces = []
    for seed in sorted(chosen):
        if seed in left:
            left.discard(seed)
            pieces.append(tuple(sorted(_reach(seed, left, around))))
    return sorted(pieces, key=lambda piece: (-len(piece), piece))


def _reach(seed: Noeud, left: set[Noeud], around: Callable[[Noeud], Iterable[Noeud]]) -> Iterator[Noeud]:
    """What can be reached from here through what is left, which is used up on the way."""
    front = [seed]
    while front:
        here = front.pop()
        yield here
        for other in around(here):
            if other in left:
                left.discard(other)
                front.append(other)
