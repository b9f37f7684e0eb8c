"""Which project is which: a name drawn at random, once, that the address and the browser keep."""

import re
import secrets
import string

# Twelve of sixty-two signs: two projects never bear the same, and a double click selects the whole.
_SIGNES, _LONGUEUR = string.ascii_letters + string.digits, 12
_FORME = re.compile(r"[A-Za-z0-9]{8,24}")


def nouvelle_identite() -> str:
    """An identity that no project bears."""
    return "".join(secrets.choice(_SIGNES) for _ in range(_LONGUEUR))


def identite_lue(text: str) -> str:
    """The identity that a person's address or browser holds; empty when it has not the form of one."""
    return text if _FORME.fullmatch(text) else ""
