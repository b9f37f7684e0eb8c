"""Local figures as HTML, marked as such."""

from functools import cache

from jinja2 import Template

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.affichage import COUVERTURE_PLEINE
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.projet import Projet
from cpts_geo.socle.gabarits import environnement
from cpts_geo.socle.nombres import ABSENT, decimal, decimales, pluriel, pourcent


def tableau(projet: Projet, referentiel: Referentiel) -> str:
    """Show every local figure over the scenario being drawn; empty when there is none."""
    if not projet.locales:
        return ""
    populations = {code: referentiel.population([code]) for code in projet.territoire.codes}
    lignes = [(donnee, donnee.resultat(projet.actif, populations)) for donnee in projet.locales]
    return _template().render(lignes=lignes)


def valeur_locale(resultat: Resultat) -> str:
    """The figure with the decimals that it has; a range when it does not add up, or when some are masked."""
    low, high = nombre(resultat.borne_basse), nombre(resultat.borne_haute)
    if low == high:
        return low
    if masked := resultat.communes_masquees:
        return f"{low} à {high}, chiffre masqué dans {pluriel(masked, 'commune')}"
    return f"{low} à {high} selon les communes"


def couverte(resultat: Resultat) -> str:
    """Whom the figure covers."""
    if resultat.borne_basse is None:
        return "aucune commune du territoire"
    if resultat.couverture_encadree >= COUVERTURE_PLEINE:
        return "tout le territoire"
    return f"{pourcent(resultat.couverture_encadree, 0)} des habitants"


def nombre(value: float | None) -> str:
    """A local figure as people typed it, at two decimals at most."""
    return ABSENT if value is None else decimal(value, decimales([value]))


@cache
def _template() -> Template:
    environment = environnement()
    environment.filters |= {"valeur_locale": valeur_locale, "couverte": couverte}
    return environment.get_template("locales.html")
