"""The palette as the browser reads it: custom properties for styles, an object for the script of the map."""

import json
from functools import cache

from cpts_geo.socle.palette import palette


@cache
def css() -> str:
    """Each colour as a custom property named after what it means: `--limite-commune`."""
    lines = "".join(f"  --{name.replace('_', '-')}: {each};\n" for name, each in palette().nommees.items())
    return f":root {{\n{lines}}}\n"


@cache
def script() -> str:
    """Each colour in the object `PALETTE`, by its name."""
    return f"window.PALETTE = Object.freeze({json.dumps(palette().nommees)});\n"
