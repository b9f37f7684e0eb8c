from io import BytesIO

import pytest
from PIL import Image

from cpts_geo.dessin import typst_moteur


@pytest.mark.parametrize("largeur", [400, 1200, 1920])
def test_a_picture_is_as_wide_as_asked(largeur: int) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><rect width='4' height='3'/></svg>"
    with Image.open(BytesIO(typst_moteur.image(svg, largeur))) as drawn:
        assert drawn.format == "PNG"
        assert drawn.size == (largeur, largeur * 3 / 4)
