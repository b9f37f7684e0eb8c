"""The map page: click communes, and the figures of the territory follow."""

import streamlit as st

from cpts_geo.analyse.verifications import check
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import carte, composants, etat
from cpts_geo.interface.html import html_panneau
from cpts_geo.projet.projet import regles
from cpts_geo.socle.textes import litteral
from pages.blocs import memoire
from pages.blocs.carte import chiffres, et_si, focus, outils, projet, verifications

PASTILLES = st.components.v2.component(**composants.sources("pastilles"))
REPRENDRE = st.components.v2.component(**composants.sources("reprendre"))
CHIFFRES, VERIFICATIONS, ET_SI = "chiffres", "verifications", "et_si"


def remove_chip() -> None:
    """Take off the commune whose chip has just been closed."""
    etat.remove_communes(st.session_state.pastilles.retrait)


def live_panel() -> None:
    """Draw what follows each click: the project, its communes, and what is known of them."""
    territoire = etat.territoire()
    if etat.projet().vide:
        REPRENDRE(key="reprendre", data={"au_plus": regles().projets_repris})
    if not territoire.codes:
        st.html(html_panneau.accueil())
        return
    chiffres.draw_synthese(territoire)
    PASTILLES(
        key="pastilles",
        data=composants.pastilles(territoire.codes, donnees().referentiel, verrou=etat.verrouille()),
        on_retrait_change=remove_chip,
    )
    shown = view_choice(len(check(territoire.codes, donnees())))
    if shown == VERIFICATIONS:
        verifications.draw(territoire.codes)
    elif shown == ET_SI:
        et_si.draw(territoire.codes)
    else:
        chiffres.draw_offre(territoire)


def view_choice(found: int) -> str:
    """Draw the choice of what the panel shows, with how many remarks there are, and give it."""
    noms = {CHIFFRES: "Offre de soins", VERIFICATIONS: f"Vérifications ({found})", ET_SI: "Et si…"}
    chosen = st.segmented_control(
        "Afficher",
        list(noms),
        format_func=lambda view: noms.get(view, ""),
        default=CHIFFRES,
        required=True,
        key="vue_panneau",
        label_visibility="collapsed",
        width="stretch",
    )
    return str(chosen)


@st.fragment
def map_and_panel() -> None:
    """Draw the map and the panel; a click runs this alone.

    The panel is sent first: the browser then paints the figures without waiting for the map.
    """
    left, right = st.columns([13, 7])
    with right, st.container(key="panneau"):
        projet.draw()
        place = st.container(key="place_memoire")
        live_panel()
    with left, st.container(key="cadre"):
        carte.show(etat.map_message(), etat.receive_map, key=etat.CARTE)
        with st.container(key="focus"):
            focus.draw()
    if avis := etat.take_avis():
        st.toast(litteral(avis), icon=":material/info:")
    memoire.keep(place)


etat.follow_lien()
# Always there, so that a message that comes or goes does not move the map, which would be drawn anew.
with st.container(key="avis"):
    if message := etat.take_avis():
        st.warning(litteral(message), icon=":material/link_off:")
with st.container(key="outils"):
    outils.draw()
map_and_panel()
