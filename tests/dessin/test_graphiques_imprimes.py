"""Printed charts draw the series that the screen draws."""

import xml.etree.ElementTree as ET

import pytest

from cpts_geo.analyse.series.declares import CodeGraphique
from cpts_geo.analyse.series.toutes import serie
from cpts_geo.dessin.graphiques_imprimes import graphique_statique
from cpts_geo.documents.trame import BlocGraphique, trame
from cpts_geo.indicateurs.donnees import donnees
from tests.outils.contextes import named

OLERON = donnees().referentiel.codes("epci", "241700624")


def printed() -> list[CodeGraphique]:
    """The charts that documents ask for."""
    return sorted({bloc.graphique for bloc in trame().blocs.values() if isinstance(bloc, BlocGraphique)})


@pytest.mark.parametrize("code", printed())
def test_what_documents_ask_for_is_drawn_with_its_words(code: CodeGraphique) -> None:
    series = serie(code, named("$x^2$ 中文", *OLERON))
    drawn = graphique_statique(series)
    assert drawn is not None
    assert (drawn.code, drawn.titre, drawn.texte) == (series.code, series.titre, series.texte)
    assert ET.fromstring(drawn.svg).tag.endswith("svg")  # noqa: S314 - drawn by us
    assert graphique_statique(serie(code, named("$x^2$ 中文", *OLERON))) == drawn


def test_documents_ask_for_charts() -> None:
    assert len(printed()) >= 5


def test_what_is_not_known_is_not_drawn() -> None:
    assert graphique_statique(serie("evolution", named("Mayotte", "97611"))) is None


def test_what_nobody_can_draw_is_refused() -> None:
    with pytest.raises(TypeError):
        graphique_statique(serie("causes_deces", named("Oléron", *OLERON)))


@pytest.mark.parametrize(
    ("codes", "code", "drawn"),
    [
        (("23176", "23097"), "medecin_traitant", True),
        (("97608",), "medecin_traitant", True),
        (("76095",), "etat_civil", True),
        (("97608",), "etat_civil", True),
        (("49126",), "etat_civil", False),
        (("49126",), "apl", False),
    ],
)
def test_what_is_masked_or_missing_is_drawn_as_it_is_known(
    codes: tuple[str, ...], code: CodeGraphique, *, drawn: bool
) -> None:
    made = graphique_statique(serie(code, named("Ici", *codes)))
    assert (made is not None) is drawn
    if made:
        assert "nan" not in made.svg.lower().partition("<defs")[2].replace("finance", "")
        assert ("hachurée" in made.mention) is (codes == ("23176", "23097"))
