"""Numbers as they are written in French: narrow no-break thousands, decimal comma, "n. d." when missing."""

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

ABSENT = "n.\u00a0d."
"""What stands for a missing figure. Missing is never zero."""

_ESPACE = "\u00a0"
_MOINS = "\u2212"
_FIRST_PLURAL = 2


def est_absent(valeur: float | None) -> bool:
    """Whether there is no figure: None, NaN, or the result of a division by zero."""
    return valeur is None or not math.isfinite(valeur)


def arrondi(valeur: float, decimales: int) -> Decimal:
    """The value at this number of decimals, halves away from zero as in published tables, never "-0"."""
    rounded = Decimal(str(valeur)).quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded.is_zero() else rounded


def decimal(valeur: float | None, decimales: int = 1) -> str:
    """1234.5 → "1 234,5"."""
    if valeur is None or est_absent(valeur):
        return ABSENT
    pattern = "#,##0" + ("." + "0" * decimales if decimales else "")
    text = format_decimal(arrondi(valeur, decimales), format=pattern, locale="fr")
    return text.replace("-", _MOINS)


def decimales(valeurs: Iterable[float], au_plus: int = 2) -> int:
    """As many decimals as these values have, at most `au_plus`."""
    figures = list(valeurs)
    return next((n for n in range(au_plus) if all(round(each, n) == each for each in figures)), au_plus)


def entier(valeur: float | None) -> str:
    """495662 → "495 662"."""
    return decimal(valeur, 0)


def pourcent(valeur: float | None, decimales: int = 1) -> str:
    """12.2 → "12,2 %". The value is already a percentage."""
    return _with_unit(valeur, decimales, "%")


def euros(valeur: float | None, decimales: int = 0) -> str:
    """50000 → "50 000 €"."""
    return _with_unit(valeur, decimales, "€")


def signe(valeur: float | None, decimales: int = 0) -> str:
    """A difference, with its sign: 3 → "+3", -3 → "−3", 0 → "0"."""
    text = decimal(valeur, decimales)
    positive = valeur is not None and not est_absent(valeur) and arrondi(valeur, decimales) > 0
    return f"+{text}" if positive else text


def est_pluriel(nombre: float | None) -> bool:
    """Whether a noun counted so is in the plural: in French, from two on; 1.9 is not."""
    return nombre is not None and abs(nombre) >= _FIRST_PLURAL


def pluriel(nombre: float | None, singulier: str, au_pluriel: str | None = None) -> str:
    """The count with its noun: (1, "commune") → "1 commune", (3, "commune") → "3 communes".

    Args:
        nombre: the count; in French the plural begins at two.
        singulier: the noun in the singular.
        au_pluriel: its plural, when an "s" at the end is not enough.
    """
    noun = (au_pluriel or f"{singulier}s") if est_pluriel(nombre) else singulier
    return f"{entier(nombre)}{_ESPACE}{noun}"


def _with_unit(valeur: float | None, decimales: int, unite: str) -> str:
    text = decimal(valeur, decimales)
    return text if text == ABSENT else f"{text}{_ESPACE}{unite}"
