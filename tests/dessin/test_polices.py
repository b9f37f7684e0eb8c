from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.dessin.polices import DOSSIER, SIGNE, absents, dessinable, largeur, ordinaire, secours
from cpts_geo.socle.textes import visible
from tests.outils.symboles import SYMBOLES

ANY_TEXT = st.text(st.one_of(st.characters(exclude_categories=[]), st.sampled_from("".join(SYMBOLES))))


def test_a_text_is_as_wide_as_its_letters() -> None:
    assert largeur("iiii") < largeur("mmmm")
    assert largeur("Toulouse") == pytest.approx(4, abs=1)


@given(st.text(max_size=30))
def test_any_text_has_a_width(text: str) -> None:
    assert largeur(text) >= 0


def test_the_files_of_the_font_are_shipped() -> None:
    assert (DOSSIER / "SourceSansPro-Regular.ttf").is_file()


def characters(file: Path) -> set[str]:
    with TTFont(file) as font:
        return set(map(chr, font.getBestCmap()))


@cache
def letters() -> set[str]:
    """Every character that one of the fonts has."""
    families = [(DOSSIER / "SourceSansPro-Regular.ttf",), *secours().values()]
    return set().union(*(set.intersection(*map(characters, files)) for files in families))


def test_every_weight_of_our_own_font_has_the_same_letters() -> None:
    known = [characters(file) for file in DOSSIER.glob("*.ttf") if "It" not in file.stem]
    assert len(known) > 4
    assert all(each == known[0] for each in known)


@given(ANY_TEXT)
def test_all_that_is_drawn_has_a_glyph(text: str) -> None:
    drawn = dessinable(text)
    assert set(drawn) <= letters() | {"\n", "\t"}
    assert dessinable(drawn) == drawn


@given(ANY_TEXT)
def test_only_what_has_no_glyph_is_replaced_and_it_is_counted(text: str) -> None:
    drawn, missing = dessinable(text), absents(text)
    assert len(drawn) <= len(text)
    assert bool(missing) == (drawn.count(SIGNE) > visible(text).count(SIGNE))
    assert missing <= set(text)


@given(st.text(st.sampled_from("".join(filter(ordinaire, map(chr, range(32, 0x2200)))))))
def test_a_text_of_our_own_font_is_unchanged(text: str) -> None:
    assert dessinable(visible(text)) == visible(text)
    assert not absents(text)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("✅ bonne densité 👉 📞 ❗ ⁃", "✅ bonne densité 👉 📞 ❗ ⁃"),
        ("漢字 et カ", "□□ et □"),
        ("❤\ufe0f", "❤"),
        ("👨\u200d⚕\ufe0f", "👨⚕"),
        ("𝗕𝖠", "□□"),  # one in the bold letters only, one in the others only
        ("e\u0301", "e\u0301"),
        ("é\u0e34", "é□"),
        ("a🏽 👋🏽", "a□ 👋🏽"),
        ("漢\u0301", "□\u0301"),
        ("un\u3000deux\U0001d11e", "un deux□"),
        ("\ue000\ud800\uffff\x00", ""),
    ],
)
def test_what_is_drawn(text: str, drawn: str) -> None:
    assert dessinable(text) == drawn
