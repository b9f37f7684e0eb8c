"""The live panel beside the map, as HTML that a template draws."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from cpts_geo import nombres
from cpts_geo.chemins import ASSETS
from cpts_geo.taille import Bareme, Classement


def accueil() -> str:
    """Say what to do while the territory is empty."""
    return _template("accueil.html").render()


def synthese(classement: Classement, bareme: Bareme, sans_contour: Sequence[str] = ()) -> str:
    """Show the population of the territory and its Taille, on a gauge of all classes.

    Args:
        classement: class of the territory.
        bareme: all the classes and thresholds.
        sans_contour: names of the communes of the territory that the map cannot draw.
    """
    return _template("synthese.html").render(
        classement=classement,
        bareme=bareme,
        repere=_mark(classement, bareme),
        sans_contour=sans_contour,
    )


def _mark(classement: Classement, bareme: Bareme) -> float:
    """Place of the population on the gauge, in percent: all classes are given the same width."""
    rank = bareme.classes.index(classement.classe)
    return round(100 * (rank + classement.position) / len(bareme.classes), 2)


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(ASSETS / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"entier": nombres.entier, "euros": nombres.euros}
    return environment.get_template(name)
