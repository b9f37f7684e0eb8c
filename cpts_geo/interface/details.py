"""What is said of an error to whoever looks after the application: enough to find it, nothing private.

Neither the message of the error nor the folders of the server are told: they may hold what people wrote.
"""

import traceback
from datetime import datetime
from pathlib import Path

from cpts_geo.socle.chemins import ROOT


def details(error: BaseException, reference: str, quand: datetime) -> str:
    """The kind of an error, when it happened, and through which of our functions, the deepest last.

    Args:
        error: what happened; nothing of its message is given.
        reference: of the same error in the log of the server.
        quand: local time.
    """
    steps = [
        f"{Path(frame.filename).relative_to(ROOT).as_posix()}:{frame.lineno} ({frame.name})"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(ROOT) and ".venv" not in Path(frame.filename).parts
    ]
    first = f"cpts-geo, erreur {reference}, le {quand:%d/%m/%Y à %H:%M:%S}\u00a0: {type(error).__name__}"
    return "\n".join([first, *steps])
