"""The file of the project, to take away."""

from datetime import datetime
from functools import partial

import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.projet import fichier


def draw(label: str, key: str) -> None:
    """Draw the button of the file, or say why there is none: the work stays open."""
    projet = etat.projet()
    today = datetime.now().astimezone().date()
    if why := fichier.refus(projet, today):
        st.warning(why)
        return
    st.download_button(
        label,
        data=partial(fichier.encode, projet, today, donnees().fiches),
        file_name=fichier.nom_fichier(projet, today),
        mime="application/json",
        on_click="ignore",
        icon=":material/save:",
        key=key,
        width="stretch",
    )
