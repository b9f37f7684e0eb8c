"""The export page: what to take away, how it looks, and the files."""

from datetime import datetime

import streamlit as st

from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.socle.chemins import ASSETS
from cpts_geo.socle.textes import litteral
from pages.blocs import memoire
from pages.blocs.exporter import export_apercu, export_choix, export_fichiers, export_modele
from pages.blocs.rapport import rapport_choix


def draw() -> None:
    """Draw the choices beside the preview, then the files."""
    today = datetime.now().astimezone().date()
    dossier = Dossier.open_projet(etat.projet(), today, donnees(), application())
    rapport_choix.draw_entete(dossier.territoire)
    left, right = st.columns([5, 6], gap="large")
    with left:
        choix = export_choix.draw(dossier)
        export_fichiers.draw(dossier, choix)
        export_modele.draw(dossier)
    with right:
        export_apercu.draw(dossier, choix)


def application() -> str:
    """Give the address of the application as the browser knows it; empty when it does not say."""
    return (st.context.url or "").split("?")[0].removesuffix("exporter").rstrip("/") + "/"


etat.follow_lien()
st.html(ASSETS / "rapport.css")
st.html(ASSETS / "exporter.css")
if message := etat.take_avis():
    st.warning(litteral(message), icon=":material/link_off:")
place = st.container(key="place_memoire")
with st.container(key="exporter"):
    rapport_choix.draw_scenario()
    if etat.territoire().codes:
        draw()
    else:
        rapport_choix.draw_vide(etat.territoire())
memoire.keep(place)
