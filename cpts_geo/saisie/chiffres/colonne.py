"""A column of figures: what each cell is worth, and the figure of each commune."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.saisie.chiffres.anciennes import Commune
from cpts_geo.saisie.chiffres.table import ColonneChoisie, Fusions, Laissee, TableDeChiffres
from cpts_geo.saisie.liste import Rapprochement
from cpts_geo.saisie.valeurs import Valeur, is_missing, unite, valeur
from cpts_geo.socle.textes import shorten

_SHOWN = 40


class Colonne:
    """A column of figures being read; what cannot be is remembered."""

    def __init__(self, table: TableDeChiffres, choisie: ColonneChoisie, fusions: Fusions) -> None:
        self._table = table
        self._choisie = choisie
        self._fusions = fusions
        self._taux = choisie.commun.nature == "taux"
        self._units = _most_common_units(table.cells(choisie.rang))
        self.laissees: list[Laissee] = []

    def read(self, rows: Mapping[str, Sequence[Rapprochement]]) -> DonneeLocale:
        """The local figure, for the communes of these lines."""
        figures = ((code, self._figure(code, lines)) for code, lines in rows.items())
        known = {code: found for code, found in figures if found is not None}
        commun = self._choisie.commun
        return DonneeLocale(
            self._choisie.libelle,
            commun.unite,
            commun.nature,
            commun.source,
            commun.date,
            par_commune=tuple((code, each.basse) for code, each in known.items() if each.exacte),
            bornes=tuple((code, *each) for code, each in known.items() if not each.exacte),
        )

    def value(self, line: Rapprochement) -> Valeur | None:
        """What the cell of a row is worth; None when it cannot be read, which is remembered."""
        cell, (kind, unit) = self.cell(line), unite(self.cell(line))
        if kind == "part" and not self._taux:
            self._leave(line, f"«\u00a0{shorten(cell, _SHOWN)}\u00a0» est une part, et ne s’additionne pas")
            return None
        if self._units.get(kind, unit) != unit:
            self._leave(line, f"«\u00a0{shorten(cell, _SHOWN)}\u00a0» n’est pas dans l’unité des autres")
            return None
        try:
            return valeur(cell, milliers=self._choisie.milliers, taux=self._taux)
        except ValueError as error:
            self._leave(line, str(error))
            return None

    def cell(self, line: Rapprochement) -> str:
        """The cell of a row."""
        return self._table.cell(line, self._choisie.rang)

    def _figure(self, code: str, lines: Sequence[Rapprochement]) -> Valeur | None:
        """The figure of a commune: that of its row, or of the rows of the communes that it was."""
        if not any(line.ancienne for line in lines):
            return self.value(lines[0])
        commune = self._table.fusionnees[code]
        if whole := next((line for line in lines if commune.is_named(line)), None):
            others = [line for line in lines if line is not whole]
            self._leave(others[0], "ancienne commune\u00a0: le chiffre de la commune actuelle est pris")
            return self.value(whole)
        return self._of_former_rate(lines) if self._taux else self._of_former_count(commune, lines)

    def _of_former_count(self, commune: Commune, lines: Sequence[Rapprochement]) -> Valeur | None:
        """The sum over former communes: without one of them, it is not known."""
        read = [(line, self.value(line)) for line in lines]
        known = [each for _, each in read if each is not None]
        if not known:
            return None
        missing = next((line for line, each in read if each is None), None)
        if missing is not None:
            self._leave(missing, f"ce chiffre manque à la somme pour {commune.nom}")
            return None
        if commune.lacks_parts(lines):
            self._leave(lines[0], f"cette ancienne commune n’est qu’une partie de {commune.nom}")
            return None
        return Valeur(sum(each.basse for each in known), sum(each.haute for each in known))

    def _of_former_rate(self, lines: Sequence[Rapprochement]) -> Valeur | None:
        present = [line for line in lines if not line.ancienne]
        if self._fusions == "actuelle" and present:
            return self.value(present[0])
        if all(is_missing(self.cell(line)) for line in lines):
            return None
        why = "taux d’une ancienne commune, qui ne se calcule pas pour la commune actuelle"
        self._leave(lines[0], why)
        return None

    def _leave(self, line: Rapprochement, why: str) -> None:
        self.laissees.append(Laissee(line.numero, self.cell(line), f"{self._choisie.libelle}\u00a0: {why}"))


def _most_common_units(cells: Iterator[str]) -> dict[str, str]:
    """The unit of each kind that a column has most: others would be of another size."""
    found: Counter[tuple[str, str]] = Counter()
    for cell, times in Counter(cells).items():
        found[unite(cell)] += times
    return {kind: nom for (kind, nom), _ in reversed(found.most_common()) if kind}
