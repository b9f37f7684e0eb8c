"""The logo that people put on their document: any usual picture, brought to a PNG of a reasonable size."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000
SIDE_PX = 800
_TROP_GRANDE = "Cette image est trop grande pour un logo."
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class LogoInvalideError(ValueError):
    """The picture cannot be taken; the message, in French, says why."""


def logo(content: bytes) -> bytes:
    """The picture as a PNG that fits in a square of 800 pixels.

    Raises:
        LogoInvalideError: it is too heavy, too large, or no picture.
    """
    if len(content) > MOST_BYTES:
        raise LogoInvalideError("Ce logo est trop lourd\u00a0: 5\u00a0Mo au plus.")
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise LogoInvalideError(_TROP_GRANDE)
            drawn = picture.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise LogoInvalideError(_TROP_GRANDE) from error
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise LogoInvalideError(
            "Ce fichier n’est pas une image lisible\u00a0: choisissez un PNG ou un JPEG."
        ) from error
    drawn.thumbnail((SIDE_PX, SIDE_PX))
    written = BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()
