"""The table of communes: columns on demand, search, a way to the map, a file."""

from datetime import datetime
from functools import partial

import streamlit as st

from cpts_geo.analyse.table_communes import DEPARTEMENT, NOM, TableCommunes, mesures, table_communes
from cpts_geo.documents.tables.csv_communes import communes_csv, nom_fichier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.plan import plan
from cpts_geo.interface import etat
from cpts_geo.interface.html import html_rapport
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.nombres import ABSENT, pluriel

CARTE = ROOT / "pages" / "carte.py"
MASQUES = " Un chiffre masqué est rangé au milieu de ses bornes."
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
    found = table.search(wanted)
    st.caption(
        f"{pluriel(len(found), 'commune')}. Cliquez une ligne pour voir la commune sur la carte, "
        "un titre de colonne pour trier."
        f"{MASQUES if found.masques else ''}"
    )
    if len(found):
        grid(found, [DEPARTEMENT] if table.plusieurs_departements else [])


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


def grid(table: TableCommunes, zones: list[str]) -> None:
    """Draw the rows, with these columns after the name; a click on a row goes to the map."""
    heads = {
        mesure.cle: st.column_config.NumberColumn(mesure.titre, help=html_rapport.aide(mesure))
        for mesure in table.mesures
    }
    with st.container(key="table_communes_cadre"):
        event = st.dataframe(
            table.affichee(),
            column_config={NOM: st.column_config.TextColumn(NOM, pinned=True), **heads},
            column_order=[NOM, *zones, *heads],
            hide_index=True,
            height=min(HEIGHT_PX, ROW_PX * (len(table) + 1) + 3),
            placeholder=ABSENT,
            key="table_communes",
            on_select="rerun",
            selection_mode="single-cell",
        )
    if event.selection.cells:
        row, _ = event.selection.cells[0]
        etat.look_at_communes((table.codes[row],))
        st.switch_page(CARTE)


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
