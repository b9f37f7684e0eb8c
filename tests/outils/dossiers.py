"""Territories whose documents are looked at: rural, a city, many communes; and what hostile people type."""

from datetime import date
from functools import cache

from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet, Scenario
from cpts_geo.projet.territoire import Territoire

JOUR = date(2026, 1, 31)
HOSTILES = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    '#import "x": * $x$ _a_ \\ @b',
    "{{ 7*7 }} {% raw %}",
    "gnp.\u202eexe\u2066",
    "mot" * 3_334,
)


def around(code: str, count: int) -> tuple[str, ...]:
    """The communes nearest to one."""
    communes = donnees().referentiel.communes
    here = communes.loc[code]
    distance = (communes["lon"] - here["lon"]) ** 2 + (communes["lat"] - here["lat"]) ** 2
    return tuple(distance.sort_values().index[:count])


RURAL = Territoire("CPTS du Lauragais", around("11076", 35))
VILLE = Territoire("CPTS de Toulouse", ("31555", "31069", "31149"))
GRAND = Territoire("CPTS du Couserans", around("09122", 150))
TERRITOIRES = {"rural": RURAL, "ville": VILLE, "grand": GRAND}


@cache
def dossier(territoire: Territoire) -> Dossier:
    """The dossier of a territory, whose figures and drawings are worked out once for all that look at it."""
    return Dossier.open_projet(Projet.nouveau(territoire), JOUR, donnees())


@cache
def hostile() -> Dossier:
    """Two scenarios and local figures, all named by hostile people."""
    scenarios = (
        Scenario(1, Territoire(" ".join(HOSTILES[:5]), RURAL.codes), "vert", "\n".join(HOSTILES)),
        Scenario(2, Territoire(HOSTILES[5], RURAL.codes[:9]), "bleu"),
    )
    locales = tuple(
        DonneeLocale(text, text, "effectif", text, text, par_scenario=((1, 12.5),)) for text in HOSTILES
    )
    return Dossier.open_projet(Projet(scenarios, 1, locales), JOUR, donnees())
