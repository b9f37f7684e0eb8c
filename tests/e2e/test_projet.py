"""A workshop, in Chromium: draw, try, go back, compare, and lose nothing."""

import json
import os
import re
import signal
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import shapely
from playwright.sync_api import Browser, expect

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import adresse
from tests.navigateur.gestes import (
    LIMOGES,
    VOISINES,
    equipment,
    every_code,
    expect_figures,
    inside,
    start_at_rest,
    start_from_limoges,
    zone_of,
)
from tests.navigateur.pilote import MapPage, serve
from tests.navigateur.temoin import Watch

COUZEIX, SAINT_LEONARD = "87050", "87161"


def duplicate(carte: MapPage) -> None:
    menu(carte, "Scénarios", "Dupliquer ce scénario")
    expect(carte.page.get_by_label("Nom du territoire")).to_have_value(re.compile(r"\(copie\)$"))


def menu(carte: MapPage, nom: str, entree: str) -> None:
    carte.page.get_by_role("button", name=nom, exact=True).click()
    carte.page.get_by_role("button", name=entree).click()


def held_by(url: str) -> set[str]:
    """Communes of the active scenario in an address."""
    parameters = dict(parse_qsl(urlsplit(url).query))
    return set(adresse.read(adresse.own(parameters), donnees().referentiel).projet.territoire.codes)


def at_rest(carte: MapPage) -> None:
    """Wait until the page, just connected anew, has run."""
    carte.page.locator("[data-test-script-state=running]").wait_for(state="attached")
    carte.page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")


def expect_territory(carte: MapPage, codes: Iterable[str]) -> None:
    """The population, the Taille and the general practitioners, recomputed straight from the files."""
    chosen = tuple(codes)
    expect_figures(carte, *chosen)
    row = carte.page.locator("[data-indicateur=densite_medecins_generalistes] [data-mesure=effectif]")
    expect(row).to_have_text(str(equipment("generalistes_liberaux", *chosen)))


def circle_of(carte: MapPage, count: int) -> list[tuple[float, float]]:
    """A round path that encloses the points of the `count` communes nearest to Limoges."""
    centre = shapely.Point(carte.pixel(LIMOGES))
    places = carte.pixels(every_code()).values()
    distances = sorted(centre.distance(shapely.Point(place)) for place in places)
    ring = centre.buffer((distances[count - 1] + distances[count]) / 2).exterior
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(ring).tolist()]


def test_a_workshop(carte: MapPage) -> None:
    start_at_rest(carte)
    carte.page.keyboard.press("z")
    carte.wait_codes([])
    epci, canton = set(zone_of("epci", COUZEIX)), set(zone_of("canton", SAINT_LEONARD))
    carte.take("EPCI")
    carte.click(COUZEIX)
    expect_territory(carte, epci)
    carte.take("Commune")
    carte.click(COUZEIX)
    expect_territory(carte, epci - {COUZEIX})
    carte.click(VOISINES[1])
    less = epci - {COUZEIX, VOISINES[1]}
    expect_territory(carte, less)
    carte.take("Canton")
    carte.click(SAINT_LEONARD)
    expect_territory(carte, less | canton)
    for expected in (less, epci - {COUZEIX}, epci):
        carte.page.keyboard.press("z")
        expect_territory(carte, expected)
    for expected in (epci - {COUZEIX}, less):
        carte.page.keyboard.press("Shift+Z")
        expect_territory(carte, expected)
    path = circle_of(carte, 10)
    ten = inside(carte, shapely.Polygon(path))
    assert len(ten) == 10
    carte.drag(path)
    expect_territory(carte, less | ten)


def test_scenarios_are_drawn_side_by_side_and_brought_back_by_undo(carte: MapPage) -> None:
    start_from_limoges(carte)
    duplicate(carte)
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])
    carte.page.get_by_role("radio", name="Mon territoire", exact=True).click()
    expect_figures(carte, LIMOGES)
    menu(carte, "Scénarios", "Supprimer ce scénario")
    expect_figures(carte, LIMOGES, VOISINES[0])
    carte.page.keyboard.press("z")
    expect_figures(carte, LIMOGES)
    expect(carte.page.get_by_role("radio", name="Mon territoire (copie)")).to_be_visible()


def test_a_killed_server_loses_no_scenario(browser: Browser, watch: Watch) -> None:
    with browser.new_context() as context:
        watch.follow(context)
        with serve() as first:
            carte = MapPage(context.new_page(), first.url)
            carte.open()
            start_from_limoges(carte)
            duplicate(carte)
            carte.click(VOISINES[0])
            carte.click(VOISINES[1])
            expect_figures(carte, LIMOGES, *VOISINES[:2])
            carte.page.wait_for_url(lambda url: held_by(url) == {LIMOGES, *VOISINES[:2]})
            os.kill(first.process.pid, signal.SIGKILL)
            first.process.wait(10)
        with ExitStack() as stack:
            with carte.page.expect_websocket(timeout=60_000):
                stack.enter_context(serve(port=urlsplit(first.url).port))
            at_rest(carte)
            expect_figures(carte, LIMOGES, *VOISINES[:2])
            expect(carte.page.get_by_label("Nom du territoire")).to_have_value("Mon territoire (copie)")
            carte.page.get_by_role("radio", name="Mon territoire", exact=True).click()
            expect_figures(carte, LIMOGES)
    assert watch.outside == []


def test_a_project_is_saved_opened_and_undone(carte: MapPage, tmp_path: Path) -> None:
    start_from_limoges(carte)
    duplicate(carte)
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])
    carte.page.get_by_role("button", name="Projet", exact=True).click()
    with carte.page.expect_download() as download:
        carte.page.get_by_role("button", name="Sauvegarder").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert len(json.loads(saved.read_text(encoding="utf-8"))["scenarios"]) == 2
    carte.page.get_by_role("button", name="Tout réinitialiser").click()
    carte.wait_codes([])
    menu(carte, "Projet", "Ouvrir un projet")
    carte.page.locator("[role=dialog] input[type=file]").set_input_files(saved)
    carte.page.get_by_role("button", name="Ouvrir ce projet").click()
    expect_figures(carte, LIMOGES, VOISINES[0])
    carte.page.keyboard.press("z")
    carte.wait_codes([])


def test_a_bad_file_is_said_and_changes_nothing(carte: MapPage, tmp_path: Path) -> None:
    bad = tmp_path / "projet.json"
    bad.write_text('{"format": "autre"}', encoding="utf-8")
    start_from_limoges(carte)
    carte.page.get_by_role("button", name="Projet", exact=True).click()
    carte.page.get_by_role("button", name="Ouvrir un projet").click()
    carte.page.locator("[role=dialog] input[type=file]").set_input_files(bad)
    expect(carte.page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    expect(carte.page.get_by_role("button", name="Ouvrir ce projet")).to_have_count(0)
    carte.page.keyboard.press("Escape")
    expect_figures(carte, LIMOGES)


def test_the_link_is_copied(carte: MapPage) -> None:
    carte.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    start_from_limoges(carte)
    expect(carte.page).to_have_url(re.compile("communes="))
    carte.page.get_by_role("button", name="Projet", exact=True).click()
    carte.page.get_by_role("button", name="Copier le lien").click()
    expect(carte.page.get_by_role("button", name="Lien copié")).to_be_visible()
    copied = carte.page.evaluate("() => navigator.clipboard.readText()")
    copy = MapPage(carte.page.context.new_page(), copied)
    copy.open()
    expect_figures(copy, LIMOGES)
