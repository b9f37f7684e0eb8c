"""Several people who click at the same moment, each in her own session of one server."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Frame, Page

from benchmarks import simple
from benchmarks.chronometre import elapsed, page_of, watch_click, watch_figure
from tests.navigateur.gestes import LIMOGES, VOISINES, start_from_limoges
from tests.navigateur.pilote import MapPage, Server, serve


@dataclass(frozen=True, slots=True)
class Seance:
    """A page, the frame that is clicked, and the click."""

    page: Page
    frame: Frame
    click: Callable[[], object]


def of_application(browser: Browser, server: Server, seances: int, tours: int) -> float:
    """Median milliseconds from a click to its figures."""
    return _together(browser, seances, tours, lambda page: _on_map(page, server.url))


def of_bare_page(browser: Browser, seances: int, tours: int) -> float:
    """Median milliseconds from a click on the bare button to its figure."""
    with serve(simple.SCRIPT) as server:
        return _together(browser, seances, tours, lambda page: _on_button(page, server.url))


def _together(browser: Browser, seances: int, tours: int, opening: Callable[[Page], Seance]) -> float:
    with ExitStack() as stack:
        opened = [opening(stack.enter_context(page_of(browser))) for _ in range(seances)]
        _click_all(opened)
        return median(took for _ in range(tours) for took in _click_all(opened))


def _click_all(seances: Sequence[Seance]) -> list[float]:
    for seance in seances:
        watch_click(seance.frame)
    for seance in seances:
        seance.click()
    took = [elapsed(seance.page) for seance in seances]
    seances[0].page.wait_for_timeout(500)
    return took


def _on_map(page: Page, url: str) -> Seance:
    map_page = MapPage(page, url)
    map_page.open()
    start_from_limoges(map_page)
    map_page.wait_codes([LIMOGES])
    page.wait_for_timeout(500)
    place = map_page.pixel(VOISINES[0])
    watch_figure(page)
    return Seance(page, map_page.frame, lambda: page.mouse.click(*place))


def _on_button(page: Page, url: str) -> Seance:
    button = simple.open_button(page, url)
    watch_figure(page)
    return Seance(page, page.main_frame, button.click)
