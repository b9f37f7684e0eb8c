"""How a table that people bring is read, said before anything is taken, and each guess open to change."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from cpts_geo.documents.tables.csv_laissees import laissees_csv
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.fichiers import tableur
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.plan import (
    Choix,
    FeuilleLue,
    Plan,
    Reponses,
    answers,
    corrected,
    read_plan,
)
from cpts_geo.saisie.tables.vocabulaire import COMMUNES, Role
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import litteral

TOUTES_LES_FEUILLES = "Toutes les feuilles, un territoire par feuille"
AUCUNE = "Aucune"


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


def draw_reading(feuille: Feuille, prefixe: str, *, territoires_nommes: bool) -> FeuilleLue:
    """Draw how a sheet is read and the ways to correct it, and give it as it is then read."""
    guessed = read_plan(feuille.rangees, lecteur())
    if guessed is None:
        return FeuilleLue(feuille, None)
    # What was corrected in another table does not hold for this one.
    key = f"{prefixe}_{abs(hash((feuille.nom, feuille.rangees[:3], len(feuille.rangees))))}"
    with st.expander(f"Lecture du tableau\u00a0: {litteral(guessed.resume())}", icon=":material/table:"):
        choix = _corrections(feuille, guessed, key, territoires_nommes=territoires_nommes)
    plan = read_plan(feuille.rangees, lecteur(), choix) if choix != Choix() else guessed
    if choix != Choix() and plan is not None:
        st.caption(f"Lu ainsi\u00a0: {litteral(plan.resume())}.")
    if territoires_nommes and plan is not None and plan.douteuses:
        st.info(
            f"La colonne {' ou '.join(litteral(plan.colonnes[rank].nom) for rank in plan.douteuses)} "
            "distingue-t-elle plusieurs CPTS\u00a0? Si oui, choisissez-la comme «\u00a0Colonne"
            " des CPTS\u00a0» dans la lecture du tableau\u00a0; sinon, les communes sont prises ensemble.",
            icon=":material/help:",
        )
    return FeuilleLue(feuille, plan)


def _corrections(feuille: Feuille, plan: Plan, key: str, *, territoires_nommes: bool) -> Choix:
    """Draw what can be corrected, each as it was guessed, and give what the person has changed."""
    guessed, columns, kinds = answers(plan), list(range(len(plan.colonnes))), sorted(COMMUNES)
    named = plan.noms.__getitem__
    left, right = st.columns(2)
    communes = left.selectbox("Colonne des communes", columns, guessed.communes, named, key=f"{key}_communes")
    own = plan.colonnes[communes].role
    kind = right.selectbox(
        "Cette colonne contient",
        kinds,
        kinds.index(own if own in COMMUNES else Role.NOM),
        lambda each: each.nom,
        key=f"{key}_contient_{communes}",
    )
    left, right = st.columns(2)
    row = left.number_input(
        "Ligne des en-têtes (0\u00a0: aucune)", 0, len(feuille.rangees), guessed.entete, key=f"{key}_entete"
    )
    with right:
        cpts = _territory_column(plan, key) if territoires_nommes else plan.cpts
    return corrected(plan, Reponses(row, communes, kind, cpts))


def _territory_column(plan: Plan, key: str) -> int | None:
    ranks: list[int | None] = [None, *range(len(plan.colonnes))]
    return st.selectbox(
        "Colonne des CPTS",
        ranks,
        index=ranks.index(plan.cpts),
        format_func=lambda rank: AUCUNE if rank is None else plan.noms[rank],
        key=f"{key}_cpts",
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
