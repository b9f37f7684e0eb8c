import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.polices import DOSSIER, largeur


def test_a_text_is_as_wide_as_its_letters() -> None:
    assert largeur("iiii") < largeur("mmmm")
    assert largeur("Toulouse") == pytest.approx(4, abs=1)


@given(st.text(max_size=30))
def test_any_text_has_a_width(text: str) -> None:
    assert largeur(text) >= 0


def test_the_files_of_the_font_are_shipped() -> None:
    assert (DOSSIER / "SourceSansPro-Regular.ttf").is_file()
