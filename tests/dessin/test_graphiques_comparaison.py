"""Charts that compare scenarios."""

import re

import plotly.graph_objects as go
import pytest

from cpts_geo.analyse.comparaison import Comparaison, Reperes, compare_scenarios, declaration
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.dessin import graphiques_comparaison
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire

LIMOGES_METROPOLE = donnees().referentiel.codes("epci", "248719312")
GENERALISTES = "densite_medecins_generalistes"


def compared(*territoires: Territoire) -> Comparaison:
    made = Projet.nouveau(territoires[0])
    for each in territoires[1:]:
        made = made.create().draw_territoire(each)
    keys = [scenario.cle for scenario in made.scenarios]
    return compare_scenarios(made, keys, donnees().agregateur, donnees().referentiel, load_bareme())


def charts(comparaison: Comparaison) -> dict[str, graphiques_comparaison.Graphique]:
    reperes = Reperes.autour(comparaison.comparees[0], donnees().agregateur, donnees().referentiel)
    return graphiques_comparaison.tous(comparaison, reperes, donnees().catalogue, load_bareme())


@pytest.fixture(scope="module")
def limoges() -> Comparaison:
    return compared(
        Territoire("Limoges Métropole", LIMOGES_METROPOLE), Territoire("Sans trois", LIMOGES_METROPOLE[:-3])
    )


def notes(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_every_declared_chart_is_drawn(limoges: Comparaison) -> None:
    assert set(charts(limoges)) == set(declaration().graphiques)


def test_figures_are_french_and_nothing_can_be_dragged(limoges: Comparaison) -> None:
    for chart in charts(limoges).values():
        assert chart.figure.layout.separators == ",\u202f"
        assert chart.figure.layout.xaxis.fixedrange
        assert chart.figure.layout.dragmode is False


def test_population_with_the_thresholds(limoges: Comparaison) -> None:
    chart = charts(limoges)["population"]
    whole, less = limoges.fiches
    (bars,) = chart.figure.data
    assert list(bars.x) == [whole.population, less.population]
    assert list(bars.marker.color) == ["#facc15", "#56b4e9"]
    assert [shape.x0 for shape in chart.figure.layout.shapes] == [40_000, 80_000, 175_000]
    assert {"40\u202f000", "80\u202f000", "175\u202f000"} <= set(notes(chart.figure))
    assert chart.texte.startswith("Limoges Métropole\u00a0: 207\u202f")


def test_the_next_threshold_is_always_in_sight() -> None:
    chart = charts(compared(Territoire("Petit", ("23176",))))["population"]
    assert [shape.x0 for shape in chart.figure.layout.shapes] == [40_000]
    assert chart.figure.layout.xaxis.range[1] > 40_000


def test_densities_are_read_beside_france(limoges: Comparaison) -> None:
    chart = charts(limoges)["densites"]
    rank = declaration().graphiques["densites"].indicateurs.index(GENERALISTES)
    names = [cle.nom for cle in chart.cles]
    assert names == ["Limoges Métropole", "Sans trois", "Nouvelle-Aquitaine"]
    local = donnees().agregateur.territoire(LIMOGES_METROPOLE)[GENERALISTES].valeur
    france = donnees().agregateur.france()[GENERALISTES].valeur
    assert local is not None
    assert france is not None
    assert chart.figure.data[0].x[rank] == pytest.approx(100 * (local - france) / france)


def test_ages_make_the_whole_population(limoges: Comparaison) -> None:
    chart = charts(limoges)["ages"]
    for line in range(3):
        # France too, whose young are known overseas when the other classes are not.
        assert sum(bars.x[line] for bars in chart.figure.data) == pytest.approx(100)


def test_ages_are_of_one_census_and_a_line_without_them_says_so(limoges: Comparaison) -> None:
    items = [donnees().catalogue[code] for code in declaration().graphiques["ages"].indicateurs]
    assert {item.source.code for item in items} == {"rp_2022"}
    chart = charts(compared(Territoire("Basse-Terre", ("97105",)), Territoire("Limoges", ("87085",))))["ages"]
    assert {bars.x[0] for bars in chart.figure.data} == {None}
    assert "non disponible" in notes(chart.figure)
    assert "non disponible" not in notes(charts(limoges)["ages"].figure)


def test_masked_figures_are_bars_from_end_to_end_without_a_point() -> None:
    pays_basque = donnees().referentiel.codes("epci", "200067106")
    comparaison = compared(Territoire("Pays basque", pays_basque[:60]))
    chart = charts(comparaison)["besoins"]
    codes = declaration().graphiques["besoins"].indicateurs
    results = [comparaison.resultats[1][code] for code in codes]
    dots, bars, ends = chart.figure.data[:3]
    assert list(dots.x) == [showable(each).exacte for each in results]
    framed = [(each.borne_basse, each.borne_haute) for each in results if each.encadre]
    assert framed
    assert list(bars.base) == [low for low, _ in framed]
    assert list(ends.x) == [end for bounds in framed for end in bounds]
    assert bars.marker.pattern.shape == "/"


def test_what_too_few_people_bear_is_not_drawn_and_said() -> None:
    creuse = donnees().referentiel.codes("departement", "23")
    chart = charts(compared(Territoire("Creuse", creuse), Territoire("Limoges", ("87085",))))["besoins"]
    rank = declaration().graphiques["besoins"].indicateurs.index("taux_pauvrete")
    assert chart.figure.data[0].x[rank] is None
    words = "Creuse, connu pour 20\u00a0% des habitants seulement (Taux de pauvreté)"
    assert words in chart.mention
    assert "Creuse connu pour 20\u00a0% des habitants seulement" in chart.texte


def test_what_is_missing_is_not_drawn_as_zero() -> None:
    chart = charts(compared(Territoire("Mayotte", ("97611",)), Territoire("Limoges", ("87085",))))["besoins"]
    rank = declaration().graphiques["besoins"].indicateurs.index("sans_medecin_traitant")
    assert chart.figure.data[0].x[rank] is None
    assert "Mayotte non disponible" in chart.texte
    assert "Mayotte, non disponible (" in chart.mention
    assert not re.search(r"\b(nan|None)\b", chart.texte)


def test_series_are_told_apart_without_colours(limoges: Comparaison) -> None:
    keys = charts(limoges)["besoins"].cles
    assert len({cle.symbole for cle in keys}) == len(keys)


def test_a_name_is_only_text() -> None:
    comparaison = compared(Territoire("<b>Limoges</b>", ("87085",)))
    drawn = charts(comparaison)
    assert any("&lt;b&gt;Limoges&lt;/b&gt;" in note for note in notes(drawn["population"].figure))
    assert drawn["densites"].cles[0].nom == "<b>Limoges</b>", "the page escapes it"
    assert "<b>Limoges</b>" not in drawn["densites"].figure.data[0].hovertext[0]
