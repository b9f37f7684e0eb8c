"""The fonts of documents, shipped by pip packages: their letters, and the room that these take."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import font_source_sans_pro
import manimgx_fonts
import matplotlib as mpl
from fontTools.ttLib import TTFont
from PIL import ImageFont

from cpts_geo.socle.textes import visible

DOSSIER = Path(font_source_sans_pro.__file__).parent / "files"
FAMILLE = "Source Sans Pro"
# What is drawn for a character that no font has.
SIGNE = "□"
_ECRITURES = Path(manimgx_fonts.__file__).parent
_SYMBOLES = Path(mpl.get_data_path()) / "fonts" / "ttf"
# Among the symbols, "Last Resort" has a sign for any character: typst has something to draw in any case.
DOSSIERS = (DOSSIER, _ECRITURES, _SYMBOLES)
_MEASURED_AT = 100
# Marks that change how the character before them is drawn, without being drawn: we draw one way only.
_VARIANTES = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
# Colours of skin: part of the character before them, as combining marks are.
_TEINTES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


@lru_cache(maxsize=4096)
def largeur(texte: str) -> float:
    """Width of a text in semibold letters, in shares of their size."""
    return float(_semibold().getlength(texte)) / _MEASURED_AT


@cache
def secours() -> dict[str, tuple[Path, ...]]:
    """The fonts to turn to, in order, when our own has no glyph: by family, the files of its weights."""
    files = sorted(each for each in _ECRITURES.glob("*.ttf") if "Italic" not in each.name)
    symbols = tuple(_SYMBOLES / f"DejaVuSans{weight}.ttf" for weight in ("", "-Bold"))
    return {_family(each[0]): each for each in (*((file,) for file in files), symbols)}


def ordinaire(texte: str) -> bool:
    """Whether our own font has every character of a text."""
    return _own().issuperset(texte)


def dessinable(texte: str) -> str:
    """The text that can be drawn: what is invisible is left out, what no font has becomes `SIGNE`."""
    shown = visible(texte)
    return shown if ordinaire(shown) else "".join(drawn for _, drawn in _drawn(shown))


def absents(texte: str) -> frozenset[str]:
    """The characters of a text for which `SIGNE` is drawn."""
    shown = visible(texte)
    if ordinaire(shown):
        return frozenset()
    return frozenset(char for char, drawn in _drawn(shown) if drawn == SIGNE != char)


def _drawn(texte: str) -> Iterator[tuple[str, str]]:
    """Each character and what is drawn for it; a letter and its marks must come from one font."""
    fonts = _fonts()
    having = fonts
    for char in texte:
        if char in _VARIANTES:
            yield char, ""
            continue
        candidates = having if _continues(char) else fonts
        having = tuple(each for each in candidates if char in each)
        if having:
            yield char, char
        else:
            having = tuple(each for each in fonts if SIGNE in each)
            yield char, " " if char.isspace() else SIGNE


def _continues(char: str) -> bool:
    return char in _TEINTES or unicodedata.category(char).startswith("M")


@cache
def _own() -> frozenset[str]:
    return _characters(DOSSIER / "SourceSansPro-Regular.ttf") | {"\n", "\t"}


@cache
def _fonts() -> tuple[frozenset[str], ...]:
    """The characters that each font has in all its weights, our own first."""
    return (_own(), *(frozenset.intersection(*map(_characters, files)) for files in secours().values()))


def _characters(file: Path) -> frozenset[str]:
    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _family(file: Path) -> str:
    with TTFont(file, lazy=True) as font:
        return str(font["name"].getBestFamilyName())


@lru_cache(maxsize=1)
def _semibold() -> ImageFont.FreeTypeFont:
    # The other engine fails on control characters.
    basic = ImageFont.Layout.BASIC
    return ImageFont.truetype(str(DOSSIER / "SourceSansPro-Semibold.ttf"), _MEASURED_AT, layout_engine=basic)
