"""The document that Streamlit sends to every address is made French; everything else goes as it came."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from cpts_geo.interface.service.coque import Coque, textes

DOCUMENT = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
AUTRE = "<html lang='en'><head></head><body>autre</body></html>"
HTML = {"accept": "text/html"}


async def in_pieces(_: Request) -> StreamingResponse:
    async def pieces() -> AsyncIterator[str]:
        for start in range(0, len(DOCUMENT), 300):
            yield DOCUMENT[start : start + 300]

    return StreamingResponse(pieces(), media_type="text/html", headers={"etag": '"a"'})


ROUTES = [
    Route("/", in_pieces),
    Route("/autre", lambda _: HTMLResponse(AUTRE)),
    Route("/texte", lambda _: PlainTextResponse(DOCUMENT)),
]
CLIENT = TestClient(Starlette(routes=ROUTES, middleware=[Middleware(Coque)]))


def test_the_document_of_streamlit_is_french_and_has_the_script_of_the_page() -> None:
    answer = CLIENT.get("/", headers=HTML)
    assert '<html lang="fr">' in answer.text
    assert f"<title>{textes().titre}</title>" in answer.text
    assert textes().sans_script in answer.text
    assert "JavaScript to run" not in answer.text
    assert 'src="/assets/page/page.js"' in answer.text
    assert answer.headers["content-length"] == str(len(answer.content))
    assert "etag" not in answer.headers, "it is no more the document that this named"


def test_what_is_declared_reaches_the_page_whole() -> None:
    page = CLIENT.get("/", headers=HTML).text
    found = re.search(r'<script id="textes-page" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    declared = json.loads(found[1])
    assert declared["connexion"]["perdue"] == textes().connexion.perdue
    assert len(declared["groupes"]) == len(textes().groupes)


def test_anything_else_goes_as_it_came() -> None:
    assert CLIENT.get("/autre", headers=HTML).text == AUTRE
    assert CLIENT.get("/texte", headers=HTML).text == DOCUMENT
    assert CLIENT.get("/", headers={"accept": "*/*"}).text == DOCUMENT
