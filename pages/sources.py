"""The page of sources and definitions: indicators, sigles, methods, data sets, and what is missing."""

import streamlit as st

from cpts_geo.interface import etat
from cpts_geo.interface.html import html_sources
from cpts_geo.socle.chemins import ASSETS
from cpts_geo.socle.textes import litteral
from pages.blocs import memoire

INDICATEUR, RECHERCHE = "indicateur", "recherche_sources"


def forget_indicator() -> None:
    """Leave the single indicator that the address named, for a search or for the whole page."""
    st.query_params.pop(INDICATEUR, None)


def draw_search() -> str:
    """Draw the search box, and give what is typed."""
    typed = st.text_input(
        "Chercher un indicateur, un sigle, une source",
        key=RECHERCHE,
        type="search",
        placeholder="Chercher\u00a0: APL, médecin traitant, Insee, secret…",
        label_visibility="collapsed",
        live=True,
        on_change=forget_indicator,
    )
    return (typed or "").strip()


def draw_one(code: str) -> bool:
    """Draw the indicator that the address names, if there is one of this code."""
    shown = html_sources.fiche(html_sources.contenu(), code)
    if shown is None:
        return False
    st.button("Toutes les définitions", icon=":material/arrow_back:", on_click=forget_indicator)
    st.html(shown)
    return True


def draw() -> None:
    """Draw the whole page."""
    st.html("<h1>Sources et définitions</h1>")
    recherche = draw_search()
    if draw_one(st.query_params.get(INDICATEUR, "")):
        return
    whole = html_sources.contenu()
    found = html_sources.search(whole, recherche)
    st.html(html_sources.page(found, recherche=bool(recherche)))


etat.follow_lien()
st.html(ASSETS / "sources.css")
if message := etat.take_avis():
    st.warning(litteral(message), icon=":material/link_off:")
place = st.container(key="place_memoire")
with st.container(key="sources"):
    draw()
memoire.keep(place)
