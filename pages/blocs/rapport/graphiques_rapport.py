"""The charts of one family of the report, each with its picture and its table to take away."""

import streamlit as st

from cpts_geo.analyse.series.contexte import contexte
from cpts_geo.analyse.series.forme import Series
from cpts_geo.analyse.series.toutes import familles, series_de
from cpts_geo.dessin.graphiques_rapport import figure
from cpts_geo.dessin.style import config
from cpts_geo.documents.tables.csv_ecriture import table_csv
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.textes import litteral, slug

BY_ROW = 2


def has_charts(famille: str) -> bool:
    """Tell whether a family of the report has charts."""
    return famille in familles()


def draw(famille: str, territoire: Territoire) -> None:
    """Draw the charts of a family, two by row."""
    shown = series_de(
        famille,
        contexte(
            territoire, donnees().agregateur, donnees().catalogue, donnees().referentiel, donnees().chroniques
        ),
    )
    for start in range(0, len(shown), BY_ROW):
        for column, series in zip(st.columns(BY_ROW), shown[start : start + BY_ROW], strict=False):
            with column, st.container(border=True):
                draw_one(series, territoire)


def draw_one(series: Series, territoire: Territoire) -> None:
    """Draw one chart: title, picture, what it says in words, table."""
    name = f"{slug(series.titre)}-{slug(territoire.nom)}"
    st.markdown(f"##### {litteral(series.titre)}")
    if not series.connue:
        st.caption(litteral(series.absence))
        return
    st.plotly_chart(figure(series), key=series.code, config=config(name), theme=None, alt=series.texte)
    if series.mention:
        st.caption(litteral(series.mention))
    with st.expander("Lire les chiffres", key=f"lire_{series.code}"):
        st.write(litteral(series.texte))
        st.download_button(
            "Télécharger le tableau (CSV)",
            data=table_csv(series.table),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"csv_{series.code}",
        )
