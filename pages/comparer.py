"""The page that puts scenarios side by side: maps, charts, indicators, communes gained and lost."""

import streamlit as st

from cpts_geo.analyse.comparaison import Comparaison, compare_scenarios, declaration, noms_distincts
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.dessin.carte_vignette import planche
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.interface.html import html_comparaison
from cpts_geo.projet.projet import Projet
from cpts_geo.socle.chemins import ASSETS
from cpts_geo.socle.textes import litteral
from pages.blocs import memoire
from pages.blocs.comparer import comparaison_communes, comparaison_figures

CHOIX = "scenarios_compares"
SECOND = (
    "Pour comparer, il faut un second scénario\u00a0: sur la page Carte, ouvrez le menu"
    " «\u00a0Scénarios\u00a0», choisissez «\u00a0Dupliquer ce scénario\u00a0», puis changez la copie."
)


def chosen_keys(projet: Projet) -> list[int]:
    """Draw the choice of the scenarios to compare, when there is one, and give their keys."""
    noms = noms_distincts(projet.scenarios)
    most = declaration().scenarios_au_plus
    if len(noms) == 1:
        return list(noms)
    # A scenario may have been deleted, or another project opened, since the choice was made.
    kept = [cle for cle in st.session_state.get(CHOIX, list(noms)[:most]) if cle in noms]
    st.session_state[CHOIX] = kept
    return st.multiselect(
        "Scénarios comparés",
        list(noms),
        format_func=lambda cle: noms.get(cle, ""),
        key=CHOIX,
        max_selections=most,
        placeholder="Choisissez des scénarios",
    )


def draw_maps(comparaison: Comparaison) -> None:
    """Draw the small maps, each with what its scenario is."""
    scenarios = [fiche.scenario for fiche in comparaison.fiches]
    st.html(
        html_comparaison.cartes(comparaison, planche(scenarios, donnees().referentiel), donnees().voisinage)
    )


def draw(projet: Projet) -> None:
    """Draw the whole page."""
    st.html("<h1>Comparer les scénarios</h1>")
    keys = chosen_keys(projet)
    comparaison = compare_scenarios(projet, keys, donnees().agregateur, donnees().referentiel, load_bareme())
    if len(projet.scenarios) == 1:
        st.info(SECOND, icon=":material/content_copy:")
    elif not keys:
        st.info("Choisissez les scénarios à comparer.", icon=":material/compare_arrows:")
    draw_maps(comparaison)
    if comparaison.comparees:
        comparaison_figures.draw_charts(comparaison)
        comparaison_figures.draw_table(comparaison, projet.nom)
    if len(comparaison.comparees) > 1:
        comparaison_communes.draw(comparaison)


etat.follow_lien()
st.html(ASSETS / "comparer.css")
if message := etat.take_avis():
    st.warning(litteral(message), icon=":material/link_off:")
place = st.container(key="place_memoire")
with st.container(key="comparer"):
    draw(etat.projet())
memoire.keep(place)
