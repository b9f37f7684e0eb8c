"""The project and its scenarios: choose, name, copy, colour, delete; save, open, share, begin again."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from cpts_geo.analyse import cpts_voisines
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import composants, etat
from cpts_geo.projet import adresse
from cpts_geo.projet.projet import Scenario, regles
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.textes import litteral, shorten
from pages.blocs import sauvegarde
from pages.blocs.carte import fichier_dialogue

PARTAGE = st.components.v2.component(**composants.sources("partage", "bouton"))
LONGUEUR_ONGLET = 32
CPTS_OUVERTE = "cpts_ouverte"
DEMANDE_FICHIER = "demande_fichier"
MENU_SCENARIOS, MENU_PROJET = "menu_scenarios", "menu_projet"


def draw() -> None:
    """Draw the tabs of the scenarios, the name of the one being drawn, and the two menus."""
    projet = etat.projet()
    # Always there, so that tabs that come or go do not move the menus, which would forget if they are open.
    with st.container(key="onglets"):
        if len(projet.scenarios) > 1:
            scenario_tabs(projet.scenarios)
    with st.container(key="entete_projet"):
        nom, scenarios, menu = st.columns([9, 7, 5], vertical_alignment="center")
    with nom:
        name_box()
    with scenarios:
        opened_by("Scénarios", MENU_SCENARIOS, scenario_menu)
    with menu:
        opened_by("Projet", MENU_PROJET, project_menu)
    if st.session_state.pop(DEMANDE_FICHIER, False):
        fichier_dialogue.open_projet()


def opened_by(label: str, key: str, draw_menu: Callable[[], None]) -> None:
    """Draw a menu, whose lines are only drawn once it is open: clicks on the map do not wait for them."""
    with st.popover(label, key=key, on_change="rerun", width="stretch") as menu:
        if menu.open:
            draw_menu()


def scenario_tabs(scenarios: tuple[Scenario, ...]) -> None:
    """Draw one tab by scenario."""
    noms = {scenario.cle: shorten(scenario.territoire.nom, LONGUEUR_ONGLET) for scenario in scenarios}
    st.session_state.onglet = etat.projet().actif
    st.segmented_control(
        "Scénario dessiné",
        list(noms),
        format_func=lambda cle: litteral(noms.get(cle, "")),
        key="onglet",
        on_change=change_tab,
        label_visibility="collapsed",
        width="stretch",
    )


def change_tab() -> None:
    """Draw the scenario whose tab has just been chosen, unless it has just gone."""
    if st.session_state.onglet in {scenario.cle for scenario in etat.projet().scenarios}:
        etat.activate(st.session_state.onglet)


def name_box() -> None:
    """Draw the name of the scenario, which can be edited."""
    st.session_state.nom = etat.territoire().nom
    st.text_input(
        "Nom du territoire",
        key="nom",
        on_change=lambda: etat.rename(st.session_state.nom),
        disabled=etat.verrouille(),
        label_visibility="collapsed",
    )


def scenario_menu() -> None:
    """Draw what can be done with scenarios."""
    projet, verrou = etat.projet(), etat.verrouille()
    st.caption("Un scénario est un périmètre possible. Dupliquez-le, changez la copie, puis comparez-les.")
    action("Dupliquer ce scénario", "content_copy", partial(etat.duplicate_scenario, projet.actif), verrou)
    action("Nouveau scénario vide", "add", etat.create_scenario, verrou or projet.vide)
    action("Supprimer ce scénario", "delete", partial(etat.delete_scenario, projet.actif), verrou)
    st.session_state.couleur = projet.couleur.code
    couleurs = regles().couleurs
    st.selectbox(
        "Couleur sur la carte",
        list(couleurs),
        format_func=lambda code: couleurs[code].nom,
        key="couleur",
        on_change=lambda: etat.colour(st.session_state.couleur),
        disabled=verrou,
    )
    cpts_box(verrou)


def cpts_box(verrou: bool) -> None:  # noqa: FBT001 - of a widget
    """Draw the choice of a CPTS that exists already: it opens as a scenario, to extend or to merge."""
    st.selectbox(
        "Ouvrir comme scénario une CPTS existante",
        donnees().cpts.noms,
        index=None,
        placeholder="Chercher une CPTS",
        key=CPTS_OUVERTE,
        help=litteral(cpts_voisines.connues(donnees())),
        on_change=open_cpts,
        disabled=verrou,
    )


def open_cpts() -> None:
    """Draw the chosen CPTS in a scenario of its own."""
    nom = st.session_state[CPTS_OUVERTE]
    if nom is None:
        return
    etat.add_territoires([Territoire(nom, donnees().cpts.communes(nom))])
    st.session_state[CPTS_OUVERTE] = None
    close_menus()


def project_menu() -> None:
    """Draw what can be done with the whole project."""
    projet = etat.projet()
    sauvegarde.draw("Sauvegarder", key="sauvegarder")
    action("Ouvrir un projet", "folder_open", ask_file, etat.verrouille())
    PARTAGE(key="partage", data={"manque": adresse.omis(projet)})
    st.divider()
    action("Tout réinitialiser", "restart_alt", etat.reset, projet.vide or etat.verrouille())
    st.caption("«\u00a0Annuler\u00a0» (touche z) ramène ce qui a été supprimé.")


def action(label: str, icon: str, do: Callable[[], None], disabled: bool) -> None:  # noqa: FBT001 - of a button
    """Draw one line of a menu, which closes once it is done."""
    st.button(label, icon=f":material/{icon}:", on_click=act, args=(do,), disabled=disabled, width="stretch")


def act(do: Callable[[], None]) -> None:
    """Do what a line of a menu says."""
    do()
    close_menus()


def ask_file() -> None:
    """Have the dialog opened by the next run: the menu that asks for it is closed by then."""
    st.session_state[DEMANDE_FICHIER] = True


def close_menus() -> None:
    """Close the menus: what comes next is not hidden behind them."""
    for menu in (MENU_SCENARIOS, MENU_PROJET):
        st.session_state[menu] = False
