"""The conversation with the map: nothing clicked is lost, nothing old comes back, all can be undone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.echange import ILLISIBLE, VERROUILLE, Dessin, apply_post, message_selection
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire

START = ("23176",)
CODES = some.lists(some.sampled_from(["23176", "23219", "87085", "19272", "2A004"]), max_size=3)
GESTURES = some.tuples(CODES, CODES).map(lambda pair: {"ajouter": pair[0], "retirer": pair[1]})
COMMANDS = some.sampled_from(["annuler", "refaire", "verrouiller", "deverrouiller"]).map(
    lambda name: {"commande": name}
)


def numbered(operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"seq": rank, **operation} for rank, operation in enumerate(operations, start=1)]


OPERATIONS = some.lists(GESTURES | COMMANDS, min_size=1, max_size=12).map(numbered)


def post(operations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"instance": "a", "seq": operations[-1]["seq"], "operations": operations}


def drawing(codes: tuple[str, ...] = START) -> Dessin:
    return Dessin(Historique(Projet.nouveau(Territoire("Essai", codes))))


def deliver(posts: list[dict[str, Any]]) -> tuple[Dessin, int]:
    dessin, seen = drawing(), 0
    for each in posts:
        reponse = apply_post(dessin, seen, each, donnees().referentiel)
        dessin, seen = reponse.dessin, reponse.ack
    return dessin, seen


def refusals(*operations: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The communes after these operations, and what is said of those refused."""
    reponse = apply_post(drawing(), 0, post(numbered(list(operations))), donnees().referentiel)
    assert reponse.ack == len(operations), "all are confirmed, refused or not"
    return reponse.dessin.projet.territoire.codes, reponse.refus


def codes_after(*operations: dict[str, Any]) -> tuple[str, ...]:
    dessin, _ = deliver([post(numbered(list(operations)))])
    return dessin.projet.territoire.codes


@given(OPERATIONS, some.data())
def test_repeated_late_or_missing_posts_change_nothing(
    operations: list[dict[str, Any]], data: some.DataObject
) -> None:
    last = post(operations)
    growing = [post(operations[:end]) for end in range(1, len(operations) + 1)]
    received = data.draw(some.lists(some.sampled_from(growing)))
    assert deliver([last, *received]) == deliver([last])
    assert deliver([*received, last]) == deliver([last])


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


@given(some.lists(GESTURES, min_size=1, max_size=20).map(numbered))
def test_any_sequence_undone_gives_the_start_back_and_redone_the_end(
    operations: list[dict[str, Any]],
) -> None:
    end, _ = deliver([post(operations)])
    back = end
    while back.historique.to_undo:
        back = back.undo()
    assert back.projet == drawing().projet
    while back.historique.to_redo:
        back = back.redo()
    assert back.projet == end.projet


def test_communes_stay_in_the_order_in_which_they_were_chosen() -> None:
    gesture = {"ajouter": ["87085", "19272", "23176"], "retirer": []}
    assert codes_after(gesture) == ("23176", "87085", "19272")


def test_a_code_that_is_no_commune_is_left_out() -> None:
    assert codes_after({"ajouter": ["00000", "87085"], "retirer": ["99999"]}) == ("23176", "87085")


def test_undo_between_two_clicks_of_one_post() -> None:
    first = {"ajouter": ["87085"], "retirer": []}
    second = {"ajouter": ["19272"], "retirer": []}
    assert codes_after(first, {"commande": "annuler"}, second) == ("23176", "19272")
    assert codes_after(first, {"commande": "annuler"}, {"commande": "refaire"}) == ("23176", "87085")


def test_a_locked_project_does_not_change_until_it_is_unlocked() -> None:
    click = {"ajouter": ["87085"], "retirer": []}
    assert codes_after({"commande": "verrouiller"}, click, {"commande": "annuler"}) == START
    assert codes_after({"commande": "verrouiller"}, {"commande": "deverrouiller"}, click) == (
        *START,
        "87085",
    )


CLICK = {"ajouter": ["87085"], "retirer": []}


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ({"ajouter": ["00000"], "retirer": []}, "Communes inconnues, laissées de côté\u00a0: 00000."),
        ({"ajouter": 12, "retirer": []}, ILLISIBLE),
        ({"retirer": []}, ILLISIBLE),
        ({"commande": "tout_effacer"}, ILLISIBLE),
        ({"ajouter": [["87085"]], "retirer": []}, ILLISIBLE),
    ],
)
def test_an_operation_that_cannot_be_applied_is_said_and_does_not_stop_the_next(
    refused: dict[str, Any], said: str
) -> None:
    assert refusals(refused, CLICK) == (("23176", "87085"), (said,))


def test_what_is_done_on_a_locked_project_is_refused_and_said_once() -> None:
    locked, undo = {"commande": "verrouiller"}, {"commande": "annuler"}
    assert refusals(locked, CLICK, undo) == (START, (VERROUILLE,))
    assert refusals(locked, {"commande": "deverrouiller"}, CLICK) == (("23176", "87085"), ())


@pytest.mark.parametrize(
    ("operation", "libelle"),
    [
        ({"ajouter": ["87085"], "retirer": []}, "ajout de Limoges"),
        ({"ajouter": [], "retirer": ["23176"]}, "retrait de La Souterraine"),
        ({"ajouter": ["87085", "19272"], "retirer": [], "geste": "lasso"}, "ajout de 2 communes au lasso"),
    ],
)
def test_the_map_is_told_what_undo_would_do(operation: dict[str, Any], libelle: str) -> None:
    dessin, _ = deliver([post(numbered([operation]))])
    told = message_selection(dessin)["historique"]
    assert told == {"annuler": libelle.replace("2 ", "2\u00a0"), "refaire": None}
    assert message_selection(dessin.undo())["historique"]["refaire"] == told["annuler"]


def test_the_map_is_told_the_colour_and_the_lock() -> None:
    told = message_selection(drawing())
    assert told["couleurs"] == {"fond": "#facc15", "trait": "#854d0e"}
    assert told["verrou"] is False
