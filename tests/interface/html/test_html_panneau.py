"""The live panel."""

import re

import pytest

from cpts_geo.analyse.panneau import lignes_du_panneau
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.html import html_panneau


def mark(html: str) -> float:
    found = re.search(r"left: ([\d.]+)%", html)
    assert found
    return float(found[1])


@pytest.mark.parametrize(
    ("population", "taille", "place"),
    [(0, 1, 0), (20_000, 1, 12.5), (40_000, 2, 25), (60_000, 2, 37.5), (175_000, 3, 75), (350_000, 4, 87.5)],
)
def test_the_mark_stands_within_its_class(population: int, taille: int, place: float) -> None:
    bareme = load_bareme()
    html = html_panneau.synthese(bareme.rank(population), bareme, "2023")
    assert f'data-mesure="taille">Taille {taille}<' in html
    assert mark(html) == place


def test_the_panel_says_how_far_the_thresholds_are() -> None:
    bareme = load_bareme()
    html = html_panneau.synthese(bareme.rank(50_000), bareme, "2023")
    assert "<strong>30\u202f000</strong> habitants avant la Taille 3" in html
    assert "<strong>10\u202f000</strong> habitants au-dessus du seuil de 40\u202f000" in html


def test_the_panel_names_communes_that_are_not_drawn_as_plain_text() -> None:
    bareme = load_bareme()
    html = html_panneau.synthese(bareme.rank(10), bareme, "2023", ["Celles", "<b>Virargues</b>"])
    assert "Celles, &lt;b&gt;Virargues&lt;/b&gt;" in html
    assert "sans contour" not in html_panneau.synthese(bareme.rank(10), bareme, "2023")


def test_an_empty_territory_says_what_to_do() -> None:
    assert "Cliquez les communes" in html_panneau.accueil()


def test_places_of_practice_are_said_once() -> None:
    shared = donnees()
    html = html_panneau.offre(
        lignes_du_panneau(["17306"], shared.agregateur, shared.catalogue, shared.referentiel)
    )
    words = re.sub(r' title="[^"]*"', "", html)
    assert words.lower().count("lieux d’exercice") == 1
    assert "Orthophonistes (2019)" in words
