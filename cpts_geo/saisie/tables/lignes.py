"""The lines to match that a table makes, and why the others are none."""

from collections.abc import Sequence
from itertools import islice

from cpts_geo.saisie.decoupage import MAX_LONGUEUR, LigneCollee, hors_liste
from cpts_geo.saisie.ligne import Lecteur, Sens
from cpts_geo.saisie.rangees import Feuille, Rangees
from cpts_geo.saisie.tables.contenu import understand
from cpts_geo.saisie.tables.plan import Plan
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role
from cpts_geo.saisie.valeurs import is_missing, is_number

MASQUEE = "ligne masquée ou filtrée dans le tableur"
AUTRE_TABLEAU = "ligne d’un autre tableau"
_SENS: dict[Role | None, Sens] = {Role.CODE_INSEE: Sens.INSEE, Role.CODE_POSTAL: Sens.POSTAL}
_REPEATED = 0.8
_LEAST_WORDS = 2
_SAMPLE = 40


def lignes(feuille: Feuille, plan: Plan | None, lecteur: Lecteur) -> tuple[LigneCollee, ...]:
    """Lines to match, one by row that is not blank, numbered as in the table; hidden rows are only told."""
    made = _Lignes(plan, lecteur, feuille.rangees)
    hidden = [LigneCollee(numero, "", ecartee=MASQUEE) for numero in feuille.masquees]
    read = [made.line(numero, row) for numero, row in enumerate(feuille.rangees, start=1) if any(row)]
    return tuple(sorted((*hidden, *read), key=lambda line: line.numero))


class _Lignes:
    """Makes the lines of one table; what a cell means is found once."""

    def __init__(self, plan: Plan | None, lecteur: Lecteur, rangees: Rangees) -> None:
        self._plan = plan
        self._lecteur = lecteur
        self._known: dict[tuple[str, Role], bool] = {}
        self._heads = tuple(each.nom for each in plan.colonnes) if plan else ()
        self._figures = self._columns_of_figures(plan, rangees) if plan else ()

    def line(self, numero: int, row: Sequence[str]) -> LigneCollee:
        plan = self._plan
        if plan is None:
            return LigneCollee(numero, "\t".join(filter(None, row)))
        if reason := self._structure(plan, numero - 1, row):
            return LigneCollee(numero, _shown(row), ignoree=reason)
        return self._commune(plan, numero, row)

    def _commune(self, plan: Plan, numero: int, row: Sequence[str]) -> LigneCollee:
        cell = _cell(row, plan.retenue)
        if self._means(cell, plan.colonnes[plan.retenue].role):
            text = " ".join(
                filter(None, (self._beside(plan, row, plan.avant), cell, self._beside(plan, row, plan.apres)))
            )
            return LigneCollee(numero, text, sens=_SENS.get(plan.sens))
        if reason := self._foreign(row):
            return LigneCollee(numero, _shown(row), ignoree=reason)
        for rank in plan.secours:
            if self._means(other := _cell(row, rank), role := plan.colonnes[rank].role):
                return LigneCollee(numero, other, sens=_SENS.get(role))
        if reason := self._no_commune(row, cell):
            return LigneCollee(numero, _shown(row), ecartee=reason)
        return LigneCollee(numero, cell, sens=_SENS.get(plan.sens))

    def _structure(self, plan: Plan, rank: int, row: Sequence[str]) -> str:
        """Why a row is no line of the table, by its place; empty when it is one."""
        if rank in plan.entetes.rangs:
            return "en-tête"
        if rank in plan.entetes.titres:
            return "titre"
        same = sum(bool(cell) and nom == cell for nom, cell in zip(self._heads, row, strict=False))
        return "en-tête répété" if plan.entetes.rangs and same >= _REPEATED * sum(map(bool, row)) else ""

    def _foreign(self, row: Sequence[str]) -> str:
        """Why a row in which the column read has no commune speaks of none, by its words."""
        texts = [cell for cell in row if any(char.isalpha() for char in cell)]
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


def _shown(row: Sequence[str]) -> str:
    return " ".join(filter(None, row))[:MAX_LONGUEUR]


def _cell(row: Sequence[str], rank: int | None) -> str:
    return row[rank] if rank is not None and rank < len(row) else ""
