"""How a table that people bring is read, said before anything is taken, and each guess open to change."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from cpts_geo.documents.tables.csv_laissees import laissees_csv
from cpts_geo.saisie.fichiers import tableur
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.choix import Choix
from cpts_geo.saisie.tables.plan import FeuilleLue, Plan, read_plan
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import litteral
from pages.blocs.tableau_colonnes import corrected_by_hand, lecteur

TOUTES_LES_FEUILLES = "Toutes les feuilles, un territoire par feuille"
EN_COLONNES = "une liste écrite en plusieurs colonnes"
COMMUNE = (Role.NOM, Role.CODE_INSEE, Role.CODE_POSTAL, Role.DEPARTEMENT)
DE_LISTE = (*COMMUNE, Role.CPTS, Role.NIVEAU, Role.ECARTEE)
DE_CHIFFRES = (*COMMUNE, Role.ANNEE, Role.NIVEAU, Role.CHIFFRE, Role.ECARTEE)


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
        lue = corrected_by_hand(feuille, guessed, key, roles)
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
