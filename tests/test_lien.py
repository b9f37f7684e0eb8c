"""A territory goes through a link and comes back the same; anything else is refused in French."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cpts_geo.lien import LienInvalideError, decode, encode
from cpts_geo.referentiel import referentiel

CODES = referentiel().communes.index.tolist()


@given(st.lists(st.sampled_from(CODES), unique=True, max_size=500))
def test_any_territory_comes_back_in_its_order(codes: list[str]) -> None:
    assert decode(encode(codes)) == tuple(codes)


def test_every_commune_can_be_written() -> None:
    assert decode(encode(CODES)) == tuple(CODES)


def test_five_hundred_communes_fit_in_a_link() -> None:
    assert len(encode(CODES[::70])) < 2000


def test_links_of_version_1_are_read_for_ever() -> None:
    assert decode("1.hu0Dgu8H_hU") == ("31555", "2A004", "97411")


@given(st.text(max_size=60))
@example("1.")
@example("2.AAAA")
@example("1.gICAgICAgICAgIA")
@example("1.é")
def test_anything_else_is_refused_or_gives_well_formed_codes(text: str) -> None:
    try:
        codes = decode(text)
    except LienInvalideError:
        return
    assert all(len(code) == 5 for code in codes)


@pytest.mark.parametrize(
    ("text", "message"), [("2.AAAA", "plus récente"), ("1.zzz", "abîmé"), ("1.hu0Dgu8", "abîmé")]
)
def test_refusals_say_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(LienInvalideError, match=message):
        decode(text)
