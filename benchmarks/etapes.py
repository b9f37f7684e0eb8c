"""Each step of a measure has a name and a time limit: none can be waited for without end."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

ABANDON = 3  # the exit code of a measure that lasted too long


@contextmanager
def etape(nom: str, secondes: float) -> Iterator[None]:
    """Say the name of a step; stop the whole run when it lasts longer, and name it in what it raises."""
    print(f"… {nom}", file=sys.stderr, flush=True)
    garde = threading.Timer(secondes, _abandonner, (nom, secondes))
    garde.daemon = True
    garde.start()
    try:
        yield
    except Exception as error:
        error.add_note(f"Étape en échec : {nom}")
        raise
    finally:
        garde.cancel()


def _abandonner(nom: str, secondes: float) -> None:
    """Nothing else ends a browser that no longer answers; the processes begun here end with this one."""
    print(f"Étape abandonnée, plus longue que {secondes:.0f} s : {nom}", file=sys.stderr, flush=True)
    for process in psutil.Process().children(recursive=True):
        process.kill()
    os._exit(ABANDON)
