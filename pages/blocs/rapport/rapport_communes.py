"""The table of communes: columns on demand, search, a way to the map, a file; and the zones they cut."""

from datetime import datetime
from functools import partial

import streamlit as st

from cpts_geo.analyse.decoupages import decoupages
from cpts_geo.analyse.table_communes import DEPARTEMENT, NOM, TableCommunes, Tri, mesures, table_communes
from cpts_geo.documents.tables import csv_decoupages
from cpts_geo.documents.tables.csv_communes import communes_csv, nom_fichier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.plan import plan
from cpts_geo.interface import etat
from cpts_geo.interface.html import html_decoupages, html_rapport
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.nombres import pluriel

CARTE = ROOT / "pages" / "carte.py"
TRI = "rapport_tri"
FLECHES = {False: "↑", True: "↓"}
MASQUES = " Un chiffre masqué n’a pas de rang\u00a0: il vient après ceux qui sont connus, dans les deux sens."
HEIGHT_PX = 560
ROW_PX = 35


def draw(territoire: Territoire) -> None:
    """Draw the table of the communes of the territory."""
    offered = mesures(donnees().catalogue)
    chosen = columns_box(list(offered))
    table = table_communes(
        territoire.codes, [offered[cle] for cle in chosen], donnees().agregateur, donnees().referentiel
    )
    st.html(html_rapport.totaux(table))
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        wanted = st.text_input(
            "Chercher une commune",
            placeholder="Nom, département, code Insee ou postal",
            key="rapport_recherche",
        )
    with right:
        download(table, territoire)
    tri: Tri = st.session_state.get(TRI, Tri())
    found = table.search(wanted).sort(tri)
    st.caption(
        f"{pluriel(len(found), 'commune')}. Cliquez une ligne pour voir la commune sur la carte, "
        "un titre de colonne pour trier."
        f"{MASQUES if found.masques else ''}"
    )
    if len(found):
        grid(found, tri, [DEPARTEMENT] if table.plusieurs_departements else [])
    draw_decoupages(territoire)


def draw_decoupages(territoire: Territoire) -> None:
    """Draw the CPTS around, the zones that the territory takes whole or in part, and their file."""
    st.html(html_decoupages.cpts_voisines(territoire.codes, donnees()))
    found = decoupages(territoire.codes, donnees())
    st.html(html_decoupages.table(found, donnees().referentiel))
    today = datetime.now().astimezone().date()
    st.download_button(
        "Télécharger ces découpages (CSV)",
        data=partial(csv_decoupages.decoupages_csv, found, territoire, donnees().referentiel, today),
        file_name=csv_decoupages.nom_fichier(territoire, today),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def columns_box(offered: list[str]) -> list[str]:
    """Draw the choice of columns, and give it."""
    labels = {cle: mesure.libelle for cle, mesure in mesures(donnees().catalogue).items()}
    return st.multiselect(
        "Colonnes",
        offered,
        default=list(plan().colonnes_communes),
        format_func=lambda cle: labels.get(cle, ""),
        key="rapport_colonnes",
        placeholder="Ajouter un indicateur",
        filter_mode="contains",
        select_all=False,
        persist_state="session",
    )


def grid(table: TableCommunes, tri: Tri, zones: list[str]) -> None:
    """Draw the rows, with these columns after the name.

    A click on a row goes to the map, one on a title sorts: the browser would sort texts, and missing figures
    as zeros.
    """
    heads = {
        mesure.cle: st.column_config.TextColumn(
            sorted_title(mesure.titre, tri, mesure.cle), help=html_rapport.aide(mesure), alignment="right"
        )
        for mesure in table.mesures
    }
    names = {
        name: st.column_config.TextColumn(sorted_title(name, tri, name), pinned=name == NOM)
        for name in (NOM, DEPARTEMENT)
    }
    with st.container(key="table_communes_cadre"):
        event = st.dataframe(
            table.affichee(),
            column_config={**names, **heads},
            column_order=[NOM, *zones, *heads],
            hide_index=True,
            height=min(HEIGHT_PX, ROW_PX * (len(table) + 1) + 3),
            # Sorted anew, it is another table: nothing is chosen in it.
            key=f"table_communes_{tri.colonne}_{tri.decroissant}",
            on_select="rerun",
            selection_mode=["single-cell", "single-column"],
        )
    if event.selection.columns:
        st.session_state[TRI] = tri.clic(str(event.selection.columns[0]))
        st.rerun()
    if event.selection.cells:
        row, _ = event.selection.cells[0]
        etat.look_at_communes((table.codes[row],))
        st.switch_page(CARTE)


def sorted_title(title: str, tri: Tri, colonne: str) -> str:
    """The title of a column, with an arrow when the table is sorted by it."""
    return f"{FLECHES[tri.decroissant]} {title}" if colonne == tri.colonne else title


def download(table: TableCommunes, territoire: Territoire) -> None:
    """Draw the file of the whole table, whatever is searched."""
    today = datetime.now().astimezone().date()
    st.download_button(
        "Télécharger le tableau (CSV)",
        data=partial(communes_csv, table, territoire, today),
        file_name=nom_fichier(territoire, today),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
