"""What charts and sentences are about: a territory among its département, its région and France."""

from cpts_geo.analyse.series.contexte import Contexte, contexte
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire


def named(nom: str, *codes: str) -> Contexte:
    """The territory of these communes under this name."""
    data = donnees()
    return contexte(
        Territoire(nom, codes), data.agregateur, data.catalogue, data.referentiel, data.chroniques
    )


def of(*codes: str) -> Contexte:
    """The territory of these communes."""
    return named("Ici", *codes)
