"""From a click, as the browser dates it, to the changed figure, once it is painted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Frame, Page

VIEWPORT = {"width": 1400, "height": 850}
SHOWN_TIMEOUT_MS = 60_000

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
IS_SHOWN = "() => window.shownAt > window.clickedAt"
ELAPSED = "() => window.shownAt - window.clickedAt"


def watch_figure(page: Page) -> None:
    """Note from now on when the figure changes."""
    page.evaluate(WATCH_FIGURE)


def watch_click(frame: Frame) -> None:
    """Note when the next click in this frame ends."""
    frame.evaluate(WATCH_CLICK)


def watch_key(page: Page) -> None:
    """Note when the next key is struck."""
    page.evaluate(WATCH_KEY)


def elapsed(page: Page) -> float:
    """Milliseconds from the noted gesture to what it shows, which is waited for."""
    page.wait_for_function(IS_SHOWN, timeout=SHOWN_TIMEOUT_MS)
    return float(page.evaluate(ELAPSED))


def measure_click(page: Page, frame: Frame, click: Callable[[], None]) -> float:
    """Milliseconds from one click in `frame` to the changed figure on the page."""
    watch_click(frame)
    click()
    took = elapsed(page)
    page.wait_for_timeout(200)
    return took


@contextmanager
def page_of(browser: Browser) -> Iterator[Page]:
    """Open a page of a browser that has kept nothing."""
    with browser.new_context(viewport=VIEWPORT) as context:  # type: ignore[arg-type]
        yield context.new_page()
