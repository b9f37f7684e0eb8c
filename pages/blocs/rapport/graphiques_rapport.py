"""The charts of one family of the report, each with its picture and its table to take away."""

import streamlit as st

from cpts_geo.communes.referentiel import referentiel
from cpts_geo.dessin.graphiques_rapport import GraphiqueRapport, contexte, familles, graphiques
from cpts_geo.dessin.style import config
from cpts_geo.documents.tables.csv_ecriture import table_csv
from cpts_geo.indicateurs.agregation import agregateur
from cpts_geo.indicateurs.catalogue import catalogue
from cpts_geo.indicateurs.chroniques import chroniques
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.textes import litteral, slug

BY_ROW = 2


def has_charts(famille: str) -> bool:
    """Tell whether a family of the report has charts."""
    return famille in familles()


def draw(famille: str, territoire: Territoire) -> None:
    """Draw the charts of a family, two by row."""
    drawn = graphiques(famille, contexte(territoire, agregateur(), catalogue(), referentiel(), chroniques()))
    for start in range(0, len(drawn), BY_ROW):
        for column, graphique in zip(st.columns(BY_ROW), drawn[start : start + BY_ROW], strict=False):
            with column, st.container(border=True):
                draw_one(graphique, territoire)


def draw_one(graphique: GraphiqueRapport, territoire: Territoire) -> None:
    """Draw one chart: title, picture, what it says in words, table."""
    name = f"{slug(graphique.titre)}-{slug(territoire.nom)}"
    st.markdown(f"##### {litteral(graphique.titre)}")
    if graphique.figure is None:
        st.caption("Non disponible pour ce territoire.")
        return
    st.plotly_chart(
        graphique.figure, key=graphique.code, config=config(name), theme=None, alt=graphique.texte
    )
    if graphique.mention:
        st.caption(litteral(graphique.mention))
    with st.expander("Lire les chiffres", key=f"lire_{graphique.code}"):
        st.write(litteral(graphique.texte))
        st.download_button(
            "Télécharger le tableau (CSV)",
            data=table_csv(graphique.table),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"csv_{graphique.code}",
        )
