"""The map page: click communes, and the figures of the territory follow."""

from datetime import date, datetime
from functools import partial

import streamlit as st

from cpts_geo import carte, composants, etat, export_csv, panneau, tableau
from cpts_geo.agregation import agregateur
from cpts_geo.indicateurs import catalogue
from cpts_geo.referentiel import referentiel
from cpts_geo.taille import load_bareme
from cpts_geo.territoire import Territoire

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
    """Draw the choice of a région and the search box."""
    region, recherche = st.columns([3, 7])
    regions = referentiel().zones("region")["nom"].sort_values().astype(str)
    with region:
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
    with recherche:
        RECHERCHE(key="recherche", on_choix_change=add_found)


def reset_button() -> None:
    """Draw the reset button, which asks for a confirmation."""
    with st.popover("Tout réinitialiser", width="stretch"):
        st.write("Retirer toutes les communes et repartir d’une carte vide ?")
        st.button("Oui, tout retirer", on_click=etat.reinitialiser, type="primary", width="stretch")


def name_box() -> None:
    """Draw the name of the territory, which can be edited."""
    st.session_state.nom = etat.territoire().nom
    st.text_input(
        "Nom du territoire",
        key="nom",
        on_change=lambda: etat.renommer(st.session_state.nom),
        label_visibility="collapsed",
    )


def download_button(territoire: Territoire) -> None:
    """Draw the button that gives the synthesis, written only when it is clicked."""
    today = datetime.now().astimezone().date()
    st.download_button(
        "Télécharger la synthèse (CSV)",
        data=partial(write_csv, territoire, today),
        file_name=export_csv.nom_fichier(territoire, today),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
        width="stretch",
    )


def write_csv(territoire: Territoire, today: date) -> bytes:
    """Write every indicator of the territory, beside its département, its région and France."""
    table = tableau.table_synthese(agregateur(), territoire.codes, catalogue(), referentiel())
    return export_csv.synthese_csv(territoire, table, today, referentiel(), load_bareme())


def live_panel() -> None:
    """Draw what follows each click: communes, population, Taille, care offer."""
    territoire = etat.territoire()
    if not territoire.codes:
        st.html(panneau.accueil())
        return
    name_box()
    PASTILLES(
        key="pastilles",
        data=composants.pastilles(territoire.codes, referentiel()),
        on_retrait_change=remove_chip,
    )
    bareme = load_bareme()
    classement = bareme.classer(referentiel().population(territoire.codes))
    millesime = referentiel().millesimes(territoire.codes)
    st.html(panneau.synthese(classement, bareme, millesime, etat.sans_contour()))
    lignes = tableau.lignes_du_panneau(agregateur(), territoire.codes, catalogue())
    st.html(panneau.offre(lignes, referentiel().nom_zone("region", lignes.region)))
    download_button(territoire)
    reset_button()


@st.fragment
def map_and_panel() -> None:
    """Draw the map and the panel; a click runs this alone.

    The panel is sent first: the browser then paints the figures without waiting for the map.
    """
    left, right = st.columns([13, 7])
    with right, st.container(key="panneau"):
        live_panel()
    with left, st.container(key="cadre"):
        carte.show(etat.map_message(), etat.receive_map, key=etat.CARTE)
    etat.ecrire_adresse()


# Always there, so that a message that comes or goes does not move the map, which would be drawn anew.
with st.container(key="avis"):
    if message := etat.suivre_lien():
        st.warning(message, icon=":material/link_off:")
with st.container(key="outils"):
    toolbar()
map_and_panel()
