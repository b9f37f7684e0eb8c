"""Local figures from a table that people give: what it holds is shown, columns are chosen, then it is taken.

A cell that is no figure, or a line that is no commune, is left out and told: it never stops the others.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cpts_geo.projet.donnees_locales import DonneeLocale, Nature, limites
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together
from cpts_geo.saisie.noms import IndexNoms
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables.entetes import lettre
from cpts_geo.saisie.tables.lignes import lignes
from cpts_geo.saisie.tables.plan import FeuilleLue, Plan
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.saisie.valeurs import Valeur, has_thousand_points, is_rate, valeur
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import shorten

_SHOWN = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What becomes of the rate of a commune that is now part of another: nothing, or that of the one still there.
Fusions = Literal["inconnu", "actuelle"]
_SANS_ENTETE = "Une ligne doit nommer les colonnes, et l’une d’elles doit contenir les communes."
SANS_DATE = "date non précisée"


class DonneesInvalidesError(SaisieRefuseeError):
    """The figures cannot be taken; `messages`, in French, say why."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = tuple(messages)


@dataclass(frozen=True, slots=True)
class Commun:
    """What is said of a figure besides its value."""

    nature: Nature
    unite: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class ColonneChoisie:
    """A column to take: its rank, the name of its figure, and what is said of it."""

    rang: int
    libelle: str
    commun: Commun


@dataclass(frozen=True, slots=True)
class Prise:
    """What is taken of a table: columns, the year when it has several, the communes kept (None for all)."""

    colonnes: tuple[ColonneChoisie, ...]
    annee: str = ""
    communes: Collection[str] | None = None
    fusions: Fusions = "inconnu"


@dataclass(frozen=True, slots=True)
class Laissee:
    """What is left out: a line, or one of its cells, and why."""

    numero: int
    texte: str
    raison: str


@dataclass(frozen=True, slots=True)
class Importation:
    """The local figures of a table, what was left out, and how many of its communes were not asked for."""

    donnees: tuple[DonneeLocale, ...]
    laissees: tuple[Laissee, ...]
    hors_territoire: int = 0

    @property
    def message(self) -> str:
        """In French, what was left out; empty when nothing was."""
        outside = pluriel(self.hors_territoire, "commune hors du territoire", "communes hors du territoire")
        lines = pluriel(
            len(self.laissees), "ligne ou case laissée de côté", "lignes ou cases laissées de côté"
        )
        told = ([outside] if self.hors_territoire else []) + ([lines] if self.laissees else [])
        return f"{', '.join(told)}." if told else ""


@dataclass(frozen=True, slots=True)
class TableDeChiffres:
    """A table of figures: how it is read, the commune of each line, its figures, its years, newest first."""

    feuille: Feuille
    plan: Plan
    lignes: tuple[Rapprochement, ...]
    proposees: tuple[int, ...]
    annees: tuple[str, ...]

    @property
    def ecartees(self) -> tuple[str, ...]:
        """The names of the columns that hold no figure and tell no commune."""
        return tuple(
            each.nom
            for rank, each in enumerate(self.plan.colonnes)
            if rank not in self.proposees and each.role in {Role.ECARTEE, Role.CODE_POSTAL, Role.DEPARTEMENT}
        )


def read_table(lue: FeuilleLue, index: IndexNoms) -> TableDeChiffres:
    """Read a table of figures: one row a commune, one column a figure, named by a heading.

    Args:
        lue: the sheet, and how it is read.
        index: the names and codes of communes.

    Raises:
        DonneesInvalidesError: it has no heading, no commune or no figure.
    """
    feuille, plan = lue.feuille, lue.plan
    if plan is None or not plan.entetes.rangs:
        raise DonneesInvalidesError([_SANS_ENTETE])
    # A row of figures is about one commune, whatever others it names.
    alone = replace(lue, plan=replace(plan, autres=(), aussi=()))
    found = bring_together(lignes(alone, Lecteur(index)), index)
    if not any(each.code for each in found):
        raise DonneesInvalidesError(["Aucune commune n’a été reconnue dans ce tableau."])
    proposees = plan.ranks(Role.CHIFFRE)
    if not proposees:
        raise DonneesInvalidesError(["Aucune colonne ne contient de chiffres."])
    return TableDeChiffres(feuille, plan, found, proposees, _years(feuille, plan, found))


def propose(table: TableDeChiffres, source: str, date: str = "") -> tuple[ColonneChoisie, ...]:
    """The columns of figures, each with a name of its own, and what its heading says of it.

    Args:
        table: the table.
        source: where the figures come from.
        date: their date; without it, the year that each heading gives.
    """
    noms = _distinct_names(table)
    return tuple(
        ColonneChoisie(rank, noms[rank], _said_by(table, rank, source, date)) for rank in table.proposees
    )


def import_chiffres(table: TableDeChiffres, prise: Prise) -> Importation:
    """Take figures of a table.

    A blank cell, or one that says in any publisher's words that there is no figure, is missing: it is never
    zero. "<11" is bounded. Counts of communes that are now one are added up; their rates cannot be.

    Raises:
        DonneesInvalidesError: no column is chosen, or a source, a date or a year is missing.
    """
    _check(table, prise)
    rows, left = _rows(table, prise)
    kept = {
        code: numeros for code, numeros in rows.items() if prise.communes is None or code in prise.communes
    }
    if not kept:
        raise DonneesInvalidesError(["Aucune des communes de ce tableau n’est dans le territoire."])
    columns = [_Colonne(table, each, prise.fusions) for each in prise.colonnes]
    donnees = tuple(column.read(kept) for column in columns)
    cells = (laissee for column in columns for laissee in column.laissees)
    return Importation(donnees, (*left, *cells), len(rows) - len(kept))


def chiffre(libelle: str, valeur_tapee: str, commun: Commun, cle: int) -> DonneeLocale:
    """One figure of a whole scenario, as typed in a form.

    Raises:
        DonneesInvalidesError: the name, the figure, its source or its date is missing or cannot be read.
    """
    problems = []
    try:
        value = nombre(valeur_tapee)
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
    """A number as people type it; None when they say that there is none, or only bounds.

    Raises:
        ValueError: it is no number, or is too large.
    """
    found = valeur(text)
    return found.basse if found is not None and found.exacte else None


# ---- What a heading says ----------------------------------------------------------------------------------


def _years(feuille: Feuille, plan: Plan, found: Sequence[Rapprochement]) -> tuple[str, ...]:
    ranks = plan.ranks(Role.ANNEE)
    cells = {_cell(feuille, each.numero, ranks[0]) for each in found if each.code} if ranks else set()
    return tuple(sorted(filter(None, cells), reverse=True))


def _distinct_names(table: TableDeChiffres) -> dict[int, str]:
    """The names of columns at the length kept: those that the cut makes alike end with their letters."""
    longest = limites().longueurs.libelle
    names = {rank: table.plan.colonnes[rank].nom for rank in table.proposees}
    cut = [nom[:longest] for nom in names.values()]
    return {
        rank: nom
        if len(nom) <= longest or cut.count(nom[:longest]) == 1
        else _with_letter(nom, rank, longest)
        for rank, nom in names.items()
    }


def _with_letter(nom: str, rank: int, longest: int) -> str:
    end = f" (colonne {lettre(rank)})"
    return nom[: longest - len(end)] + end


def _said_by(table: TableDeChiffres, rank: int, source: str, date: str) -> Commun:
    heading = table.plan.colonnes[rank].nom
    years = _YEAR.findall(heading)
    nature: Nature = "taux" if is_rate(heading) else "effectif"
    unite = "%" if "%" in heading or _cells_end_with(table, rank, "%") else ""
    return Commun("taux" if unite else nature, unite, source, date or (years[-1] if years else SANS_DATE))


def _cells_end_with(table: TableDeChiffres, rank: int, sign: str) -> bool:
    cells = (_cell(table.feuille, each.numero, rank) for each in table.lignes if each.code)
    return any(cell.endswith(sign) for cell in cells)


# ---- Lines ------------------------------------------------------------------------------------------------


def _check(table: TableDeChiffres, prise: Prise) -> None:
    problems = []
    if not prise.colonnes:
        problems.append("Choisissez au moins une colonne de chiffres.")
    if len(table.annees) > 1 and prise.annee not in table.annees:
        problems.append(f"Choisissez l’année\u00a0: {', '.join(table.annees)}.")
    if any(not each.commun.source.strip() or not each.commun.date.strip() for each in prise.colonnes):
        problems.append("Indiquez la source et la date de ces chiffres.")
    if problems:
        raise DonneesInvalidesError(problems)


def _rows(table: TableDeChiffres, prise: Prise) -> tuple[dict[str, list[Rapprochement]], list[Laissee]]:
    """The lines of each commune, for the year asked, and those that have none."""
    rows: defaultdict[str, list[Rapprochement]] = defaultdict(list)
    left = []
    for each in table.lignes:
        if each.code is None:
            if each.statut is not Statut.IGNOREE:
                left.append(
                    Laissee(each.numero, shorten(each.texte, _SHOWN), each.mention or "commune inconnue")
                )
        elif _is_of_year(table, each, prise.annee):
            rows[each.code].append(each)
    return dict(rows), left


def _is_of_year(table: TableDeChiffres, line: Rapprochement, annee: str) -> bool:
    ranks = table.plan.ranks(Role.ANNEE)
    return not annee or not ranks or _cell(table.feuille, line.numero, ranks[0]) == annee


def _cell(feuille: Feuille, numero: int, rank: int) -> str:
    row = feuille.rangees[numero - 1]
    return row[rank] if rank < len(row) else ""


class _Colonne:
    """A column of figures being read; what cannot be is remembered."""

    def __init__(self, table: TableDeChiffres, choisie: ColonneChoisie, fusions: Fusions) -> None:
        self._table = table
        self._choisie = choisie
        self._fusions = fusions
        cells = (self._cell(each) for each in table.lignes if each.code)
        self._points = has_thousand_points(cells)
        self.laissees: list[Laissee] = []

    def read(self, rows: dict[str, list[Rapprochement]]) -> DonneeLocale:
        """The local figure, for the communes of these lines."""
        known = {code: found for code, lines in rows.items() if (found := self._figure(lines)) is not None}
        commun = self._choisie.commun
        return DonneeLocale(
            self._choisie.libelle,
            commun.unite,
            commun.nature,
            commun.source,
            commun.date,
            par_commune=tuple((code, each.basse) for code, each in known.items() if each.exacte),
            bornes=tuple((code, *each) for code, each in known.items() if not each.exacte),
        )

    def _figure(self, lines: Sequence[Rapprochement]) -> Valeur | None:
        read = [(line, found) for line in lines if (found := self._valeur(line)) is not None]
        if not read:
            return None
        if not any(line.ancienne for line, _ in read):
            return self._same(read)
        if self._choisie.commun.nature == "effectif":
            return Valeur(sum(each.basse for _, each in read), sum(each.haute for _, each in read))
        present = [(line, each) for line, each in read if not line.ancienne]
        if self._fusions == "actuelle" and present:
            return self._same(present)
        self._leave(read[0][0], "taux d’une ancienne commune, qui ne se calcule pas pour la commune actuelle")
        return None

    def _same(self, read: Sequence[tuple[Rapprochement, Valeur]]) -> Valeur | None:
        """The figure of a commune; two that differ leave none."""
        if len({each for _, each in read}) == 1:
            return read[0][1]
        self._leave(read[-1][0], "cette commune a plusieurs chiffres différents")
        return None

    def _valeur(self, line: Rapprochement) -> Valeur | None:
        try:
            return valeur(self._cell(line), points_de_milliers=self._points)
        except ValueError as error:
            self._leave(line, str(error))
            return None

    def _leave(self, line: Rapprochement, why: str) -> None:
        self.laissees.append(Laissee(line.numero, self._cell(line), f"{self._choisie.libelle}\u00a0: {why}"))

    def _cell(self, line: Rapprochement) -> str:
        return _cell(self._table.feuille, line.numero, self._choisie.rang)
