"""The text that bytes hold, whatever their encoding."""

import re
from collections.abc import Mapping
from functools import cache

from cpts_geo.socle.declarations import Declare, declaration

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_BOM = "\ufeff"
# The mark that ends a text of DOS.
_END = "\x1a"
_SNIFFED = 200_000
# Words that are not ASCII: so many tell the encoding.
_WORDS, _LONGEST_WORD = 5_000, 40
_BYTES_OF_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Words of one letter that is not ASCII, letters that end words only, and those that begin none.
_ALONE = frozenset("àÀôÔ")
_LAST = frozenset("àùÀÙ")
_NEVER_FIRST = frozenset("ëïüÿËÏÜŸ")


class EncodagesDeclares(Declare):
    """How likely letters are in French; see the data file."""

    candidats: Mapping[str, int]
    signes: str
    poids_signe: int
    poids_etranger: int
    lettres: Mapping[str, int]


def text_of(content: bytes) -> str | None:
    """The text of a file; None when it holds none.

    An encoding that nothing declares is UTF-8, be it with some bytes of another encoding, or the one that
    gives the most likely French.
    """
    declared = [encoding for bom, encoding in _BOMS if content.startswith(bom)] or _sixteen_bits(content)
    text = _declared(content, declared[0]) if declared else _guessed(content)
    text = text.lstrip(_BOM).rstrip(_END)
    return None if _CONTROL.search(text) else text


def _declared(content: bytes, encoding: str) -> str:
    if encoding == "utf-8-sig":
        return _guessed(content[3:])
    # A file that was cut ends with half a letter.
    return content[: len(content) // 2 * 2].decode(encoding, errors="replace")


def _sixteen_bits(content: bytes) -> list[str]:
    """The encoding of a text in which every other byte is null."""
    sample = content[:_SNIFFED]
    odd, even = sample[1::2], sample[::2]
    nulls = max(odd.count(0), even.count(0))
    if not nulls or nulls * 2 < len(odd):
        return []
    return ["utf-16-le" if odd.count(0) > even.count(0) else "utf-16-be"]


def _guessed(content: bytes) -> str:
    text = content.decode("utf-8", errors="surrogateescape")
    strays = {char for char in set(text) if "\udc80" <= char <= "\udcff"}
    if not strays:
        return text
    encoding = _eight_bits(content)
    letters = len(text) - len(text.encode("ascii", errors="ignore"))
    if sum(text.count(char) for char in strays) * 2 > letters:
        return content.decode(encoding, errors="replace")
    # Files put together, or cut in the middle of a letter.
    others = {ord(char): bytes([ord(char) - 0xDC00]).decode(encoding, errors="replace") for char in strays}
    return text.translate(others)


def _eight_bits(content: bytes) -> str:
    """The encoding that makes of bytes the most likely French."""
    words: list[bytes] = []
    for found in _BYTES_OF_WORD.finditer(content):
        if not found[0].isascii():
            words.append(found[0][:_LONGEST_WORD])
        if len(words) >= _WORDS:
            break
    sample = b"\n".join(words)
    candidats = _encodages().candidats
    return max(candidats, key=lambda name: candidats[name] + _french(sample.decode(name, errors="replace")))


def _french(text: str) -> int:
    """How likely a text is in French, by its letters that are not ASCII and the words in which they are."""
    declared = _encodages()
    signs = (
        declared.poids_signe if char in declared.signes else declared.poids_etranger
        for char in _NOT_ASCII.findall(text)
        if not char.isalpha()
    )
    return sum(map(_likely, _LETTERS.findall(text))) + sum(signs)


def _likely(word: str) -> int:
    declared = _encodages()
    letters = [char for char in word if not char.isascii()]
    if not _is_written(word):
        return declared.poids_etranger * len(letters)
    return sum(declared.lettres.get(char.lower(), declared.poids_etranger) for char in letters)


def _is_written(word: str) -> bool:
    """Whether capitals and accents stand where French has them."""
    if len(word) == 1:
        return word in _ALONE
    cased = word.islower() or word.isupper() or word[1:].islower()
    return cased and word[0] not in _NEVER_FIRST and _LAST.isdisjoint(word[:-1])


@cache
def _encodages() -> EncodagesDeclares:
    return declaration("encodages", EncodagesDeclares)
