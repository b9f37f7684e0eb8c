"""Whether a heading names a rate, which does not add up from commune to commune, or a count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cpts_geo.saisie.noms import simplify
from cpts_geo.saisie.valeurs import declarees

_SIGNS = "%‰"
# "/ 100 000", "/hab" and "pour 1.000" speak of so many people; the 12 of "31/12/2024" does not.
_SLASH = re.compile(r"\s*/\s*(?=1(?:[\s.\u00a0\u202f]?0){2})")
_PER = re.compile(r"\s*/\s*(?=[^\W\d_])")


def is_rate(entete: str) -> bool:
    """Whether a heading names a rate, a share, a mean, a delay or an index, which does not add up.

    What is counted for so many people, or by each one, is a rate whatever the heading begins with; otherwise
    a heading that begins with a count is one of a count though it speaks of ages, of times or of incomes.
    """
    words, said = _words(entete), _entetes()
    if any(sign in entete for sign in _SIGNS) or said.rapports.search(words) or said.taux.search(words):
        return True
    return not said.comptes.search(words) and bool(said.taux_ailleurs.search(words))


def is_count(entete: str) -> bool:
    """Whether a heading says that people or things are counted: whole numbers, that have no decimals."""
    words, said = _words(entete), _entetes()
    counted = said.entiers.search(words) and not said.mesures.search(f"{words} {entete.lower()}")
    return bool(counted) and not is_rate(entete)


def _words(entete: str) -> str:
    text = _PER.sub(" par ", _SLASH.sub(" pour ", entete))
    return " ".join(_entetes().sans_sens.sub(" ", " ".join(simplify(text).split())).split())


@dataclass(frozen=True, slots=True)
class _Entetes:
    """What is declared of headings, ready to be looked for."""

    sans_sens: re.Pattern[str]
    rapports: re.Pattern[str]
    taux: re.Pattern[str]
    taux_ailleurs: re.Pattern[str]
    comptes: re.Pattern[str]
    entiers: re.Pattern[str]
    mesures: re.Pattern[str]


@cache
def _entetes() -> _Entetes:
    declared = declarees().entetes
    return _Entetes(
        _any_of(declared.sans_sens),
        _any_of(declared.rapports),
        _any_of(declared.taux),
        _any_of(declared.taux_ailleurs),
        re.compile(declared.comptes),
        re.compile(declared.entiers),
        re.compile(declared.mesures),
    )


def _any_of(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in expressions))
