"""Which requests are refused before anything of ours runs, and what browsers are told to refuse."""

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket
from streamlit import config

from cpts_geo.interface.service import protections


async def accept(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


def client(*names: str) -> TestClient:
    before = config.get_option("server.allowedHosts")
    config._set_option("server.allowedHosts", list(names), "test")  # noqa: SLF001 - it has no public setter
    try:
        routes = [Route("/", lambda _: PlainTextResponse("ici")), WebSocketRoute("/ws", accept)]
        return TestClient(Starlette(routes=routes, middleware=protections.middleware()))
    finally:
        config._set_option("server.allowedHosts", before, "test")  # noqa: SLF001


def opens(asked: TestClient, host: str, **headers: str) -> bool:
    try:
        with asked.websocket_connect("/ws", headers={"host": host, **headers}):
            return True
    except WebSocketDenialResponse:
        return False


@pytest.fixture
def local() -> Iterator[TestClient]:
    with client("localhost", "127.0.0.1", "::1") as asked:
        yield asked


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "LOCALHOST:1", "127.0.0.1:8501", "[::1]:80"])
def test_this_machine_is_answered(local: TestClient, host: str) -> None:
    assert local.get("/", headers={"host": host}).text == "ici"
    assert opens(local, host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8501",
        "localhost.evil.example",
        "192.0.2.1",
        "localhost@evil.example",
        "[::2]",
    ],
)
def test_a_name_led_to_this_machine_is_refused(local: TestClient, host: str) -> None:
    refused = local.get("/", headers={"host": host})
    assert refused.status_code == 400
    assert "content-security-policy" in refused.headers
    assert not opens(local, host)
    assert not opens(local, host, origin=f"http://{host}")


@pytest.mark.parametrize(
    ("origin", "admitted"),
    [
        ("http://localhost:8501", True),
        ("http://[::1]:8501", True),
        ("https://evil.example", False),
        ("null", False),
        ("http://[", False),
    ],
)
def test_pages_of_other_sites_get_no_websocket(local: TestClient, origin: str, *, admitted: bool) -> None:
    assert opens(local, "localhost:8501", origin=origin) is admitted


def test_a_team_declares_the_name_of_its_server() -> None:
    with client("cpts.exemple.fr", "*.interne.exemple.fr") as asked:
        for host in ("cpts.exemple.fr", "geo.interne.exemple.fr:8501"):
            assert asked.get("/", headers={"host": host}).status_code == 200
            assert opens(asked, host, origin=f"https://{host}")
        assert asked.get("/", headers={"host": "localhost"}).status_code == 400


def test_without_any_declared_name_nobody_is_answered() -> None:
    with client() as asked:
        assert asked.get("/", headers={"host": "localhost"}).status_code == 400


def test_browsers_are_told_to_speak_to_nobody_else(local: TestClient) -> None:
    headers = local.get("/", headers={"host": "localhost"}).headers
    rules = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    outside = {name: re.findall(r"https?:\S*|wss?:\S*|\*", allowed) for name, allowed in rules.items()}
    assert {name: found for name, found in outside.items() if found} == {
        "img-src": protections.fonds_de_plan()
    }


def test_the_backgrounds_of_the_map_may_be_fetched() -> None:
    assert protections.fonds_de_plan() == ["https://data.geopf.fr", "https://tile.openstreetmap.org"]
    rules = protections.en_tetes()["Content-Security-Policy"].split("; ")
    (images,) = [rule for rule in rules if rule.startswith("img-src ")]
    assert images.split()[-2:] == protections.fonds_de_plan()
