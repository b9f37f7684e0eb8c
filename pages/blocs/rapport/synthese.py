"""The synthesis of the territory: written from the figures, or by people in their place."""

import streamlit as st

from cpts_geo.analyse.synthese import write_synthese
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.projet.projet import regles
from cpts_geo.projet.territoire import Territoire

HEIGHT_PX = 720


def draw(territoire: Territoire) -> None:
    """Draw the synthesis, which can be edited; what people write is kept in the project."""
    given = write_synthese(
        territoire, donnees().agregateur, donnees().catalogue, donnees().referentiel, load_bareme()
    )
    written = etat.projet()[etat.projet().actif].synthese
    st.caption(
        "Rédigée à partir des chiffres du territoire. Corrigez, complétez\u00a0: votre texte est gardé dans "
        "le projet, et ne suit plus les chiffres."
    )
    st.session_state.synthese = written or given
    st.text_area(
        "Synthèse du territoire",
        key="synthese",
        height=HEIGHT_PX,
        max_chars=regles().longueur_synthese,
        on_change=lambda: etat.write_synthese(kept(st.session_state.synthese, given)),
        disabled=etat.verrouille(),
        label_visibility="collapsed",
    )
    st.button(
        "Revenir au texte tiré des chiffres",
        on_click=lambda: etat.write_synthese(""),
        disabled=not written or etat.verrouille(),
        icon=":material/restart_alt:",
    )


def kept(text: str, given: str) -> str:
    """What is worth keeping of what was typed: nothing when it is what the figures give."""
    return "" if text == given else text
