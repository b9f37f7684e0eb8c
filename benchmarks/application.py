"""What is measured of the map of the application: clicks, groups, lassos, colours."""

from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import Browser
from shapely import Point, get_coordinates

from benchmarks.ampleur import Ampleur
from benchmarks.chronometre import elapsed, measure_click, page_of, watch_figure, watch_key
from benchmarks.lieux import open_region
from benchmarks.processeur import per_click
from cpts_geo.indicateurs.donnees import donnees
from tests.navigateur.pilote import MapPage, Server

# An EPCI of a hundred communes, and how many a lasso takes.
NOM_EPCI, EPCI, COMMUNE_EPCI = "Vals de Saintonge Communauté", "200041689", "17347"
LASSO = 50
ELSEWHERE = "87085"
FOCUS_BOX = "Colorer les communes selon un indicateur"
FOCUS = ("En affection de longue durée (ALD)", "APL aux médecins généralistes, tous âges")

WATCH_COLOUR = """(code) => {
    const former = [carte.couleur(code), null];
    const look = () => {
        if (former.includes(carte.couleur(code))) return requestAnimationFrame(look);
        requestAnimationFrame(() => { window.top.shownAt = performance.timeOrigin + performance.now(); });
    };
    requestAnimationFrame(look);
}"""


def measure_sizes(browser: Browser, server: Server, ampleur: Ampleur) -> dict[str, Any]:
    """Medians for territories of so many communes, the whole région drawn."""
    with page_of(browser) as page:
        map_page = MapPage(page, server.url)
        codes = open_region(map_page)
        return {str(size): _grow_and_measure(map_page, codes, size, ampleur) for size in ampleur.tailles}


def measure_processor(browser: Browser, server: Server, ampleur: Ampleur) -> float:
    """Milliseconds of processor that a click costs the server, the whole région drawn."""
    with page_of(browser) as page:
        map_page = MapPage(page, server.url)
        codes = open_region(map_page)
        size = ampleur.tailles[0]
        _grow(map_page, codes[:size])
        watch_figure(page)
        return per_click(server, _toggling(map_page, codes[size]), ampleur.clics_processeur)


def _grow_and_measure(map_page: MapPage, codes: list[str], size: int, ampleur: Ampleur) -> dict[str, Any]:
    _grow(map_page, codes[:size])
    watch_figure(map_page.page)
    click = _toggling(map_page, codes[size])
    times = [click() for _ in range(ampleur.clics)]
    map_page.wait_codes(codes[:size])
    return {"mediane_ms": median(times), "clics_ms": times}


def _grow(map_page: MapPage, codes: list[str]) -> None:
    """Click the communes that are not yet in the territory."""
    held = map_page.codes()
    for code in codes:
        if code not in held:
            map_page.choose(code)
    map_page.page.get_by_text(f"Projet de CPTS sur {len(codes)} communes").wait_for()


def _toggling(map_page: MapPage, code: str) -> Callable[[], float]:
    """A timed click that adds the commune, then takes it off, and so on."""
    return lambda: measure_click(map_page.page, map_page.frame, lambda: map_page.click(code))


def measure_groups(browser: Browser, server: Server, ampleur: Ampleur) -> dict[str, Any]:
    """Medians of one click that takes an EPCI or gives it back, and of one lasso that adds or removes."""
    with page_of(browser) as page:
        map_page = MapPage(page, server.url)
        map_page.open()
        # Another commune stays, so that there are always figures to wait for.
        map_page.search(ELSEWHERE)
        map_page.wait_codes([ELSEWHERE])
        map_page.search(NOM_EPCI)
        map_page.wait_codes([ELSEWHERE, *donnees().referentiel.codes("epci", EPCI)])
        page.wait_for_timeout(2000)
        watch_figure(page)
        map_page.take("EPCI")
        click = _toggling(map_page, COMMUNE_EPCI)
        clicks = [click() for _ in range(ampleur.clics + 1)]
        path = _lasso_path(map_page)
        map_page.controls.get_by_role("radio", name="Lasso", exact=True).check()
        lassos = [_measure_lasso(map_page, path, removes=bool(rank % 2)) for rank in range(ampleur.clics)]
        return {
            "epci": {
                "communes": len(donnees().referentiel.codes("epci", EPCI)),
                "mediane_ms": median(clicks),
            },
            "lasso": {"communes": LASSO, "mediane_ms": median(lassos)},
        }


def _lasso_path(map_page: MapPage) -> list[tuple[float, float]]:
    """A round path that encloses the points of fifty communes, around one of them."""
    places = map_page.pixels(donnees().referentiel.communes.index)
    centre = Point(places[COMMUNE_EPCI])
    distances = sorted(centre.distance(Point(place)) for place in places.values())
    ring = centre.buffer((distances[LASSO - 1] + distances[LASSO]) / 2).exterior
    return [(float(x), float(y)) for x, y in get_coordinates(ring).tolist()]


def _measure_lasso(map_page: MapPage, path: list[tuple[float, float]], *, removes: bool) -> float:
    """Milliseconds of one lasso, that adds or removes."""
    if removes:
        map_page.page.keyboard.down("Alt")
    took = measure_click(map_page.page, map_page.frame, lambda: map_page.drag(path, steps=2))
    if removes:
        map_page.page.keyboard.up("Alt")
    return took


def measure_focus(browser: Browser, server: Server, ampleur: Ampleur) -> dict[str, Any]:
    """Median time from the choice of an indicator to the new colours, the whole région drawn."""
    with page_of(browser) as page:
        map_page = MapPage(page, server.url)
        code = open_region(map_page)[0]
        times = [_measure_colours(map_page, label, code) for label in FOCUS * (ampleur.clics // 2 + 1)]
        return {"mediane_ms": median(times[2:]), "choix_ms": times}


def _measure_colours(map_page: MapPage, label: str, code: str) -> float:
    """Milliseconds from the key that chooses an indicator to the changed colour of a commune."""
    page = map_page.page
    if not page.get_by_label(FOCUS_BOX).is_visible():
        page.get_by_role("button", name="Focus").click()
    page.get_by_label(FOCUS_BOX).fill(label)
    page.get_by_role("option", name=label, exact=True).wait_for()
    watch_key(page)
    map_page.frame.evaluate(WATCH_COLOUR, code)
    page.keyboard.press("Enter")
    took = elapsed(page)
    page.wait_for_timeout(300)
    return took
