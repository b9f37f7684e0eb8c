"""Refusals and failures are French, with the protections, and repeat nothing of what was asked."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config

from cpts_geo.interface.service import protections, refus
from cpts_geo.interface.service.coque import textes

PERSONNE, PROGRAMME = {"accept": "text/html,*/*;q=0.8"}, {"accept": "*/*"}
ANGLAIS = re.compile(r"invalid|host header|not found|error|method|bad request|allowed\b", re.IGNORECASE)


async def fail(_: Request) -> Response:
    raise RuntimeError("/srv/secret")


async def begin_then_fail(_: Request) -> Response:
    async def pieces() -> AsyncIterator[str]:
        yield "début"
        raise RuntimeError

    return StreamingResponse(pieces(), media_type="text/plain")


ROUTES = [
    Route("/", lambda _: PlainTextResponse("ici")),
    Route("/panne", fail),
    Route("/coupe", begin_then_fail),
    Route("/dit", lambda _: JSONResponse({"message": "Ce département n’existe pas."}, status_code=404)),
    Route("/sans-type", lambda _: Response("Bad Request", status_code=400)),
    Route("/fini", lambda _: PlainTextResponse("Gone", status_code=410, headers={"etag": '"a"'})),
]


@pytest.fixture
def client() -> Iterator[TestClient]:
    before = config.get_option("server.allowedHosts")
    config._set_option("server.allowedHosts", ["localhost"], "test")  # noqa: SLF001 - it has no public setter
    try:
        app = Starlette(routes=ROUTES, middleware=protections.middleware())
        yield TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    finally:
        config._set_option("server.allowedHosts", before, "test")  # noqa: SLF001


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "evil.example", 400),
        ("/sans-type", "localhost", 400),
        ("/<script>alert(1)</script>", "localhost", 404),
        ("/panne", "localhost", 500),
        ("/fini", "localhost", 410),
    ],
)
def test_a_person_reads_a_french_page_and_a_program_a_french_sentence(
    client: TestClient, path: str, host: str, status: int
) -> None:
    for headers in (PERSONNE, PROGRAMME):
        answer = client.get(path, headers={**headers, "host": host})
        said = refus.texte(status)
        assert answer.status_code == status
        assert said.titre in answer.text
        assert said.texte in answer.text
        shown = re.sub(r"<style>.*?</style>|server\.allowedHosts", "", answer.text, flags=re.DOTALL)
        assert not ANGLAIS.search(shown)
        assert "alert" not in answer.text
        assert "/srv" not in answer.text
        assert "content-security-policy" in answer.headers
        assert answer.headers["content-length"] == str(len(answer.content))
    assert "<" not in answer.text, "a program is given no markup"


def test_the_page_fetches_nothing() -> None:
    for status in (400, 404, 500, 418):
        page = refus.page(status)
        assert '<html lang="fr">' in page
        assert set(re.findall(r"(?:src|href)=\"(.*?)\"|(url|@import)", page)) <= {("data:,", ""), ("/", "")}
    assert 'href="/"' not in refus.page(400), "the address is what is refused"


def test_what_the_answer_tells_programs_is_kept(client: TestClient) -> None:
    refused = client.post("/", headers=PERSONNE)
    assert refused.status_code == 405
    assert set(refused.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert textes().refus["autre"].titre in refused.text
    assert "etag" not in client.get("/fini").headers, "it was that of other words"


def test_what_is_said_in_french_already_and_what_is_no_refusal_go_as_they_came(client: TestClient) -> None:
    assert client.get("/dit", headers=PERSONNE).json() == {"message": "Ce département n’existe pas."}
    assert client.get("/", headers=PERSONNE).text == "ici"
    assert client.get("/coupe", headers=PERSONNE).text == "début", "begun, it is not begun again"


def test_a_failure_reaches_the_log_of_the_server() -> None:
    app = Starlette(routes=ROUTES, middleware=protections.middleware())
    with pytest.raises(RuntimeError, match="secret"):
        TestClient(app, base_url="http://localhost").get("/panne")
