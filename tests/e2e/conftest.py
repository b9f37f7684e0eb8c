"""A real server and a real browser, which may speak to nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.navigateur.pilote import CHROMIUM, MapPage, Server, launch, serve
from tests.navigateur.temoin import Watch

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
