"""The figures that follow each click: population, Taille, care offer, and their file."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import streamlit as st

from cpts_geo import etat, export_csv, locales_csv, panneau, tableau
from cpts_geo.agregation import agregateur
from cpts_geo.indicateurs import catalogue
from cpts_geo.projet import Projet
from cpts_geo.referentiel import referentiel
from cpts_geo.taille import load_bareme
from cpts_geo.territoire import Territoire


def draw_synthese(territoire: Territoire) -> None:
    """Draw the population and the Taille."""
    bareme = load_bareme()
    classement = bareme.classer(referentiel().population(territoire.codes))
    millesime = referentiel().millesimes(territoire.codes)
    st.html(panneau.synthese(classement, bareme, millesime, etat.sans_contour()))


def draw_offre(territoire: Territoire) -> None:
    """Draw the care offer beside the région and France, and the file of all indicators."""
    lignes = tableau.lignes_du_panneau(agregateur(), territoire.codes, catalogue())
    st.html(panneau.offre(lignes, referentiel().nom_zone("region", lignes.region)))
    today = datetime.now().astimezone().date()
    st.download_button(
        "Télécharger la synthèse (CSV)",
        data=partial(write_csv, etat.projet(), today),
        file_name=export_csv.nom_fichier(territoire, today),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        type="primary",
        width="stretch",
    )


def write_csv(projet: Projet, today: date) -> bytes:
    """Write every indicator of the territory, beside its département, its région and France."""
    table = tableau.table_synthese(agregateur(), projet.territoire.codes, catalogue(), referentiel())
    whole = replace(table, locales=tuple(locales_csv.rangees(projet, referentiel())))
    return export_csv.synthese_csv(projet.territoire, whole, today, referentiel(), load_bareme())
