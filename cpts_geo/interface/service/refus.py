"""What a person reads when the server refuses her request, or fails, before any page is drawn.

Starlette and Streamlit answer with a few words of English. Their answers keep their status and what they tell
programs; what is said in their place is declared in `page.toml`, and nothing of the request is repeated.
"""

from functools import cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cpts_geo.interface.service.coque import TexteRefus, textes

_DES_REFUS, _PANNE = 400, 500
# Our own routes say in French, to the script of the map, what does not exist.
_DIT = "application/json"
_DU_CORPS = ("content-length", "content-type", "content-encoding", "etag", "last-modified")


class Refus:
    """ASGI middleware that puts refusals and failures into French."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, its refusals in French."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passage = _Passage(send, scope, receive)
        try:
            await self._app(scope, receive, passage.pass_on)
        except Exception:
            if not passage.begun:
                await passage.refuse(_PANNE, MutableHeaders())
            # For whoever runs the server, whose log says what has failed.
            raise


class _Passage:
    """One answer on its way; `begun` once the browser has something of it."""

    def __init__(self, send: Send, scope: Scope, receive: Receive) -> None:
        self._send, self._scope, self._receive = send, scope, receive
        self.begun = False
        self._refused = False

    async def pass_on(self, message: Message) -> None:
        """Send a message of the application, or what is said in its place."""
        if message["type"] == "http.response.start" and message["status"] >= _DES_REFUS:
            headers = MutableHeaders(scope=message)
            if not headers.get("content-type", "").startswith(_DIT):
                await self.refuse(message["status"], headers)
                return
        if not self._refused:
            self.begun = True
            await self._send(message)

    async def refuse(self, status: int, headers: MutableHeaders) -> None:
        """Refuse in French, in a page when a person asks; headers are kept, but for those of the body."""
        self.begun = self._refused = True
        wanted = Headers(scope=self._scope).get("accept", "")
        response: Response = (
            HTMLResponse(page(status), status)
            if "text/html" in wanted
            else PlainTextResponse(f"{texte(status).titre}. {texte(status).texte}", status)
        )
        for name, value in headers.items():
            if name not in _DU_CORPS:
                response.headers.append(name, value)
        await response(self._scope, self._receive, self._send)


def texte(status: int) -> TexteRefus:
    """Give what is said of a status."""
    declared = textes().refus
    return declared.get(str(status), declared["autre"])


@cache
def page(status: int) -> str:
    """Write the page of a status: nothing in it is fetched, for the server may answer nothing else."""
    # Its library is long to import, and most servers refuse nobody.
    from cpts_geo.socle.gabarits import environnement  # noqa: PLC0415

    return environnement().get_template("refus.html").render(refus=texte(status), application=textes().titre)
