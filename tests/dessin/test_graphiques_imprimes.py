"""Printed charts draw the series that the screen draws."""

import xml.etree.ElementTree as ET

import pytest

from cpts_geo.analyse.series.contexte import Contexte, contexte
from cpts_geo.analyse.series.toutes import serie
from cpts_geo.communes.referentiel import referentiel
from cpts_geo.dessin.graphiques_imprimes import graphique_statique
from cpts_geo.documents.dossier import declaration
from cpts_geo.indicateurs.agregation import agregateur
from cpts_geo.indicateurs.catalogue import catalogue
from cpts_geo.indicateurs.chroniques import chroniques
from cpts_geo.projet.territoire import Territoire

OLERON = referentiel().codes("epci", "241700624")


def of(nom: str, *codes: str) -> Contexte:
    return contexte(Territoire(nom, codes), agregateur(), catalogue(), referentiel(), chroniques())


def printed() -> list[str]:
    """The charts that documents ask for."""
    found: list[str] = []

    def look(declared: object) -> None:
        if isinstance(declared, dict):
            found.extend([declared["graphique"]] if isinstance(declared.get("graphique"), str) else [])
            for each in declared.values():
                look(each)
        elif isinstance(declared, list):
            for each in declared:
                look(each)

    look(declaration())
    return sorted(set(found))


@pytest.mark.parametrize("code", printed())
def test_what_documents_ask_for_is_drawn_with_its_words(code: str) -> None:
    series = serie(code, of("$x^2$ 中文", *OLERON))
    drawn = graphique_statique(series)
    assert drawn is not None
    assert (drawn.code, drawn.titre, drawn.texte) == (series.code, series.titre, series.texte)
    assert ET.fromstring(drawn.svg).tag.endswith("svg")  # noqa: S314 - drawn by us
    assert graphique_statique(serie(code, of("$x^2$ 中文", *OLERON))) == drawn


def test_documents_ask_for_charts() -> None:
    assert len(printed()) >= 5


def test_what_is_not_known_is_not_drawn() -> None:
    assert graphique_statique(serie("evolution", of("Mayotte", "97611"))) is None


def test_what_nobody_can_draw_is_refused() -> None:
    with pytest.raises(TypeError):
        graphique_statique(serie("causes_deces", of("Oléron", *OLERON)))
