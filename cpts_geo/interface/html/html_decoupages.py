"""How a territory cuts the zones it stands on, and the CPTS around it, as HTML that templates draw."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Template

from cpts_geo.analyse import cpts_voisines as voisines
from cpts_geo.analyse import decoupages
from cpts_geo.analyse.decoupages import Decoupage
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.socle import nombres
from cpts_geo.socle.gabarits import environnement
from cpts_geo.socle.textes import capitale


def table(found: Sequence[Decoupage], referentiel: Referentiel) -> str:
    """Show the sentence, and the table of every zone under it."""
    return _template("rapport_decoupages.html").render(
        decoupages=found,
        phrase=decoupages.phrase(found),
        notes=decoupages.notes(found, referentiel),
    )


def cpts_voisines(codes: Sequence[str], donnees: Donnees) -> str:
    """Show what is known of the CPTS that exist already, a line for each sentence."""
    return _template("rapport_cpts.html").render(
        titre=voisines.titre(), phrases=voisines.phrases(codes, donnees)
    )


@cache
def _template(name: str) -> Template:
    environment = environnement()
    environment.filters |= {"capitale": capitale, "entier": nombres.entier}
    return environment.get_template(name)
