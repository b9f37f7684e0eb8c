"""How long a page takes to open on a server that has just started, and what the server then holds."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks import simple
from benchmarks.chronometre import page_of
from cpts_geo.socle.chemins import ROOT
from tests.navigateur.pilote import MapPage, serve

Opening = Callable[[Page, str], object]


def first_map(browser: Browser, demarrages: int) -> dict[str, Any]:
    """Medians of the first usable map."""
    return _median_of(browser, ROOT / "app.py", lambda page, url: MapPage(page, url).open(), demarrages)


def bare_page(browser: Browser, demarrages: int) -> dict[str, Any]:
    """Medians of the bare Streamlit page."""
    return _median_of(browser, simple.SCRIPT, simple.open_button, demarrages)


def _median_of(browser: Browser, script: Path, opening: Opening, demarrages: int) -> dict[str, Any]:
    starts = [_start(browser, script, opening) for _ in range(demarrages)]
    names = ("depuis_lancement_s", "depuis_ouverture_s", "memoire_mo")
    return {name: median(values) for name, values in zip(names, zip(*starts, strict=True), strict=True)}


def _start(browser: Browser, script: Path, opening: Opening) -> tuple[float, float, float]:
    with serve(script) as server, page_of(browser) as page:
        opened_at = time.perf_counter()
        opening(page, server.url)
        usable_at = time.perf_counter()
        return usable_at - server.started_at, usable_at - opened_at, server.memory_mb()
