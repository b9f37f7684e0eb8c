"""What the browser is given to draw our own widgets."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import composants


@pytest.mark.parametrize(
    "name", ["recherche", "pastilles", "partage", "raccourcis", "memoire", "montrer", "reprendre"]
)
def test_a_component_has_a_script_and_a_style_and_no_markup(name: str) -> None:
    given = composants.sources(name)
    assert given["name"] == f"cpts_geo.{name}"
    assert "export default function" in given["js"]
    assert "innerHTML" not in given["js"]
    assert "{" in given["css"]


def test_chips_follow_the_order_of_the_territory() -> None:
    data = composants.pastilles(("87085", "19272"), donnees().referentiel, verrou=False)
    assert [chip["nom"] for chip in data["communes"]] == ["Limoges", "Tulle"]
    assert data["communes"][1]["population"] == donnees().referentiel.population(["19272"])
    assert data["repliees_au_dela_de"] == composants.MOST_CHIPS
    assert data["verrou"] is False
