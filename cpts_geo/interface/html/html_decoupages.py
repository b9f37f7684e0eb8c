"""How a territory cuts the zones it stands on, as HTML that a template draws."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Template

from cpts_geo.analyse import decoupages
from cpts_geo.analyse.decoupages import Decoupage
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.socle import nombres
from cpts_geo.socle.gabarits import environnement
from cpts_geo.socle.textes import capitale


def table(found: Sequence[Decoupage], referentiel: Referentiel) -> str:
    """Show the sentence, and the table of every zone under it."""
    return _template().render(
        decoupages=found,
        phrase=decoupages.phrase(found),
        notes=decoupages.notes(found, referentiel),
    )


@cache
def _template() -> Template:
    environment = environnement()
    environment.filters |= {"capitale": capitale, "entier": nombres.entier}
    return environment.get_template("rapport_decoupages.html")
