"""The figures that follow each click: population, Taille, care offer, and their file."""

from datetime import date, datetime
from functools import partial

import streamlit as st

from cpts_geo.analyse.panneau import lignes_du_panneau
from cpts_geo.analyse.rapport import comparaisons_usuelles, extrait
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.documents.tables import csv_synthese
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.interface.html import html_panneau
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire


def draw_synthese(territoire: Territoire) -> None:
    """Draw the population and the Taille."""
    bareme = load_bareme()
    classement = bareme.rank(donnees().referentiel.population(territoire.codes))
    millesime = donnees().referentiel.millesimes(territoire.codes)
    st.html(html_panneau.synthese(classement, bareme, millesime, etat.sans_contour()))


def draw_offre(territoire: Territoire) -> None:
    """Draw the care offer beside the région and France, and the file of all indicators."""
    shown = lignes_du_panneau(
        territoire.codes, donnees().agregateur, donnees().catalogue, donnees().referentiel
    )
    st.html(html_panneau.offre(shown))
    today = datetime.now().astimezone().date()
    st.download_button(
        "Télécharger la synthèse (CSV)",
        data=partial(write_csv, etat.projet(), today),
        file_name=csv_synthese.nom_fichier(territoire, today),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
        width="stretch",
    )


def write_csv(projet: Projet, today: date) -> bytes:
    """Write every indicator of the territory, beside its département, its région and France."""
    codes = projet.territoire.codes
    usual = comparaisons_usuelles(codes, donnees().agregateur, donnees().referentiel)
    shown = extrait(
        codes, usual, donnees().catalogue.indicateurs, donnees().agregateur, donnees().referentiel
    )
    return csv_synthese.synthese_csv(projet, shown, today, donnees().referentiel, load_bareme())
