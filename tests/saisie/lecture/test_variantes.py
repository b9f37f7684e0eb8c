"""Names written short, or with their article behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.lecture.variantes import variantes
from cpts_geo.saisie.noms import index_noms

INDEX = index_noms(donnees().referentiel)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("herbiers les", "les herbiers"),
        ("chalon s saone", "chalon sur saone"),
        ("mt saint aignan", "mont saint aignan"),
        ("n d de bondeville", "notre dame de bondeville"),
    ],
)
def test_a_short_name_is_read_in_full(written: str, meant: str) -> None:
    assert meant.split() in list(variantes(written.split()))


@given(words=st.lists(st.sampled_from(("s", "st", "n", "d", "mt", "les", "royan", "")), max_size=40))
def test_few_readings_are_tried_and_never_that_which_is_written(words: list[str]) -> None:
    tried = list(variantes(words))
    assert len(tried) <= 24
    assert words not in tried
    assert len({tuple(each) for each in tried}) == len(tried)


@pytest.mark.parametrize(
    ("letters", "nom"), [("lisle d espagnac", "L'Isle-d'Espagnac"), ("lhoumeau", "L'Houmeau")]
)
def test_a_name_is_found_by_its_letters_however_they_are_parted(letters: str, nom: str) -> None:
    assert [INDEX.referentiel[each.code].nom for each in INDEX.glued(letters.split())] == [nom]
