"""The script of the map as browsers get it: at an address that changes with it, so that they keep it.

It comes in some thirty modules: asking of each whether it has changed would delay the map at every visit.
"""

import hashlib
from functools import cache

from cpts_geo.socle.chemins import ASSETS

DOSSIER = ASSETS / "carte"
_LONGUEUR = 16


@cache
def adresse() -> str:
    """Where the folder of the script is served, as long as this server runs."""
    digest = hashlib.sha256()
    for path in sorted(path for path in DOSSIER.rglob("*") if path.is_file()):
        digest.update(path.relative_to(DOSSIER).as_posix().encode() + b"\0" + path.read_bytes())
    return f"/assets/carte-{digest.hexdigest()[:_LONGUEUR]}"
