"""What a project leader does with the map, in Chromium."""

import csv
import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.navigateur.gestes import (
    LIMOGES,
    VOISINES,
    equipment,
    expect_address,
    expect_figures,
    haute_vienne,
    population,
    start_from_limoges,
)
from tests.navigateur.pilote import MapPage, serve
from tests.navigateur.temoin import Watch

# So narrow somewhere that another of their points would fall in a neighbour, drawn simplified from afar.
ETROITES = ("16223", "24165", "24312", "24354")


def test_an_empty_map_says_what_to_do(carte: MapPage) -> None:
    expect(carte.page.get_by_text("Dessinez votre territoire")).to_be_visible()
    assert carte.page.title() == "cpts-geo"
    assert carte.page.locator("html").get_attribute("lang") == "fr"


def test_search_click_and_unclick(carte: MapPage) -> None:
    start_from_limoges(carte)
    expect_figures(carte, LIMOGES)
    for code in VOISINES:
        carte.click(code)
    expect_figures(carte, LIMOGES, *VOISINES)
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, *VOISINES[1:])


def test_with_a_whole_region_in_view_a_click_takes_the_commune_it_falls_on(carte: MapPage) -> None:
    carte.choose_region("Nouvelle-Aquitaine")
    carte.page.wait_for_timeout(1500)
    assert carte.visible(ETROITES) == list(ETROITES)
    for count, code in enumerate(ETROITES, start=1):
        carte.choose(code)
        expect_figures(carte, *ETROITES[:count])


def test_no_click_of_a_burst_is_lost(carte: MapPage) -> None:
    start_from_limoges(carte)
    around = carte.visible(code for code in haute_vienne() if code != LIMOGES)[:10]
    points = [carte.pixel(code) for code in around]
    begun = time.perf_counter()
    for x, y in points:
        carte.page.mouse.click(x, y)
    assert time.perf_counter() - begun < 3
    expect_figures(carte, LIMOGES, *around)


def test_a_chip_removes_its_commune_from_the_map(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])
    carte.page.get_by_role("button", name="Retirer Limoges du territoire").click()
    expect_figures(carte, VOISINES[0])


def test_chips_can_be_removed_from_the_keyboard(carte: MapPage) -> None:
    start_from_limoges(carte)
    for code in VOISINES[:2]:
        carte.click(code)
    expect_figures(carte, LIMOGES, *VOISINES[:2])
    carte.page.get_by_role("button", name="Retirer Limoges du territoire").focus()
    carte.page.keyboard.press("Enter")
    expect_figures(carte, *VOISINES[:2])
    carte.page.keyboard.press("Enter")
    expect_figures(carte, VOISINES[1])


def test_reset_can_be_undone(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.page.get_by_role("button", name="Projet", exact=True).click()
    carte.page.get_by_role("button", name="Tout réinitialiser").click()
    expect(carte.page.get_by_text("Dessinez votre territoire")).to_be_visible()
    carte.wait_codes([])
    carte.page.keyboard.press("z")
    expect_figures(carte, LIMOGES)


def test_the_territory_can_be_named(carte: MapPage) -> None:
    start_from_limoges(carte)
    name = carte.page.get_by_label("Nom du territoire")
    name.fill("CPTS du Limousin")
    name.press("Enter")
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])
    expect(name).to_have_value("CPTS du Limousin")


def test_a_chosen_region_shows_all_its_communes(carte: MapPage) -> None:
    carte.choose_region("Corse")
    assert carte.frame.evaluate("() => ['2A004', '2B033'].every((code) => carte.pixel(code))")
    carte.click("2B033")
    expect_figures(carte, "2B033")


def test_a_departement_opens_when_clicked(carte: MapPage) -> None:
    box = carte.page.locator("iframe").bounding_box()
    assert box is not None
    point = carte.frame.evaluate("() => carte.map.latLngToContainerPoint([45.85, 1.25])")
    carte.page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
    carte.wait_drawn(LIMOGES)
    assert carte.codes() == set()


def test_overseas_departements_are_one_click_away(carte: MapPage) -> None:
    carte.page.frame_locator("iframe").get_by_role("button", name="Guyane").click()
    carte.wait_drawn("97302")
    carte.click("97304")
    expect_figures(carte, "97304")


def test_a_commune_without_contour_is_added_by_search(carte: MapPage) -> None:
    carte.search("15031")
    expect_figures(carte, "15031")
    expect(carte.page.get_by_text("sans contour sur la carte")).to_contain_text("Celles")


def test_hovering_names_the_commune(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.page.mouse.move(*carte.pixel("87113"))
    bubble = carte.page.frame_locator("iframe").locator(".infobulle")
    expect(bubble).to_contain_text("habitants")
    expect(bubble).to_contain_text("Haute-Vienne")


def test_the_map_can_be_used_from_the_keyboard(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.page.wait_for_timeout(500)
    carte.frame.evaluate("() => void carte.map.setView([45.833, 1.262], 11, { animate: false })")
    carte.page.frame_locator("iframe").locator(".leaflet-container").focus()
    carte.page.keyboard.press("Enter")
    expect(carte.page.get_by_text("Dessinez votre territoire")).to_be_visible()
    carte.wait_codes([])
    carte.page.keyboard.press(" ")
    expect_figures(carte, LIMOGES)


def test_the_view_is_kept_while_the_selection_changes(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.page.wait_for_timeout(500)
    before = carte.frame.evaluate("() => [carte.map.getZoom(), carte.map.getCenter().lat]")
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])
    carte.page.get_by_role("button", name="Retirer Limoges du territoire").click()
    expect_figures(carte, VOISINES[0])
    assert carte.frame.evaluate("() => [carte.map.getZoom(), carte.map.getCenter().lat]") == before


def test_a_failed_departement_can_be_asked_for_again(carte: MapPage) -> None:
    carte.page.context.route("**/geo/87.geojson", lambda route: route.abort())
    carte.search("limoges")
    frame = carte.page.frame_locator("iframe")
    expect(frame.get_by_role("status")).to_contain_text("Communes non chargées : Haute-Vienne")
    carte.page.context.unroute("**/geo/87.geojson")
    frame.get_by_role("button", name="Réessayer").click()
    carte.wait_drawn(LIMOGES)


def test_the_page_can_be_reloaded(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.open()
    start_from_limoges(carte)
    expect_figures(carte, LIMOGES)


def test_the_address_brings_the_territory_back(carte: MapPage) -> None:
    start_from_limoges(carte)
    for code in VOISINES:
        carte.click(code)
    expect_figures(carte, LIMOGES, *VOISINES)
    name = carte.page.get_by_label("Nom du territoire")
    name.fill("CPTS du Limousin")
    name.press("Enter")
    expect(carte.page).to_have_url(re.compile("nom=CPTS"))
    carte.page.reload()
    carte.wait_ready()
    expect_figures(carte, LIMOGES, *VOISINES)
    expect(name).to_have_value("CPTS du Limousin")
    carte.wait_drawn(VOISINES[0])

    copy = MapPage(carte.page.context.new_page(), carte.page.url)
    copy.open()
    expect_figures(copy, LIMOGES, *VOISINES)
    copy.click(VOISINES[0])
    expect_figures(copy, LIMOGES, *VOISINES[1:])
    expect_address(copy, LIMOGES, *VOISINES[1:])
    copy.page.go_back()
    expect_figures(copy, LIMOGES, *VOISINES)
    expect_figures(carte, LIMOGES, *VOISINES)


def test_a_restarted_server_finds_the_territory_again(browser: Browser, watch: Watch) -> None:
    with browser.new_context() as context:
        watch.follow(context)
        with serve() as first:
            carte = MapPage(context.new_page(), first.url)
            carte.open()
            start_from_limoges(carte)
            carte.click(VOISINES[0])
            expect_figures(carte, LIMOGES, VOISINES[0])
            expect_address(carte, LIMOGES, VOISINES[0])
            first.process.kill()
            first.process.wait(10)
        with serve(port=urlsplit(first.url).port):
            expect(carte.page.locator("[data-mesure=population]")).to_be_visible(timeout=30_000)
            expect_figures(carte, LIMOGES, VOISINES[0])
    assert watch.outside == []


def test_a_damaged_link_is_said_and_changes_nothing(carte: MapPage) -> None:
    MapPage(carte.page, f"{carte.url}/?communes=1.zzz").open()
    expect(carte.page.get_by_text("Ce lien est incomplet ou abîmé")).to_be_visible()
    expect(carte.page.get_by_text("Dessinez votre territoire")).to_be_visible()


@pytest.mark.parametrize("carte", [(390, 844)], indirect=True, ids=["phone"])
def test_on_a_phone_the_map_comes_first(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.page.wait_for_timeout(500)
    shown = carte.visible(VOISINES)[0]
    carte.click(shown)
    expect_figures(carte, LIMOGES, shown)
    frame = carte.page.locator("iframe").bounding_box()
    title = carte.page.get_by_text("Projet de CPTS").bounding_box()
    assert frame is not None
    assert title is not None
    assert frame["y"] + frame["height"] < title["y"]
    assert carte.page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("carte", [(1400, 850), (1920, 1080)], indirect=True, ids=["desk", "projector"])
def test_map_and_panel_fit_in_the_window(carte: MapPage) -> None:
    start_from_limoges(carte)
    height = carte.page.evaluate("() => innerHeight")
    for part in (".st-key-cadre iframe", ".st-key-panneau"):
        box = carte.page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height


def test_care_offer_follows_the_clicks_and_the_csv_says_the_same(carte: MapPage) -> None:
    start_from_limoges(carte)
    for code in VOISINES:
        carte.click(code)
    expect_figures(carte, LIMOGES, *VOISINES)
    doctors = equipment("generalistes_liberaux", LIMOGES, *VOISINES)
    density = 100_000 * doctors / population(LIMOGES, *VOISINES)
    row = carte.page.locator("[data-indicateur=densite_medecins_generalistes]")
    expect(row.locator("[data-mesure=effectif]")).to_have_text(str(doctors))
    expect(row.locator("[data-mesure=territoire]")).to_have_text(f"{density:.1f}".replace(".", ","))

    with carte.page.expect_download() as download:
        carte.page.get_by_role("button", name="Télécharger la synthèse (CSV)").click()
    assert download.value.suggested_filename.startswith("synthese-cpts-mon-territoire-")
    raw = download.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    synthesis = {row[0]: row[1:] for row in reversed(rows) if row}
    assert synthesis["Population municipale"][0] == str(population(LIMOGES, *VOISINES))
    assert synthesis["Médecins généralistes libéraux"][2] == f"{density:.2f}".replace(".", ",")
    assert synthesis["Médecins généralistes libéraux"][5] == str(doctors)
    assert {LIMOGES, *VOISINES} <= set(synthesis)
