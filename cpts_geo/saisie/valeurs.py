"""What a cell of a table of figures is worth: a number, however written, two bounds, or nothing."""

import html
import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from cpts_geo.projet.donnees_locales import limites
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.textes import sans_accents, shorten

# What parts the thousands of a column, besides spaces and apostrophes, which always do.
Milliers = Literal["", ".", ","]

_SHOWN = 40
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
# The call of a note, or the flag of a figure that is provisional, estimated, revised or broken in its series.
_NOTE = re.compile(
    r"(?<=\S)(?:\s*[*†¹²³⁰-⁹]+|\s*\((?:[^\d()]*|\d)\)|\s*\[[^\d\[\]]*\]|(?<=\d)\s+[perb])\s*$", re.IGNORECASE
)
_EDGES = " ()[]*†¹²³⁰⁴⁵⁶⁷⁸⁹"
_OF_SO_MANY = re.compile(r"(?:pour|p\.?)1(?:000|0000|00000)(?:hab\.?|habitants?)?$")
_WIDE_DIGITS = "０１２３４５６７８９"
_PLAIN = re.compile(r"[+\-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+\-]?\d{1,3})?", re.IGNORECASE | re.ASCII)
# Thousands parted by points and a decimal comma, or the reverse.
_FRENCH_POINTS = re.compile(r"[+\-]?\d{1,3}(?:\.\d{3})+,\d*|[+\-]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII)
_ENGLISH_COMMAS = re.compile(r"[+\-]?\d{1,3}(?:,\d{3})+\.\d*|[+\-]?\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_GROUPS = re.compile(r"[+\-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_BELOW = re.compile(r"(?:(?:<|moinsde|(?:strictement)?inferieura|inf\.?a?)a?|\[?0?<)(=)?(.+)")
_AT_MOST = re.compile(r"(?:≤|<=|auplus|jusqu.?a|max\.?)(.+)|(.+)oumoins")
_ABOVE = re.compile(r"(?:>|≥|>=|plusde|superieura|aumoins|min\.?)=?(.+)")
_BETWEEN = re.compile(r"([\[\]])?(?:de|entre)?([\d.,]+)(?:a|et|-|–|;)([\d.,]+)([\[\]])?", re.ASCII)


class Valeur(NamedTuple):
    """Bounds of a figure, both included: equal when it is known exactly."""

    basse: float
    haute: float

    @property
    def exacte(self) -> bool:
        """Whether the figure is known."""
        return self.basse == self.haute


class UnitesDeclarees(Declare):
    """Units of one kind, each with the expression of its forms; two of them do not mean the same."""

    genre: str
    formes: Mapping[str, str]


class EntetesDeChiffres(Declare):
    """Expressions by which a heading says what its figures are."""

    sans_sens: tuple[str, ...]
    rapports: tuple[str, ...]
    taux: tuple[str, ...]
    taux_ailleurs: tuple[str, ...]
    comptes: str
    entiers: str
    mesures: str


class ValeursDeclarees(Declare):
    """How figures are written, missing or bounded, and what headings say of them; see the data file."""

    absents: tuple[str, ...]
    debuts: tuple[str, ...]
    unites: tuple[UnitesDeclarees, ...]
    entetes: EntetesDeChiffres


def valeur(texte: str, *, milliers: Milliers = "", taux: bool = False) -> Valeur | None:
    """A figure as publishers write it: "1 234,5", "1.234,5", "1,2E+03", "12 %", "<11"; None without any.

    A bound is that of a count when it is whole and no share: "<11" lies in 0 to 10, "<5 %" in 0 to 5. In a
    column of rates such a bound says that the count behind the rate is hidden: the rate is missing. What is
    only above something is not bounded: it is missing.

    Args:
        texte: the cell.
        milliers: what parts its thousands (`chiffres.milliers`).
        taux: whether the column is one of rates.

    Raises:
        ValueError: it is no figure, or it is too large; in French.
    """
    if is_missing(texte):
        return None
    bare, _ = _parted(texte)
    exact = _number(bare, milliers)
    if exact is not None:
        return Valeur(exact, exact)
    share = any(sign in texte for sign in "%‰")
    framed = _framed(bare, milliers, entier=not share)
    if framed is not None:
        hidden = taux and not share and all(bound.is_integer() for bound in framed)
        return None if hidden else framed
    if (above := _ABOVE.fullmatch(bare)) and _number(above[1], milliers) is not None:
        return None
    raise ValueError(f"«\u00a0{shorten(texte, _SHOWN)}\u00a0» n’est pas un nombre")


def is_number(texte: str) -> bool:
    """Whether a cell has a figure, exact or bounded."""
    try:
        return valeur(texte) is not None
    except ValueError:
        return False


def is_missing(texte: str) -> bool:
    """Whether a cell says that its figure is missing, in any publisher's words, or has no word at all."""
    said = " ".join(sans_accents(texte.strip(_EDGES)).replace("’", "'").split())
    return not any(map(str.isalnum, said)) or said in _absents() or said.startswith(declarees().debuts)


def bare_number(texte: str) -> str:
    """The number of a cell as it is written, without its unit, its notes and the spaces in it."""
    return _parted(texte)[0]


def unite(texte: str) -> tuple[str, str]:
    """The kind and the name of the unit of a cell: ("durée", "min"); empty when it has none."""
    return _parted(texte)[1]


def in_groups(bare: str) -> bool:
    """Whether a bare number has one sign, and three digits behind it: "1.254" may be a thousand and more."""
    return bool(_GROUPS.fullmatch(bare))


def proven(bare: str) -> Milliers:
    """What surely parts the thousands of a number: the points of "1.234,5", the commas of "1,234,567"."""
    if _FRENCH_POINTS.fullmatch(bare):
        return "."
    return "," if _ENGLISH_COMMAS.fullmatch(bare) else ""


def _parted(texte: str) -> tuple[str, tuple[str, str]]:
    """A cell without blanks, notes and unit, and that unit; digits of no plain script make no number."""
    text = html.unescape(texte)
    while (shorter := _NOTE.sub("", text)) != text:
        text = shorter
    if any(char.isnumeric() and not char.isascii() and char not in _WIDE_DIGITS for char in text.rstrip("²")):
        return texte, ("", "")
    bare = _SPACES.sub("", sans_accents(text).replace("−", "-").replace("–", "-"))
    bare = _OF_SO_MANY.sub("", bare).removeprefix("€")
    may_have_unit = any(map(str.isdigit, bare)) and not bare[-1:].isdigit()
    for kind, name, finder in _units() if may_have_unit else ():
        if found := finder.search(bare):
            return bare[: found.start()], (kind, name)
    return bare, ("", "")


def _number(bare: str, milliers: Milliers) -> float | None:
    text = _pointed(bare, milliers)
    if not _PLAIN.fullmatch(text):
        return None
    value = float(text) + 0.0
    if not math.isfinite(value) or abs(value) > limites().valeur_au_plus:
        raise ValueError(f"«\u00a0{shorten(bare, _SHOWN)}\u00a0» est trop grand")
    return value


def _pointed(bare: str, milliers: Milliers) -> str:
    """The number with a decimal point, and nothing between its thousands."""
    parts = proven(bare) or (milliers if milliers and in_groups(bare) and milliers in bare else "")
    if parts:
        bare = bare.replace(parts, "")
    return bare.replace(",", ".", 1)


def _framed(bare: str, milliers: Milliers, *, entier: bool) -> Valeur | None:
    if most := _AT_MOST.fullmatch(bare):
        return _up_to(_number(most[1] or most[2], milliers), strict=False)
    if below := _BELOW.fullmatch(bare):
        return _up_to(_number(below[2], milliers), strict=entier and not below[1])
    if between := _BETWEEN.fullmatch(bare):
        return _between(_number(between[2], milliers), _number(between[3], milliers), between)
    return None


def _up_to(most: float | None, *, strict: bool) -> Valeur | None:
    if most is None or most < 0:
        return None
    return Valeur(0.0, max(0.0, most - 1) if strict and most.is_integer() else most)


def _between(low: float | None, high: float | None, written: re.Match[str]) -> Valeur | None:
    """The bounds, without those that turned brackets leave out: "]0;11[" is a count from 1 to 10."""
    if low is None or high is None:
        return None
    whole = low.is_integer() and high.is_integer()
    low += whole and written[1] == "]"
    high -= whole and written[4] == "["
    return Valeur(low, high) if low <= high else None


@cache
def _absents() -> frozenset[str]:
    return frozenset(declarees().absents)


@cache
def _units() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The kind and the name of each unit, and what finds it at the end of a number, be it by so many."""
    forms = [
        (each.genre, nom, form.replace(" ?", "").replace(" ", ""))
        for each in declarees().unites
        for nom, form in each.formes.items()
    ]
    one = "|".join(form for _, _, form in forms)
    return tuple(
        (kind, nom, re.compile(rf"(?<=[\d.,])(?:{form})(?:(?:/|par)(?:{one})2?)?$"))
        for kind, nom, form in forms
    )


def declarees() -> ValeursDeclarees:
    """What is declared of the figures that people bring."""
    return declaration("valeurs_apportees", ValeursDeclarees)
