import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.textes import abrege, litteral, sans_accents, slug


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Œuilly", "oeuilly"), ("L'Haÿ-les-Roses", "l'hay-les-roses"), ("BÂGÉ", "bage"), ("e\u0301", "e")],
)
def test_accents_and_capitals_are_dropped(text: str, plain: str) -> None:
    assert sans_accents(text) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [("CPTS de l'Île", "cpts-de-l-ile"), ("  ../../etc ", "etc"), ("***", ""), ("a" * 80, "a" * 60)],
)
def test_a_slug_fits_in_a_file_name(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_holds_nothing_but_letters_digits_and_hyphens(text: str) -> None:
    made = slug(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made == made.strip("-") == slug(made)


def test_a_long_text_is_cut() -> None:
    assert abrege("CPTS du Pays de Tulle", 12) == "CPTS du Pay…"
    assert abrege("CPTS", 4) == "CPTS"


@pytest.mark.parametrize(
    "text", ["*gras*", "[lien](http://x)", ":material/home:", "$x$", "a_b_c", "# t", "1."]
)
def test_what_a_person_typed_is_never_markup(text: str) -> None:
    written = litteral(text)
    assert written != text
    assert re.sub(r"\\(.)", r"\1", written) == text
