"""The real server: whom it answers, what it takes, and what it says when something fails."""

import base64
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from cpts_geo.socle.chemins import ROOT
from tests.navigateur.pilote import MapPage, Server, serve

PATHS = ("/", "/_stcore/health", "/recherche?q=royan", "/assets/carte/carte.js", "/geo/23.geojson")


def websocket(server: Server, host: str, origin: str) -> int:
    """Status of the answer to a websocket that opens."""
    with socket.create_connection(("127.0.0.1", urlsplit(server.url).port or 0), timeout=10) as asked:
        lines = (
            "GET /_stcore/stream HTTP/1.1",
            f"Host: {host}",
            f"Origin: {origin}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Protocol: streamlit",
        )
        asked.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return int(asked.recv(1_000).split()[1])


@pytest.mark.parametrize("path", PATHS)
def test_only_this_machine_is_answered(server: Server, path: str) -> None:
    assert httpx2.get(server.url + path).status_code == 200
    assert httpx2.get(server.url + path, headers={"Host": "evil.example"}).status_code == 400


def test_only_pages_of_this_server_get_its_websocket(server: Server) -> None:
    own = urlsplit(server.url).netloc
    assert websocket(server, own, f"http://{own}") == 101
    assert websocket(server, "evil.example", "http://evil.example") == 400
    assert websocket(server, own, "http://evil.example") == 403


FAILING = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st

def fail():
    raise RuntimeError("/srv/cpts-geo/secret")

st.button("action", on_click=fail)

@st.fragment
def part():
    if st.button("partie"):
        fail()

part()
if st.button("page"):
    fail()
st.write("La page entière")
"""
FAILING_APP = """
import sys
sys.path.insert(0, {root!r})
from streamlit.starlette import App
from pages.blocs import incident

app = App({page!r}, on_script_error=incident.apologise)
"""


def test_what_fails_is_said_in_french_and_nothing_more(browser: Browser, tmp_path: Path) -> None:
    """Everywhere an error can happen: in what a button does, in a part of a page, in a page."""
    page, app = tmp_path / "page.py", tmp_path / "app.py"
    page.write_text(FAILING.format(root=str(ROOT)), "utf-8")
    app.write_text(FAILING_APP.format(root=str(ROOT), page=str(page)), "utf-8")
    with serve(app) as failing, browser.new_context() as context:
        seen = context.new_page()
        for where in ("action", "partie", "page"):
            seen.goto(failing.url)
            seen.get_by_role("button", name=where, exact=True).click()
            expect(seen.get_by_text("Votre projet n’est pas perdu")).to_be_visible()
            said = seen.locator("body").inner_text()
            assert not [word for word in ("/srv", "Traceback", "RuntimeError", "This app") if word in said]
            expect(seen.get_by_role("button", name="Copier les détails")).to_be_visible()
            seen.get_by_role("button", name="Reprendre").click()
            expect(seen.get_by_text("La page entière")).to_be_visible()
            expect(seen.get_by_text("Votre projet n’est pas perdu")).to_have_count(0)


def test_the_map_works_under_the_rules_told_to_browsers(carte: MapPage) -> None:
    """The script of the map, its styles, its pictures: none is refused."""
    carte.choose_region("Bretagne")
    carte.search("Rennes")
    expect(carte.page.get_by_text("Projet de CPTS sur 1 commune")).to_be_visible()


def test_a_file_too_heavy_for_the_server_is_refused_in_french(carte: MapPage, tmp_path: Path) -> None:
    heavy = tmp_path / "projet.json"
    heavy.write_bytes(b"{" + b" " * 21_000_000 + b"}")
    carte.page.get_by_role("button", name="Projet", exact=True).click()
    carte.page.get_by_role("button", name="Ouvrir un projet").click()
    carte.page.locator("[role=dialog] input[type=file]").set_input_files(heavy)
    chip = carte.page.locator("[data-testid=stFileChip]")
    expect(chip).to_have_attribute("aria-invalid", "true")
    expect(carte.page.get_by_text("Refusé : ce fichier est trop lourd.")).to_be_visible()
    expect(chip.get_by_text("File must be")).to_be_hidden()
