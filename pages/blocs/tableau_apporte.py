"""How a table that people bring is read, said before anything is taken, and each guess open to change."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

import streamlit as st

from cpts_geo.documents.tables.csv_laissees import laissees_csv
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.fichiers import tableur
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.lignes import hors_tableau
from cpts_geo.saisie.tables.plan import (
    Choix,
    ChoixContradictoiresError,
    FeuilleLue,
    Plan,
    corrected,
    read_plan,
)
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import litteral, shorten

TOUTES_LES_FEUILLES = "Toutes les feuilles, un territoire par feuille"
EN_COLONNES = "une liste écrite en plusieurs colonnes"
COMMUNE = (Role.NOM, Role.CODE_INSEE, Role.CODE_POSTAL, Role.DEPARTEMENT)
DE_LISTE = (*COMMUNE, Role.CPTS, Role.NIVEAU, Role.ECARTEE)
DE_CHIFFRES = (*COMMUNE, Role.ANNEE, Role.NIVEAU, Role.CHIFFRE, Role.ECARTEE)
MOST_WITHOUT_SCROLL, SCROLL_HEIGHT = 12, 420
BOX_WIDTH = 280
SHOWN_NAME, SHOWN_VALUE, SHOWN_ROW = 40, 20, 60


def upload(key: str) -> tuple[bytes, str] | None:
    """Draw the choice of a file, and give its content and its name."""
    given = st.file_uploader("Fichier Excel, LibreOffice ou CSV, zippé ou non, 20\u00a0Mo au plus", key=key)
    return None if given is None else (given.getvalue(), given.name)


@st.cache_data(show_spinner="Lecture du fichier…", max_entries=8)
def read_file(contenu: bytes, nom: str) -> tuple[Feuille, ...]:
    """Read the sheets of a file."""
    return tableur.read(contenu, nom)


def choose_sheets(feuilles: Sequence[Feuille], prefixe: str, *, toutes: bool) -> list[Feuille]:
    """Draw the choice of a sheet, when several hold communes, and give it, or all if that is offered."""
    useful = territoires.useful(feuilles, lecteur())
    if len(useful) == 1:
        return useful
    names = [each.titre for each in useful] + ([TOUTES_LES_FEUILLES] if toutes else [])
    chosen = st.selectbox(
        "Feuille",
        range(len(names)),
        index=len(names) - 1 if toutes else 0,
        format_func=names.__getitem__,
        key=f"{prefixe}_feuille",
    )
    return useful if chosen == len(useful) else [useful[chosen]]


def draw_reading(feuille: Feuille, prefixe: str, *, roles: Sequence[Role]) -> FeuilleLue:
    """Draw how a sheet is read and the ways to correct it, and give it as it is then read.

    Args:
        feuille: the sheet.
        prefixe: what the names of its widgets begin with.
        roles: what its columns may be read as.
    """
    # What was corrected in another table does not hold for this one.
    key = f"{prefixe}_{abs(hash((feuille.nom, feuille.rangees[:3], len(feuille.rangees))))}"
    guessed = read_plan(feuille.rangees, lecteur())
    told = guessed.resume() if guessed else EN_COLONNES
    guessed = guessed or read_plan(feuille.rangees, lecteur(), Choix())
    if guessed is None:
        return FeuilleLue(feuille, None)
    with st.expander(f"Lecture du tableau\u00a0: {litteral(told)}", icon=":material/table:"):
        if told == EN_COLONNES and not st.checkbox(
            "Une seule commune par ligne\u00a0: dire ce que contient chaque colonne", key=f"{key}_tableau"
        ):
            return FeuilleLue(feuille, None)
        lue = _corrected_by_hand(feuille, guessed, key, roles)
    if lue.plan and lue.plan is not guessed:
        st.caption(f"Lu ainsi\u00a0: {litteral(lue.plan.resume())}.")
    if Role.CPTS in roles and lue.plan:
        _ask_about_columns(lue.plan)
    return lue


def _ask_about_columns(plan: Plan) -> None:
    if plan.douteuses:
        st.info(
            f"La colonne {' ou '.join(litteral(plan.noms[rank]) for rank in plan.douteuses)} "
            "distingue-t-elle plusieurs CPTS\u00a0? Si oui, donnez-la comme «\u00a0CPTS\u00a0» dans la "
            "lecture du tableau\u00a0; sinon, les communes sont prises ensemble.",
            icon=":material/help:",
        )
    if plan.autres:
        st.info(
            f"La colonne {' et '.join(litteral(plan.noms[rank]) for rank in plan.autres)} contient d’autres "
            "communes, laissées de côté. Pour les prendre aussi, donnez-la comme «\u00a0Nom de "
            "commune\u00a0» dans la lecture du tableau.",
            icon=":material/help:",
        )


def _corrected_by_hand(feuille: Feuille, guessed: Plan, key: str, roles: Sequence[Role]) -> FeuilleLue:
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


def left_out_button(rows: Sequence[tuple[int, str, str]], key: str) -> None:
    """Draw the button that takes away, as a file, the lines left out and why; nothing when there is none."""
    if not rows:
        return
    st.download_button(
        f"Télécharger {pluriel(len(rows), 'ligne laissée de côté', 'lignes laissées de côté')} (CSV)",
        data=partial(laissees_csv, rows),
        file_name="lignes-laissees-de-cote.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=key,
    )


def lecteur() -> Lecteur:
    """Give what reads a cell."""
    return Lecteur(index_noms(donnees().referentiel))
