"""The territory, or the whole project, in a link: a short code that any later version must still read.

Version 1, one territory: "1." then, in URL-safe base64, the INSEE codes as numbers, each written as the
difference from the one before (zigzag, seven bits a byte). Corsica's 2A and 2B are written 96 and 99, which
no département bears.

Version 2, a whole project without its local figures: "2." then, in URL-safe base64 of zlib, the rank of the
active scenario, a line by scenario (code of the colour, number of communes, key, name), a zero byte, and the
communes of all scenarios, those of each as in version 1. A variant of a scenario repeats most of its bytes,
which zlib writes once.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

from cpts_geo.projet.projet import Projet, Scenario, regles
from cpts_geo.projet.territoire import Territoire

VERSION, VERSION_PROJET = "1", "2"
MOST_COMMUNES = 34_917
_TO_NUMBER = {"2A": "96", "2B": "99"}
_FROM_NUMBER = {number: letters for letters, number in _TO_NUMBER.items()}
_LARGEST = 99_999
# Seven bits a byte; the eighth says that more follow. No difference needs more than three bytes.
_BITS, _MORE, _LONGEST = 0x7F, 0x80, 3 * 7
_LINE = re.compile(r"(\S+) ([0-9]{1,5}) ([1-9][0-9]{0,5}) (.*)")
_RANK = re.compile(r"[0-9]{1,3}")
# A dozen times every commune of France, at three bytes each, and as many names.
_MOST_BYTES = 1_500_000


class LienInvalideError(ValueError):
    """The link is not one of ours, or was cut; the message, in French, says so."""


def encode(codes: Iterable[str]) -> str:
    """The code of these communes, in their order; about three characters a commune."""
    return f"{VERSION}.{_base64(_pack_codes(codes))}"


def decode(text: str) -> tuple[str, ...]:
    """The communes of a code, in order and each once; whether they exist is not looked at.

    Raises:
        LienInvalideError: the code is not of a version we know, or is damaged.
    """
    numbers = _unpack(_bytes(_body(text, VERSION)))
    codes = tuple(islice(_codes(numbers), MOST_COMMUNES + 1))
    if len(codes) > MOST_COMMUNES:
        raise _damaged()
    return tuple(dict.fromkeys(codes))


def encode_projet(projet: Projet) -> str:
    """The code of a project: names, colours, order, communes in their order; not its local figures."""
    lines = [
        str(projet.scenarios.index(projet[projet.actif]) + 1),
        *(
            f"{each.couleur} {len(each.territoire)} {each.cle} {each.territoire.nom}"
            for each in projet.scenarios
        ),
    ]
    communes = b"".join(_pack_codes(each.territoire) for each in projet.scenarios)
    packed = zlib.compress("\n".join(lines).encode() + b"\0" + communes, level=9)
    return f"{VERSION_PROJET}.{_base64(packed)}"


def decode_projet(text: str) -> Projet:
    """The project of a code; whether the communes exist is not looked at.

    Scenarios keep their keys, so that local figures, which are not in the link, find them again. A colour
    that is not declared is replaced by the first.

    Raises:
        LienInvalideError: the code is not of a version we know, or is damaged.
    """
    head, mark, communes = _inflate(_bytes(_body(text, VERSION_PROJET))).partition(b"\0")
    active, *lines = _lines(head)
    rank = int(active) if _RANK.fullmatch(active) else 0
    if not mark or not 1 <= rank <= len(lines) or len(lines) > regles().scenarios_au_plus:
        raise _damaged()
    numbers = _unpack(communes)
    scenarios = tuple(_scenario(line, numbers) for line in lines)
    if next(numbers, None) is not None or len({each.cle for each in scenarios}) != len(scenarios):
        raise _damaged()
    return Projet(scenarios, actif=scenarios[rank - 1].cle)


# ---- Scenarios ------------------------------------------------------------------------------------------


def _scenario(line: str, numbers: Iterator[int]) -> Scenario:
    """The scenario of a line, which takes its communes from the numbers that remain."""
    read = _LINE.fullmatch(line)
    if read is None:
        raise _damaged()
    couleur, count, cle, nom = read.groups()
    codes = tuple(_codes(islice(numbers, int(count))))
    if len(codes) != int(count) or len(codes) > MOST_COMMUNES:
        raise _damaged()
    known = couleur if couleur in regles().couleurs else next(iter(regles().couleurs))
    return Scenario(int(cle), Territoire(nom, codes), known)


def _lines(head: bytes) -> list[str]:
    try:
        return head.decode().split("\n")
    except UnicodeDecodeError as error:
        raise _damaged() from error


def _inflate(packed: bytes) -> bytes:
    """What zlib packed; no more is unpacked than the largest project needs."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, _MOST_BYTES)
    except zlib.error as error:
        raise _damaged() from error
    if not unpacker.eof or unpacker.unused_data:
        raise _damaged()
    return content


# ---- Communes -------------------------------------------------------------------------------------------


def _pack_codes(codes: Iterable[str]) -> bytes:
    numbers = [int(_TO_NUMBER.get(code[:2], code[:2]) + code[2:]) for code in codes]
    differences = (number - before for before, number in zip([0, *numbers], numbers, strict=False))
    return b"".join(_pack(difference) for difference in differences)


def _codes(differences: Iterable[int]) -> Iterator[str]:
    number = 0
    for difference in differences:
        number += difference
        if not 0 < number <= _LARGEST:
            raise _damaged()
        yield _code(number)


def _code(number: int) -> str:
    digits = f"{number:05}"
    return _FROM_NUMBER.get(digits[:2], digits[:2]) + digits[2:]


def _pack(difference: int) -> bytes:
    value = 2 * difference if difference >= 0 else -2 * difference - 1
    packed = bytearray()
    while value > _BITS:
        packed.append(value & _BITS | _MORE)
        value >>= 7
    packed.append(value)
    return bytes(packed)


def _unpack(packed: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in packed:
        if shift >= _LONGEST:
            raise _damaged()
        value |= (byte & _BITS) << shift
        shift += 7
        if byte < _MORE:
            yield value // 2 if value % 2 == 0 else -(value + 1) // 2
            value = shift = 0
    if shift:
        raise _damaged()


# ---- Text -----------------------------------------------------------------------------------------------


def _body(text: str, version: str) -> str:
    """What follows the version, which must be this one."""
    found, _, body = text.partition(".")
    if found != version:
        raise LienInvalideError("Ce lien n’est pas un lien de cpts-geo, ou vient d’une version plus récente.")
    return body


def _base64(packed: bytes) -> str:
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _bytes(body: str) -> bytes:
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _damaged() from error


def _damaged() -> LienInvalideError:
    return LienInvalideError("Ce lien est incomplet ou abîmé\u00a0: recopiez-le en entier.")
