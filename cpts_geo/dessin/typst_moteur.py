"""What typst sets for us: pages as a PDF or as pictures, and a drawing as a picture; fonts are our own."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast

import typst

from cpts_geo.dessin.polices import DOSSIERS

STANDARD: Final = "ua-1"
_POINTS_PER_INCH = 72
_PAGE_PT = 720


def pdf(source: Path) -> bytes:
    """The PDF of a typst file, which typst checks against PDF/UA-1 as it writes it."""
    return typst.compile(
        source,
        root=source.parent,
        font_paths=list(DOSSIERS),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARD,
    )


def pages(source: Path, ppi: float) -> list[bytes]:
    """The pages of a typst file as PNG pictures."""
    made: object = typst.compile(
        source,
        root=source.parent,
        font_paths=list(DOSSIERS),
        ignore_system_fonts=True,
        format="png",
        ppi=ppi,
    )
    return [made] if isinstance(made, bytes) else [bytes(page) for page in cast("list[bytes]", made)]


def image(svg: str, largeur: int) -> bytes:
    """An SVG drawing as a PNG of this width in pixels."""
    with TemporaryDirectory() as folder:
        Path(folder, "image.svg").write_text(svg, encoding="utf-8")
        source = Path(folder, "image.typ")
        page = f"#set page(width: {_PAGE_PT}pt, height: auto, margin: 0pt)"
        source.write_text(f'{page}\n#image("image.svg", width: 100%)', encoding="utf-8")
        return pages(source, largeur * _POINTS_PER_INCH / _PAGE_PT)[0]
