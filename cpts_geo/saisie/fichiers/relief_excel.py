"""What the sheets of Excel show otherwise than they hold, tag by tag."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from xml.etree import ElementTree as ET
from xml.parsers import expat

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.saisie.fichiers.relief_classeur import (
    INHABITUEL,
    TROP_DE_CASES,
    TROP_ETENDU,
    Etendue,
    Relief,
    Vue,
    whole,
)

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
# Texts written once for all the cells that show them.
SHARED = "xl/sharedstrings.xml"
_OTHERS = frozenset({WORKBOOK, RELATIONS, STYLES, SHARED})
# Formats "0 %" and "0,00 %" of Excel; others are written with their sign.
_PERCENT_FORMATS = frozenset({"9", "10"})
_LITERAL = re.compile(r'"[^"]*"|\\.')
_FIGURES = "0123456789"
_LONGEST = 7
# What stands around each shared text, at least.
_AROUND = len("<si><t></t></si>")

Tree = Callable[[str], ET.Element | None]


class ReliefShared:
    """Sees the texts that cells share: how long each is, at most."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self._start = 0

    def seeing(self, local: str) -> Vue | None:
        """What sees the tags of this name."""
        return self._see_text if local == "si" else None

    def finish(self, position: int) -> None:
        """See the end of the part."""
        if self._start:
            self.lengths.append(max(0, position - self._start - _AROUND))

    def _see_text(self, _: Mapping[str, str], position: int) -> None:
        self.finish(position)
        self._start = position


class TextesPartages:
    """Adds up the texts that the cells of a sheet share, told by their ranks."""

    def __init__(self, lengths: list[int], extent: Etendue) -> None:
        self._lengths = lengths
        self._workbook = extent
        self._is_shared = False
        # The rank as it is written, in pieces; None elsewhere: a formula of the cell is no part of it.
        self._rank: list[str] | None = None
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.CharacterDataHandler = self._text
        self._parser.EndElementHandler = self._end

    def read(self, pieces: Iterable[bytes]) -> None:
        """Look through a sheet.

        Raises:
            FichierIllisibleError: its texts are longer than declared.
        """
        for piece in pieces:
            self._parser.Parse(piece)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._is_shared = attributes.get("t") == "s"
        elif local == "v":
            self._rank = [] if self._is_shared else None

    def _text(self, written: str) -> None:
        if self._rank is not None:
            self._rank.append(written)

    def _end(self, name: str) -> None:
        if self._rank is not None and name.rpartition(":")[2] == "v":
            rank = whole("".join(self._rank))
            self._workbook.take_text(self._lengths[rank] if rank < len(self._lengths) else 0)
            self._rank = None


class ReliefExcel:
    """Sees the rows and cells of a sheet of Excel; `partagees` counts those whose text is shared."""

    def __init__(self, relief: Relief, percents: frozenset[str], extent: Etendue) -> None:
        self._relief = relief
        self._percents = percents
        self._workbook = extent
        self._extent = extent.of_sheet()
        self._row = -1
        self._column = -1
        self._cells = 0
        self._most = limites().cases_par_rangee
        self.partagees = 0

    def seeing(self, local: str) -> Vue | None:
        """What sees the tags of this name."""
        return {"c": self._see_cell, "row": self._see_row}.get(local)

    def finish(self, position: int) -> None:
        """See the end of the part: nothing is awaited."""

    def _see_row(self, attributes: Mapping[str, str], _: int) -> None:
        number = attributes.get("r", "")
        self._row = whole(number) - 1 if number else self._row + 1
        self._column = -1
        self._cells = 0
        if attributes.get("hidden") in {"1", "true"}:
            self._relief.masquees.add(self._row)

    def _see_cell(self, attributes: Mapping[str, str], position: int) -> None:
        self._cells += 1
        if self._cells > self._most:
            raise FichierIllisibleError(TROP_DE_CASES)
        reference = attributes.get("r")
        if reference:
            # Where a cell says that it is, be it in another row.
            letters = reference.rstrip(_FIGURES)
            row, self._column = _row(reference[len(letters) :]), _column(letters)
        else:
            row, self._column = max(self._row, 0), self._column + 1
        self._extent.add(row, self._column)
        kind = attributes.get("t")
        if kind == "s":
            self.partagees += 1
        elif kind == "e":
            self._relief.see_error((row, self._column), position)
        if attributes.get("s") in self._percents:
            self._relief.pourcentages.setdefault(row, []).append(self._column)


def _row(figures: str) -> int:
    if not 1 <= len(figures) <= _LONGEST:
        raise FichierIllisibleError(TROP_ETENDU)
    return max(0, int(figures) - 1)


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):  # noqa: PLR2004 - "XFD" is the last
        raise FichierIllisibleError(TROP_ETENDU)
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1


# ---- Small parts, read whole ------------------------------------------------------------------------------


def names_of_parts(tree: Tree) -> dict[str, str]:
    """The name of the sheet that each part holds, the path of parts in small letters.

    Args:
        tree: gives a part by its path, None without it.

    Raises:
        FichierIllisibleError: two sheets are the same part, or one is no part of its own.
    """
    workbook, relations = tree(WORKBOOK), tree(RELATIONS)
    if workbook is None or relations is None:
        return {}
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    names: dict[str, str] = {}
    for sheet in (each for each in workbook.iter() if each.tag.rpartition("}")[2] == "sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets.get(relation, "").removeprefix("/").lower()
        if not target:
            continue
        part = target if target.startswith("xl/") else f"xl/{target}"
        # One part, read again for each of its sheets, would hold the server.
        if part in names or part in _OTHERS:
            raise FichierIllisibleError(INHABITUEL)
        names[part] = sheet.get("name", "")
    return names


def shows_percent(code: str) -> bool:
    """Whether a format of Excel shows a number as a percentage: the sign is no text that it only adds."""
    return "%" in _LITERAL.sub("", code)


def percent_styles(tree: Tree) -> frozenset[str]:
    """The ranks of the cell formats that show percentages; `tree` gives a part by its path."""
    styles = tree(STYLES)
    if styles is None:
        return frozenset()
    local = [(each.tag.rpartition("}")[2], each) for each in styles.iter()]
    own = (each for name, each in local if name == "numFmt")
    written = {each.get("numFmtId", "") for each in own if shows_percent(each.get("formatCode", ""))}
    known = written | _PERCENT_FORMATS
    formats = next((each for name, each in local if name == "cellXfs"), ())
    return frozenset(str(rank) for rank, each in enumerate(formats) if each.get("numFmtId") in known)
