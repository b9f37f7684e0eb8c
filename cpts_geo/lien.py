"""The territory in a link: a short code that any later version must still read.

Version 1: "1." then, in URL-safe base64, the INSEE codes as numbers, each written as the difference from the
one before (zigzag, seven bits a byte). Corsica's 2A and 2B are written 96 and 99, which no département bears.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator

VERSION = "1"
MOST_COMMUNES = 34_875
_TO_NUMBER = {"2A": "96", "2B": "99"}
_FROM_NUMBER = {number: letters for letters, number in _TO_NUMBER.items()}
_LARGEST = 99_999
# Seven bits a byte; the eighth says that more follow.
_BITS, _MORE = 0x7F, 0x80


class LienInvalideError(ValueError):
    """The link is not one of ours, or was cut; the message, in French, says so."""


def encode(codes: Iterable[str]) -> str:
    """The code of these communes, in their order; about three characters a commune."""
    numbers = [int(_TO_NUMBER.get(code[:2], code[:2]) + code[2:]) for code in codes]
    differences = (number - before for before, number in zip([0, *numbers], numbers, strict=False))
    packed = b"".join(_pack(difference) for difference in differences)
    return f"{VERSION}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def decode(text: str) -> tuple[str, ...]:
    """The communes of a code, in order and each once; whether they exist is not looked at.

    Raises:
        LienInvalideError: the code is not of a version we know, or is damaged.
    """
    version, _, body = text.partition(".")
    if version != VERSION:
        raise LienInvalideError("Ce lien n’est pas un lien de cpts-geo, ou vient d’une version plus récente.")
    number = 0
    codes: list[str] = []
    for difference in _unpack(_bytes(body)):
        number += difference
        if not 0 < number <= _LARGEST or len(codes) >= MOST_COMMUNES:
            raise _damaged()
        codes.append(_code(number))
    return tuple(dict.fromkeys(codes))


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
        value |= (byte & _BITS) << shift
        shift += 7
        if byte < _MORE:
            yield value // 2 if value % 2 == 0 else -(value + 1) // 2
            value = shift = 0
    if shift:
        raise _damaged()


def _bytes(body: str) -> bytes:
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _damaged() from error


def _damaged() -> LienInvalideError:
    return LienInvalideError("Ce lien est incomplet ou abîmé : recopiez-le en entier.")
