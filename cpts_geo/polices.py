"""The font of documents, shipped by a pip package, and the room that its letters take."""

from functools import lru_cache
from pathlib import Path

import font_source_sans_pro
from PIL import ImageFont

DOSSIER = Path(font_source_sans_pro.__file__).parent / "files"
FAMILLE = "Source Sans Pro"
_MEASURED_AT = 100


@lru_cache(maxsize=4096)
def largeur(texte: str) -> float:
    """Width of a text in semibold letters, in shares of their size."""
    return float(_semibold().getlength(texte)) / _MEASURED_AT


@lru_cache(maxsize=1)
def _semibold() -> ImageFont.FreeTypeFont:
    # The other engine fails on control characters.
    basic = ImageFont.Layout.BASIC
    return ImageFont.truetype(str(DOSSIER / "SourceSansPro-Semibold.ttf"), _MEASURED_AT, layout_engine=basic)
