"""What a facilitator does to compare two perimeters, in Chromium."""

import csv
import re
from collections.abc import Iterator

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, Page, expect

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import adresse
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import BUNDLE
from tests.navigateur.pilote import MapPage, Server
from tests.navigateur.temoin import Watch

LIMOGES, COUZEIX, ISLE, PANAZOL = "87085", "87050", "87075", "87114"
PREMIER = Territoire("Premier", (LIMOGES, COUZEIX, ISLE, PANAZOL))
SECOND = Territoire("Second", (LIMOGES, ISLE, PANAZOL))


def population(*codes: str) -> str:
    """Population straight from the file, as it is written."""
    table = pq.read_table(BUNDLE / "communes.parquet", columns=["code", "population"]).to_pydict()
    known = dict(zip(table["code"], table["population"], strict=True))
    return f"{sum(known[code] for code in codes):,}".replace(",", "\u202f")


def project(*territoires: Territoire) -> Projet:
    made = Projet.nouveau(territoires[0])
    for each in territoires[1:]:
        made = made.create().draw_territoire(each)
    return made


@pytest.fixture(params=[(1400, 850)], ids=["1400x850"])
def comparer(
    request: pytest.FixtureRequest, browser: Browser, server: Server, watch: Watch
) -> Iterator[Page]:
    """The page, open on two scenarios that its address carries."""
    width, height = request.param
    parameters = adresse.write(project(PREMIER, SECOND))
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        watch.follow(context)
        page = context.new_page()
        page.goto(f"{server.url}/comparer?{query}")
        expect(page.get_by_role("heading", name="Comparer les scénarios")).to_be_visible()
        expect(page.locator(".changement")).to_be_attached()
        expect(page.locator(".js-plotly-plot")).to_have_count(4)
        yield page
    assert watch.outside == []
    assert watch.errors == []


def card(page: Page, cle: int) -> dict[str, str]:
    inside = page.locator(f".scenario[data-scenario='{cle}'] [data-mesure]")
    return {each.get_attribute("data-mesure") or "": each.inner_text() for each in inside.all()}


def test_the_address_brings_the_comparison(comparer: Page) -> None:
    assert card(comparer, 1)["population"] == population(*PREMIER.codes)
    assert card(comparer, 2)["population"] == population(*SECOND.codes)
    assert card(comparer, 2)["taille"] == "Taille 3"
    assert card(comparer, 2)["communes"] == "3\u00a0communes"
    expect(comparer.locator("[data-mesure=perdues]")).to_have_text(
        f"1\u00a0commune, {population(COUZEIX)}\u00a0habitants"
    )
    row = comparer.locator("tr[data-indicateur=population_municipale] [data-mesure=ecart]")
    expect(row).to_have_text(f"−{population(COUZEIX)}")
    comparer.reload()
    expect(comparer.locator(".scenario")).to_have_count(2)


def test_the_small_maps_are_drawn(comparer: Page) -> None:
    for image in comparer.locator(".scenario img").all():
        assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
        assert re.match(r"Carte du scénario «\u00a0", image.get_attribute("alt") or "")


def test_the_file_is_downloaded(comparer: Page) -> None:
    with comparer.expect_download() as download:
        comparer.get_by_role("button", name="Télécharger la comparaison (CSV)").click()
    assert download.value.suggested_filename.startswith("comparaison-cpts-premier-")
    raw = download.value.path().read_bytes().decode("utf-8-sig")
    assert next(csv.reader(raw.splitlines(), delimiter=";")) == [
        "Comparaison de scénarios",
        "Premier",
        "Second",
    ]


@pytest.mark.parametrize(
    "comparer", [(1400, 850), (1920, 1080), (390, 844)], indirect=True, ids=["desk", "projector", "phone"]
)
def test_nothing_overflows(comparer: Page) -> None:
    comparer.get_by_text("Tous les indicateurs").click()
    expect(comparer.locator("tr[data-indicateur]")).to_have_count(len(donnees().catalogue.indicateurs))
    assert comparer.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert comparer.evaluate("() => document.querySelector('.stMain').scrollWidth <= innerWidth")
    for chart in comparer.locator(".js-plotly-plot").all():
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= comparer.evaluate("() => innerWidth")


def test_from_the_map_to_the_comparison_and_back(browser: Browser, server: Server, watch: Watch) -> None:
    with browser.new_context(viewport={"width": 1400, "height": 850}) as context:
        watch.follow(context)
        carte = MapPage(context.new_page(), server.url)
        carte.open()
        carte.search("limoges")
        carte.wait_drawn(LIMOGES)
        carte.wait_ready()
        carte.page.get_by_role("button", name="Scénarios").click()
        carte.page.get_by_role("button", name="Dupliquer ce scénario").click()
        expect(carte.page.get_by_label("Nom du territoire")).to_have_value("Mon territoire (copie)")
        carte.page.keyboard.press("Escape")
        carte.wait_drawn(ISLE)
        carte.click(ISLE)
        expect(carte.page.locator("[data-mesure=population]")).to_have_text(population(LIMOGES, ISLE))

        carte.page.get_by_role("link", name="Comparer").click()
        expect(carte.page.locator(".scenario")).to_have_count(2)
        expect(carte.page.locator("[data-mesure=gagnees]")).to_have_text(
            f"1\u00a0commune, {population(ISLE)}\u00a0habitants"
        )
        carte.page.get_by_role("link", name="Carte").click()
        # The frame of the map may be replaced once: a locator finds the one that stays.
        carte.page.frame_locator("iframe").locator(".leaflet-container").wait_for()
        carte.wait_codes([LIMOGES, ISLE])
    assert watch.outside == []
    assert watch.errors == []
