"""The drawing tools of the map, in Chromium: groups, shapes, undo, lock, keys."""

import re

import pyarrow.parquet as pq
import pytest
import shapely
from playwright.sync_api import expect

from cpts_geo.socle.chemins import BUNDLE
from tests.navigateur.gestes import (
    LIMOGES,
    VOISINES,
    around,
    expect_figures,
    haute_vienne,
    inside,
    population,
    start_at_rest,
    start_from_limoges,
    zone_of,
)
from tests.navigateur.pilote import MapPage

COUZEIX = "87050"
SAINT_LEONARD = "87161"
SANS_CONTOUR = "15031"
HAUTES_TERRES = "200066637"  # an EPCI of the Cantal that holds it
OUESSANT = "29155"
# A rectangle, from its north-west corner to its south-east one, in pixels around Limoges.
AUTOUR = ((-150, -120), (140, 130))


def box(carte: MapPage) -> shapely.Geometry:
    (west, north), (east, south) = around(carte, *AUTOUR)
    return shapely.box(west, north, east, south)


def bubble(carte: MapPage) -> str:
    return carte.controls.locator(".infobulle").inner_text().replace("\u202f", " ").replace("\xa0", " ")


def written(number: int) -> str:
    return f"{number:,}".replace(",", " ")


@pytest.mark.parametrize(
    ("unite", "touche", "column"),
    [("EPCI", "e", "epci"), ("Canton", "k", "canton"), ("Bassin de vie", "b", "bassin_vie")],
)
def test_one_click_takes_a_group_and_another_gives_it_back(
    carte: MapPage, unite: str, touche: str, column: str
) -> None:
    start_at_rest(carte)
    expected = zone_of(column, COUZEIX)
    carte.page.keyboard.press(touche)
    expect(carte.controls.get_by_role("radio", name=unite, exact=True)).to_be_checked()
    carte.hover(COUZEIX)
    expect(carte.controls.locator(".infobulle")).to_contain_text(unite)
    assert f"{len(expected)} commune" in bubble(carte)
    assert f"{written(population(*expected))} habitants" in bubble(carte)
    carte.click(COUZEIX)
    expect_figures(carte, *{LIMOGES, *expected})
    carte.click(COUZEIX)
    carte.wait_codes({LIMOGES} - set(expected))


def test_the_group_under_the_mouse_is_outlined(carte: MapPage) -> None:
    start_at_rest(carte)
    outline = "() => carte.highlight.getBounds().isValid() ? carte.highlight.getBounds().toBBoxString() : ''"
    carte.hover(COUZEIX)
    alone = carte.frame.evaluate(outline)
    assert alone
    carte.take("EPCI")
    with carte.page.expect_response("**/geo/epci/*.geojson"):
        carte.hover(COUZEIX)
    carte.frame.wait_for_function(f"(alone) => ({outline})() !== alone && ({outline})() !== ''", arg=alone)
    west, south, east, north = map(float, carte.frame.evaluate(outline).split(","))
    table = pq.read_table(BUNDLE / "contours.parquet", columns=["code", "geometry"]).to_pydict()
    contours = dict(zip(table["code"], table["geometry"], strict=True))
    zone = shapely.union_all(shapely.from_wkb([contours[code] for code in zone_of("epci", COUZEIX)]))
    assert (west, south, east, north) == pytest.approx(zone.bounds, abs=1e-4)


def test_an_epci_then_a_canton_then_undo_and_redo(carte: MapPage) -> None:
    start_at_rest(carte)
    epci, canton = zone_of("epci", COUZEIX), zone_of("canton", SAINT_LEONARD)
    carte.take("EPCI")
    carte.click(COUZEIX)
    expect_figures(carte, *epci)
    carte.take("Canton")
    carte.click(SAINT_LEONARD)
    expect_figures(carte, *{*epci, *canton})
    undo = carte.controls.get_by_role("button", name="Annuler")
    expect(undo).to_have_accessible_name(re.compile("Annuler : ajout du canton .*Saint-Léonard-de-Noblat"))
    undo.click()
    expect_figures(carte, *epci)
    carte.page.keyboard.press("Control+z")
    expect_figures(carte, LIMOGES)
    carte.page.keyboard.press("Shift+Z")
    expect_figures(carte, *epci)
    carte.page.keyboard.press("Control+y")
    expect_figures(carte, *{*epci, *canton})
    expect(carte.controls.get_by_role("button", name="Rien à rétablir")).to_be_disabled()


def test_a_departement_is_taken_from_afar(carte: MapPage) -> None:
    carte.take("Département")
    frame = carte.page.locator("iframe").bounding_box()
    assert frame is not None
    point = carte.frame.evaluate("() => carte.map.latLngToContainerPoint([45.85, 1.25])")
    x, y = frame["x"] + point["x"], frame["y"] + point["y"]
    carte.page.mouse.move(x, y)
    expect(carte.controls.locator(".infobulle")).to_contain_text("Département")
    people = f"{written(population(*haute_vienne()))} habitants"
    expect(carte.controls.locator(".infobulle")).to_contain_text(people)
    carte.page.mouse.click(x, y)
    expect_figures(carte, *haute_vienne())


def test_a_group_brings_its_communes_without_contour(carte: MapPage) -> None:
    carte.search("15119")  # Massiac
    carte.wait_drawn("15119")
    carte.wait_ready()
    carte.page.wait_for_timeout(500)
    table = pq.read_table(BUNDLE / "communes.parquet", filters=[("epci", "=", HAUTES_TERRES)])
    expected = {str(code) for code in table["code"].to_pylist()}
    assert SANS_CONTOUR in expected
    carte.take("EPCI")
    carte.click("15119")
    expect_figures(carte, *expected)


def test_an_island_without_epci_is_taken_alone(carte: MapPage) -> None:
    carte.search("ouessant")
    carte.wait_drawn(OUESSANT)
    carte.page.wait_for_timeout(500)
    carte.take("EPCI")
    carte.hover(OUESSANT)
    expect(carte.controls.locator(".infobulle")).to_contain_text("Sans EPCI")
    carte.click(OUESSANT)
    carte.wait_codes([])


def test_a_rectangle_adds_and_with_alt_removes(carte: MapPage) -> None:
    start_at_rest(carte)
    expected = inside(carte, box(carte))
    assert LIMOGES in expected
    carte.drag(around(carte, *AUTOUR), "Rectangle")
    expect_figures(carte, *expected)
    small = around(carte, (-60, -60), (60, 60))
    removed = inside(carte, shapely.box(*small[0], *small[1]))
    assert removed
    carte.page.keyboard.down("Alt")
    carte.drag(small, "Rectangle")
    carte.page.keyboard.up("Alt")
    expect_figures(carte, *(expected - removed))
    carte.page.keyboard.press("z")
    expect_figures(carte, *expected)


def test_a_lasso_adds_what_it_encloses(carte: MapPage) -> None:
    start_at_rest(carte)
    path = around(carte, (-200, -40), (-60, -190), (120, -150), (40, 20), (210, 140), (-30, 170), (-200, -40))
    expected = inside(carte, shapely.Polygon(path))
    assert len(expected) >= 5
    carte.drag(path)
    expect_figures(carte, *{LIMOGES, *expected})


def test_a_shape_says_what_it_would_change_and_escape_gives_it_up(carte: MapPage) -> None:
    start_at_rest(carte)
    adding = inside(carte, box(carte)) - {LIMOGES}
    first, last = around(carte, *AUTOUR)
    carte.page.keyboard.press("r")
    carte.page.mouse.move(*first)
    carte.page.mouse.down()
    carte.page.mouse.move(*last, steps=4)
    expect(carte.controls.locator(".infobulle")).to_contain_text("à ajouter")
    assert f"{len(adding)} communes à ajouter" in bubble(carte)
    assert f"{written(population(*adding))} habitants" in bubble(carte)
    carte.page.keyboard.press("Escape")
    carte.page.mouse.up()
    carte.page.wait_for_timeout(300)
    assert carte.codes() == {LIMOGES}
    assert carte.frame.evaluate("() => carte.outil") == "rectangle"
    carte.page.keyboard.press("Escape")
    assert carte.frame.evaluate("() => carte.outil") == "main"


def test_the_switch_makes_shapes_remove(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.page.keyboard.press("r")
    carte.page.keyboard.press("x")
    expect(carte.controls.get_by_role("radio", name="Retirer")).to_be_checked()
    carte.drag(around(carte, (-5, -5), (15, 15)), "Rectangle")
    carte.wait_codes([])


def test_a_rectangle_is_drawn_from_the_keyboard_alone(carte: MapPage) -> None:
    start_at_rest(carte)
    expected = inside(carte, box(carte))
    (west, north), (east, south) = around(carte, *AUTOUR)
    frame = carte.page.locator("iframe").bounding_box()
    assert frame is not None
    places = [(west - frame["x"], north - frame["y"]), (east - frame["x"], south - frame["y"])]
    corners = carte.frame.evaluate(
        "(places) => places.map((place) => carte.map.containerPointToLatLng(place))", places
    )
    carte.controls.locator(".leaflet-container").focus()
    carte.page.keyboard.press("r")
    for corner in corners:
        # Stands for the arrows, whose steps are too large to aim at a pixel.
        carte.frame.evaluate("(corner) => void carte.map.panTo(corner, { animate: false })", corner)
        carte.page.keyboard.press("Enter")
    expect_figures(carte, *expected)


def test_arrows_move_the_corner_that_follows(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.controls.locator(".leaflet-container").focus()
    carte.page.keyboard.press("r")
    carte.page.keyboard.press("Enter")
    expect(carte.controls.locator(".guide")).to_contain_text("coin opposé")
    for key in ("ArrowDown", "ArrowRight") * 2:
        carte.page.keyboard.press(key)
        carte.page.wait_for_timeout(400)
    expect(carte.controls.locator(".infobulle")).to_contain_text("à ajouter")
    announced = int(bubble(carte).split()[0])
    carte.page.keyboard.press("Enter")
    carte.frame.wait_for_function("(count) => carte.codes.length === count", arg=1 + announced)


def test_one_at_a_time_replaces_the_territory_and_undo_restores_it(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])
    carte.page.keyboard.press("g")
    expect(carte.controls.get_by_text("Un clic remplace tout le territoire")).to_be_visible()
    carte.click(VOISINES[1])
    expect_figures(carte, VOISINES[1])
    carte.take("Canton")
    carte.click(SAINT_LEONARD)
    expect_figures(carte, *zone_of("canton", SAINT_LEONARD))
    carte.page.keyboard.press("z")
    expect_figures(carte, VOISINES[1])
    carte.page.keyboard.press("z")
    expect_figures(carte, LIMOGES, VOISINES[0])


def test_a_locked_territory_does_not_change(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.page.keyboard.press("v")
    expect(carte.controls.locator(".guide")).to_contain_text("Territoire verrouillé")
    refusal = carte.controls.get_by_role("status").filter(has_text="touche v pour le déverrouiller")
    carte.click(VOISINES[0])
    expect(refusal).to_be_visible()
    carte.page.keyboard.press("z")
    carte.drag(around(carte, *AUTOUR))
    carte.page.wait_for_timeout(500)
    assert carte.codes() == {LIMOGES}
    carte.page.keyboard.press("Escape")
    carte.hover(VOISINES[0])
    expect(carte.controls.locator(".infobulle")).to_contain_text("habitants")
    carte.controls.get_by_role("button", name="Déverrouiller", exact=True).click()
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])


def test_the_help_card_opens_and_closes_from_the_keyboard(carte: MapPage) -> None:
    start_at_rest(carte)
    card = carte.controls.get_by_role("dialog", name="Touches et gestes")
    carte.page.keyboard.press("?")
    expect(card).to_be_visible()
    expect(card.get_by_role("button", name="Fermer")).to_be_focused()
    for text in ("un canton", "lasso", "rétablir", "fermer le lasso"):
        expect(card).to_contain_text(text)
    carte.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    carte.controls.get_by_role("button", name="Aide").click()
    card.get_by_role("button", name="Fermer").click()
    expect(card).to_be_hidden()
    assert carte.frame.evaluate("() => carte.outil") == "main"


def test_letters_typed_in_a_field_are_not_keys_of_the_map(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.page.get_by_role("combobox", name="Rechercher une commune").press_sequentially("crezl")
    carte.page.get_by_label("Nom du territoire").press_sequentially("erb")
    assert carte.frame.evaluate("() => [carte.unite, carte.outil]") == ["commune", "main"]
    assert carte.codes() == {LIMOGES}


def test_keys_of_the_map_are_not_those_of_streamlit(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.page.keyboard.press("c")
    carte.page.keyboard.press("r")
    expect(carte.controls.get_by_role("radio", name="Rectangle")).to_be_checked()
    expect(carte.page.get_by_role("dialog")).to_have_count(0)
    carte.page.keyboard.press("Control+e")
    assert carte.frame.evaluate("() => carte.unite") == "commune"


def test_unit_and_tool_are_found_again_on_coming_back(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.take("Canton")
    carte.page.get_by_role("link", name="Comparer").click()
    carte.page.locator("iframe").wait_for(state="detached")
    carte.page.get_by_role("link", name="Carte").click()
    carte.page.locator("iframe").wait_for()
    carte.wait_ready()
    assert carte.frame.evaluate("() => [carte.unite, carte.outil]") == ["canton", "main"]


def test_chosen_communes_take_the_colour_of_the_scenario(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])
    carte.page.get_by_role("button", name="Scénarios", exact=True).click()
    carte.page.get_by_label("Couleur sur la carte").click()
    carte.page.get_by_role("option", name="Bleu", exact=True).click()
    carte.frame.wait_for_function(
        """(colours) => {
            const fills = [];
            carte.map.eachLayer(({ options: { fillOpacity, fillColor } }) => {
                if (fillOpacity === 0.72) fills.push(fillColor);
            });
            return JSON.stringify(fills) === JSON.stringify(colours);
        }""",
        arg=["#56b4e9", "#56b4e9"],
    )


def test_from_afar_a_departement_is_opened_from_the_keyboard(carte: MapPage) -> None:
    carte.frame.evaluate("() => void carte.map.setView([45.85, 1.25], 7, { animate: false })")
    carte.controls.locator(".leaflet-container").focus()
    carte.page.keyboard.press("Enter")
    carte.wait_drawn(LIMOGES)
    assert carte.codes() == set()


def test_from_afar_one_is_told_to_zoom_before_drawing(carte: MapPage) -> None:
    carte.controls.get_by_role("radio", name="Lasso").check()
    expect(carte.controls.get_by_text("Zoomez pour dessiner")).to_be_visible()


@pytest.mark.parametrize("carte", [(390, 844)], indirect=True, ids=["phone"])
def test_on_a_phone_the_tools_are_folded(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.page.wait_for_timeout(500)
    expect(carte.controls.get_by_role("radio", name="EPCI")).to_be_hidden()
    carte.controls.locator(".prise > summary").click()
    carte.take("EPCI")
    expect(carte.controls.get_by_role("radio", name="EPCI")).to_be_hidden()
    shown = carte.visible(VOISINES)[0]
    carte.click(shown)
    expect_figures(carte, *zone_of("epci", shown))
    carte.controls.locator(".boite > summary").click()
    carte.controls.get_by_role("radio", name="Rectangle").check()
    expect(carte.controls.get_by_role("radio", name="Lasso")).to_be_hidden()
    touch(carte, around(carte, (-40, -40), (0, 0), (40, 40)))
    carte.controls.get_by_role("button", name="Annuler").click()
    expect_figures(carte, LIMOGES)
    taken = inside(carte, shapely.box(*around(carte, (-40, -40))[0], *around(carte, (90, 90))[0]))
    touch(carte, around(carte, (-40, -40), (30, 30), (90, 90)))
    expect_figures(carte, *{LIMOGES, *taken})


def touch(carte: MapPage, path: list[tuple[float, float]]) -> None:
    """Draw with one finger."""
    browser = carte.page.context.new_cdp_session(carte.page)
    for kind, (x, y) in zip(("touchStart", *["touchMove"] * len(path)), (*path, path[-1]), strict=True):
        browser.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    browser.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("shake", [(5, 0), (-4, 3), (5, -5)])
def test_a_hand_that_shakes_still_clicks(carte: MapPage, shake: tuple[int, int]) -> None:
    start_at_rest(carte)
    before = carte.frame.evaluate("() => carte.map.getCenter()")
    x, y = carte.pixel(VOISINES[0])
    carte.page.mouse.move(x, y)
    carte.page.mouse.down()
    carte.page.mouse.move(x + shake[0], y + shake[1], steps=3)
    carte.page.mouse.up()
    carte.wait_codes([LIMOGES, VOISINES[0]])
    assert carte.frame.evaluate("() => carte.map.getCenter()") == before
