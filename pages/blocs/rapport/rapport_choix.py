"""The head of the report and of the export: which scenario, beside what, and what to do without communes."""

import streamlit as st

from cpts_geo.analyse import rapport
from cpts_geo.analyse.rapport import TermeComparaison
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.plan import plan
from cpts_geo.interface import etat
from cpts_geo.interface.html import html_rapport
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT

CARTE = ROOT / "pages" / "carte.py"


def draw_scenario() -> None:
    """Draw the choice of the scenario, when there are several: it is then the one being drawn everywhere."""
    projet = etat.projet()
    if len(projet.scenarios) == 1:
        return
    noms = {scenario.cle: scenario.territoire.nom for scenario in projet.scenarios}
    st.session_state.rapport_scenario = projet.actif
    st.selectbox(
        "Scénario",
        list(noms),
        format_func=lambda cle: noms.get(cle, ""),
        key="rapport_scenario",
        on_change=lambda: etat.activate(st.session_state.rapport_scenario),
    )


def draw_vide(territoire: Territoire) -> None:
    """Say what to do while the territory is empty."""
    st.html(html_rapport.vide(territoire.nom))
    if st.button("Dessiner le territoire sur la carte", icon=":material/map:", type="primary"):
        st.switch_page(CARTE)


def draw_entete(territoire: Territoire) -> None:
    """Draw the name of the territory and what it is."""
    st.html(html_rapport.entete(territoire, donnees().referentiel, load_bareme()))


def draw_comparaisons(territoire: Territoire) -> tuple[TermeComparaison, ...]:
    """Draw the choice of what stands beside the territory, and give it."""
    present = list(rapport.departements(territoire.codes, donnees().referentiel))
    if len(present) > 1:
        left, right = st.columns([2, 3])
        with left:
            chosen = departements_box(present)
        with right:
            others = others_box()
    else:
        chosen, others = present, others_box()
    usual = rapport.comparaisons_usuelles(
        territoire.codes, donnees().agregateur, donnees().referentiel, chosen
    )
    return (*usual, *(other for other in others if other not in usual))


def departements_box(present: list[str]) -> list[str]:
    """Draw the choice of départements of the territory; the one with most inhabitants is there first."""
    # Another territory has other départements: what was chosen for the last one would make no sense.
    if st.session_state.get("rapport_departements_de") != present:
        st.session_state.rapport_departements_de = present
        st.session_state.rapport_departements = present[:1]
    return st.multiselect(
        "Départements du territoire",
        present,
        format_func=lambda code: donnees().referentiel.nom_zone("departement", code),
        key="rapport_departements",
        placeholder="Aucun",
        persist_state="session",
    )


def others_box() -> list[TermeComparaison]:
    """Draw the search of further comparisons: scenarios, EPCI, départements, régions."""
    offered = rapport.autres_comparaisons(etat.projet(), donnees().referentiel)
    kept = [cle for cle in st.session_state.get("rapport_autres", []) if cle in offered]
    st.session_state.rapport_autres = kept
    chosen = st.multiselect(
        "Comparer aussi à",
        list(offered),
        format_func=lambda cle: offered[cle].libelle if cle in offered else "",
        max_selections=plan().comparaisons_au_plus,
        key="rapport_autres",
        placeholder="Un EPCI, un département, une région, un autre scénario",
        filter_mode="contains",
        persist_state="session",
    )
    return [offered[cle] for cle in chosen]
