"""A text that people bring, whatever its encoding, and the cells of its lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from cpts_geo.saisie.fichiers.encodages import text_of
from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError
from cpts_geo.saisie.rangees import DEMESUREE, Rangees, limited, row

ENREGISTRER = (
    "Dans votre tableur, choisissez «\u00a0Enregistrer sous\u00a0», puis le format CSV ou Excel (.xlsx)."
)
_SEPARATORS = (";", "\t", ",", "|")
# Said by the first line of files that Excel is to open: "sep=;".
_SAID = re.compile(r"\ufeff?\"?sep=(.)\"?[ ;,]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SAMPLE = 60
# What parts words or the decimals of a number rather than cells, unless nothing else does.
_PONCTUATIONS = (re.compile(r"[,;|](?= )|(?<=\d),(?=\d)"), re.compile(r"(?<=\d),(?=\d)"))
_QUOTE = '"'


def decode(content: bytes) -> str:
    """The text of a file, whatever its encoding.

    Raises:
        FichierIllisibleError: it is no text.
    """
    text = text_of(content)
    if text is None:
        raise FichierIllisibleError(f"Ce fichier n’est ni un CSV ni un classeur Excel. {ENREGISTRER}")
    return text


def read_csv(text: str) -> Rangees:
    """The rows of a text whose cells are parted by whatever sign parts them best.

    Raises:
        FichierIllisibleError: it is larger than declared.
    """
    said = _SAID.match(text)
    body = "\n" + text[said.end() :] if said else text
    # The separator that is said stays on its row, blank, for those below to keep their numbers.
    try:
        separator = said[1] if said else _separator(text)
        try:
            return limited(row(cells) for cells in _reader(body, separator, strict=True))
        except csv.Error:
            return limited(_badly_quoted(body, separator))
    except csv.Error as error:
        raise FichierIllisibleError(DEMESUREE) from error


def _badly_quoted(text: str, separator: str) -> Iterator[tuple[str, ...]]:
    """The rows of a text whose quotes are not as they should be."""
    if text.count(_QUOTE) % 2 == 0:
        return (row(cells) for cells in _reader(text, separator))
    # A quote that nothing closes would take all that follows into its cell.
    lines = _reader(text, separator, quoting=csv.QUOTE_NONE)
    return (row(cell.strip().strip(_QUOTE) for cell in cells) for cells in lines)


def _separator(text: str) -> str:
    """The separator that parts most lines, and most alike; in half of them, or it may be punctuation."""
    sample = list(islice((line for line in io.StringIO(text, newline=None) if line.strip()), _SAMPLE))
    for ponctuation in _PONCTUATIONS:
        bare = [ponctuation.sub(".", line) for line in sample]
        found = max(_SEPARATORS, key=lambda separator: _parted(bare, separator))
        if _parted(bare, found)[0] >= len(sample):
            return found
    return max(_SEPARATORS, key=lambda separator: _parted(sample, separator))


def _parted(sample: list[str], separator: str) -> tuple[int, int]:
    """How many lines the separator parts, those alike counted twice, and in how many cells."""
    widths = Counter(len(cells) for cells in _reader("".join(sample), separator) if len(cells) > 1)
    width, alike = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return widths.total() + alike, width


def _reader(
    text: str,
    separator: str,
    *,
    strict: bool = False,
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL,
) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict, quoting=quoting)
