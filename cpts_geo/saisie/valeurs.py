"""What a cell of a table of figures is worth: a number, however written, two bounds, or nothing."""

import math
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from cpts_geo.projet.donnees_locales import limites
from cpts_geo.saisie.noms import simplify
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.textes import sans_accents, shorten

_SHOWN = 40
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_UNIT = re.compile(
    r"(?:%|€|‰|euros?|hab\.?|habitants?|patients?|personnes?|km|min|minutes?|ans?)$", re.IGNORECASE
)
_PLAIN = re.compile(r"[+\-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+\-]?\d{1,3})?", re.IGNORECASE)
# Thousands parted by points and a decimal comma, or the reverse.
_FRENCH_POINTS = re.compile(r"[+\-]?\d{1,3}(?:\.\d{3})+,\d*|[+\-]?\d{1,3}(?:\.\d{3}){2,}")
_ENGLISH_COMMAS = re.compile(r"[+\-]?\d{1,3}(?:,\d{3})+\.\d*|[+\-]?\d{1,3}(?:,\d{3}){2,}")
_ONE_POINT = re.compile(r"[+\-]?\d{1,3}\.\d{3}")
_BELOW = re.compile(r"(?:<|moinsde|inferieura|inf\.?a|\[?0?<)(=)?(.+)")
_AT_MOST = re.compile(r"(?:≤|<=|auplus|jusqu.?a|max\.?)(.+)")
_ABOVE = re.compile(r"(?:>|≥|>=|plusde|superieura|aumoins|min\.?)=?(.+)")
_BETWEEN = re.compile(r"(?:de|entre|\[)?([\d.,]+)(?:a|et|-|–|;)([\d.,]+)\]?")


class Valeur(NamedTuple):
    """Bounds of a figure, both included: equal when it is known exactly."""

    basse: float
    haute: float

    @property
    def exacte(self) -> bool:
        """Whether the figure is known."""
        return self.basse == self.haute


class ValeursDeclarees(Declare):
    """How publishers say that a figure is missing; see the data file."""

    absents: tuple[str, ...]
    taux: tuple[str, ...]
    debuts: tuple[str, ...]


def valeur(texte: str, *, points_de_milliers: bool = False) -> Valeur | None:
    """A figure as publishers write it: "1 234,5", "1.234,5", "1,2E+03", "12 %", "<11"; None without any.

    A bound is that of a count when it is whole and no share: "<11" lies in 0 to 10, "<5 %" in 0 to 5. What is
    only above something is not bounded: it is missing.

    Args:
        texte: the cell.
        points_de_milliers: whether the point of "1.234" parts thousands (`has_thousand_points`).

    Raises:
        ValueError: it is no figure, or it is too large; in French.
    """
    if is_missing(texte):
        return None
    bare = _bare(texte)
    exact = _number(bare, points_de_milliers=points_de_milliers)
    if exact is not None:
        return Valeur(exact, exact)
    framed = _framed(bare, entier="%" not in texte)
    if framed is not None:
        return framed
    if (above := _ABOVE.fullmatch(bare)) and _number(above[1]) is not None:
        return None
    raise ValueError(f"«\u00a0{shorten(texte, _SHOWN)}\u00a0» n’est pas un nombre")


def is_number(texte: str) -> bool:
    """Whether a cell has a figure, exact or bounded."""
    try:
        return valeur(texte) is not None
    except ValueError:
        return False


def is_missing(texte: str) -> bool:
    """Whether a cell says that its figure is missing, in the words of any publisher, or is blank."""
    said = " ".join(sans_accents(texte).split())
    return not said or said in _absents() or said.startswith(_declared().debuts)


def has_thousand_points(cells: Iterable[str]) -> bool:
    """Whether a column writes thousands with points: one of its figures has both, or a decimal comma."""
    bare = [_bare(cell) for cell in cells]
    pointed = any(_ONE_POINT.fullmatch(each) for each in bare)
    return pointed and any("," in each or _FRENCH_POINTS.fullmatch(each) for each in bare)


def is_rate(entete: str) -> bool:
    """Whether a heading names a rate, a share or a mean, which does not add up."""
    return any(word in _declared().taux for word in simplify(entete).split()) or "%" in entete


def _bare(texte: str) -> str:
    text = _SPACES.sub("", sans_accents(texte).replace("−", "-").replace("–", "-"))
    return _UNIT.sub("", text)


def _number(bare: str, *, points_de_milliers: bool = False) -> float | None:
    text = _pointed(bare, points_de_milliers=points_de_milliers)
    if not _PLAIN.fullmatch(text):
        return None
    value = float(text)
    if not math.isfinite(value) or abs(value) > limites().valeur_au_plus:
        raise ValueError(f"«\u00a0{shorten(bare, _SHOWN)}\u00a0» est trop grand")
    return value


def _pointed(bare: str, *, points_de_milliers: bool) -> str:
    """The number with a decimal point, and nothing between its thousands."""
    if _FRENCH_POINTS.fullmatch(bare) or (points_de_milliers and _ONE_POINT.fullmatch(bare)):
        return bare.replace(".", "").replace(",", ".")
    if _ENGLISH_COMMAS.fullmatch(bare):
        return bare.replace(",", "")
    return bare.replace(",", ".", 1)


def _framed(bare: str, *, entier: bool) -> Valeur | None:
    if most := _AT_MOST.fullmatch(bare):
        return _up_to(_number(most[1]), strict=False)
    if below := _BELOW.fullmatch(bare):
        return _up_to(_number(below[2]), strict=entier and not below[1])
    if between := _BETWEEN.fullmatch(bare):
        low, high = _number(between[1]), _number(between[2])
        return Valeur(low, high) if low is not None and high is not None and low <= high else None
    return None


def _up_to(most: float | None, *, strict: bool) -> Valeur | None:
    if most is None or most < 0:
        return None
    return Valeur(0.0, max(0.0, most - 1) if strict and most.is_integer() else most)


@cache
def _absents() -> frozenset[str]:
    return frozenset(_declared().absents)


def _declared() -> ValeursDeclarees:
    return declaration("valeurs_apportees", ValeursDeclarees)
