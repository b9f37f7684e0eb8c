"""Local figures from a table that people give: what it holds is shown, columns are chosen, then it is taken.

A cell that is no figure, or a line that is no commune, is left out and told: it never stops the others.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cpts_geo.projet.donnees_locales import DonneeLocale, Nature, limites
from cpts_geo.saisie.chiffres import anciennes, lignes_repetees
from cpts_geo.saisie.chiffres.colonne import Colonne
from cpts_geo.saisie.chiffres.lignes_repetees import Lignes
from cpts_geo.saisie.chiffres.milliers import ecriture, readings, written
from cpts_geo.saisie.chiffres.natures import is_rate
from cpts_geo.saisie.chiffres.rangees_prises import RangeesPrises
from cpts_geo.saisie.chiffres.table import (
    ColonneChoisie,
    Commun,
    DonneesInvalidesError,
    HorsTerritoireError,
    Laissee,
    Prise,
    TableDeChiffres,
)
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together
from cpts_geo.saisie.noms import IndexNoms
from cpts_geo.saisie.tables.entetes import lettre
from cpts_geo.saisie.tables.lignes import lignes
from cpts_geo.saisie.tables.plan import FeuilleLue, Plan
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.saisie.valeurs import is_missing, unite, valeur
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import shorten

_SHOWN = 40
_FIRST = 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SANS_ENTETE = "Une ligne doit nommer les colonnes, et l’une d’elles doit contenir les communes."
SANS_DATE = "date non précisée"
VILLE_ENTIERE = "chiffre d’une ville entière\u00a0: ses arrondissements n’ont pas le leur"


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
    matched = (_without_city(each, index) for each in bring_together(lignes(alone, Lecteur(index)), index))
    found = tuple(anciennes.renamed(matched, index))
    if not any(each.code for each in found):
        raise DonneesInvalidesError(["Aucune commune n’a été reconnue dans ce tableau."])
    proposees = plan.ranks(Role.CHIFFRE)
    if not proposees:
        raise DonneesInvalidesError(["Aucune colonne ne contient de chiffres."])
    rows = Lignes(feuille, plan)
    found = tuple(lignes_repetees.carried_down(rows, found))
    several = lignes_repetees.of_several(found)
    distinctions = rows.distinctions([each for each in found if each.numero not in several])
    telling = {each.rang for each in distinctions}
    return TableDeChiffres(
        feuille,
        plan,
        found,
        tuple(rank for rank in proposees if rank not in telling),
        _years(rows, plan, found),
        distinctions,
        anciennes.fusionnees(found, index),
    )


def _without_city(line: Rapprochement, index: IndexNoms) -> Rapprochement:
    """The line; that of a whole city is told apart, for nobody knows what its arrondissements have of it."""
    if line.code not in index.referentiel.villes:
        return line
    return replace(line, statut=Statut.ECARTEE, code=None, mention=VILLE_ENTIERE)


def propose(table: TableDeChiffres, source: str, date: str = "") -> tuple[ColonneChoisie, ...]:
    """The columns of figures, each with a name of its own, and what its heading says of it.

    Args:
        table: the table.
        source: where the figures come from.
        date: their date; without it, the year that each heading gives.
    """
    noms = _distinct_names(table)
    return tuple(
        _proposed(table, rank, noms[rank], _said_by(table, rank, source, date)) for rank in table.proposees
    )


def _proposed(table: TableDeChiffres, rank: int, nom: str, commun: Commun) -> ColonneChoisie:
    read = ecriture(dict.fromkeys(table.cells(rank)), table.plan.colonnes[rank].nom)
    return ColonneChoisie(rank, nom, commun, read.milliers, read.exemple, a_confirmer=not read.sure)


def first_values(table: TableDeChiffres, colonne: ColonneChoisie) -> str:
    """The first figures of a column as they are read, in French."""
    column = Colonne(table, colonne, "inconnu")
    read = (column.value(each) for each in table.lignes if each.code and not is_missing(column.cell(each)))
    first = [written(found) for found, _ in zip(read, range(_FIRST), strict=False)]
    return "\u00a0· ".join(first)


def import_chiffres(table: TableDeChiffres, prise: Prise) -> Importation:
    """Take figures of a table.

    A blank cell, or one that says in any publisher's words that there is no figure, is missing: it is never
    zero. "<11" is bounded. Counts of communes that are now one are added up; their rates cannot be. A row
    about several communes gives none its figure, nor do rows of a commune that are not the same.

    Raises:
        DonneesInvalidesError: no column is chosen, or a source, a date, a year or rows to keep are missing.
        HorsTerritoireError: no commune of the table is asked for.
    """
    _check(table, prise)
    rows = RangeesPrises(table, prise)
    if not rows.communes:
        raise HorsTerritoireError(["Aucune des communes de ce tableau n’est dans le territoire."])
    columns = [Colonne(table, each, prise.fusions) for each in prise.colonnes]
    donnees = tuple(column.read(rows.par_commune) for column in columns)
    cells = (laissee for column in columns for laissee in column.laissees)
    return Importation(donnees, (*rows.laissees, *cells), rows.hors_territoire)


def chiffre(libelle: str, valeur_tapee: str, commun: Commun, cle: int) -> DonneeLocale:
    """One figure of a whole scenario, as typed in a form.

    Raises:
        DonneesInvalidesError: the name, the figure, its source or its date is missing or cannot be read.
    """
    problems = []
    try:
        value = nombre(valeur_tapee, libelle)
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


def nombre(text: str, libelle: str) -> float | None:
    """A number as people type it; None when they say that there is none, or only bounds.

    Args:
        text: the number.
        libelle: what it is: of a count, "1.254" is more than a thousand.

    Raises:
        ValueError: it is no number, it is too large, or it may be two.
    """
    read = ecriture([text], libelle)
    if not read.sure:
        whole, part = readings(read.exemple).values()
        raise ValueError(
            f"écrivez {whole} ou {part} plutôt que «\u00a0{shorten(text.strip(), _SHOWN)}\u00a0»"
        )
    found = valeur(text, milliers=read.milliers)
    return found.basse if found is not None and found.exacte else None


# ---- What a heading says ----------------------------------------------------------------------------------


def _years(rows: Lignes, plan: Plan, found: Sequence[Rapprochement]) -> tuple[str, ...]:
    ranks = plan.ranks(Role.ANNEE)
    cells = {rows.cell(each, ranks[0]) for each in found if each.code} if ranks else set()
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
    said = _unit(table, rank)
    unit = "%" if "%" in heading else said
    nature: Nature = "taux" if is_rate(heading) or unit in {"%", "‰"} else "effectif"
    return Commun(nature, unit, source, date or (years[-1] if years else SANS_DATE))


def _unit(table: TableDeChiffres, rank: int) -> str:
    """The unit that most figures of a column have behind them, be it people who are counted."""
    units: Counter[tuple[str, str]] = Counter()
    for cell, times in Counter(table.cells(rank)).items():
        if not is_missing(cell):
            units[unite(cell)] += times
    if not units:
        return ""
    (_, nom), most = units.most_common(1)[0]
    return nom if 2 * most > units.total() else ""


# ---- What is asked ---------------------------------------------------------------------------------------


def _check(table: TableDeChiffres, prise: Prise) -> None:
    problems = []
    if not prise.colonnes:
        problems.append("Choisissez au moins une colonne de chiffres.")
    if len(table.annees) > 1 and prise.annee not in table.annees:
        problems.append(f"Choisissez l’année\u00a0: {', '.join(table.annees)}.")
    problems += [
        f"Ce tableau a plusieurs lignes par commune\u00a0: choisissez celles à prendre, {each.dit}."
        for each in table.distinctions
        if prise.gardees.get(each.rang) not in each.valeurs
    ]
    if any(not each.commun.source.strip() or not each.commun.date.strip() for each in prise.colonnes):
        problems.append("Indiquez la source et la date de ces chiffres.")
    if problems:
        raise DonneesInvalidesError(problems)
