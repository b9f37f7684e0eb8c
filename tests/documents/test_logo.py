import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from cpts_geo.documents import logo


def picture(kind: str, size: tuple[int, int]) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind)
    return written.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_becomes_a_png_of_a_reasonable_size(kind: str) -> None:
    with Image.open(BytesIO(logo.logo(picture(kind, (2000, 500))))) as drawn:
        assert drawn.format == "PNG"
        assert drawn.size == (800, 200)


@pytest.mark.parametrize("content", [b"", b"<svg/>", picture("PNG", (50, 50))[:60]])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(logo.LogoInvalideError, match="PNG ou un JPEG"):
        logo.logo(content)


def test_what_is_too_heavy_is_refused() -> None:
    with pytest.raises(logo.LogoInvalideError, match="trop lourd"):
        logo.logo(b"x" * (logo.MOST_BYTES + 1))


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [7_000, 10_000, 60_000])
def test_a_picture_made_to_fill_the_memory_is_refused_undrawn(side: int) -> None:
    """Its header alone says how large it would be."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"")
    with pytest.raises(logo.LogoInvalideError, match="trop grande"):
        logo.logo(content)
