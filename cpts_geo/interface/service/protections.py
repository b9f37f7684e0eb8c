"""What the server refuses, and what it tells browsers to refuse, before anything of ours runs."""

from fnmatch import fnmatchcase
from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from cpts_geo.communes.prises import fonds
from cpts_geo.interface.service.refus import Refus

# Streamlit, the map and the charts write styles and scripts in the page and make some of them as they run:
# these stay allowed. What is refused is to fetch from, or to send to, anywhere but this server, and but the
# publishers of the two backgrounds that a person may put under the map.
_REGLES = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob: {fonds}",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "frame-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}


@cache
def en_tetes() -> dict[str, str]:
    """What browsers are told with every answer."""
    publishers = " ".join(fonds_de_plan())
    rules = "; ".join(f"{name} {allowed.format(fonds=publishers)}" for name, allowed in _REGLES.items())
    return {"Content-Security-Policy": rules, "X-Content-Type-Options": "nosniff"}


def fonds_de_plan() -> list[str]:
    """Where the declared backgrounds of the map come from, as "https://data.geopf.fr"."""
    addresses = [urlsplit(each.url) for each in fonds()]
    return list(dict.fromkeys(f"{each.scheme}://{each.netloc}" for each in addresses))


def middleware() -> list[Middleware]:
    """What every request passes through, that of the websocket included, before the pages and our routes."""
    admitted = noms_admis()
    # An address of version 6 stands between brackets in a request.
    asked = [f"[{nom}]" if ":" in nom else nom for nom in admitted]
    return [
        # First, so that refusals have the headers too.
        Middleware(EnTetes),
        # Then their words, and those of whatever fails.
        Middleware(Refus),
        Middleware(TrustedHostMiddleware, allowed_hosts=asked, www_redirect=False),
        Middleware(Origines, admises=admitted),
    ]


def noms_admis() -> list[str]:
    """Names by which this server may be asked for; a page whose name is led here by its DNS bears another.

    They are those of the setting `server.allowedHosts`, of which Streamlit only makes use for its websocket.
    """
    declared: list[str] = config.get_option("server.allowedHosts")
    return [nom.strip().lower() for nom in declared]


class Origines:
    """Refuses the websocket to the pages of other sites.

    Streamlit refuses them too, but asks an outside service for the address of this machine before it does.
    """

    def __init__(self, app: ASGIApp, admises: list[str]) -> None:
        self._app = app
        self._admises = admises

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or refuse."""
        origin = Headers(scope=scope).get("origin") if scope["type"] == "websocket" else None
        if origin is None or self._is_admitted(origin):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("Origine refusée", status_code=403)(scope, receive, send)

    def _is_admitted(self, origin: str) -> bool:
        try:
            nom = urlsplit(origin).hostname or ""
        except ValueError:
            return False
        return any(fnmatchcase(nom, pattern) for pattern in self._admises)


class EnTetes:
    """Adds `en_tetes` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(en_tetes())
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
