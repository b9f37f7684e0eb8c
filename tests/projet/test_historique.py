"""Any sequence of changes undone gives the start back, and redone gives the end back."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.projet.historique import Historique

etats = st.integers(0, 5)
changes = st.lists(etats)


def after(states: list[int], start: int = 0) -> Historique[int]:
    historique = Historique(start)
    for rank, etat in enumerate(states):
        historique = historique.hold(etat, f"changement {rank}")
    return historique


@given(changes)
def test_everything_undone_is_the_start_and_redone_the_end(states: list[int]) -> None:
    historique = after(states)
    seen = [historique.present]
    while historique.to_undo is not None:
        historique = historique.undo()
        seen.append(historique.present)
    assert historique.present == 0
    assert all(one != other for one, other in pairwise(seen)), "each undo changes something"
    again = [historique.present]
    while historique.to_redo is not None:
        historique = historique.redo()
        again.append(historique.present)
    assert again == seen[::-1]
    assert historique == after(states)


@given(changes, st.lists(st.sampled_from(["annuler", "refaire"]), max_size=20))
def test_any_walk_is_redone_to_the_end(states: list[int], steps: list[str]) -> None:
    historique = after(states)
    for step in steps:
        historique = historique.undo() if step == "annuler" else historique.redo()
    while historique.to_redo is not None:
        historique = historique.redo()
    assert historique == after(states)


@given(changes, etats)
def test_a_new_change_forgets_what_was_undone(states: list[int], etat: int) -> None:
    before = after(states).undo()
    changed = before.hold(etat, "autre")
    if etat == before.present:
        assert changed == before
    else:
        assert changed.to_redo is None
        assert changed.to_undo == "autre"
        assert changed.undo().present == before.present


def test_each_step_says_what_it_undoes() -> None:
    historique = Historique("").hold("a", "ajout de A").hold("ab", "ajout de B")
    assert (historique.to_undo, historique.to_redo) == ("ajout de B", None)
    undone = historique.undo()
    assert (undone.to_undo, undone.to_redo) == ("ajout de A", "ajout de B")
    assert undone.undo().undo() == undone.undo()


@given(changes, etats)
def test_an_adjustment_is_no_step(states: list[int], etat: int) -> None:
    historique = after(states)
    adjusted = historique.adjust(etat)
    assert adjusted.present == etat
    assert (adjusted.passe, adjusted.futur) == (historique.passe, historique.futur)
    assert adjusted.undo().present == historique.undo().present or not historique.passe


def test_there_is_no_limit() -> None:
    historique = after([rank % 2 for rank in range(1, 5001)])
    for _ in range(5000):
        historique = historique.undo()
    assert historique.present == 0
    assert historique.to_undo is None
