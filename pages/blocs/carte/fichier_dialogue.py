"""The dialog that opens a project file: what it holds is shown before it takes the place of the work."""

import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.projet import fichier
from cpts_geo.projet.fichier import FichierProjetError, Ouverture
from cpts_geo.projet.projet import Scenario
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import litteral


@st.dialog("Ouvrir un projet", width="large")
def open_projet() -> None:
    """Draw the dialog: choose a file, see what it holds, open it."""
    given = st.file_uploader(
        "Fichier enregistré avec «\u00a0Sauvegarder\u00a0» (.json, 5\u00a0Mo au plus)", key="fichier_projet"
    )
    if given is None:
        return
    try:
        ouverture = fichier.decode(given.getvalue(), donnees().referentiel)
    except FichierProjetError as error:
        st.error(litteral(str(error)), icon=":material/error:")
        st.caption("Votre travail en cours n’a pas changé.")
        return
    draw_contents(ouverture)
    take(ouverture)


def draw_contents(ouverture: Ouverture) -> None:
    """Draw the scenarios of the file, its local figures, and what the person must know of it."""
    if ouverture.jour:
        st.caption(f"Enregistré le {ouverture.jour:%d/%m/%Y}.")
    st.markdown("\n".join(f"- {described(scenario)}" for scenario in ouverture.projet.scenarios))
    if ouverture.projet.locales:
        st.markdown(f"Avec {pluriel(len(ouverture.projet.locales), 'donnée locale', 'données locales')}.")
    for message in ouverture.messages:
        st.warning(litteral(message), icon=":material/info:")


def described(scenario: Scenario) -> str:
    """Name a scenario, with its communes and its inhabitants, in Markdown."""
    codes, referentiel = scenario.territoire.codes, donnees().referentiel
    habitants = pluriel(referentiel.population(codes), "habitant")
    return f"**{litteral(scenario.territoire.nom)}**\u00a0: {referentiel.compte(codes)}, {habitants}"


def take(ouverture: Ouverture) -> None:
    """Draw the button that opens the project, which closes the dialog."""
    locked = etat.verrouille()
    if st.button(
        "Ouvrir ce projet", type="primary", icon=":material/folder_open:", disabled=locked, width="stretch"
    ):
        etat.open_projet(ouverture.projet)
        st.rerun()
    if locked:
        st.info(etat.VERROUILLE, icon=":material/lock:")
    elif not etat.projet().vide:
        st.caption("Il prend la place du travail en cours, que «\u00a0Annuler\u00a0» ramène.")
