"""What each column of a table is read as, and which rows are lines: each guess open to change."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables.choix import Choix, ChoixContradictoiresError
from cpts_geo.saisie.tables.lignes import hors_tableau
from cpts_geo.saisie.tables.plan import FeuilleLue, Plan, corrected, read_plan
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.socle.textes import litteral, shorten

MOST_WITHOUT_SCROLL, SCROLL_HEIGHT = 12, 420
BOX_WIDTH = 280
SHOWN_NAME, SHOWN_VALUE, SHOWN_ROW = 40, 20, 60


def corrected_by_hand(feuille: Feuille, guessed: Plan, key: str, roles: Sequence[Role]) -> FeuilleLue:
    """Draw what can be corrected, each as it was guessed, and give the sheet as the person has it read."""
    rangs = guessed.entetes.rangs
    found = rangs[-1] + 1 if rangs else 0
    row = st.number_input(
        "Ligne des en-têtes (0\u00a0: aucune)",
        0,
        len(feuille.rangees),
        found,
        key=f"{key}_entete",
        width=BOX_WIDTH,
    )
    entete = None if row == found else row - 1
    plan = guessed if entete is None else read_plan(feuille.rangees, lecteur(), Choix(entete)) or guessed
    choix = _chosen_roles(plan, f"{key}_{row}", roles)
    if choix != Choix():
        plan = read_plan(feuille.rangees, lecteur(), replace(choix, entete=entete)) or plan
    return FeuilleLue(feuille, plan, _taken_rows(feuille, plan, key))


def _chosen_roles(plan: Plan, key: str, roles: Sequence[Role]) -> Choix:
    """Draw what each column is read as, and give what the person has changed.

    While two choices contradict each other, as when one is moved from a column to another, the last that did
    not are given: what hangs on them below stays.
    """
    long = len(plan.noms) > MOST_WITHOUT_SCROLL
    height: Literal["content"] | int = SCROLL_HEIGHT if long else "content"
    with st.container(
        height=height, border=long, horizontal=True, vertical_alignment="bottom", key=f"{key}_roles"
    ):
        usages = [_role_box(plan, rank, key, roles) for rank in range(len(plan.noms))]
    try:
        found = corrected(plan, usages)
    except ChoixContradictoiresError as error:
        st.error(
            f"{litteral(str(error))} D’ici là, le tableau reste lu comme avant ce choix.",
            icon=":material/error:",
        )
        kept: Choix = st.session_state.get(f"{key}_gardes", Choix())
        return kept
    st.session_state[f"{key}_gardes"] = found
    return found


def _role_box(plan: Plan, rank: int, key: str, roles: Sequence[Role]) -> Role:
    """Draw what one column is read as: its name and its first values say which one it is."""
    column, used = plan.colonnes[rank], plan.usages[rank]
    shown = used if used in roles else Role.ECARTEE
    values = "\u00a0· ".join(shorten(each, SHOWN_VALUE) for each in column.exemples) or "vide"
    chosen = st.selectbox(
        f"**{litteral(shorten(column.nom, SHOWN_NAME))}**\u00a0: {litteral(values)}",
        roles,
        roles.index(shown),
        lambda each: each.nom,
        key=f"{key}_role_{rank}",
        width=BOX_WIDTH,
    )
    return used if chosen is shown else chosen


def _taken_rows(feuille: Feuille, plan: Plan, key: str) -> frozenset[int]:
    """Draw the choice of the rows set apart by their place that are lines of the table all the same."""
    apart = {line.numero: line for line in hors_tableau(feuille, plan, lecteur())}
    if not apart:
        return frozenset()
    return frozenset(
        st.multiselect(
            "Prendre aussi des lignes mises à part",
            list(apart),
            format_func=lambda numero: (
                f"Ligne {numero} ({apart[numero].ignoree})\u00a0: {shorten(apart[numero].texte, SHOWN_ROW)}"
            ),
            placeholder="Aucune",
            key=f"{key}_prises",
        )
    )


def lecteur() -> Lecteur:
    """Give what reads a cell."""
    return Lecteur(index_noms(donnees().referentiel))
