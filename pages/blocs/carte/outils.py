"""The bar above the map: choose a région, find a commune or a zone, paste a list."""

import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import composants, etat
from pages.blocs.carte import liste

RECHERCHE = st.components.v2.component(**composants.sources("recherche"))
RACCOURCIS = st.components.v2.component(**composants.sources("raccourcis"))


def draw() -> None:
    """Draw the bar, and listen to the keys of the map wherever the person is on the page."""
    region, recherche, par_liste = st.columns([3, 6, 2])
    with region:
        region_box()
    with recherche:
        RECHERCHE(key="recherche", on_choix_change=add_found)
    with par_liste:
        if st.button("Ajouter une liste", icon=":material/playlist_add:", width="stretch"):
            liste.dialogue()
    RACCOURCIS(key="raccourcis")


def region_box() -> None:
    """Draw the choice of a région."""
    regions = donnees().referentiel.zones("region")["nom"].sort_values().astype(str)
    st.selectbox(
        "Région",
        regions.index.tolist(),
        index=None,
        format_func=lambda code: str(regions[code]),
        placeholder="Choisir une région",
        key="region",
        on_change=look_at_region,
        label_visibility="collapsed",
    )


def look_at_region() -> None:
    """Send the map to the région that has just been chosen."""
    if st.session_state.region:
        etat.look_at_whole_region(st.session_state.region)


def add_found() -> None:
    """Add what has just been chosen in the search box."""
    choix = st.session_state.recherche.choix
    etat.add_zone(choix["type"], choix["code"])
