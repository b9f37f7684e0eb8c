"""Several rows of one commune: a row repeated, or rows that a column tells apart, as one by sex or by age."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cpts_geo.saisie.liste import Rapprochement, Statut
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables.plan import Plan
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role
from cpts_geo.saisie.valeurs import is_number
from cpts_geo.socle.textes import shorten

# What a table is by: a column whose values come twice or more, in a table that often repeats its communes.
_LEAST_TIMES = 2
_SHOWN = 40
_MOST_SHOWN = 12
_LEAST_REPEATED = 0.2
_TELLING = COMMUNES | {Role.DEPARTEMENT}


@dataclass(frozen=True, slots=True)
class Distinction:
    """A column that tells apart the rows of a commune, and its values, in the order of the table."""

    rang: int
    nom: str
    valeurs: tuple[str, ...]

    @property
    def dit(self) -> str:
        """In French, the column and its first values."""
        values = [f"«\u00a0{shorten(each, _SHOWN)}\u00a0»" for each in self.valeurs[:_MOST_SHOWN]]
        more = ["…"] if len(self.valeurs) > _MOST_SHOWN else []
        return f"par la colonne «\u00a0{self.nom}\u00a0» ({', '.join((*values, *more))})"


def cell(feuille: Feuille, line: Rapprochement, rank: int) -> str:
    """A cell of a row, on one line; empty beyond its last one, and in hidden rows, which are not there."""
    row = feuille.rangees[line.numero - 1] if line.numero <= len(feuille.rangees) else ()
    return " ".join(row[rank].split()) if rank < len(row) else ""


class Lignes:
    """The rows of a table, and what is in the columns that do not say which commune a row is about."""

    def __init__(self, feuille: Feuille, plan: Plan) -> None:
        self._feuille = feuille
        self._plan = plan
        used = (plan.retenue, plan.avant, plan.apres, *plan.secours)
        self._used = tuple(rank for rank in used if rank is not None)
        self._others = tuple(
            rank
            for rank, each in enumerate(plan.colonnes)
            if rank not in self._used and each.role not in _TELLING
        )

    def cell(self, line: Rapprochement, rank: int) -> str:
        """A cell of a row."""
        return cell(self._feuille, line, rank)

    def distinctions(self, found: Iterable[Rapprochement]) -> tuple[Distinction, ...]:
        """The columns that tell apart the rows of most communes that have several, one at least for each two.

        Args:
            found: rows about one commune each.
        """
        lines = [each for each in found if each.code]
        groups = self._by_place(lines)
        repeated = [group for group in groups if len(group) > 1]
        if len(repeated) < _LEAST_REPEATED * len(groups):
            return ()
        kept: list[Distinction] = []
        for rank in self._candidates():
            if self._tells_apart(rank, repeated, lines):
                values = dict.fromkeys(filter(None, (self.cell(each, rank) for each in lines)))
                kept.append(Distinction(rank, self._plan.noms[rank], tuple(values)))
                repeated = [part for group in repeated for part in self._parted(group, rank) if len(part) > 1]
        return tuple(kept)

    def goes_on(self, above: Rapprochement, line: Rapprochement) -> bool:
        """Whether a row of figures names no commune, and words or a year tell it from the row above."""
        named = any(self.cell(line, rank) for rank in self._used)
        figures = [self.cell(line, rank) for rank in self._plan.ranks(Role.CHIFFRE)]
        if line.statut is not Statut.ECARTEE or named or not any(map(is_number, figures)):
            return False
        words = {*self._others} - {*self._plan.ranks(Role.CHIFFRE)}
        pairs = [(self.cell(above, rank), self.cell(line, rank)) for rank in words]
        return line.numero == above.numero + 1 and any(one and other and one != other for one, other in pairs)

    def differing(self, lines: Sequence[Rapprochement]) -> list[int]:
        """The columns in which rows differ, those of figures last; none when a row is repeated."""
        ranks = (*self._candidates(), *self._plan.ranks(Role.ANNEE))
        return [rank for rank in ranks if len({self.cell(each, rank) for each in lines}) > 1]

    def told_by(self, ranks: Sequence[int]) -> str:
        """In French, why rows that differ in these columns give a commune no figure."""
        names = [
            self._plan.noms[rank] for rank in ranks if self._plan.colonnes[rank].role is not Role.CHIFFRE
        ]
        if not names:
            return "cette commune a plusieurs lignes, dont les chiffres sont différents"
        return f"cette commune a plusieurs lignes, que distingue la colonne «\u00a0{names[0]}\u00a0»"

    def _candidates(self) -> list[int]:
        """The columns that may tell rows apart: those of words first, then codes that are read as figures."""
        ranks = [rank for rank in self._others if self._plan.colonnes[rank].role is not Role.ANNEE]
        return sorted(ranks, key=lambda rank: self._plan.colonnes[rank].role is Role.CHIFFRE)

    def _by_place(self, lines: Iterable[Rapprochement]) -> list[list[Rapprochement]]:
        """The rows of each commune, present or former, and year."""
        years = self._plan.ranks(Role.ANNEE)
        groups: defaultdict[tuple[str, ...], list[Rapprochement]] = defaultdict(list)
        for each in lines:
            groups[(*place(each), *(self.cell(each, rank) for rank in years))].append(each)
        return list(groups.values())

    def _tells_apart(
        self, rank: int, groups: Sequence[Sequence[Rapprochement]], lines: Sequence[Rapprochement]
    ) -> bool:
        parting = [group for group in groups if len(self._parted(group, rank)) > 1]
        cells = list(filter(None, (self.cell(each, rank) for each in lines)))
        if not parting or _LEAST_TIMES * len(set(cells)) > len(cells):
            return False
        # Figures may differ by chance; codes, as 1 and 2 for the sex, tell each row of each commune.
        whole = all(len(self._parted(group, rank)) == len(group) for group in groups)
        return self._plan.colonnes[rank].role is not Role.CHIFFRE or (whole and len(groups) > 1)

    def _parted(self, group: Iterable[Rapprochement], rank: int) -> list[list[Rapprochement]]:
        parts: defaultdict[str, list[Rapprochement]] = defaultdict(list)
        for each in group:
            parts[self.cell(each, rank)].append(each)
        return list(parts.values())


def carried_down(lignes: Lignes, found: Iterable[Rapprochement]) -> Iterator[Rapprochement]:
    """The rows of a table, those without commune being about that of the row above, which they go on.

    They do when a column of words, or of years, tells the two rows apart: a row of figures alone is a total.
    """
    above: Rapprochement | None = None
    for each in found:
        if above and above.code and lignes.goes_on(above, each):
            yield (above := replace(above, numero=each.numero, statut=Statut.DOUBLON))
        else:
            above = each
            yield each


def place(line: Rapprochement) -> tuple[str, str]:
    """The commune that a row is about, and the former one that it names."""
    return line.code or "", line.mention.partition(", déjà")[0] if line.ancienne else ""


def of_several(found: Iterable[Rapprochement]) -> dict[int, list[Rapprochement]]:
    """The rows that are about several communes, by number: their figure is that of none."""
    rows: defaultdict[int, list[Rapprochement]] = defaultdict(list)
    for each in found:
        if each.code or each.a_preciser:
            rows[each.numero].append(each)
    return {
        numero: lines
        for numero, lines in rows.items()
        if len(lines) > 1 and len({each.code or each.texte for each in lines}) > 1
    }


def kept(lines: Lignes, line: Rapprochement, gardees: Mapping[int, str]) -> bool:
    """Whether a row has the value chosen in each column that tells rows apart."""
    return all(lines.cell(line, rank) == value for rank, value in gardees.items())
