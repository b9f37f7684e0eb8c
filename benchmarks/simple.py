"""What is measured of the bare Streamlit page, beside which the application is placed."""

from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from benchmarks.chronometre import measure_click, page_of, watch_figure
from benchmarks.processeur import per_click
from tests.navigateur.pilote import serve

SCRIPT = Path(__file__).parent / "scripts" / "plancher.py"


def open_button(page: Page, url: str) -> Locator:
    """Open the page, and give its button once it can be clicked."""
    page.goto(url)
    button = page.get_by_role("button", name="Ajouter")
    button.wait_for()
    return button


def measure(browser: Browser, clics: int, clics_processeur: int) -> dict[str, Any]:
    """Median time of a click, and what a click costs the server."""
    with serve(SCRIPT) as server, page_of(browser) as page:
        button = open_button(page, server.url)
        watch_figure(page)
        button.click()
        page.wait_for_timeout(500)
        times = [measure_click(page, page.main_frame, button.click) for _ in range(clics)]
        cost = per_click(server, lambda: measure_click(page, page.main_frame, button.click), clics_processeur)
        return {"mediane_ms": median(times), "clics_ms": times, "processeur_ms": cost}
