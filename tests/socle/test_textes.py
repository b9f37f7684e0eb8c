import re
import unicodedata
from datetime import date
from html import unescape
from string import punctuation

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cpts_geo.socle.textes import (
    litteral,
    nom_fichier,
    plusieurs_lignes,
    sans_accents,
    shorten,
    slug,
    une_ligne,
)
from tests.outils.hostiles import HOSTILES


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


@given(st.text(), st.integers(0, 20))
def test_a_text_on_one_line_can_be_shown(text: str, longueur: int) -> None:
    line = une_ligne(text, longueur)
    assert len(line) <= longueur
    assert line == line.strip() == une_ligne(line, longueur)
    assert not any(unicodedata.category(char).startswith(("C", "Zl", "Zp")) for char in line)


def test_lines_are_kept_and_marks_are_not() -> None:
    assert plusieurs_lignes("Un\r\n\r\n  deux\u202e\x1b  mots \n", 100) == "Un\n\ndeux mots"
    assert plusieurs_lignes("abc\ndef", 5) == "abc\nd"


def test_a_long_text_is_cut() -> None:
    assert shorten("CPTS du Pays de Tulle", 12) == "CPTS du Pay…"
    assert shorten("CPTS", 4) == "CPTS"


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
JOINER = "\u2060"


def read_back(text: str) -> str:
    """The text once a real Markdown library has read it; an error if it made anything else of it."""
    rendered = MARKDOWN.render(litteral(text)).replace(JOINER, "")
    paragraph = re.fullmatch(r"<p>([^<]*)</p>\n|", rendered)
    assert paragraph is not None, rendered
    return unescape(paragraph[1] or "")


@pytest.mark.parametrize("text", HOSTILES)
def test_what_a_person_typed_is_never_markup(text: str) -> None:
    assert read_back(text) == text.strip()


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]) | st.sampled_from(punctuation + " 1aw")))
def test_any_text_on_a_line_is_read_as_typed(text: str) -> None:
    kept = text.replace(JOINER, "")
    assert read_back(kept) == kept.strip()


@given(st.lists(st.sampled_from([*HOSTILES, "", "===", "---"])))
def test_lines_make_nothing_but_paragraphs(lines: list[str]) -> None:
    rendered = MARKDOWN.render(litteral("\n".join(lines)))
    assert set(re.findall(r"<[^>]*>", rendered)) <= {"<p>", "</p>"}


@given(st.text(st.sampled_from("hftpsw:/@.<>-=~_ aA"), max_size=40))
def test_nothing_is_left_that_streamlit_makes_links_icons_or_arrows_of(text: str) -> None:
    shown = MARKDOWN.renderInline(litteral(text)).replace("&lt;", "<").replace("&gt;", ">")
    made = r"https?://|www\.|:material|:[a-z_]+:|@\w|[<>=~-]{2}"
    assert re.search(made, shown, re.IGNORECASE) is None


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("CPTS du Lauragais", "du-lauragais"),
        ("CPTS", "territoire"),
        ("Île d’Oléron", "ile-d-oleron"),
        ("", "territoire"),
    ],
)
def test_a_file_says_what_it_is_of_what_and_of_which_day(nom: str, attendu: str) -> None:
    assert nom_fichier("rapport", nom, date(2026, 1, 31), "csv") == f"rapport-cpts-{attendu}-2026-01-31.csv"
