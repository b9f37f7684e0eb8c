"""What the server reads ahead: only while nobody is waiting for it, one short step after another."""

import gc
import logging
import time
from collections.abc import Callable, Sequence
from threading import Event, Lock

import pyarrow as pa
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Etape = Callable[[], object]

# Without a word from any browser for so long, nobody is waiting for anything.
CALME_S = 0.4
# A page that has never been opened may be opened at any moment: what is not of its own waits so long at most.
SANS_PAGE_S = 20.0

_JOURNAL = logging.getLogger(__name__)


class Preparation:
    """Steps to be done ahead, and the last sign of life of a browser.

    Args:
        premiere: what the first page needs: done at once.
        etapes: gives what else to do, in order; a step that fails is logged and stops no other.
        calme_s: how long to wait, in seconds, since the last sign of life.
        sans_page_s: how long to wait, in seconds, for a first sign of life.
    """

    def __init__(
        self,
        premiere: Etape,
        etapes: Callable[[], Sequence[Etape]],
        calme_s: float = CALME_S,
        sans_page_s: float = SANS_PAGE_S,
    ) -> None:
        self._premiere, self._etapes = premiere, etapes
        self._calme_s, self._sans_page_s = calme_s, sans_page_s
        self._ouverte, self._arret = Event(), Event()
        self._signe = time.monotonic()

    def signal(self) -> None:
        """Note a sign of life of a browser."""
        self._signe = time.monotonic()
        self._ouverte.set()

    def stop(self) -> None:
        """Give up what is not done yet."""
        self._arret.set()
        self._ouverte.set()

    def run_steps(self) -> None:
        """Do the first step at once, and the others each when all has been quiet for a while."""
        # Arrow's own pool keeps what the files took while they were read; that of the system gives it back.
        pa.set_memory_pool(pa.system_memory_pool())
        _try_step(self._premiere)
        self._ouverte.wait(self._sans_page_s)
        self._wait_for_quiet()
        for etape in self._etapes():
            self._wait_for_quiet()
            if self._arret.is_set():
                return
            _try_step(etape)
            keep_loaded()

    def _wait_for_quiet(self) -> None:
        while (reste := self._signe + self._calme_s - time.monotonic()) > 0 and not self._arret.is_set():
            self._arret.wait(reste)


def _try_step(etape: Etape) -> None:
    try:
        etape()
    except Exception:  # noqa: BLE001 - whoever needs what could not be read will see why
        _JOURNAL.exception("Une préparation a échoué.")


_GARDE = Lock()


def keep_loaded() -> None:
    """Give unused memory back, and spare what has been read the visits of the garbage collector.

    Streamlit has all objects visited after each run of a page, while everybody waits. What has been read
    stays until the end: there is nothing to collect in it.
    """
    with _GARDE:
        gc.collect()
        gc.freeze()
        pa.default_memory_pool().release_unused()


class SignesDeVie:
    """ASGI middleware that tells a preparation of everything browsers ask and are told."""

    def __init__(self, app: ASGIApp, preparation: Preparation) -> None:
        self._app, self._preparation = app, preparation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, with a sign of life each time."""

        async def heard() -> Message:
            message = await receive()
            self._preparation.signal()
            return message

        async def said(message: Message) -> None:
            self._preparation.signal()
            await send(message)

        await self._app(scope, heard, said)
