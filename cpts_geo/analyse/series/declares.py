"""The charts of the report as they are declared."""

import tomllib
from functools import cache
from typing import Any

from cpts_geo.socle.chemins import DECLARATIONS


@cache
def declares() -> dict[str, Any]:
    """What the data file declares of each chart, by code, in order."""
    return tomllib.loads((DECLARATIONS / "graphiques.toml").read_text(encoding="utf-8"))
