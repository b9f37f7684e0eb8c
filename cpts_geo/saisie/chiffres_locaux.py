"""Local figures from a table that people give: all is read, or nothing, and each refusal says where."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from cpts_geo.projet.donnees_locales import DonneeLocale, Nature, limites
from cpts_geo.saisie.colonnes import PlanColonnes, lignes, read_plan
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together
from cpts_geo.saisie.noms import IndexNoms
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tableur import Rangees
from cpts_geo.socle.nombres import entier, pluriel
from cpts_geo.socle.textes import shorten

MOST_MESSAGES = 10
_SHOWN = 40
_ABSENT = frozenset({"", "-", "–", "nd", "n.d.", "n. d.", "na", "n/a", "s", "ns", "secret", "..."})
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_UNIT = re.compile(r"[%€]$")
_NUMBER = re.compile(r"[+\-−]?\d+([.,]\d+)?")


class DonneesInvalidesError(SaisieRefuseeError):
    """The table cannot be taken; `messages`, in French, say at which line and column, and why."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = tuple(messages)


@dataclass(frozen=True, slots=True)
class Commun:
    """What all the figures of a table share."""

    nature: Nature
    unite: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Importation:
    """The local figures of a table, and the names of its columns that hold none."""

    donnees: tuple[DonneeLocale, ...]
    ignorees: tuple[str, ...]

    @property
    def message(self) -> str:
        """Which columns were left aside, in French; empty when none was."""
        if not self.ignorees:
            return ""
        names = ", ".join(f"«\u00a0{shorten(nom, _SHOWN)}\u00a0»" for nom in self.ignorees[:MOST_MESSAGES])
        rest = len(self.ignorees) - MOST_MESSAGES
        more = f" et {pluriel(rest, 'autre')}" if rest > 0 else ""
        left = pluriel(
            len(self.ignorees),
            "colonne sans nombre laissée de côté",
            "colonnes sans nombre laissées de côté",
        )
        return f"{left}\u00a0: {names}{more}."


def import_chiffres(rangees: Rangees, index: IndexNoms, commun: Commun) -> Importation:
    """Read a table: one row a commune, one column a figure, named in the first row.

    A blank cell, or one that says that there is no figure ("nd", "s"), is missing: it is never zero.

    Raises:
        DonneesInvalidesError: anything in the table cannot be read; then none of it is taken.
    """
    if not commun.source.strip() or not commun.date.strip():
        raise DonneesInvalidesError(["Indiquez la source et la date de ces chiffres."])
    lecteur = Lecteur(index)
    plan = read_plan(rangees, lecteur)
    if plan is None or plan.entete is None:
        raise DonneesInvalidesError(
            ["La première ligne doit nommer les colonnes, et l’une d’elles doit contenir les communes."]
        )
    places, problems = _places(bring_together(lignes(rangees, plan, lecteur), index))
    columns = [_Colonne(rank, rangees, plan.entete) for rank in _others(rangees, plan)]
    figures = [column for column in columns if column.is_figures(places)]
    problems += [problem for column in figures for problem in column.problems(places)]
    if not figures and not problems:
        problems.append("Aucune colonne ne contient de nombres.")
    if problems:
        raise DonneesInvalidesError(_first(problems))
    try:
        donnees = tuple(column.read(places, commun) for column in figures)
    except ValueError as error:
        raise DonneesInvalidesError([str(error)]) from error
    return Importation(donnees, tuple(column.nom for column in columns if column not in figures))


def chiffre(libelle: str, valeur: str, commun: Commun, cle: int) -> DonneeLocale:
    """One figure of a whole scenario, as typed in a form.

    Raises:
        DonneesInvalidesError: the name, the figure, its source or its date is missing or cannot be read.
    """
    problems = []
    try:
        value = nombre(valeur)
    except ValueError as error:
        value = None
        problems.append(f"Valeur\u00a0: {error}.")
    else:
        problems += ["Valeur\u00a0: donnez un nombre."] if value is None else []
    problems += [
        f"{field}\u00a0: à compléter."
        for field, text in (("Donnée", libelle), ("Source", commun.source), ("Date", commun.date))
        if not text.strip()
    ]
    if problems or value is None:
        raise DonneesInvalidesError(problems)
    return DonneeLocale(
        libelle, commun.unite, commun.nature, commun.source, commun.date, par_scenario=((cle, value),)
    )


def nombre(text: str) -> float | None:
    """A number as the French write it, "1 234,5" or "12 %"; None when the cell says that there is none.

    Raises:
        ValueError: it is no number, or is too large.
    """
    if text.strip().lower() in _ABSENT:
        return None
    bare = _UNIT.sub("", _SPACES.sub("", text))
    if not _NUMBER.fullmatch(bare):
        raise ValueError(f"«\u00a0{shorten(text, _SHOWN)}\u00a0» n’est pas un nombre")
    value = float(bare.replace(",", ".").replace("−", "-"))
    if not math.isfinite(value) or abs(value) > limites().valeur_au_plus:
        raise ValueError(f"«\u00a0{shorten(text, _SHOWN)}\u00a0» est trop grand")
    return value


class _Colonne:
    """A column of the table, other than those that tell the commune."""

    def __init__(self, rank: int, rangees: Rangees, entete: int) -> None:
        self._rank = rank
        self._rangees = rangees
        self._titre = self._cell(entete + 1)
        self.lettre = _letters(rank)
        self.nom = self._titre or f"Colonne {self.lettre}"

    def is_figures(self, places: dict[int, str]) -> bool:
        """Whether any cell is a number; a column of words is left aside."""
        return any(self._is_number(numero) for numero in places)

    def problems(self, places: dict[int, str]) -> Iterator[str]:
        """What cannot be read, cell by cell."""
        if not self._titre:
            yield f"Colonne {self.lettre}\u00a0: donnez-lui un nom, en ligne d’en-tête."
        for numero in places:
            try:
                nombre(self._cell(numero))
            except ValueError as error:
                yield f"Ligne {numero}, colonne {self.lettre} ({self.nom})\u00a0: {error}."

    def read(self, places: dict[int, str], commun: Commun) -> DonneeLocale:
        """The local figure."""
        read = {code: nombre(self._cell(numero)) for numero, code in places.items()}
        known = tuple((code, value) for code, value in read.items() if value is not None)
        return DonneeLocale(
            self.nom, commun.unite, commun.nature, commun.source, commun.date, par_commune=known
        )

    def _is_number(self, numero: int) -> bool:
        try:
            return nombre(self._cell(numero)) is not None
        except ValueError:
            return False

    def _cell(self, numero: int) -> str:
        row = self._rangees[numero - 1]
        return row[self._rank].strip() if self._rank < len(row) else ""


def _places(found: Sequence[Rapprochement]) -> tuple[dict[int, str], list[str]]:
    """The commune of each line that has one, and what is wrong with the others."""
    places = {each.numero: each.code for each in found if each.statut == Statut.TROUVEE and each.code}
    return places, [problem for each in found if (problem := _problem(each))]


def _problem(line: Rapprochement) -> str:
    shown = shorten(line.texte, _SHOWN)
    words = {
        Statut.AMBIGUE: "plusieurs communes possibles, indiquez le code Insee",
        Statut.INCONNUE: "commune inconnue",
        Statut.DOUBLON: "cette commune a déjà une ligne",
    }
    if line.statut not in words:
        return ""
    return f"Ligne {line.numero} («\u00a0{shown}\u00a0»)\u00a0: {words[line.statut]}."


def _others(rangees: Rangees, plan: PlanColonnes) -> list[int]:
    telling = {plan.retenue, plan.avant, plan.apres}
    width = max(len(row) for row in rangees)
    filled = [rank for rank in range(width) if any(rank < len(row) and row[rank].strip() for row in rangees)]
    return [rank for rank in filled if rank not in telling]


def _letters(rank: int) -> str:
    first, second = divmod(rank, len(ascii_uppercase))
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[second]


def _first(problems: Sequence[str]) -> list[str]:
    rest = len(problems) - MOST_MESSAGES
    more = [f"Et {entier(rest)} autre{'s' if rest > 1 else ''} problème{'s' if rest > 1 else ''}."]
    return [*problems[:MOST_MESSAGES], *(more if rest > 0 else [])]
