import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.projet.territoire import Territoire

CODES = st.sampled_from(["31555", "31069", "31149", "2A004", "75113", "97411"])
TERRITOIRES = st.builds(Territoire, nom=st.text(), codes=st.lists(CODES).map(tuple))


def test_communes_stay_in_the_order_they_were_chosen() -> None:
    territoire = Territoire("Nord toulousain").add("31149", "31069").add("31555", "31149")
    assert list(territoire) == ["31149", "31069", "31555"]
    assert list(territoire.remove("31149").add("31149")) == ["31069", "31555", "31149"]


def test_an_operation_leaves_the_territory_as_it_was() -> None:
    territoire = Territoire("Nord", ("31149",))
    territoire.add("31069")
    territoire.rename("Sud")
    assert territoire == Territoire("Nord", ("31149",))


@given(TERRITOIRES, CODES)
def test_toggling_twice_gives_the_same_set(territoire: Territoire, code: str) -> None:
    assert (code in territoire.toggle(code)) != (code in territoire)
    assert set(territoire.toggle(code).toggle(code)) == set(territoire)


@given(TERRITOIRES, st.lists(CODES))
def test_adding_is_a_union_and_can_be_repeated(territoire: Territoire, codes: list[str]) -> None:
    larger = territoire.add(*codes)
    assert set(larger) == {*territoire, *codes}
    assert larger.add(*codes) == larger
    assert larger.codes[: len(territoire)] == territoire.codes


@given(TERRITOIRES, st.lists(CODES))
def test_removing_is_a_difference_that_keeps_the_order(territoire: Territoire, codes: list[str]) -> None:
    smaller = territoire.remove(*codes)
    assert smaller.codes == tuple(code for code in territoire if code not in codes)
    assert smaller.nom == territoire.nom


@given(TERRITOIRES)
def test_no_commune_is_there_twice(territoire: Territoire) -> None:
    assert len(territoire) == len(set(territoire))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("  CPTS du Lauragais  ", "CPTS du Lauragais"),
        ("CPTS\tdu\nLauragais", "CPTS du Lauragais"),
        ("CPTS\x00 \u202eLauragais\x1b", "CPTS Lauragais"),
        ("\r\n", ""),
        ("é" * 200, "é" * 120),
    ],
)
def test_the_name_is_cleaned(given_name: str, kept: str) -> None:
    assert Territoire(given_name).nom == kept
    assert Territoire().rename(given_name).nom == kept


@given(st.text())
def test_a_name_is_cleaned_once_for_all(nom: str) -> None:
    cleaned = Territoire(nom).nom
    assert len(cleaned) <= 120
    assert Territoire(cleaned).nom == cleaned == cleaned.strip()
