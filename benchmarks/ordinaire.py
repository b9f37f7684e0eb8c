"""What is measured of the stock way of streamlit-folium, whose map is drawn anew at each click."""

from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.chronometre import measure_click, page_of, watch_figure
from benchmarks.lieux import large_communes
from tests.navigateur.pilote import MapPage, serve

SCRIPT = Path(__file__).parent / "scripts" / "integre_app.py"
CLICKS = 5

PIXEL = """(code) => {
    let found = null;
    window.map?.eachLayer((layer) => { if (layer.feature?.properties.code === code) found = layer; });
    if (!found) return null;
    const [lon, lat] = found.feature.properties.point;
    return window.map.latLngToContainerPoint([lat, lon]);
}"""


def measure(browser: Browser) -> dict[str, Any]:
    """Median time of a click, the communes of the région being drawn."""
    with serve(SCRIPT) as server, page_of(browser) as page:
        page.goto(server.url)
        times = [_click(page, code, rank) for rank, code in enumerate(large_communes()[:CLICKS])]
        return {"mediane_ms": median(times), "clics_ms": times, "memoire_mo": server.memory_mb()}


def _click(page: Page, code: str, rank: int) -> float:
    # Each click mounts the map anew: the frame is looked for once the former one is surely gone.
    page.wait_for_timeout(8000)
    page.locator("iframe").wait_for(timeout=60_000)
    frame = MapPage(page, page.url).frame
    point = frame.wait_for_function(PIXEL, arg=code, timeout=60_000).json_value()
    box = page.locator("iframe").bounding_box()
    assert box is not None
    if rank == 0:
        watch_figure(page)
    return measure_click(page, frame, lambda: page.mouse.click(box["x"] + point["x"], box["y"] + point["y"]))
