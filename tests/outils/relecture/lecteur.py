"""A reader of sentences: each is known by its form, and what it claims is checked against figures.

One that has no form is an error: nothing goes unread.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.outils.lieux import DEPARTEMENTS, Lieu
from tests.outils.relecture.calcul import COUVERTURE, Chiffres, Mesure, degre, france
from tests.outils.relecture.francais import FINE, NBSP, faults, number

PLEINE = 99.95
_TOLERANCE = 1e-6
_NUMBER = rf"[+−]?\d[\d{FINE}]*(?:,\d+)?"
_VALUE = rf"(?:[Dd]e {_NUMBER} à {_NUMBER}|{_NUMBER})"
_WORDS = {
    -2: "nettement au-dessous de la moyenne nationale",
    -1: "légèrement au-dessous de la moyenne nationale",
    0: "proche de la moyenne nationale",
    1: "légèrement au-dessus de la moyenne nationale",
    2: "nettement au-dessus de la moyenne nationale",
}
# What stands for a part of a sentence in the pattern of a form, by the letter after its name.
_PARTS = {
    "": _NUMBER,
    "v": _VALUE,
    "b": rf"{_NUMBER}(?: à {_NUMBER})?",
    "t": ".*?",
    "h": rf"(?i:(?:moins de |plus de )?{_VALUE}{NBSP}% des habitants|tous les habitants)",
    "p": "|".join(_WORDS.values()),
}


@dataclass
class Lecteur:
    """The reading of the sentences of one territory; `errors` are sentences with what is wrong in them."""

    nom: str
    codes: tuple[str, ...]
    errors: list[tuple[str, str]] = field(default_factory=list)
    subjects: dict[str, str] = field(default_factory=dict)
    sentence: str = ""

    def __post_init__(self) -> None:
        self.chiffres = Chiffres(self.codes)

    def read(self, sentence: str) -> None:
        """Check one sentence, its form and its claims."""
        self.sentence = sentence
        for fault in faults(sentence):
            self.wrong(fault)
        for form in FORMES:
            if match := form.pattern.fullmatch(sentence):
                self.subjects[form.sujet] = sentence
                form.check(self, match)
                return
        self.wrong("phrase inconnue")

    def wrong(self, what: str) -> None:
        """Note an error in the sentence that is being read."""
        self.errors.append((self.sentence, what))

    def expect(self, what: str, *, said: object, expected: object) -> None:
        """Note an error when what is said is not what is expected."""
        if said != expected:
            self.wrong(f"{what} : {said!r} au lieu de {expected!r}")

    def finish(self) -> None:
        """Check what a whole text says: that there is no doctor at all, when there is none."""
        here = self.chiffres["generalistes"]
        if here.effectif_haut == 0 and here.couverture >= PLEINE:
            self.sentence = "(tout le texte)"
            self.expect("absence de généraliste", said="aucun généraliste" in self.subjects, expected=True)

    # ---- Claims ----------------------------------------------------------------------------------------

    def value(self, what: str, said: str, here: Mesure, places: int = 1) -> None:
        """A value is said exactly, its bounds when they are apart, and only when it may be."""
        if not here.dicible:
            self.wrong(f"{what} : dit pour {here.couverture:.1f} % des habitants")
            return
        self.bounds(what, said, (here.bas, here.haut), places)

    def bounds(self, what: str, said: str, expected: tuple[float, float], places: int) -> None:
        """These numbers, one or two, are those of a value or of a count."""
        numbers = [number(each) for each in re.findall(_NUMBER, said)]
        if len(numbers) > 1 and len({*numbers}) == 1:
            self.wrong(f"{what} : {said}, une fourchette vide")
        low, high = numbers[0], numbers[-1]
        for number_said, true in ((low, expected[0]), (high, expected[1])):
            if not reads(true, number_said, places):
                self.wrong(f"{what} : {number_said} au lieu de {true}")

    def count(self, what: str, said: str, here: Mesure) -> None:
        """The count behind a value."""
        self.bounds(what, said, (here.effectif_bas, here.effectif_haut), 0)

    def aside(
        self, said: str | None, name: str, unit: str = "", places: int = 1, *, signed: bool = False
    ) -> None:
        """Between brackets: France, and the coverage when the figure is not that of everyone."""
        here, there = self.chiffres[name], france(name)
        parts = said.split(f"{NBSP}; ") if said else []
        if there.couverture >= COUVERTURE and not math.isnan(there.bas):
            match = re.fullmatch(rf"France{NBSP}: ({_VALUE}){unit}", parts.pop(0) if parts else "")
            if match:
                self.bounds(f"{name}, France", match[1], (there.bas, there.haut), places)
                if signed and not match[1].startswith(("+", "−", "0,0")):
                    self.wrong(f"{name}, France : sans signe")
            else:
                self.wrong(f"{name} : la France n’est pas dite")
        self.coverage(name, here, parts)

    def coverage(self, name: str, here: Mesure, parts: list[str]) -> None:
        """How many people stand behind the figure."""
        known = f"chiffre connu pour {math.floor(here.couverture)}{NBSP}% des habitants"
        self.expect(f"{name}, couverture", said=parts, expected=[known] if here.couverture < PLEINE else [])

    def place(self, said: str | None, name: str) -> None:
        """Where the figure stands beside France."""
        found = degre(self.chiffres[name], france(name))
        self.expect(f"{name}, position", said=said, expected=None if found is None else _WORDS[found])

    def share(self, said: str, name: str) -> None:
        """A share of the inhabitants, in one of its forms."""
        here, words = self.chiffres[name], said[:1].lower() + said[1:]
        if not here.dicible:
            self.wrong(f"{name} : dit pour {here.couverture:.1f} % des habitants")
        elif words == "tous les habitants":
            self.expect(name, said=100.0, expected=here.bas if here.couverture >= PLEINE else None)
        elif words.startswith("moins de"):
            self.expect(name, said=True, expected=0 < here.haut < 0.05)
        elif words.startswith("plus de"):
            self.expect(name, said=True, expected=99.95 <= here.bas < 100)
        else:
            self.bounds(name, words, (here.bas, here.haut), 1)

    @property
    def departements(self) -> list[Lieu]:
        """Those of the territory, in the order of their codes."""
        return [DEPARTEMENTS[code] for code in sorted(self.chiffres.rows["departement"].unique())]

    @property
    def population(self) -> int:
        """Inhabitants of the territory."""
        return int(self.chiffres.rows["population"].sum())


def reads(true: float, said: float, places: int) -> bool:
    """Whether a true value reads so at this number of decimals."""
    return bool(abs(true - said) <= 0.5 * 10**-places + _TOLERANCE)


# ---- Forms -----------------------------------------------------------------------------------------------

Controle = Callable[[Lecteur, re.Match[str]], None]


@dataclass(frozen=True)
class Forme:
    """A form of sentence: what it is about, and how its claims are checked."""

    sujet: str
    pattern: re.Pattern[str]
    check: Controle


FORMES: list[Forme] = []


def forme(sujet: str, *pattern: str) -> Callable[[Controle], Controle]:
    """Declare a form.

    In its pattern, pieces of which are put end to end, `{n}` is a number, `{n:v}` a value that bounds may
    frame, `{n:b}` the same after "de", `{n:h}` a share of the inhabitants, `{n:p}` a position beside France
    and `{n:t}` any words; `{aside}` and `{place}` are what may end a claim. `~` is a no-break space; those of
    double signs, of "%" and of thousands are written as others.
    """
    whole = "".join(pattern)
    whole = whole.replace("{aside}", r"(?: \((?P<aside>[^()]*)\))?")
    whole = whole.replace("{place}", r"(?:, (?:ce qui est )?{place:p})?")
    whole = re.sub(r"(?<=\d) (?=000)", FINE, re.sub(r" (?=[:;%»])|(?<=«) |~", NBSP, whole))
    whole = re.sub(r"\{([a-z_]+)(?::(\w))?\}", lambda part: f"(?P<{part[1]}>{_PARTS[part[2] or '']})", whole)

    def declare(check: Controle) -> Controle:
        FORMES.append(Forme(sujet, re.compile(whole), check))
        return check

    return declare
