"""Every declared chart of the report, as series to be drawn."""

from collections.abc import Callable, Mapping

from cpts_geo.analyse.series import lieux, population, soins
from cpts_geo.analyse.series.contexte import Contexte
from cpts_geo.analyse.series.declares import CodeGraphique, declares
from cpts_geo.analyse.series.forme import Series


def familles() -> frozenset[str]:
    """The families of the report that have charts."""
    return frozenset(declared.famille for declared in declares().graphique.values())


def series_de(famille: str, context: Contexte) -> list[Series]:
    """What the charts of a family of the report show, in their declared order."""
    return [serie(code, context) for code, each in declares().graphique.items() if each.famille == famille]


def serie(code: CodeGraphique, context: Contexte) -> Series:
    """What one chart shows; KeyError when no chart has this code."""
    return _FAITES[code](context, code)


_FAITES: Mapping[CodeGraphique, Callable[[Contexte, CodeGraphique], Series]] = {
    "evolution": population.evolution,
    "pyramide": population.pyramide,
    "etat_civil": population.etat_civil,
    "medecin_traitant": soins.points,
    "urgences": lieux.urgences,
    "causes_deces": lieux.causes_deces,
    "densites": soins.points,
    "apl": soins.beside_france,
    "ages_generalistes": soins.ages_generalistes,
    "zonage_generalistes": soins.zonage,
    "zonage": soins.zonage,
}
