"""What this page and the browser say to each other of what is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat, memoire
from cpts_geo.projet import fichier, lien
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire

PATIENTS = DonneeLocale("Patients", "", "effectif", "CPAM", "2026", (("87085", 3.0),))


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session of its own, and an address, without a running page."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(st, "query_params", {})
    return state


def reload(session: dict[str, Any]) -> None:
    """Open the address again, in another session."""
    etat.write_adresse()
    del session["session"]
    etat.follow_lien()


def kept() -> dict[str, Any]:
    """What the browser gives back of what it was last told."""
    message = memoire.message()
    return {
        "id": message["id"],
        "etats": message["garde"]["etats"],
        **memoire.complements(),
        "date": "3 mai 2026 à 14:05",
        "renomme": "",
    }


def test_nothing_is_kept_of_an_empty_project() -> None:
    assert memoire.message()["id"] == ""


def test_what_is_kept_tells_the_project() -> None:
    etat.add_communes("87085", "19272")
    message = memoire.message()
    garde = message["garde"]
    assert message["id"] == etat.projet().identite
    assert (garde["nom"], garde["communes"]) == ("Mon territoire", 2)
    assert garde["population"] == donnees().referentiel.population(["87085", "19272"])
    assert garde["lien"] == f"communes={lien.encode(['87085', '19272'])}&nom=Mon+territoire"
    assert memoire.complements() == {"complements": ""}


def test_figures_texts_and_undo_come_back(session: dict[str, Any]) -> None:
    etat.add_communes("87085", "17306")
    etat.complete(PATIENTS)
    etat.write_synthese("Un territoire rural.")
    etat.add_communes("19272")
    given, held = kept(), etat.projet()
    reload(session)
    assert etat.projet() == held.sans_complements
    assert memoire.message()["relire"]
    memoire.receive_kept(given)
    assert etat.projet() == held
    message = memoire.message()
    assert (message["relire"], message["gardee"]) == (False, "")
    assert (message["id"], message["garde"]["etats"]) == (given["id"], given["etats"])
    for _ in range(4):
        etat.undo()
    assert etat.projet().vide


def test_another_territory_of_a_link_wins_and_what_was_kept_is_one_undo_away(session: dict[str, Any]) -> None:
    etat.add_communes("87085")
    etat.complete(PATIENTS)
    given, held = kept(), etat.projet()
    etat.write_adresse()
    del session["session"]
    st.query_params["communes"] = lien.encode(["19272"])
    etat.follow_lien()
    memoire.receive_kept(given)
    assert etat.territoire().codes == ("19272",)
    assert etat.projet().locales == (PATIENTS,)
    assert memoire.message()["gardee"] == "3 mai 2026 à 14:05"
    assert etat.to_undo() == "ouverture du lien"
    memoire.receive_choice({"quoi": "revenir"})
    assert etat.projet() == held
    assert memoire.message()["gardee"] == ""
    etat.undo()
    assert etat.territoire().codes == ("19272",)


def test_a_name_given_while_closed_is_taken_at_the_opening(session: dict[str, Any]) -> None:
    etat.add_communes("87085")
    given = kept() | {"renomme": "CPTS <b>neuve</b>"}
    reload(session)
    memoire.receive_kept(given)
    assert etat.territoire().nom == "CPTS <b>neuve</b>"


def test_what_cannot_be_read_is_left_where_it_is(session: dict[str, Any]) -> None:
    etat.add_communes("87085")
    given = kept()
    reload(session)
    memoire.receive_kept(given | {"etats": "abîmé"})
    message = memoire.message()
    assert message["id"] not in {"", given["id"]}
    assert not message["relire"]
    assert etat.take_avis() == memoire.ILLISIBLE
    assert etat.territoire().codes == ("87085",)


def test_a_link_without_identity_takes_that_of_the_same_territory_kept_here(session: dict[str, Any]) -> None:
    etat.add_communes("87085")
    etat.complete(PATIENTS)
    given = kept()
    etat.write_adresse()
    del session["session"], st.query_params["id"]
    etat.follow_lien()
    assert memoire.message()["sans_identite"]
    memoire.receive_kept(given)
    assert etat.projet().identite == given["id"]
    assert etat.projet().locales == (PATIENTS,)
    assert not memoire.message()["sans_identite"]


def test_what_is_kept_of_another_project_is_not_taken() -> None:
    etat.add_communes("87085")
    held = etat.projet()
    memoire.receive_kept(kept() | {"id": "aZ09aZ09aZ09"})
    assert (etat.projet(), etat.projet().identite) == (held, held.identite)


@pytest.mark.parametrize(("code", "found"), [("87085", (PATIENTS,)), ("19272", ())])
def test_what_the_first_versions_kept_is_found_for_the_same_scenarios(
    code: str, found: tuple[DonneeLocale, ...]
) -> None:
    former = Projet.nouveau(Territoire("Mon territoire", (code,))).complete(PATIENTS)
    st.query_params.update({"communes": lien.encode(["87085"]), "nom": "Mon territoire"})
    etat.follow_lien()
    ancien = fichier.encode(former, date(2026, 1, 31), donnees().fiches).decode()
    memoire.receive_kept({"ancien": ancien})
    assert etat.projet().locales == found
    assert not memoire.message()["relire"]
    memoire.receive_kept({"ancien": "{abîmé"})
    assert etat.projet().locales == found


def test_the_version_of_another_tab_is_taken_and_can_be_undone() -> None:
    etat.add_communes("87085")
    mine, identite = etat.projet(), etat.projet().identite
    etat.add_communes("19272")
    theirs, given = etat.projet(), kept()
    etat.undo()
    memoire.receive_choice({"quoi": "prendre", **given})
    assert (etat.projet(), etat.projet().identite) == (theirs, identite)
    etat.undo()
    assert etat.projet() == mine


def test_mine_is_kept_as_another_project_with_its_past() -> None:
    etat.add_communes("87085")
    etat.add_communes("19272")
    former, apart = etat.projet().identite, memoire.message()["copie"]
    memoire.receive_choice({"quoi": "garder"})
    message = memoire.message()
    assert (message["id"], message["relire"]) == (apart, False)
    assert message["copie"] not in {apart, former}
    etat.undo()
    assert etat.projet().identite == apart


def test_what_was_kept_apart_has_one_identity_once_opened(session: dict[str, Any]) -> None:
    etat.add_communes("87085")
    etat.add_communes("19272")
    given = kept() | {"id": "aZ09aZ09aZ09"}
    etat.write_adresse()
    st.query_params["id"] = "aZ09aZ09aZ09"
    del session["session"]
    etat.follow_lien()
    memoire.receive_kept(given)
    etat.undo()
    assert etat.territoire().codes == ("87085",)
    assert etat.projet().identite == "aZ09aZ09aZ09"


def test_a_new_start_is_forgotten_by_the_browser_and_undone_by_the_session() -> None:
    etat.add_communes("87085")
    etat.complete(PATIENTS)
    held = etat.projet()
    etat.reset()
    message = memoire.message()
    assert message["oublis"] == [{"id": held.identite, "nom": "Mon territoire"}]
    assert (message["id"], memoire.complements()["complements"] != "") == ("", True)
    etat.undo()
    assert memoire.message()["id"] == held.identite


def test_a_locked_project_is_not_forgotten(session: dict[str, Any]) -> None:
    etat.add_communes("87085")
    session["session"].dessin = replace(session["session"].dessin, verrou=True)
    etat.reset()
    assert memoire.message()["oublis"] == []
    assert etat.territoire().codes == ("87085",)


def test_a_full_memory_is_given_no_undo() -> None:
    etat.add_communes("87085")
    etat.add_communes("19272")
    whole = memoire.message()["garde"]["etats"]
    memoire.receive_failure("plein")
    assert memoire.panne() == "plein"
    less = memoire.message()["garde"]["etats"]
    assert len(less) < len(whole)
    memoire.receive_failure("")
    assert memoire.panne() == ""
    assert memoire.message()["garde"]["etats"] == less
