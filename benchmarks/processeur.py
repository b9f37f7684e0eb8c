"""What a click costs the server, in time of its processor."""

import time
from collections.abc import Callable

from tests.navigateur.pilote import Server

# What a server reads ahead is done with once it has worked less than this share of a second.
REST_S = 1.0
REST_SHARE = 0.05
REST_TIMEOUT_S = 60.0


def per_click(server: Server, click: Callable[[], object], clics: int) -> float:
    """Milliseconds of processor of the server and its children for one click, on average over `clics`."""
    wait_for_rest(server)
    before = server.processor_s()
    for _ in range(clics):
        click()
    return 1000 * (server.processor_s() - before) / clics


def wait_for_rest(server: Server) -> None:
    """Wait until the server does nothing by itself.

    Raises:
        TimeoutError: it never rests.
    """
    deadline = time.monotonic() + REST_TIMEOUT_S
    before = server.processor_s()
    while time.monotonic() < deadline:
        time.sleep(REST_S)
        after = server.processor_s()
        if after - before < REST_SHARE * REST_S:
            return
        before = after
    raise TimeoutError("Le serveur travaille sans qu’on lui demande rien.")
