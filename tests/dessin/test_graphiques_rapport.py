"""The charts of the report draw its series."""

import pytest

from cpts_geo.analyse.series.declares import declares
from cpts_geo.analyse.series.toutes import serie
from cpts_geo.dessin.graphiques_rapport import figure
from cpts_geo.indicateurs.donnees import donnees
from tests.outils.contextes import named

OLERON = donnees().referentiel.codes("epci", "241700624")


@pytest.mark.parametrize("codes", [OLERON, ("97611",), ("75113",), ("15031",), ("2A004", "2B033")])
def test_every_series_in_which_something_is_known_is_drawn_without_gaps(codes: tuple[str, ...]) -> None:
    context = named("France", *codes)
    drawn = [figure(each) for each in (serie(code, context) for code in declares().graphique) if each.connue]
    assert len(drawn) >= 3
    for each in drawn:
        assert each.data
        assert "NaN" not in each.to_json()


def test_densities_are_those_of_the_territory() -> None:
    drawn = figure(serie("densites", named("Oléron", *OLERON)))
    value = donnees().agregateur.territoire(OLERON)["densite_medecins_generalistes"].valeur
    assert drawn.data[0].x[0] == pytest.approx(value)
    assert [trace.name for trace in drawn.data] == [
        "Oléron",
        "Charente-Maritime",
        "Nouvelle-Aquitaine",
        "France",
    ]


def test_figures_of_the_pyramid_stand_clear_of_the_marks_of_france() -> None:
    drawn = figure(serie("pyramide", named("Oléron", *OLERON)))
    bars = [trace for trace in drawn.data if trace.type == "bar"]
    assert [bar.insidetextanchor for bar in bars] == ["start", "start"]


def test_a_commune_at_no_distance_has_its_figure_and_france_is_named_above_the_bars() -> None:
    drawn = figure(serie("urgences", named("Toulouse", "31555", "31149")))
    assert drawn.data[0].text[-1] == "0,0 km"
    assert drawn.data[0].marker.line.width > 0, "otherwise plotly draws neither the bar nor its figure"
    assert [(each.text, each.yanchor) for each in drawn.layout.annotations] == [("France", "bottom")]


def test_thousands_are_parted_on_axes() -> None:
    assert figure(serie("causes_deces", named("Oléron", *OLERON))).layout.xaxis.separatethousands
    assert figure(serie("etat_civil", named("Oléron", *OLERON))).layout.yaxis.separatethousands


def test_zones_are_told_apart_by_colour_and_by_shape() -> None:
    drawn = figure(serie("densites", named("Oléron", *OLERON)))
    looks = [(trace.marker.color, trace.marker.symbol) for trace in drawn.data]
    assert len({colour for colour, _ in looks}) == len({shape for _, shape in looks}) == 4


def test_a_name_is_text_in_a_chart() -> None:
    drawn = figure(serie("densites", named("<b>x</b>", *OLERON)))
    assert drawn.data[0].name == "&lt;b&gt;x&lt;/b&gt;"


def test_masked_figures_are_bars_from_end_to_end_without_a_point() -> None:
    series = serie("medecin_traitant", named("Deux", "23176", "23097"))
    drawn = figure(series)
    marks, bars, ends = drawn.data[:3]
    framed = [point for point in series.marques[0].points if point.exact is None]
    assert framed
    assert [point.exact for point in series.marques[0].points] == list(marks.x)
    assert list(bars.base) == [point.bas for point in framed]
    assert [low + width for low, width in zip(bars.base, bars.x, strict=True)] == pytest.approx(
        [point.haut for point in framed]
    )
    assert bars.marker.pattern.shape == "/"
    assert list(ends.x) == [end for point in framed for end in point]


def test_a_line_without_a_figure_says_why() -> None:
    drawn = figure(serie("medecin_traitant", named("Mayotte", "97608")))
    assert [note.text for note in drawn.layout.annotations] == ["non disponible"] * 2
    assert list(drawn.data[0].x[:2]) == [None, None]


def test_births_that_are_missing_are_a_gap() -> None:
    births, deaths = figure(serie("etat_civil", named("Bihorel", "76095"))).data
    missing = [year for year, value in zip(births.x, births.y, strict=True) if value is None]
    assert missing == [2011, 2012, 2013]
    assert 0 not in deaths.y
