"""The live panel beside the map, as HTML that a template draws."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Template

from cpts_geo.analyse.panneau import LignesDuPanneau
from cpts_geo.analyse.taille import Bareme, Classement
from cpts_geo.indicateurs import affichage
from cpts_geo.socle import nombres
from cpts_geo.socle.gabarits import environnement


def accueil() -> str:
    """Say what to do while the territory is empty."""
    return _template("accueil.html").render()


def synthese(classement: Classement, bareme: Bareme, millesime: str, sans_contour: Sequence[str] = ()) -> str:
    """Show the population of the territory and its Taille, on a gauge of all classes.

    Args:
        classement: class of the territory.
        bareme: all the classes and thresholds.
        millesime: vintage of the population.
        sans_contour: names of the communes of the territory that the map cannot draw.
    """
    return _template("synthese.html").render(
        classement=classement,
        bareme=bareme,
        millesime=millesime,
        repere=_mark(classement, bareme),
        sans_contour=sans_contour,
    )


def offre(lignes: LignesDuPanneau) -> str:
    """Show the care offer of the territory beside its région and France, with its sources."""
    sources = dict.fromkeys(ligne.indicateur.citation_courte for ligne in lignes.lignes)
    return _template("offre.html").render(lignes=lignes, nom_region=lignes.region, sources=list(sources))


def _under(label: str, title: str) -> str:
    """A label that does not repeat what the title above it says."""
    return label.replace(f", {title[:1].lower()}{title[1:]}", "")


def _mark(classement: Classement, bareme: Bareme) -> float:
    """Place of the population on the gauge, in percent: all classes are given the same width."""
    rank = bareme.classes.index(classement.classe)
    return round(100 * (rank + classement.position) / len(bareme.classes), 2)


@cache
def _template(name: str) -> Template:
    environment = environnement()
    environment.filters |= {
        "entier": nombres.entier,
        "euros": nombres.euros,
        "sous": _under,
        "valeur": affichage.valeur,
        "effectif": affichage.effectif,
        "marque": affichage.marque,
        "mention_zone": affichage.mention,
        "reserve": affichage.reserve,
    }
    return environment.get_template(name)
