"""In charts of one line by indicator: figures that masked values leave open, words where there is none."""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from cpts_geo.dessin.style import DISCRET
from cpts_geo.socle.palette import palette

PAPIER = palette().papier
# Thickness of a bar, in lines, and size of the ticks at both of its ends, in pixels.
EPAISSEUR, BOUT_PX = 0.17, 14
# How far above the middle of its line, in lines, words stand clear of the marks of other zones.
AU_DESSUS = 0.38


class Fourchette(NamedTuple):
    """Where a figure may be, on which line, and what is said when it is pointed at."""

    ligne: float
    bas: float
    haut: float
    texte: str


def draw_fourchettes(figure: go.Figure, drawn: Sequence[Fourchette], couleur: str) -> None:
    """Draw hatched bars from the lowest to the highest value; nothing marks their middle.

    The ticks at both ends keep the shortest ones in sight.
    """
    if not drawn:
        return
    figure.add_bar(
        orientation="h",
        y=[each.ligne for each in drawn],
        base=[each.bas for each in drawn],
        x=[each.haut - each.bas for each in drawn],
        width=EPAISSEUR,
        marker={
            "color": PAPIER,
            "line": {"color": couleur, "width": 1},
            "pattern": {"shape": "/", "size": 5, "solidity": 0.4, "fgcolor": couleur, "bgcolor": PAPIER},
        },
        hovertext=[each.texte for each in drawn],
        hoverinfo="text",
        showlegend=False,
    )
    figure.add_scatter(
        mode="markers",
        x=[end for each in drawn for end in (each.bas, each.haut)],
        y=[each.ligne for each in drawn for _ in range(2)],
        marker={"symbol": "line-ns-open", "size": BOUT_PX, "color": couleur, "line": {"width": 2}},
        hoverinfo="skip",
        showlegend=False,
    )
    # Bars are where they are said to be, whatever the others.
    figure.update_layout(barmode="overlay")


def write_in_line(figure: go.Figure, ligne: float, texte: str) -> None:
    """Write words at the beginning of a line, above the marks of the others, where no figure can be drawn."""
    figure.add_annotation(
        x=0,
        xref="x domain",
        xanchor="left",
        y=ligne - AU_DESSUS,
        yanchor="middle",
        text=texte,
        showarrow=False,
        font={"color": DISCRET, "size": 12},
    )
