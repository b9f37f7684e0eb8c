"""Each step of a measure has a name and a time limit: none can be waited for without end."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

ABANDON = 3  # the exit code of a measure that lasted too long


@contextmanager
def etape(nom: str, secondes: float) -> Iterator[None]:
    """Say the name of a step and how long it took; stop the whole run when it lasts longer than that.

    What it raises names it too.
    """
    begun = time.monotonic()
    _dire(f"… {nom}")
    garde = threading.Timer(secondes, _abandonner, (nom, secondes))
    garde.daemon = True
    garde.start()
    try:
        yield
    except Exception as error:
        error.add_note(f"Étape en échec : {nom}")
        raise
    else:
        _dire(f"  {time.monotonic() - begun:.0f} s")
    finally:
        garde.cancel()


def _abandonner(nom: str, secondes: float) -> None:
    """Nothing else ends a browser that no longer answers; the processes begun here end with this one."""
    _dire(f"Étape abandonnée, plus longue que {secondes:.0f} s : {nom}")
    for process in psutil.Process().children(recursive=True):
        process.kill()
    os._exit(ABANDON)


def _dire(texte: str) -> None:
    print(texte, file=sys.stderr, flush=True)
