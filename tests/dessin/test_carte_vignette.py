"""Small maps of scenarios."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from pyproj import Geod

from cpts_geo.dessin.cadre import Cadre
from cpts_geo.dessin.carte_vignette import HAUTEUR, LARGEUR, MARGE, planche
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Projet, Scenario
from cpts_geo.projet.territoire import Territoire

SVG = "{http://www.w3.org/2000/svg}"
LIMOGES_METROPOLE = donnees().referentiel.codes("epci", "248719312")
GUYANE = donnees().referentiel.codes("departement", "973")
PAS_DE_CALAIS = donnees().referentiel.codes("departement", "62")
LARGEST = 150_000


def scenarios(*codes: tuple[str, ...]) -> tuple[Scenario, ...]:
    made = Projet.nouveau(Territoire("Scénario 1", codes[0]))
    for rank, each in enumerate(codes[1:], start=2):
        made = made.create().draw_territoire(Territoire(f"Scénario {rank}", each))
    return made.scenarios


def drawn(*codes: tuple[str, ...]) -> list[ET.Element]:
    made = planche(scenarios(*codes), donnees().referentiel)
    return [ET.fromstring(each.svg) for each in made.vignettes.values()]  # noqa: S314 - drawn by us


def path(svg: ET.Element, fill: str) -> str:
    return next(each.get("d", "") for each in svg.iter(f"{SVG}path") if each.get("fill") == fill)


def shapes(svg: ET.Element, fill: str) -> list[str]:
    return re.findall(r"M[^M]+z", path(svg, fill))


def extent(shape: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a shape, from its first point and the steps that follow."""
    numbers = [int(number) for number in re.findall(r"-?\d+", shape)]
    xs, ys = numbers[0::2], numbers[1::2]
    points_x = [sum(xs[: rank + 1]) for rank in range(len(xs))]
    points_y = [sum(ys[: rank + 1]) for rank in range(len(ys))]
    return min(points_x), min(points_y), max(points_x), max(points_y)


def test_all_scenarios_are_drawn_in_one_frame() -> None:
    board = planche(scenarios(LIMOGES_METROPOLE, LIMOGES_METROPOLE[:-3]), donnees().referentiel)
    assert board.meme_cadre
    first, second = drawn(LIMOGES_METROPOLE, LIMOGES_METROPOLE[:-3])
    assert set(shapes(second, "#56b4e9")) < set(shapes(first, "#facc15"))
    # The three communes that the second has not are drawn on its map in grey.
    assert set(shapes(second, "#d5dddc")) == set(shapes(first, "#facc15")) - set(shapes(second, "#56b4e9"))


def test_the_perimeter_fills_the_frame_without_leaving_it() -> None:
    (svg,) = drawn(LIMOGES_METROPOLE)
    extents = [extent(shape) for shape in shapes(svg, "#facc15")]
    left, top = min(each[0] for each in extents), min(each[1] for each in extents)
    right, bottom = max(each[2] for each in extents), max(each[3] for each in extents)
    assert 0 < left < right < LARGEUR
    assert 0 < top < bottom < HAUTEUR
    assert right - left > 0.8 * LARGEUR or bottom - top > 0.8 * HAUTEUR


def test_scenarios_far_apart_have_their_own_frames() -> None:
    board = planche(scenarios(LIMOGES_METROPOLE, GUYANE), donnees().referentiel)
    assert not board.meme_cadre
    near, far = drawn(LIMOGES_METROPOLE, GUYANE)
    scale = [
        next(text.text for text in svg.iter(f"{SVG}text") if "km" in (text.text or "")) for svg in (near, far)
    ]
    assert scale == ["10\u00a0km", "100\u00a0km"]
    assert path(near, "#d5dddc") == "", "Guyane is not on the map of Limoges"


@pytest.mark.parametrize(("here", "there"), [("87085", "23096"), ("62041", "62193"), ("97302", "97311")])
def test_distances_are_true(here: str, there: str) -> None:
    places = [(donnees().referentiel[code].lon, donnees().referentiel[code].lat) for code in (here, there)]
    west, east = sorted(lon for lon, _ in places if lon is not None)
    south, north = sorted(lat for _, lat in places if lat is not None)
    frame = Cadre.around((west, south, east, north), LARGEUR, HAUTEUR, MARGE)
    points = frame.project(np.array(places, dtype=float))
    kilometres = Geod(ellps="WGS84").line_length(*zip(*places, strict=True)) / 1000
    assert np.hypot(*(points[1] - points[0])) / frame.echelle == pytest.approx(kilometres, rel=0.01)


def test_a_map_stays_light() -> None:
    board = planche(
        scenarios(PAS_DE_CALAIS[:500], PAS_DE_CALAIS[200:700], PAS_DE_CALAIS[:150], PAS_DE_CALAIS),
        donnees().referentiel,
    )
    assert max(len(each.svg.encode()) for each in board.vignettes.values()) < LARGEST


def test_every_commune_is_drawn_however_small() -> None:
    (svg,) = drawn(PAS_DE_CALAIS)
    assert len(shapes(svg, "#facc15")) >= len(PAS_DE_CALAIS)
    # Ouessant and Bonifacio: the frame is France, each is a dot.
    (svg,) = drawn(("29155", "2A041"))
    assert len(shapes(svg, "#facc15")) >= 2


def test_communes_without_contour_do_not_stop_the_others() -> None:
    board = planche(scenarios(("15031", "15138"), ("15031",), ()), donnees().referentiel)
    assert list(board.vignettes) == [1], "nothing to draw in the other two"


def test_no_scenario_no_map() -> None:
    assert planche([], donnees().referentiel).vignettes == {}


def test_the_map_is_told_in_words_and_names_its_main_commune() -> None:
    (svg,) = drawn(LIMOGES_METROPOLE)
    title = svg.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Carte du scénario «\u00a0Scénario 1\u00a0»\u00a0: 20\u00a0communes, en jaune."
    assert "Limoges" in [text.text for text in svg.iter(f"{SVG}text")]


def test_a_name_is_only_text() -> None:
    made = Projet.nouveau(Territoire("<script>alert(1)</script>&", ("87085",)))
    (vignette,) = planche(made.scenarios, donnees().referentiel).vignettes.values()
    assert "<script>" not in vignette.svg
    title = ET.fromstring(vignette.svg).find(f"{SVG}title")  # noqa: S314 - drawn by us
    assert title is not None
    assert "<script>alert(1)</script>&" in str(title.text)
