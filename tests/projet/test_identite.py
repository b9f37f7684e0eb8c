"""An identity can stand in an address, and is never that of another project."""

import pytest

from cpts_geo.projet.identite import identite_lue, nouvelle_identite


def test_identities_are_distinct_and_read_back() -> None:
    drawn = [nouvelle_identite() for _ in range(2_000)]
    assert len(set(drawn)) == len(drawn)
    assert [identite_lue(each) for each in drawn] == drawn


@pytest.mark.parametrize(
    "text", ["", "court", "a" * 25, "aaaaaaaaaaa.", "aaaaaaaaaaaa\n", "éééééééééééé", "a/../aaaaaaa"]
)
def test_what_has_not_the_form_of_one_is_none(text: str) -> None:
    assert identite_lue(text) == ""
