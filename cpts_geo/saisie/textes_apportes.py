"""A text that people bring, whatever its encoding, and the cells of its lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from cpts_geo.saisie.limites_tableaux import FichierIllisibleError
from cpts_geo.saisie.rangees import DEMESUREE, Rangees, limited, row

ENREGISTRER = (
    "Dans votre tableur, choisissez «\u00a0Enregistrer sous\u00a0», puis le format CSV ou Excel (.xlsx)."
)
_SEPARATORS = (";", "\t", ",", "|")
# Said by the first line of files that Excel is to open: "sep=;".
_SAID = re.compile(r"\ufeff?\"?sep=(.)\"?[ ;,]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SAMPLE = 60
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Those of French spreadsheets, Windows, Mac and DOS; the first of those as likely is taken.
_EIGHT_BITS = ("cp1252", "iso8859-15", "mac_roman", "cp850")
_MINUSCULES, _MAJUSCULES = frozenset("éèêëàâäçîïôöùûüÿœæ"), frozenset("ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŸŒÆ")
_SIGNS = frozenset("’‘«»°€–—…·²³ªº§ \u00a0")
_WORTH_LETTER, _WORTH_SIGN, _WORTH_OTHER = 3, 1, -3
_SNIFFED = 200_000


def decode(content: bytes) -> str:
    """The text of a file.

    An encoding that nothing declares is the one in which letters are those of French, in their places: a
    capital in the middle of a word is none.

    Raises:
        FichierIllisibleError: it is no text.
    """
    declared = [encoding for bom, encoding in _BOMS if content.startswith(bom)] or _sixteen_bits(content)
    for encoding in declared or ["utf-8", _eight_bits(content)]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise FichierIllisibleError(f"Ce fichier n’est ni un CSV ni un classeur Excel. {ENREGISTRER}")


def read_csv(text: str) -> Rangees:
    """The rows of a text whose cells are parted by whatever sign parts them best.

    Raises:
        FichierIllisibleError: it is larger than declared.
    """
    said = _SAID.match(text)
    body = "\n" + text[said.end() :] if said else text
    try:
        return limited(row(cells) for cells in _reader(body, said[1] if said else _separator(text)))
    except csv.Error as error:
        raise FichierIllisibleError(DEMESUREE) from error


def _sixteen_bits(content: bytes) -> list[str]:
    """The encoding of a text in which every other byte is null."""
    sample = content[:_SNIFFED]
    odd, even = sample[1::2], sample[::2]
    if not sample or max(odd.count(0), even.count(0)) * 2 < len(odd):
        return []
    return ["utf-16-le" if odd.count(0) > even.count(0) else "utf-16-be"]


def _eight_bits(content: bytes) -> str:
    sample = content[:_SNIFFED]
    return max(_EIGHT_BITS, key=lambda encoding: _french(sample.decode(encoding, errors="replace")))


def _french(text: str) -> int:
    """How much a text looks like French, by its letters that are not ASCII and where they stand."""
    return sum(
        _worth(char, text[max(0, rank - 1)], text[rank + 1 : rank + 2])
        for rank, char in enumerate(text)
        if not char.isascii()
    )


def _worth(char: str, before: str, after: str) -> int:
    if char in _MINUSCULES:
        # At the beginning of a word, small letters are not those that names have.
        likely = _WORTH_LETTER if before.isalpha() else _WORTH_SIGN
        return -_WORTH_LETTER if before.isupper() and after.isupper() else likely
    if char in _MAJUSCULES:
        return -_WORTH_LETTER if before.islower() else _WORTH_LETTER - before.isalpha()
    return _WORTH_SIGN if char in _SIGNS else _WORTH_OTHER


def _separator(text: str) -> str:
    """The separator that parts most lines in the same number of cells, and in most of them."""
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    return max(_SEPARATORS, key=lambda separator: _parted(sample, separator))


def _parted(sample: str, separator: str) -> int:
    """How many times the separator parts the lines that it parts alike."""
    widths = Counter(len(cells) for cells in _reader(sample, separator) if len(cells) > 1)
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
