"""The lines to match that a table makes, and why the others are none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from cpts_geo.saisie.decoupage import MAX_LONGUEUR, NOM_DE_TERRITOIRE, LigneCollee, hors_liste
from cpts_geo.saisie.lecture.ligne import Lecteur, Sens
from cpts_geo.saisie.rangees import Feuille, Rangees
from cpts_geo.saisie.tables.blocs import Bloc, is_marked
from cpts_geo.saisie.tables.contenu import understand
from cpts_geo.saisie.tables.plan import FeuilleLue, Plan
from cpts_geo.saisie.tables.roles import is_communal
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role, is_
from cpts_geo.saisie.valeurs import is_missing, is_number

MASQUEE = "ligne masquée ou filtrée dans le tableur"
TITRE = "titre"
COMPARAISON = "ligne de comparaison"
SANS_TERRITOIRE = "aucun territoire n’est nommé sur cette ligne"
AUTRE_TABLEAU = "ligne d’un autre tableau"
_SENS: dict[Role | None, Sens] = {Role.CODE_INSEE: Sens.INSEE, Role.CODE_POSTAL: Sens.POSTAL}
_REPEATED = 0.8
_LEAST_WORDS = 2
_NUMBERED = re.compile(r"\d{3}")
_SAMPLE = 40


def lignes(lue: FeuilleLue, lecteur: Lecteur) -> tuple[LigneCollee, ...]:
    """Lines to match, numbered as in the table: one by row that is not blank, and by other commune in it.

    Hidden rows are only told, and so are the communes of a column that nobody says to hold any.
    """
    made = _Lignes(lue, lecteur)
    hidden = [LigneCollee(numero, "", ecartee=MASQUEE) for numero in lue.feuille.masquees]
    rows = ((numero, row) for numero, row in enumerate(lue.feuille.rangees, start=1) if any(row))
    read = (line for numero, row in rows for line in made.lines(numero, row))
    return tuple(sorted((*hidden, *read), key=lambda line: line.numero))


def hors_tableau(feuille: Feuille, plan: Plan, lecteur: Lecteur) -> tuple[LigneCollee, ...]:
    """The rows that are no line by their place alone, beside the headings: they may be taken all the same."""
    made = _Lignes(FeuilleLue(feuille, plan), lecteur)
    rows = ((numero, row) for numero, row in enumerate(feuille.rangees, start=1) if any(row))
    found = ((numero, row, made.structure(plan, numero - 1, row)) for numero, row in rows)
    return tuple(
        LigneCollee(numero, _shown(row), ignoree=why)
        for numero, row, why in found
        if why and numero - 1 not in plan.entetes.rangs
    )


class _Lignes:
    """Makes the lines of one table; what a cell means is found once."""

    def __init__(self, lue: FeuilleLue, lecteur: Lecteur) -> None:
        self._plan = plan = lue.plan
        self._prises = lue.prises
        self._lecteur = lecteur
        self._known: dict[tuple[str, Role], bool] = {}
        self._heads = tuple(each.nom for each in plan.colonnes) if plan else ()
        self._codes = plan.ranks(Role.CODE_INSEE) if plan else ()
        self._figures = self._columns_of_figures(plan, lue.feuille.rangees) if plan else ()

    def lines(self, numero: int, row: Sequence[str]) -> Iterator[LigneCollee]:
        plan = self._plan
        if plan is None:
            yield LigneCollee(numero, "\t".join(filter(None, row)))
        elif numero not in self._prises and (reason := self.structure(plan, numero - 1, row)):
            told = _first(row) if is_("territoires", _first(row)) else _shown(row)
            yield LigneCollee(numero, told, ignoree=reason)
        else:
            yield from self._of_row(plan, numero, row)

    def _of_row(self, plan: Plan, numero: int, row: Sequence[str]) -> Iterator[LigneCollee]:
        level = _cell(row, plan.niveau)
        if level and not is_communal(level):
            yield LigneCollee(numero, _shown(row), ignoree=COMPARAISON)
        elif plan.blocs:
            yield from self._of_blocs(plan, numero, row)
        else:
            others = list(self._others(plan, numero, row))
            if _cell(row, plan.retenue) or all(each.ecartee for each in others):
                yield self._commune(plan, numero, row)
            yield from others

    def _of_blocs(self, plan: Plan, numero: int, row: Sequence[str]) -> Iterator[LigneCollee]:
        """The communes of a row, each of the territory that its column names."""
        own = [bloc for bloc in plan.blocs if is_marked(_cell(row, bloc.retenue))]
        if not own:
            line = self._commune(plan, numero, row)
            yield line if line.ignoree else replace(line, ecartee=SANS_TERRITOIRE)
        for bloc in own:
            read = plan if bloc.croix else _of_bloc(plan, bloc)
            line = self._commune(read, numero, row)
            yield line if line.ignoree else replace(line, territoire=bloc.nom)

    def _others(self, plan: Plan, numero: int, row: Sequence[str]) -> Iterator[LigneCollee]:
        """The communes of a row beside the one that it is about."""
        for rank in plan.aussi:
            if not is_missing(cell := _cell(row, rank)):
                yield LigneCollee(numero, cell, sens=_SENS.get(plan.colonnes[rank].role))
        for rank in plan.autres:
            if self._means(cell := _cell(row, rank), Role.NOM):
                why = f"dans la colonne «\u00a0{plan.noms[rank]}\u00a0», qui n’est pas utilisée"
                yield LigneCollee(numero, cell, ecartee=why)

    def _commune(self, plan: Plan, numero: int, row: Sequence[str]) -> LigneCollee:
        cell = _cell(row, plan.retenue)
        if self._is_place(_cell(row, plan.avant), cell):
            return LigneCollee(numero, _shown(row), ignoree=COMPARAISON)
        if self._means(cell, plan.colonnes[plan.retenue].role):
            text = " ".join(
                filter(None, (self._beside(plan, row, plan.avant), cell, self._beside(plan, row, plan.apres)))
            )
            return LigneCollee(numero, text, sens=_SENS.get(plan.sens), douteuse=self._is_wrong_code(row))
        if reason := self._foreign(row, cell):
            return LigneCollee(
                numero, _first(row) if reason == NOM_DE_TERRITOIRE else _shown(row), ignoree=reason
            )
        for rank in plan.secours:
            if self._means(other := _cell(row, rank), role := plan.colonnes[rank].role):
                doubt = self._is_wrong_code(row)
                return LigneCollee(numero, other, sens=_SENS.get(role), douteuse=doubt)
        if reason := self._no_commune(row, cell):
            return LigneCollee(numero, _shown(row), ecartee=reason)
        return LigneCollee(numero, cell, sens=_SENS.get(plan.sens))

    def _is_wrong_code(self, row: Sequence[str]) -> bool:
        """Whether the column of INSEE codes has the code of something else, as a canton or an EPCI."""
        codes = (_cell(row, rank) for rank in self._codes)
        wrong = (code for code in codes if _NUMBERED.search(code) and not self._means(code, Role.CODE_INSEE))
        return any(not self._means(code, Role.NOM) for code in wrong)

    def _is_place(self, code: str, nom: str) -> bool:
        """Whether a row is about a département, by its number and its name, which may be a commune's too."""
        return bool(code) and bool(place := self._lecteur.lieu(code)) and place == self._lecteur.lieu(nom)

    def structure(self, plan: Plan, rank: int, row: Sequence[str]) -> str:
        """Why a row is no line of the table, by its place; empty when it is one."""
        if rank in plan.entetes.rangs:
            return "en-tête"
        if rank in plan.entetes.titres:
            return TITRE
        same = sum(bool(cell) and nom == cell for nom, cell in zip(self._heads, row, strict=False))
        return "en-tête répété" if plan.entetes.rangs and same >= _REPEATED * sum(map(bool, row)) else ""

    def _foreign(self, row: Sequence[str], cell: str) -> str:
        """Why a row speaks of no commune: by the words in its place, or by others where there is none."""
        worded = any(map(str.isalpha, cell))
        texts = [cell] if worded else [text for text in row if any(map(str.isalpha, text))]
        if any(len(text) > MAX_LONGUEUR for text in texts):
            return "note ou source"
        return next(filter(None, (hors_liste(text, self._lecteur) for text in texts[:2])), "")

    def _no_commune(self, row: Sequence[str], cell: str) -> str:
        """Why there is nobody to ask about in a row: it is blank there, or has words under every figure."""
        if not cell:
            return "aucune commune dans la ligne"
        under = [text for rank in self._figures if (text := _cell(row, rank))]
        words = [text for text in under if not is_number(text) and not is_missing(text)]
        return AUTRE_TABLEAU if len(words) == len(under) >= _LEAST_WORDS else ""

    def _columns_of_figures(self, plan: Plan, rangees: Rangees) -> tuple[int, ...]:
        """The columns that have numbers in the rows of communes."""
        role = plan.colonnes[plan.retenue].role
        rows = list(islice((row for row in rangees if self._means(_cell(row, plan.retenue), role)), _SAMPLE))
        others = [rank for rank in range(len(plan.colonnes)) if plan.colonnes[rank].role not in COMMUNES]
        return tuple(rank for rank in others if rows and all(is_number(_cell(row, rank)) for row in rows))

    def _beside(self, plan: Plan, row: Sequence[str], rank: int | None) -> str:
        """The cell of a column that settles doubts; one that means nothing by itself settles nothing."""
        cell = _cell(row, rank)
        if rank is None or not cell or len(cell) > MAX_LONGUEUR:
            return ""
        return cell if self._means(cell, plan.colonnes[rank].role) or self._lecteur.lieu(cell) else ""

    def _means(self, cell: str, role: Role) -> bool:
        key = (cell, role)
        if key not in self._known:
            self._known[key] = any(each.comprise for each in understand(cell, role, self._lecteur))
        return self._known[key]


def _of_bloc(plan: Plan, bloc: Bloc) -> Plan:
    return replace(plan, retenue=bloc.retenue, avant=bloc.avant, apres=bloc.apres, secours=())


def _first(row: Sequence[str]) -> str:
    return next(filter(None, row), "")


def _shown(row: Sequence[str]) -> str:
    return " ".join(filter(None, row))[:MAX_LONGUEUR]


def _cell(row: Sequence[str], rank: int | None) -> str:
    return row[rank] if rank is not None and rank < len(row) else ""
