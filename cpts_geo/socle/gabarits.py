"""Templates of HTML and SVG: what people typed is always text, and a word that is missing is an error."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cpts_geo.socle.chemins import ASSETS
from cpts_geo.socle.palette import palette


def environnement() -> Environment:
    """The templates of `assets/templates`, which know the palette; each page adds its own filters."""
    environment = Environment(
        loader=FileSystemLoader(ASSETS / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["palette"] = palette()
    return environment
