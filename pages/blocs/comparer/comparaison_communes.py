"""The communes gained and lost from one scenario to another."""

import streamlit as st

from cpts_geo.analyse.comparaison import Comparaison, FicheScenario
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.html import html_comparaison

AVANT, APRES = "scenario_avant", "scenario_apres"


@st.fragment
def draw(comparaison: Comparaison) -> None:
    """Draw the two choices, and what changes between them."""
    st.subheader("Communes gagnées et perdues", anchor=False)
    first, second = comparaison.comparees[:2]
    left, right = st.columns(2)
    with left:
        avant = scenario_box("De", comparaison, AVANT, first)
    with right:
        apres = scenario_box("À", comparaison, APRES, second)
    st.html(html_comparaison.changement(avant, apres, donnees().referentiel))


def scenario_box(label: str, comparaison: Comparaison, key: str, default: FicheScenario) -> FicheScenario:
    """Draw the choice of a scenario."""
    fiches = {fiche.cle: fiche for fiche in comparaison.comparees}
    if st.session_state.get(key) not in fiches:
        st.session_state[key] = default.cle
    cle = st.selectbox(
        label, list(fiches), format_func=lambda cle: fiches[cle].nom if cle in fiches else "", key=key
    )
    return fiches[cle]
