"""The rows that give each commune asked for its figures, and those that give none."""

from collections import defaultdict
from collections.abc import Sequence

from cpts_geo.saisie.chiffres import lignes_repetees
from cpts_geo.saisie.chiffres.lignes_repetees import Lignes
from cpts_geo.saisie.chiffres.table import Laissee, Prise, TableDeChiffres
from cpts_geo.saisie.liste import Rapprochement, Statut
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.socle.textes import shorten

_SHOWN = 40


class RangeesPrises:
    """The rows of each commune asked for, one or those of the communes that it was, and what gives none."""

    def __init__(self, table: TableDeChiffres, prise: Prise) -> None:
        self._table = table
        self._prise = prise
        self._lignes = Lignes(table.feuille, table.plan)
        several = lignes_repetees.of_several(table.lignes)
        alone = [each for each in table.lignes if each.numero not in several]
        known = {each.code for each in table.lignes if each.code}
        self.communes = {code for code in known if prise.communes is None or code in prise.communes}
        self.hors_territoire = len(known) - len(self.communes)
        self.laissees: list[Laissee] = [
            *(found for each in alone if (found := _of_nobody(each))),
            *(found for lines in several.values() if (found := self._of_several(lines))),
        ]
        self.par_commune = self._kept(alone)

    def _of_several(self, lines: Sequence[Rapprochement]) -> Laissee | None:
        """A row about several communes, unless it is about none asked for."""
        codes = {each.code for each in lines if each.code}
        if codes.isdisjoint(self.communes) and all(each.code for each in lines):
            return None
        text = shorten(", ".join(each.texte for each in lines), _SHOWN)
        return Laissee(lines[0].numero, text, "un chiffre pour plusieurs communes")

    def _kept(self, alone: Sequence[Rapprochement]) -> dict[str, list[Rapprochement]]:
        rows: defaultdict[str, list[Rapprochement]] = defaultdict(list)
        for each in alone:
            if each.code in self.communes:
                rows[each.code].append(each)
        made = {code: self._one_by_place(lines) for code, lines in rows.items()}
        return {code: lines for code, lines in made.items() if lines}

    def _one_by_place(self, lines: Sequence[Rapprochement]) -> list[Rapprochement]:
        """One row for the commune, or for each that it was; none when there are several that differ."""
        groups: defaultdict[tuple[str, str], list[Rapprochement]] = defaultdict(list)
        for each in lines:
            if self._is_asked_for(each):
                groups[lignes_repetees.place(each)].append(each)
        for group in groups.values():
            if ranks := self._lignes.differing(group):
                self._leave(group[-1], self._lignes.told_by(ranks))
                return []
        if not groups and self._prise.gardees:
            values = ", ".join(self._prise.gardees.values())
            self._leave(lines[0], f"cette commune n’a pas de ligne «\u00a0{shorten(values, _SHOWN)}\u00a0»")
        return [group[0] for group in groups.values()]

    def _is_asked_for(self, line: Rapprochement) -> bool:
        ranks = self._table.plan.ranks(Role.ANNEE)
        of_year = not self._prise.annee or not ranks or self._lignes.cell(line, ranks[0]) == self._prise.annee
        return of_year and lignes_repetees.kept(self._lignes, line, self._prise.gardees)

    def _leave(self, line: Rapprochement, why: str) -> None:
        self.laissees.append(Laissee(line.numero, shorten(line.texte, _SHOWN), why))


def _of_nobody(line: Rapprochement) -> Laissee | None:
    """A row that should be about a commune, and is about none."""
    if line.code or line.statut is Statut.IGNOREE:
        return None
    return Laissee(line.numero, shorten(line.texte, _SHOWN), line.mention or "commune inconnue")
