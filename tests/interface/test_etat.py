"""What the session holds: a project, its history, its address, and the conversation with the map."""

from typing import Any

import pytest
import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.projet import lien
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet, regles
from cpts_geo.projet.territoire import Territoire


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session of its own, and an address, without a running page."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(st, "query_params", {})
    return state


def click(code: str, seq: int, instance: str = "a") -> None:
    operation = {"seq": seq, "ajouter": [code], "retirer": [], "geste": "commune"}
    etat.apply_map({"instance": instance, "seq": seq, "operations": [operation]})


def test_a_session_begins_with_an_empty_territory() -> None:
    assert etat.territoire() == Territoire(regles().nom_territoire, ())
    assert etat.a_annuler() is None


def test_python_confirms_the_last_operation_of_the_map() -> None:
    click("87085", 1)
    click("19272", 2)
    selection = etat.map_message()["selection"]
    assert selection == {"instance": "a", "ack": 2, "codes": ["87085", "19272"]}


def test_a_map_mounted_anew_counts_from_one() -> None:
    click("87085", 5)
    click("19272", 1, instance="b")
    assert etat.territoire().codes == ("87085", "19272")
    assert etat.map_message()["selection"]["ack"] == 1


def test_only_posts_of_the_map_are_received(session: dict[str, Any]) -> None:
    for value in (None, {}, {"operations": []}):
        session[etat.CARTE] = value
        etat.receive_map()
    assert not etat.territoire().codes
    operation = {"seq": 1, "ajouter": ["87085"], "retirer": [], "geste": "commune"}
    session[etat.CARTE] = {"instance": "a", "seq": 1, "operations": [operation]}
    etat.receive_map()
    assert etat.territoire().codes == ("87085",)


def test_chips_search_lists_and_names_change_the_territory() -> None:
    etat.ajouter_zone("commune", "87085")
    etat.ajouter("19272", "23176")
    etat.retirer("87085")
    etat.renommer("  Pays de Tulle ")
    etat.renommer("   ")
    assert etat.territoire() == Territoire("Pays de Tulle", ("19272", "23176"))
    etat.remplacer("31555")
    assert etat.territoire() == Territoire("Pays de Tulle", ("31555",))


def test_a_zone_found_by_search_is_added_whole() -> None:
    etat.ajouter_zone("epci", "241700624")
    assert etat.territoire().codes == donnees().referentiel.codes("epci", "241700624")
    assert etat.map_message()["vue"]["departements"] == ["17"]


def test_every_change_can_be_undone() -> None:
    changes = [
        lambda: click("87085", 1),
        lambda: etat.ajouter("19272", "23176"),
        lambda: etat.retirer("19272"),
        lambda: etat.renommer("Pays de Tulle"),
        lambda: etat.colorer("bleu"),
        lambda: etat.dupliquer_scenario(1),
        lambda: etat.remplacer("31555"),
        etat.creer_scenario,
        lambda: etat.supprimer_scenario(2),
        lambda: etat.ouvrir(Projet.nouveau(Territoire("Autre", ("2A004",)))),
        etat.reinitialiser,
    ]
    seen = [etat.projet()]
    for change in changes:
        change()
        assert etat.projet() != seen[-1]
        seen.append(etat.projet())
    for held in reversed(seen[:-1]):
        assert etat.a_annuler()
        etat.annuler()
        assert etat.projet() == held
    assert etat.a_annuler() is None
    for held in seen[1:]:
        assert etat.a_refaire()
        etat.refaire()
        assert etat.projet() == held


def test_changing_tabs_is_not_a_change() -> None:
    etat.ajouter("87085")
    etat.dupliquer_scenario(1)
    etat.activer(1)
    assert etat.projet().actif == 1
    assert etat.a_annuler() == "copie de «\u00a0Mon territoire\u00a0»"


def test_a_change_that_changes_nothing_is_not_to_be_undone() -> None:
    etat.ajouter("87085")
    etat.ajouter("87085")
    etat.retirer("19272")
    etat.annuler()
    assert etat.territoire().codes == ()


def test_a_locked_project_says_that_it_is() -> None:
    etat.ajouter("87085")
    operation = {"seq": 1, "commande": "verrouiller"}
    etat.apply_map({"instance": "a", "seq": 1, "operations": [operation]})
    assert etat.verrouille()
    etat.ajouter("19272")
    assert etat.territoire().codes == ("87085",)
    assert etat.prendre_avis() == etat.VERROUILLE
    assert etat.prendre_avis() == ""


def test_too_many_scenarios_are_refused_with_a_word() -> None:
    for _ in range(regles().scenarios_au_plus):
        etat.creer_scenario()
    assert len(etat.projet().scenarios) == regles().scenarios_au_plus
    assert "supprimez-en un" in etat.prendre_avis()


def test_each_view_is_asked_for_once() -> None:
    assert etat.map_message()["vue"] is None
    etat.regarder_communes(("87085",))
    first = etat.map_message()["vue"]
    assert first == etat.map_message()["vue"] == {"id": 1, "code": "87085"}
    etat.regarder_region("94")
    assert etat.map_message()["vue"]["id"] == 2


def test_a_commune_without_contour_is_marked_where_its_mairie_is() -> None:
    etat.ajouter("15031", "87085")
    assert etat.sans_contour() == ["Celles"]
    for mark in etat.map_message()["reperes"]:
        assert mark["nom"] == "Celles"
        assert 44 < mark["lat"] < 46


def test_the_address_holds_the_project(session: dict[str, Any]) -> None:
    etat.ajouter("87085", "19272")
    etat.dupliquer_scenario(1)
    etat.retirer("19272")
    etat.colorer("mauve")
    etat.ecrire_adresse()
    drawn = etat.projet()
    del session["session"]
    etat.suivre_lien()
    assert etat.projet() == drawn
    assert etat.a_annuler() is None
    assert etat.map_message()["vue"]["departements"] == ["87"]


def test_the_browser_keeps_what_the_address_does_not_hold(session: dict[str, Any]) -> None:
    etat.ajouter("17421", "17306")
    assert etat.memoire() == {"nom": "Mon territoire", "contenu": "", "relire": True}
    etat.completer(DonneeLocale("Patients", "", "effectif", "CPAM", "2026", (("17421", 3.0),)))
    etat.rediger("Un territoire rural.")
    etat.ecrire_adresse()
    held, kept = etat.projet(), etat.memoire()["contenu"]
    del session["session"]
    etat.suivre_lien()
    assert etat.projet() == held.sans_complements
    etat.relire("{abîmé")
    assert etat.projet() == held.sans_complements
    etat.relire(kept)
    assert etat.projet() == held
    assert etat.a_annuler() is None


def test_another_address_is_followed_and_can_be_undone() -> None:
    etat.ajouter("87085")
    etat.ecrire_adresse()
    st.query_params["communes"] = lien.encode(["31555"])
    etat.suivre_lien()
    assert etat.territoire().codes == ("31555",)
    etat.annuler()
    assert etat.territoire().codes == ("87085",)


def test_a_link_leads_former_communes_to_the_present_one_and_names_unknown_codes() -> None:
    st.query_params.update({"communes": lien.encode(["31555", "93059", "98999"]), "nom": "CPTS d’essai"})
    etat.suivre_lien()
    assert etat.territoire() == Territoire("CPTS d’essai", ("31555", "93066"))
    assert etat.prendre_avis() == "Codes inconnus dans ce lien, laissés de côté\u00a0: 98999."


def test_a_damaged_link_changes_nothing() -> None:
    etat.ajouter("31555")
    etat.ecrire_adresse()
    st.query_params["communes"] = "1.zzz"
    etat.suivre_lien()
    assert etat.territoire().codes == ("31555",)
    assert "abîmé" in etat.prendre_avis()
