"""The report page: every indicator of the territory beside its département, its région and France."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import streamlit as st

from cpts_geo.analyse import rapport
from cpts_geo.analyse.rapport import Rapport
from cpts_geo.documents.tables import csv_locales, csv_rapport
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.interface.html import html_rapport
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ASSETS
from cpts_geo.socle.textes import litteral
from pages.blocs import memoire
from pages.blocs.rapport import graphiques_rapport, locales, rapport_choix, rapport_communes, synthese

# What can be shown beside the families of indicators: its name, and what draws it.
AUTRES_VUES: dict[str, tuple[str, Callable[[Territoire], None]]] = {
    "locales": ("Données locales", locales.draw),
    "communes": ("Communes", rapport_communes.draw),
    "synthese": ("Synthèse", synthese.draw),
}
TABLEAU, GRAPHIQUES = "Tableau", "Graphiques"


def draw(territoire: Territoire) -> None:
    """Draw the report of a territory that has communes."""
    rapport_choix.draw_entete(territoire)
    shown = view_choice()
    if shown in AUTRES_VUES:
        _, draw_vue = AUTRES_VUES[shown]
        draw_vue(territoire)
    else:
        draw_famille(shown, territoire)


def view_choice() -> str:
    """Draw the choice of what the page shows, and give it: a family of indicators, or another view."""
    familles = donnees().catalogue.familles
    noms = familles | {code: nom for code, (nom, _) in AUTRES_VUES.items()}
    chosen = st.segmented_control(
        "Afficher",
        list(noms),
        format_func=lambda view: noms.get(view, ""),
        default=next(iter(noms)),
        required=True,
        key="vue_rapport",
        label_visibility="collapsed",
        persist_state="session",
    )
    return str(chosen)


def draw_famille(code: str, territoire: Territoire) -> None:
    """Draw the indicators of a family beside what the territory is compared with."""
    if graphiques_rapport.has_charts(code) and form_choice() == GRAPHIQUES:
        graphiques_rapport.draw(code, territoire)
        return
    comparaisons = rapport_choix.draw_comparaisons(territoire)
    whole = rapport.rapport(
        territoire.codes, comparaisons, donnees().agregateur, donnees().catalogue, donnees().referentiel
    )
    st.html(html_rapport.famille(whole.famille(code), whole.colonnes))
    download(whole, territoire)


def form_choice() -> str:
    """Draw the choice between figures and charts, and give it."""
    chosen = st.segmented_control(
        "Forme",
        [TABLEAU, GRAPHIQUES],
        default=TABLEAU,
        required=True,
        key="forme_rapport",
        label_visibility="collapsed",
        persist_state="session",
    )
    return str(chosen)


def download(whole: Rapport, territoire: Territoire) -> None:
    """Draw the file of the whole report, with the same columns."""
    today = datetime.now().astimezone().date()
    st.download_button(
        "Télécharger tout le rapport (CSV)",
        data=partial(write_csv, whole, etat.projet(), today),
        file_name=csv_rapport.nom_fichier(territoire, today),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def write_csv(whole: Rapport, projet: Projet, today: date) -> bytes:
    """Write the whole report, local figures included."""
    rows = csv_locales.rangees(projet, donnees().referentiel)
    return csv_rapport.rapport_csv(whole, projet.territoire, donnees().referentiel, today, rows)


etat.follow_lien()
st.html(ASSETS / "rapport.css")
if message := etat.take_avis():
    st.warning(litteral(message), icon=":material/link_off:")
place = st.container(key="place_memoire")
with st.container(key="rapport"):
    rapport_choix.draw_scenario()
    if etat.territoire().codes:
        draw(etat.territoire())
    else:
        rapport_choix.draw_vide(etat.territoire())
memoire.keep(place)
