"""The conversation with the map: nothing clicked is lost, nothing old comes back."""

from typing import Any

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from cpts_geo import etat, lien
from cpts_geo.territoire import Territoire

KNOWN = frozenset({"23176", "23219", "87085", "19272", "2A004"})
CODES = some.lists(some.sampled_from(sorted(KNOWN)), max_size=3)
OPERATIONS = some.lists(some.tuples(CODES, CODES), min_size=1, max_size=12).map(
    lambda pairs: [
        {"seq": rank, "ajouter": added, "retirer": removed}
        for rank, (added, removed) in enumerate(pairs, start=1)
    ]
)


def post(operations: list[dict[str, Any]], instance: str = "a") -> dict[str, Any]:
    return {"instance": instance, "seq": operations[-1]["seq"], "operations": operations}


def deliver(posts: list[dict[str, Any]]) -> tuple[tuple[str, ...], int]:
    codes: tuple[str, ...] = ("23176",)
    seen = 0
    for each in posts:
        codes, seen = etat.apply_operations(codes, seen, each, KNOWN)
    return codes, seen


@given(OPERATIONS, some.data())
def test_repeated_late_or_missing_posts_change_nothing(
    operations: list[dict[str, Any]], data: some.DataObject
) -> None:
    last = post(operations)
    growing = [post(operations[:end]) for end in range(1, len(operations) + 1)]
    received = data.draw(some.lists(some.sampled_from(growing)))
    assert deliver([*received, last]) == deliver([last])
    assert deliver([last, *received]) == deliver([last])


@given(OPERATIONS, some.data())
def test_operations_already_confirmed_need_not_be_sent_again(
    operations: list[dict[str, Any]], data: some.DataObject
) -> None:
    seen = data.draw(some.integers(0, len(operations) - 1))
    posts = [post(operations[: seen or 1]), post(operations[seen:])]
    assert deliver(posts) == deliver([post(operations)])


@given(OPERATIONS)
def test_operations_of_one_post_are_applied_in_their_order(operations: list[dict[str, Any]]) -> None:
    shuffled = {**post(operations), "operations": operations[::-1]}
    assert deliver([shuffled]) == deliver([post(operations)])


def test_communes_stay_in_the_order_in_which_they_were_chosen() -> None:
    codes, seen = deliver([post([{"seq": 1, "ajouter": ["87085", "19272", "23176"], "retirer": []}])])
    assert (codes, seen) == (("23176", "87085", "19272"), 1)


def test_a_code_that_is_no_commune_is_left_out() -> None:
    codes, _ = deliver([post([{"seq": 1, "ajouter": ["00000", "87085"], "retirer": ["99999"]}])])
    assert codes == ("23176", "87085")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def click(code: str, seq: int, instance: str = "a") -> None:
    etat.apply_map(post([{"seq": seq, "ajouter": [code], "retirer": []}], instance))


@pytest.mark.usefixtures("session")
def test_a_session_begins_with_an_empty_territory() -> None:
    assert etat.territoire() == Territoire(etat.NOM_INITIAL, ())


@pytest.mark.usefixtures("session")
def test_python_confirms_the_last_operation_of_the_map() -> None:
    click("87085", 1)
    click("19272", 2)
    selection = etat.map_message()["selection"]
    assert selection == {"instance": "a", "ack": 2, "codes": ["87085", "19272"]}


@pytest.mark.usefixtures("session")
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
    session[etat.CARTE] = post([{"seq": 1, "ajouter": ["87085"], "retirer": []}])
    etat.receive_map()
    assert etat.territoire().codes == ("87085",)


@pytest.mark.usefixtures("session")
def test_chips_search_and_reset_change_the_territory() -> None:
    etat.ajouter("87085")
    etat.ajouter("19272")
    etat.retirer("87085")
    etat.renommer("  Pays de Tulle ")
    etat.renommer("   ")
    assert etat.territoire() == Territoire("Pays de Tulle", ("19272",))
    etat.reinitialiser()
    assert etat.territoire() == Territoire(etat.NOM_INITIAL, ())


@pytest.mark.usefixtures("session")
def test_each_view_is_asked_for_once() -> None:
    assert etat.map_message()["vue"] is None
    etat.regarder_commune("87085")
    first = etat.map_message()["vue"]
    assert first == etat.map_message()["vue"] == {"id": 1, "code": "87085"}
    etat.regarder_commune("87085")
    assert etat.map_message()["vue"]["id"] == 2


@pytest.mark.usefixtures("session")
def test_a_region_is_looked_at_with_all_its_communes() -> None:
    etat.regarder_region("94")
    view = etat.map_message()["vue"]
    west, south, east, north = view["bounds"]
    assert view["departements"] == ["2A", "2B"]
    assert 8 < west < 9 < east < 10
    assert 41 < south < 42 < north < 44


@pytest.mark.usefixtures("session")
def test_a_commune_without_contour_is_marked_where_its_mairie_is() -> None:
    etat.ajouter("15031")
    etat.ajouter("87085")
    assert etat.sans_contour() == ["Celles"]
    for mark in etat.map_message()["reperes"]:
        assert mark["nom"] == "Celles"
        assert 44 < mark["lat"] < 46


def test_a_link_leads_former_communes_to_the_present_one_and_names_unknown_codes() -> None:
    code = lien.encode(["31555", "93059", "98999"])
    app = AppTest.from_function(follow_link).run()
    app.query_params["communes"] = code
    app.query_params["nom"] = "CPTS d’essai"
    app.run()
    assert app.session_state["territoire"] == Territoire("CPTS d’essai", ("31555", "93066"))
    assert app.markdown[0].value == "Codes inconnus dans ce lien, laissés de côté\u00a0: 98999."


def test_a_damaged_link_changes_nothing() -> None:
    app = AppTest.from_function(follow_link)
    app.session_state["territoire"] = Territoire("En cours", ("31555",))
    app.run()
    app.query_params["communes"] = "1.zzz"
    app.run()
    assert app.session_state["territoire"] == Territoire("En cours", ("31555",))
    assert "abîmé" in app.markdown[0].value


def follow_link() -> None:
    import streamlit as st  # noqa: PLC0415 - runs as a page of its own

    from cpts_geo import etat  # noqa: PLC0415

    st.markdown(etat.suivre_lien())
