"""What parts the thousands of a column of figures: one cell, as "1.254", does not tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from cpts_geo.saisie.chiffres.natures import is_count, is_rate
from cpts_geo.saisie.valeurs import Milliers, Valeur, bare_number, in_groups, is_missing, proven, valeur
from cpts_geo.socle.nombres import ABSENT, decimal, decimales

_SIGNS: tuple[Milliers, ...] = tuple(sign for sign in get_args(Milliers) if sign)
_THOUSAND = 1000
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Ecriture:
    """What parts the thousands of a column, and a cell that could be read otherwise; empty when none could.

    `sure` tells that the column or its heading settles it: otherwise the person must.
    """

    milliers: Milliers = ""
    exemple: str = ""
    sure: bool = True


def ecriture(cells: Iterable[str], entete: str) -> Ecriture:
    """Tell what parts the thousands of a column.

    One of its figures may prove it, as "1.234,5", or "12,5" beside "1.234". Otherwise, when all figures with
    a point have three digits behind it and none begins with zero, the heading tells: a count of people or
    things has no decimals. So it goes for commas. What nothing settles is read as decimals: it is `sure` of
    commas, with which French writes them, and not of points.
    """
    read = {bare_number(cell): cell for cell in cells if not is_missing(cell)}
    signed: dict[Milliers, list[str]] = {sign: [each for each in read if sign in each] for sign in _SIGNS}
    grouped: list[Milliers] = [sign for sign in _SIGNS if signed[sign] and _all_in_groups(signed[sign])]
    proofs: set[Milliers] = {proof for each in read if (proof := proven(each))}
    proofs |= {sign for sign in grouped if any(not in_groups(each) for each in signed[_other(sign)])}
    if proofs:
        return Ecriture(proofs.pop()) if len(proofs) == 1 else Ecriture()
    if not grouped:
        return Ecriture()
    example = read[signed[grouped[0]][0]]
    if len(grouped) == 1 and is_count(entete) and not _has_plain_thousands(read):
        return Ecriture(grouped[0], example)
    if grouped == [","]:
        return Ecriture() if is_rate(entete) else Ecriture("", example)
    return Ecriture("", example, sure=False)


def _all_in_groups(bare: Sequence[str]) -> bool:
    return all(in_groups(each) for each in bare)


def _other(sign: Milliers) -> Milliers:
    return "," if sign == "." else "."


def _has_plain_thousands(bare: Iterable[str]) -> bool:
    """Whether a figure beyond a thousand is written without anything between its thousands."""
    return any(each.isascii() and each.isdigit() and int(each) >= _THOUSAND for each in bare)


def readings(texte: str) -> dict[Milliers, str]:
    """The two ways to read a cell as "1.254": what parts its thousands, and what it is worth in French."""
    sign: Milliers = "," if "," in texte else "."
    ways: tuple[Milliers, ...] = (sign, "")
    return {each: written(valeur(texte, milliers=each)) for each in ways}


def written(read: Valeur | None) -> str:
    """A figure, exact or bounded, in French."""
    if read is None:
        return ABSENT
    low, high = (decimal(each, decimales([each], _MOST_DECIMALS)) for each in read)
    return low if read.exacte else f"{low} à {high}"
