"""The map page: click communes, and the figures of the territory follow."""

import streamlit as st

from cpts_geo import carte, composants, etat, panneau
from cpts_geo.referentiel import referentiel
from cpts_geo.taille import load_bareme

RECHERCHE = st.components.v2.component(**composants.sources("recherche"))
PASTILLES = st.components.v2.component(**composants.sources("pastilles"))


def look_at_region() -> None:
    """Send the map to the région that has just been chosen."""
    if st.session_state.region:
        etat.regarder_region(st.session_state.region)


def add_found() -> None:
    """Add the commune that has just been chosen in the search box."""
    etat.ajouter(st.session_state.recherche.choix)


def remove_chip() -> None:
    """Take off the commune whose chip has just been closed."""
    etat.retirer(st.session_state.pastilles.retrait)


def toolbar() -> None:
    """Draw région, search, name of the territory, reset."""
    region, recherche, nom, reset = st.columns([3, 4, 3, 1.6], vertical_alignment="bottom")
    regions = referentiel().zones("region")["nom"].sort_values()
    with region:
        st.selectbox(
            "Région",
            regions.index,
            index=None,
            format_func=regions.get,
            placeholder="Choisir une région",
            key="region",
            on_change=look_at_region,
            label_visibility="collapsed",
        )
    with recherche:
        RECHERCHE(key="recherche", on_choix_change=add_found)
    with nom:
        st.session_state.nom = etat.territoire().nom
        st.text_input(
            "Nom du territoire",
            key="nom",
            on_change=lambda: etat.renommer(st.session_state.nom),
            label_visibility="collapsed",
        )
    with reset:
        reset_button()


def reset_button() -> None:
    """Draw the reset button, which asks for a confirmation."""
    empty = not etat.territoire().codes
    with st.popover("Réinitialiser", disabled=empty, width="stretch"):
        st.write("Retirer toutes les communes et repartir d’une carte vide ?")
        st.button("Oui, tout retirer", on_click=etat.reinitialiser, type="primary", width="stretch")


def live_panel() -> None:
    """Draw what follows each click: communes, population, Taille."""
    territoire = etat.territoire()
    if not territoire.codes:
        st.html(panneau.accueil())
        return
    PASTILLES(
        key="pastilles",
        data=composants.pastilles(territoire.codes, referentiel()),
        on_retrait_change=remove_chip,
    )
    bareme = load_bareme()
    classement = bareme.classer(referentiel().population(territoire.codes))
    st.html(panneau.synthese(classement, bareme))


@st.fragment
def body() -> None:
    """Draw the page; a click runs this alone."""
    toolbar()
    left, right = st.columns([7, 3])
    with left:
        carte.show(etat.map_message(), etat.receive_map, key=etat.CARTE)
    with right:
        live_panel()


body()
