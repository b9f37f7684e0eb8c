"""What the tables of LibreOffice show otherwise than they hold, tag by tag."""

from collections.abc import Mapping

from cpts_geo.saisie.fichiers.limites_tableaux import limites
from cpts_geo.saisie.fichiers.relief_classeur import Etendue, Relief, Vue, whole

CONTENT = "content.xml"
_HIDDEN = frozenset({"collapse", "filter"})


class ReliefOds:
    """Sees the tables of LibreOffice, in which alike rows and cells are written once.

    Names are taken without their prefixes: readers go by them, which may stand for any.
    """

    def __init__(self, reliefs: dict[str, Relief], extent: Etendue) -> None:
        self._reliefs = reliefs
        self._relief = Relief()
        self._workbook = extent
        self._extent = extent.of_sheet()
        self._row = self._column = 0
        self._rows = 0
        self._last = -1
        self._hidden = False
        # Bytes of the texts of the row: those written, and those made by repeating them or a space.
        self._written = self._made = 0
        # Where the cell being seen begins, and how many times it is repeated; None when it has no value.
        self._cell: tuple[int, int] | None = None
        # What attributes of these names are: nearly all cells have those of another.
        self._known: dict[tuple[str, ...], dict[str, str]] = {}

    def seeing(self, local: str) -> Vue | None:
        """What sees the tags of this name."""
        return {
            "table": self._see_table,
            "table-row": self._see_row,
            "table-cell": self._see_cell,
            "covered-table-cell": self._see_cell,
            "s": self._see_spaces,
        }.get(local)

    def finish(self, position: int) -> None:
        """See the end of the part."""
        self._end_row(position)

    def _see_table(self, attributes: Mapping[str, str], position: int) -> None:
        self._end_row(position)
        self._relief = self._reliefs[_value(attributes, self._names(attributes), "name")] = Relief()
        self._extent = self._workbook.of_sheet()
        self._row = self._rows = 0

    def _see_row(self, attributes: Mapping[str, str], position: int) -> None:
        self._end_row(position)
        self._row += self._rows
        names = self._names(attributes)
        self._rows = _repeated(attributes, names, "number-rows-repeated")
        self._hidden = _value(attributes, names, "visibility") in _HIDDEN

    def _end_row(self, position: int) -> None:
        self._end_cell(position)
        self._workbook.take_text(self._made + (self._rows - 1) * (self._written + self._made))
        if self._last >= 0:
            # All of the alike rows are made by readers.
            self._extent.add(self._row, self._last)
            self._extent.add(self._row + self._rows - 1, self._last)
            if self._hidden:
                self._relief.masquees.update(range(self._row, self._row + self._rows))
        self._column, self._last = 0, -1
        self._written = self._made = 0

    def _see_cell(self, attributes: Mapping[str, str], position: int) -> None:
        self._end_cell(position)
        names = self._names(attributes)
        times = _repeated(attributes, names, "number-columns-repeated")
        if "value" in names:
            self._cell = position, times
            self._last = self._column + times - 1
            kind = _value(attributes, names, "value-type")
            if kind == "percentage":
                self._percentages(range(self._column, self._column + times))
            elif kind == "error" and times == 1:
                self._relief.see_error((self._row, self._column), position)
        wide = _repeated(attributes, names, "number-columns-spanned")
        high = _repeated(attributes, names, "number-rows-spanned")
        if wide * high > 1:
            last = (self._row + high - 1, self._column + wide - 1)
            self._relief.fusions.append(((self._row, self._column), last))
        self._column += times

    def _end_cell(self, position: int) -> None:
        if self._cell is not None:
            start, times = self._cell
            self._written += position - start
            self._made += (times - 1) * (position - start)
            self._cell = None

    def _see_spaces(self, attributes: Mapping[str, str], _: int) -> None:
        times = self._cell[1] if self._cell else 1
        self._made += times * _repeated(attributes, self._names(attributes), "c")

    def _percentages(self, columns: range) -> None:
        self._workbook.take(self._rows * len(columns))
        for row in range(self._row, self._row + self._rows):
            self._relief.pourcentages.setdefault(row, []).extend(columns)

    def _names(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """The full names of attributes by those that count; "value" when readers see one."""
        key = tuple(attributes)
        found = self._known.get(key)
        if found is None:
            found = {name.rpartition(":")[2]: name for name in key}
            # A kind, or one of the values: readers take either.
            if any(name.endswith("value") or name in {"value-type", "formula"} for name in found):
                found["value"] = ""
            if len(self._known) < limites().noms_au_plus:
                self._known[key] = found
        return found


def _value(attributes: Mapping[str, str], names: Mapping[str, str], name: str) -> str:
    return attributes[names[name]] if name in names else ""


def _repeated(attributes: Mapping[str, str], names: Mapping[str, str], name: str) -> int:
    return max(1, whole(attributes[names[name]])) if name in names else 1
