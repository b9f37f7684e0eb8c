"""The figures of compared scenarios: charts, table of indicators, and their file."""

from datetime import date, datetime
from functools import partial

import streamlit as st

from cpts_geo.analyse.comparaison import Comparaison, FicheScenario, Reperes, Trace, declaration
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.dessin import graphiques_comparaison
from cpts_geo.documents.tables import csv_comparaison
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.html import html_comparaison
from cpts_geo.socle.textes import litteral

REFERENCE = "reference_comparaison"


def draw_charts(comparaison: Comparaison) -> None:
    """Draw the charts, two by two."""
    reperes = Reperes.autour(comparaison.comparees[0], donnees().agregateur, donnees().referentiel)
    charts = graphiques_comparaison.tous(comparaison, reperes, donnees().catalogue, load_bareme())
    declared = list(declaration().graphiques.items())
    for rank in range(0, len(declared), 2):
        for column, (name, trace) in zip(st.columns(2), declared[rank : rank + 2], strict=False):
            with column, st.container(border=True, height="stretch", key=f"graphique_{name}"):
                draw_chart(name, trace, charts[name])


def draw_chart(name: str, trace: Trace, chart: graphiques_comparaison.Graphique) -> None:
    """Draw a chart under its title and its keys."""
    st.subheader(trace.titre, anchor=False)
    st.caption(trace.legende)
    if chart.cles:
        st.html(html_comparaison.legende(chart.cles))
    st.plotly_chart(
        chart.figure, theme=None, key=f"trace_{name}", config=graphiques_comparaison.CONFIG, alt=chart.texte
    )
    if chart.mention:
        st.caption(litteral(chart.mention))


@st.fragment
def draw_table(comparaison: Comparaison, nom_projet: str) -> None:
    """Draw the table of indicators, the choice of the reference, and the file."""
    st.subheader("Indicateurs", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="commandes"):
        reference = reference_box(comparaison)
        complete = st.toggle("Tous les indicateurs", key="tous_les_indicateurs")
        today = datetime.now().astimezone().date()
        st.download_button(
            "Télécharger la comparaison (CSV)",
            data=partial(write_csv, comparaison, reference, today),
            file_name=csv_comparaison.nom_fichier(nom_projet, today),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    shown = (
        donnees().catalogue.indicateurs
        if complete
        else [donnees().catalogue[code] for code in declaration().indicateurs]
    )
    st.html(html_comparaison.tableau(comparaison, shown, reference, donnees().catalogue))


def reference_box(comparaison: Comparaison) -> FicheScenario:
    """Draw the choice of the scenario that the others are compared with, the first by default."""
    fiches = {fiche.cle: fiche for fiche in comparaison.comparees}
    if st.session_state.get(REFERENCE) not in fiches:
        st.session_state[REFERENCE] = next(iter(fiches))
    if len(fiches) == 1:
        return next(iter(fiches.values()))
    cle = st.selectbox(
        "Écarts par rapport à",
        list(fiches),
        format_func=lambda cle: fiches[cle].nom if cle in fiches else "",
        key=REFERENCE,
        width=320,
    )
    return fiches[cle]


def write_csv(comparaison: Comparaison, reference: FicheScenario, today: date) -> bytes:
    """Write every indicator of the compared scenarios, and their communes."""
    return csv_comparaison.comparaison_csv(
        comparaison, reference, donnees().catalogue, donnees().referentiel, today
    )
