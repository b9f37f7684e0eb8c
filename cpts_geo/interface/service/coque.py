"""The shell that every page of Streamlit stands in: made French, and given the script of `assets/page/`.

Streamlit answers the same document to every address. It cannot be set: it is changed as it is sent. The
script puts Streamlit's own English into French and looks after the connection; what it says is declared in
`page.toml`.
"""

import html
import json
from collections.abc import Mapping
from functools import cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cpts_geo.socle.declarations import Declare, declaration

# What Streamlit looks for before it starts. Its own dialogs, all in English, do not open: the page is told
# instead, and says it in French. The page alone may ask for a rerun or a sign of life.
_REGLAGES = "{ blockErrorDialogs: true, allowedOrigins: [location.origin] }"
_HOTE = f"window.__streamlit = {{ HOST_CONFIG: {_REGLAGES} }};"
_CORPS = b'<div id="root">'
# Answers kept or packed by browsers could not be changed.
_SANS = (b"if-none-match", b"if-modified-since", b"accept-encoding", b"range")


class TextesConnexion(Declare):
    """What is said of the connection, of a page that does not exist, and of an error of the front end."""

    perdue: str
    attente_une: str
    attente_plusieurs: str
    finie: str
    retablie: str
    introuvable: str
    erreur: str
    recharger: str
    fermer: str


class GroupeDeTextes(Declare):
    """What Streamlit says where a CSS selector (`ou`) tells, and what is said in its place."""

    ou: str
    textes: Mapping[str, str]


class TexteRefus(Declare):
    """What is said of a refused request; `lien` leads to the map, where there is one."""

    titre: str
    texte: str
    lien: str = ""


class TextesPage(Declare):
    """Everything that the page says by itself; `refus` by status, "autre" for the others."""

    titre: str
    sans_script: str
    connexion: TextesConnexion
    refus: Mapping[str, TexteRefus]
    groupes: tuple[GroupeDeTextes, ...]


def textes() -> TextesPage:
    """Give what is declared of the page."""
    return declaration("page", TextesPage)


@cache
def en_tete() -> str:
    """Write what the head of the document is given."""
    declared = json.dumps(textes().model_dump(include={"connexion", "groupes"}), ensure_ascii=False)
    declared = declared.replace("<", "\\u003c")
    return (
        f"<script>{_HOTE}</script>"
        f'<script id="textes-page" type="application/json">{declared}</script>'
        '<link rel="stylesheet" href="/assets/page/page.css">'
        '<script type="module" async src="/assets/page/page.js"></script>'
    )


def francise(document: str) -> str:
    """Make the document of Streamlit French, and give it the script of the page."""
    before, _, rest = document.partition("<noscript>")
    _, _, after = rest.partition("</noscript>")
    for told, said in (
        ('<html lang="en">', '<html lang="fr">'),
        ("<title>Streamlit</title>", f"<title>{html.escape(textes().titre)}</title>"),
        # Before the script of Streamlit, which reads what it is told as it starts.
        ("<head>", f"<head>{en_tete()}"),
    ):
        before = before.replace(told, said, 1)
    return f"{before}<noscript><p>{html.escape(textes().sans_script)}</p></noscript>{after}"


class Coque:
    """ASGI middleware that changes the document of Streamlit as it is sent, and nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with our shell."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self._app(scope, receive, send)
            return
        kept = [(name, value) for name, value in scope["headers"] if name.lower() not in _SANS]
        await self._app({**scope, "headers": kept}, receive, _Reecriture(send).pass_on)


class _Reecriture:
    """One answer on its way: held back when it is a document, until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def pass_on(self, message: Message) -> None:
        """Send a message of the application, or hold it back."""
        if message["type"] == "http.response.start" and _is_document(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = self._body
        if _CORPS in body:
            body = francise(body.decode("utf-8")).encode("utf-8")
            headers = MutableHeaders(scope=start)
            headers["Content-Length"] = str(len(body))
            for name in ("etag", "last-modified"):
                del headers[name]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_document(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and kind.startswith("text/html")  # noqa: PLR2004 - OK
