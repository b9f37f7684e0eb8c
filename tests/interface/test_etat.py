"""What the session holds: a project, its history, its address, and the conversation with the map."""

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.projet import lien
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
    assert etat.to_undo() is None


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
    etat.add_zone("commune", "87085")
    etat.add_communes("19272", "23176")
    etat.remove_communes("87085")
    etat.rename("  Pays de Tulle ")
    etat.rename("   ")
    assert etat.territoire() == Territoire("Pays de Tulle", ("19272", "23176"))
    etat.replace_communes("31555")
    assert etat.territoire() == Territoire("Pays de Tulle", ("31555",))


def test_a_zone_found_by_search_is_added_whole() -> None:
    etat.add_zone("epci", "241700624")
    assert etat.territoire().codes == donnees().referentiel.codes("epci", "241700624")
    assert etat.map_message()["vue"]["departements"] == ["17"]


def test_every_change_can_be_undone() -> None:
    changes = [
        lambda: click("87085", 1),
        lambda: etat.add_communes("19272", "23176"),
        lambda: etat.remove_communes("19272"),
        lambda: etat.rename("Pays de Tulle"),
        lambda: etat.colour("bleu"),
        lambda: etat.duplicate_scenario(1),
        lambda: etat.replace_communes("31555"),
        etat.create_scenario,
        lambda: etat.delete_scenario(2),
        lambda: etat.open_projet(Projet.nouveau(Territoire("Autre", ("2A004",)))),
        etat.reset,
    ]
    seen = [etat.projet()]
    for change in changes:
        change()
        assert etat.projet() != seen[-1]
        seen.append(etat.projet())
    for held in reversed(seen[:-1]):
        assert etat.to_undo()
        etat.undo()
        assert etat.projet() == held
    assert etat.to_undo() is None
    for held in seen[1:]:
        assert etat.to_redo()
        etat.redo()
        assert etat.projet() == held


def test_changing_tabs_is_not_a_change() -> None:
    etat.add_communes("87085")
    etat.duplicate_scenario(1)
    etat.activate(1)
    assert etat.projet().actif == 1
    assert etat.to_undo() == "copie de «\u00a0Mon territoire\u00a0»"


def test_a_change_that_changes_nothing_is_not_to_be_undone() -> None:
    etat.add_communes("87085")
    etat.add_communes("87085")
    etat.remove_communes("19272")
    etat.undo()
    assert etat.territoire().codes == ()


def test_a_locked_project_says_that_it_is() -> None:
    etat.add_communes("87085")
    operation = {"seq": 1, "commande": "verrouiller"}
    etat.apply_map({"instance": "a", "seq": 1, "operations": [operation]})
    assert etat.verrouille()
    etat.add_communes("19272")
    assert etat.territoire().codes == ("87085",)
    assert etat.take_avis() == etat.VERROUILLE
    assert etat.take_avis() == ""


def test_too_many_scenarios_are_refused_with_a_word() -> None:
    for _ in range(regles().scenarios_au_plus):
        etat.create_scenario()
    assert len(etat.projet().scenarios) == regles().scenarios_au_plus
    assert "supprimez-en un" in etat.take_avis()


def test_each_view_is_asked_for_once() -> None:
    assert etat.map_message()["vue"] is None
    etat.look_at_communes(("87085",))
    first = etat.map_message()["vue"]
    assert first == etat.map_message()["vue"] == {"id": 1, "code": "87085"}
    etat.look_at_whole_region("94")
    assert etat.map_message()["vue"]["id"] == 2


def test_a_commune_without_contour_is_marked_where_its_mairie_is() -> None:
    etat.add_communes("15031", "87085")
    assert etat.sans_contour() == ["Celles"]
    for mark in etat.map_message()["reperes"]:
        assert mark["nom"] == "Celles"
        assert 44 < mark["lat"] < 46


def test_the_address_holds_the_project(session: dict[str, Any]) -> None:
    etat.add_communes("87085", "19272")
    etat.duplicate_scenario(1)
    etat.remove_communes("19272")
    etat.colour("mauve")
    etat.write_adresse()
    drawn = etat.projet()
    del session["session"]
    etat.follow_lien()
    assert etat.projet() == drawn
    assert etat.to_undo() is None
    assert etat.map_message()["vue"]["departements"] == ["87"]


def test_another_address_is_followed_and_can_be_undone() -> None:
    etat.add_communes("87085")
    etat.write_adresse()
    st.query_params["communes"] = lien.encode(["31555"])
    etat.follow_lien()
    assert etat.territoire().codes == ("31555",)
    etat.undo()
    assert etat.territoire().codes == ("87085",)


def test_a_link_leads_former_communes_to_the_present_one_and_names_unknown_codes() -> None:
    st.query_params.update({"communes": lien.encode(["31555", "93059", "98999"]), "nom": "CPTS d’essai"})
    etat.follow_lien()
    assert etat.territoire() == Territoire("CPTS d’essai", ("31555", "93066"))
    assert etat.take_avis() == "Codes inconnus dans ce lien, laissés de côté\u00a0: 98999."


def test_a_damaged_link_changes_nothing() -> None:
    etat.add_communes("31555")
    etat.write_adresse()
    st.query_params["communes"] = "1.zzz"
    etat.follow_lien()
    assert etat.territoire().codes == ("31555",)
    assert "abîmé" in etat.take_avis()


def test_a_project_keeps_its_identity_from_the_first_click_to_the_address() -> None:
    etat.write_adresse()
    assert st.query_params == {}
    etat.add_communes("87085")
    identite = etat.projet().identite
    etat.undo()
    etat.add_communes("19272")
    etat.write_adresse()
    assert st.query_params["id"] == etat.projet().identite == identite


def test_a_link_brings_its_identity_and_an_older_one_gets_one() -> None:
    st.query_params.update({"communes": lien.encode(["31555"]), "id": "aZ09aZ09aZ09"})
    etat.follow_lien()
    assert etat.projet().identite == "aZ09aZ09aZ09"
    st.query_params.clear()
    st.query_params.update({"communes": lien.encode(["87085"]), "id": "<script>"})
    etat.follow_lien()
    assert etat.territoire().codes == ("87085",)
    assert etat.projet().identite not in {"aZ09aZ09aZ09", "<script>", ""}


def test_a_file_opened_and_a_new_start_are_other_projects() -> None:
    etat.add_communes("87085")
    seen = [etat.projet().identite]
    for change in (lambda: etat.open_projet(Projet.nouveau(Territoire("Autre", ("2A004",)))), etat.reset):
        change()
        assert etat.projet().identite not in seen
        seen.append(etat.projet().identite)
    for expected in (seen[1], seen[0]):
        etat.undo()
        assert etat.projet().identite == expected


# ---- What the browser says of the address ----------------------------------------------------------------


def test_an_address_that_the_browser_has_not_heard_the_end_of_changes_nothing() -> None:
    click("87085", 1)
    etat.write_adresse()
    late = dict(st.query_params)
    click("19272", 2)
    etat.write_adresse()
    st.query_params.clear()
    st.query_params.update(late)
    etat.follow_lien()
    assert etat.territoire().codes == ("87085", "19272")
    assert st.query_params["communes"] == lien.encode(["87085", "19272"]), "and it is told the last"


def test_the_address_that_opened_the_page_is_late_too_once_communes_are_clicked() -> None:
    st.query_params.update({"communes": lien.encode(["87085"]), "nom": "Ici", "id": "aZ09aZ09aZ09"})
    late = dict(st.query_params)
    etat.follow_lien()
    click("19272", 1)
    etat.write_adresse()
    st.query_params.update(late)
    etat.follow_lien()
    assert etat.territoire().codes == ("87085", "19272")


def test_going_back_in_the_browser_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    click("87085", 1)
    etat.write_adresse()
    before = dict(st.query_params)
    click("19272", 2)
    etat.write_adresse()
    st.query_params.update(before)
    going_back = SimpleNamespace(is_history_navigation=True)
    monkeypatch.setattr(etat, "get_script_run_ctx", lambda **_: going_back)
    etat.follow_lien()
    assert etat.territoire().codes == ("87085",)
    assert etat.to_undo() == "changement d’adresse"
