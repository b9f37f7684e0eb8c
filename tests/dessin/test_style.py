"""Charts look alike, with French numbers."""

import plotly.graph_objects as go

from cpts_geo.dessin.style import SEPARATEURS, config, dress


def test_rows_are_named_from_the_top() -> None:
    figure = go.Figure()
    dress(figure, height=200, lines=["Premier", "Second"])
    assert list(figure.layout.yaxis.ticktext) == ["Premier", "Second"]
    assert figure.layout.yaxis.range == (1.5, -0.5)
    assert figure.layout.separators == SEPARATEURS == ",\u202f"


def test_a_chart_can_only_be_saved_as_a_picture() -> None:
    given = config("essai")
    assert given["modeBarButtons"] == [["toImage"]]
    assert given["toImageButtonOptions"] == {"format": "png", "filename": "essai", "scale": 2}
