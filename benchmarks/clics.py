"""Measure, in Chromium, what a person waits for: `python -m benchmarks.clics`.

All in one run on one machine: the application, the floor (a bare Streamlit button in a fragment), and the
stock way of streamlit-folium with the same région; the first map after a cold start; the server's memory.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Frame, Page, sync_playwright
from shapely import Point, get_coordinates

from cpts_geo.communes.referentiel import referentiel
from cpts_geo.socle.nombres import decimal
from tests.navigateur.pilote import MapPage, Server, launch, serve

HERE = Path(__file__).parent
REGION, NOM_REGION = "75", "Nouvelle-Aquitaine"
SIZES = (5, 50, 150)
CLICKS = 15
STOCK_CLICKS = 5
STARTS = 3
# An EPCI of a hundred communes, and how many a lasso takes.
NOM_EPCI, EPCI, COMMUNE_EPCI = "Vals de Saintonge Communauté", "200041689", "17347"
LASSO = 50
ELSEWHERE = "87085"
FOCUS_BOX = "Colorer les communes selon un indicateur"
FOCUS = ("En affection de longue durée (ALD)", "APL aux médecins généralistes")
LARGE_KM2 = 35  # a commune wide enough to be clicked while the whole région is in view
VIEWPORT = {"width": 1400, "height": 850}

# The clock starts at the click as the browser dates it, and stops once the changed figure is painted.
WATCH_FIGURE = """() => {
    const read = () => document.querySelector("[data-mesure=population]")?.textContent;
    const now = () => performance.timeOrigin + performance.now();
    let last = read();
    window.shownAt = 0;
    new MutationObserver(() => {
        const figure = read();
        if (figure === undefined || figure === last) return;
        last = figure;
        requestAnimationFrame(() => setTimeout(() => { window.shownAt = now(); }));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
# A click ends where the mouse is let go; so does a lasso.
WATCH_CLICK = """() => addEventListener("pointerup", (event) => {
    window.top.clickedAt = performance.timeOrigin + event.timeStamp;
    window.top.shownAt = 0;
}, { capture: true, once: true })"""
WATCH_KEY = """() => addEventListener("keydown", (event) => {
    window.clickedAt = performance.timeOrigin + event.timeStamp;
    window.shownAt = 0;
}, { capture: true, once: true })"""
WATCH_COLOUR = """(code) => {
    const former = [carte.couleur(code), null];
    const look = () => {
        if (former.includes(carte.couleur(code))) return requestAnimationFrame(look);
        requestAnimationFrame(() => { window.top.shownAt = performance.timeOrigin + performance.now(); });
    };
    requestAnimationFrame(look);
}"""
STOCK_PIXEL = """(code) => {
    let found = null;
    window.map?.eachLayer((layer) => { if (layer.feature?.properties.code === code) found = layer; });
    if (!found) return null;
    const [lon, lat] = found.feature.properties.point;
    return window.map.latLngToContainerPoint([lat, lon]);
}"""


def measure_click(page: Page, frame: Frame, click: Callable[[], None]) -> float:
    """Milliseconds from one click in `frame` to the changed figure on the page."""
    frame.evaluate(WATCH_CLICK)
    click()
    page.wait_for_function("() => window.shownAt > window.clickedAt", timeout=60_000)
    elapsed = page.evaluate("() => window.shownAt - window.clickedAt")
    page.wait_for_timeout(200)
    return float(elapsed)


def measure_floor(browser: Browser) -> dict[str, Any]:
    """Median of the bare button."""
    with serve(HERE / "plancher.py") as server, page_of(browser) as page:
        page.goto(server.url)
        button = page.get_by_role("button", name="Ajouter")
        button.wait_for()
        page.evaluate(WATCH_FIGURE)
        button.click()
        page.wait_for_timeout(500)
        times = [measure_click(page, page.main_frame, button.click) for _ in range(CLICKS)]
        return {"mediane_ms": median(times), "clics_ms": times}


def measure_application(browser: Browser, server: Server) -> dict[str, Any]:
    """Medians of the application for territories of 5, 50 and 150 communes, the whole région drawn."""
    with page_of(browser) as page:
        map_page = MapPage(page, server.url)
        map_page.open()
        map_page.choose_region(NOM_REGION)
        page.wait_for_timeout(1500)
        codes = map_page.visible(large_communes())
        results = {size: grow_and_measure(map_page, codes, size) for size in SIZES}
    return {str(size): result for size, result in results.items()}


def grow_and_measure(map_page: MapPage, codes: list[str], size: int) -> dict[str, Any]:
    """Click until the territory has `size` communes, then time clicks that add and take off one more."""
    held = map_page.codes()
    for code in codes[len(held) : size]:
        map_page.click(code)
    map_page.page.get_by_text(f"Projet de CPTS sur {size} communes").wait_for()
    map_page.page.evaluate(WATCH_FIGURE)
    times = [
        measure_click(map_page.page, map_page.frame, lambda: map_page.click(codes[size]))
        for _ in range(2 * (CLICKS // 2) + 2)
    ]
    return {"mediane_ms": median(times), "clics_ms": times}


def measure_groups(browser: Browser, server: Server) -> dict[str, Any]:
    """Medians of one click that takes an EPCI or gives it back, and of one lasso that adds or removes."""
    with page_of(browser) as page:
        map_page = MapPage(page, server.url)
        map_page.open()
        # Another commune stays, so that there are always figures to wait for.
        map_page.search(ELSEWHERE)
        map_page.wait_codes([ELSEWHERE])
        map_page.search(NOM_EPCI)
        map_page.wait_codes([ELSEWHERE, *referentiel().codes("epci", EPCI)])
        page.wait_for_timeout(2000)
        page.evaluate(WATCH_FIGURE)
        map_page.take("EPCI")
        clicks = [
            measure_click(page, map_page.frame, lambda: map_page.click(COMMUNE_EPCI))
            for _ in range(2 * (CLICKS // 2) + 1)
        ]
        path = lasso_path(map_page)
        map_page.controls.get_by_role("radio", name="Lasso", exact=True).check()
        lassos = [measure_lasso(map_page, path, removes=bool(rank % 2)) for rank in range(2 * (CLICKS // 2))]
        return {
            "epci": {"communes": len(referentiel().codes("epci", EPCI)), "mediane_ms": median(clicks)},
            "lasso": {"communes": LASSO, "mediane_ms": median(lassos)},
        }


def lasso_path(map_page: MapPage) -> list[tuple[float, float]]:
    """A round path that encloses the points of fifty communes, around one of them."""
    places = map_page.pixels(referentiel().communes.index)
    centre = Point(places[COMMUNE_EPCI])
    distances = sorted(centre.distance(Point(place)) for place in places.values())
    ring = centre.buffer((distances[LASSO - 1] + distances[LASSO]) / 2).exterior
    return [(float(x), float(y)) for x, y in get_coordinates(ring).tolist()]


def measure_lasso(map_page: MapPage, path: list[tuple[float, float]], *, removes: bool) -> float:
    """Milliseconds of one lasso, that adds or removes."""
    if removes:
        map_page.page.keyboard.down("Alt")
    elapsed = measure_click(map_page.page, map_page.frame, lambda: map_page.drag(path, steps=2))
    if removes:
        map_page.page.keyboard.up("Alt")
    return elapsed


def measure_focus(browser: Browser, server: Server) -> dict[str, Any]:
    """Median time from the choice of an indicator to the new colours, the whole région drawn."""
    with page_of(browser) as page:
        map_page = MapPage(page, server.url)
        map_page.open()
        map_page.choose_region(NOM_REGION)
        page.wait_for_timeout(1500)
        codes = map_page.visible(large_communes())
        times = [measure_colours(map_page, label, codes[0]) for label in FOCUS * (CLICKS // 2)]
        return {"mediane_ms": median(times[2:]), "choix_ms": times}


def measure_colours(map_page: MapPage, label: str, code: str) -> float:
    """Milliseconds from the key that chooses an indicator to the changed colour of a commune."""
    page = map_page.page
    if not page.get_by_label(FOCUS_BOX).is_visible():
        page.get_by_role("button", name="Focus").click()
    page.get_by_label(FOCUS_BOX).fill(label)
    page.get_by_role("option", name=label, exact=True).wait_for()
    page.evaluate(WATCH_KEY)
    map_page.frame.evaluate(WATCH_COLOUR, code)
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.shownAt > window.clickedAt", timeout=60_000)
    elapsed = page.evaluate("() => window.shownAt - window.clickedAt")
    page.wait_for_timeout(300)
    return float(elapsed)


def measure_stock(browser: Browser) -> dict[str, Any]:
    """Median of the stock way, whose map is drawn anew at each click."""
    with serve(HERE / "integre_app.py") as server, page_of(browser) as page:
        page.goto(server.url)
        times = [stock_click(page, code, rank) for rank, code in enumerate(large_communes()[:STOCK_CLICKS])]
        return {"mediane_ms": median(times), "clics_ms": times, "memoire_mo": server.memory_mb()}


def stock_click(page: Page, code: str, rank: int) -> float:
    """Milliseconds of one click on the stock map, the communes of the région being drawn."""
    # Each click mounts the map anew: the frame is looked for once the former one is surely gone.
    page.wait_for_timeout(8000)
    page.locator("iframe").wait_for(timeout=60_000)
    frame = MapPage(page, page.url).frame
    point = frame.wait_for_function(STOCK_PIXEL, arg=code, timeout=60_000).json_value()
    box = page.locator("iframe").bounding_box()
    assert box is not None
    if rank == 0:
        page.evaluate(WATCH_FIGURE)
    return measure_click(page, frame, lambda: page.mouse.click(box["x"] + point["x"], box["y"] + point["y"]))


def measure_start(browser: Browser) -> dict[str, Any]:
    """Seconds to the first usable map, from the start of the server and from the opening of the page."""
    runs = []
    for _ in range(STARTS):
        with serve() as server, page_of(browser) as page:
            opened_at = time.perf_counter()
            MapPage(page, server.url).open()
            usable_at = time.perf_counter()
            runs.append((usable_at - server.started_at, usable_at - opened_at, server.memory_mb()))
    totals, openings, memories = zip(*runs, strict=True)
    return {
        "depuis_lancement_s": median(totals),
        "depuis_ouverture_s": median(openings),
        "memoire_mo": median(memories),
    }


def large_communes() -> list[str]:
    """Communes of the région that are wide on the screen."""
    communes = referentiel().communes
    wide = communes["a_contour"] & communes["superficie_km2"].gt(LARGE_KM2)
    return [str(code) for code in communes.index[communes["region"].eq(REGION) & wide]]


@contextmanager
def page_of(browser: Browser) -> Iterator[Page]:
    """Open a page of a browser that has kept nothing."""
    with browser.new_context(viewport=VIEWPORT) as context:  # type: ignore[arg-type]
        yield context.new_page()


def run() -> dict[str, Any]:
    """Run all measures."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        start = measure_start(browser)
        floor = measure_floor(browser)
        stock = measure_stock(browser)
        with serve() as server:
            application = measure_application(browser, server)
            groups = measure_groups(browser, server)
            focus = measure_focus(browser, server)
            memory = server.memory_mb()
        browser.close()
    return {
        "premiere_carte": start,
        "plancher": floor,
        "application": application,
        "groupes": groups,
        "focus": focus,
        "memoire_mo": memory,
        "integre": stock,
    }


def table(results: dict[str, Any]) -> str:
    """Lay the results out, in Markdown."""
    floor, stock = results["plancher"]["mediane_ms"], results["integre"]["mediane_ms"]
    lines = [
        f"Clic → chiffres affichés, {NOM_REGION} entière à l’écran, médiane",
        "",
        "| | ms | × plancher | fois plus rapide que le GeoJson intégré |",
        "| --- | ---: | ---: | ---: |",
        f"| plancher : bouton Streamlit seul | {floor:.0f} | 1,0 | |",
    ]
    for size, result in results["application"].items():
        ms = result["mediane_ms"]
        lines.append(f"| {size} communes | {ms:.0f} | {decimal(ms / floor)} | {stock / ms:.0f} |")
    for name, result in results["groupes"].items():
        ms, count = result["mediane_ms"], result["communes"]
        lines.append(f"| {name}, {count} communes | {ms:.0f} | {decimal(ms / floor)} | |")
    ms = results["focus"]["mediane_ms"]
    lines.append(f"| indicateur choisi → couleurs | {ms:.0f} | {decimal(ms / floor)} | |")
    start = results["premiere_carte"]
    lines += [
        f"| GeoJson intégré (streamlit-folium) | {stock:.0f} | {decimal(stock / floor)} | 1 |",
        "",
        f"Première carte après l’ouverture de la page : {decimal(start['depuis_ouverture_s'], 2)} s",
        f"Première carte après le lancement du serveur : {decimal(start['depuis_lancement_s'], 2)} s",
        f"Mémoire du serveur à la première carte : {start['memoire_mo']:.0f} Mo",
        f"Mémoire du serveur après les mesures : {results['memoire_mo']:.0f} Mo",
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the table, and write the figures in a JSON file when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="file for the figures")
    arguments = parser.parse_args()
    results = run()
    print(table(results))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
