"""Drives the application in a real browser: servers, Chromium, and the map as a person uses it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.error import URLError

import psutil
from playwright.sync_api import Browser, Frame, FrameLocator, Page, Playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from cpts_geo.socle.chemins import ROOT

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
)
START_TIMEOUT_S = 60
ANSWER_TIMEOUT_S = 10
STOP_TIMEOUT_S = 10
CLICK_TIMEOUT_MS = 5_000


@dataclass(frozen=True, slots=True)
class Server:
    """A running Streamlit server."""

    url: str
    process: subprocess.Popen[bytes]
    started_at: float

    def memory_mb(self) -> float:
        """Resident memory of the server and its children, in megabytes."""
        return float(sum(process.memory_info().rss for process in self._processes()) / 1e6)

    def processor_s(self) -> float:
        """Seconds of processor that the server and its children have taken so far."""
        times = [process.cpu_times() for process in self._processes()]
        return float(sum(each.user + each.system for each in times))

    def _processes(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


@contextmanager
def serve(script: Path = ROOT / "app.py", port: int | None = None) -> Iterator[Server]:
    """Run a Streamlit script on a port, any free one by default, and stop it at the end."""
    port = port or _free_port()
    started_at = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", "--server.headless=true"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    server = Server(f"http://localhost:{port}", process, started_at)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        _stop(process)


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium, silenced: it asks nothing of the network by itself."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)


class ClicManqueError(Exception):
    """A click on a commune has not chosen it, or not it alone."""


class MapPage:
    """The map page, as a person sees and clicks it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self) -> None:
        """Open the page and wait for the départements to be drawn."""
        self.page.goto(self.url)
        self.page.locator("iframe").wait_for()
        self.wait_ready()

    @property
    def frame(self) -> Frame:
        """The frame of the map."""
        handle = self.page.locator("iframe").element_handle()
        frame = handle.content_frame()
        assert frame is not None
        return frame

    @property
    def controls(self) -> FrameLocator:
        """What stands in the frame beside the map: tools, messages."""
        return self.page.frame_locator("iframe")

    def wait_ready(self) -> None:
        """Wait until the map is there and nothing is left to fetch."""
        # In a frame that has just been put in the page, a wait begun too early never ends.
        self.controls.locator(".leaflet-container").wait_for()
        self.frame.wait_for_function("() => window.carte?.prete")

    def search(self, text: str) -> None:
        """Type in the search box and choose the first answer."""
        box = self.page.get_by_role("combobox", name="Rechercher une commune")
        box.click()
        box.fill(text)
        self.page.get_by_role("option").first.wait_for()
        box.press("Enter")

    def choose_region(self, nom: str) -> None:
        """Choose a région in the list above the map, and wait for its communes."""
        self.page.get_by_label("Région").click()
        self.page.get_by_role("option", name=nom).click()
        self.frame.wait_for_function("() => document.querySelector('.leaflet-container:not(.loin)')")
        self.wait_ready()

    def wait_drawn(self, code: str) -> None:
        """Wait until the commune can be clicked and the view has come to rest."""
        self.frame.wait_for_function(
            """(code) => window.carte?.pixel(code)
                && !carte.map._animatingZoom && !carte.map._panAnim?._inProgress""",
            arg=code,
        )

    def click(self, code: str) -> None:
        """Click the commune where it stands on the screen."""
        point = self.pixel(code)
        self.page.mouse.click(*point)

    def choose(self, code: str) -> None:
        """Click a commune that is not chosen yet, and see that it is, and nothing else.

        Raises:
            ClicManqueError: the click gave something else, which is said.
        """
        before = self.codes()
        self.click(code)
        try:
            self.wait_codes(before | {code}, CLICK_TIMEOUT_MS)
        except PlaywrightTimeoutError:
            changed = ", ".join(sorted(self.codes() ^ before)) or "rien"
            raise ClicManqueError(f"Un clic sur {code} a changé : {changed}.") from None

    def hover(self, code: str) -> None:
        """Bring the mouse over the commune."""
        x, y = self.pixel(code)
        self.page.mouse.move(x - 1, y)
        self.page.mouse.move(x, y)

    def take(self, unite: str) -> None:
        """Choose what one click takes, by its name in the bar ("Commune", "EPCI", "Canton")."""
        self.controls.get_by_role("radio", name=unite, exact=True).check()

    def drag(self, path: Sequence[tuple[float, float]], outil: str = "Lasso", steps: int = 5) -> None:
        """Draw with a tool, "Rectangle" or "Lasso", through these places of the window."""
        self.controls.get_by_role("radio", name=outil, exact=True).check()
        self.page.mouse.move(*path[0])
        self.page.mouse.down()
        for x, y in path[1:]:
            self.page.mouse.move(x, y, steps=steps)
        self.page.mouse.up()

    def pixel(self, code: str) -> tuple[float, float]:
        """Where the commune stands in the window."""
        inside = self.frame.evaluate("(code) => carte.pixel(code)", code)
        box = self.page.locator("iframe").bounding_box()
        assert inside is not None, f"{code} is not drawn"
        assert box is not None
        return box["x"] + inside["x"], box["y"] + inside["y"]

    def pixels(self, codes: Iterable[str]) -> dict[str, tuple[float, float]]:
        """Where those of the communes that are drawn stand in the window."""
        inside = self.frame.evaluate(
            """(codes) => codes.map((code) => [code, carte.pixel(code)])
                .filter(([, point]) => point).map(([code, { x, y }]) => [code, x, y])""",
            list(codes),
        )
        box = self.page.locator("iframe").bounding_box()
        assert box is not None
        return {code: (box["x"] + x, box["y"] + y) for code, x, y in inside}

    def visible(self, codes: Iterable[str]) -> list[str]:
        """Keep the communes that can be clicked: inside the frame, under no control."""
        return cast(
            "list[str]",
            self.frame.evaluate(
                """(codes) => codes.filter((code) => {
                    const point = carte.pixel(code);
                    const seen = point && document.elementFromPoint(point.x, point.y);
                    return seen instanceof HTMLCanvasElement;
                })""",
                list(codes),
            ),
        )

    def codes(self) -> set[str]:
        """Communes that the map shows as chosen."""
        return set(self.frame.evaluate("() => carte.codes"))

    def wait_codes(self, codes: Iterable[str], timeout_ms: float = 15_000) -> None:
        """Wait until the map shows these communes as chosen, and no other."""
        self.frame.wait_for_function(
            "(codes) => window.carte && JSON.stringify([...carte.codes].sort()) === JSON.stringify(codes)",
            arg=sorted(codes),
            timeout=timeout_ms,
        )


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: Server) -> None:
    while time.perf_counter() - server.started_at < START_TIMEOUT_S:
        if server.process.poll() is not None:
            raise RuntimeError("The server has stopped.")
        try:
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=ANSWER_TIMEOUT_S).close()  # noqa: S310
        except (URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("The server does not answer.")
