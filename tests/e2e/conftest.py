"""A real server and a real browser, which may speak to nobody else."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, expect, sync_playwright

from benchmarks.pilote import CHROMIUM, MapPage, Server, launch, serve

# A busy machine may be slow; what is awaited here must come, not come fast (see benchmarks/ for that).
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"Chromium est introuvable ({CHROMIUM}). Sur Debian : apt-get install chromium")
    with sync_playwright() as playwright, launch(playwright) as running:
        yield running


class Watch:
    """What happened in the browser that should not have."""

    def __init__(self) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("console", self._on_console)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "localhost":
            self.outside.append(request.url)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(params=[(1400, 850)], ids=["1400x850"])
def carte(
    request: pytest.FixtureRequest, browser: Browser, server: Server, watch: Watch
) -> Iterator[MapPage]:
    """The map page, open; the test fails if any request left this machine or any script failed."""
    width, height = request.param
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        watch.follow(context)
        opened = MapPage(context.new_page(), server.url)
        opened.open()
        yield opened
    assert watch.outside == []
    assert watch.errors == []
