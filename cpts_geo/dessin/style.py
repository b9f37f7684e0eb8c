"""How charts look: one font, one ink, French numbers, legible on a projector."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    # Long to import, and of no use to printed charts, which share these colours.
    import plotly.graph_objects as go

from cpts_geo.socle.palette import palette

POLICE = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
ENCRE, DISCRET, GRILLE = palette().encre, palette().discret, palette().grille
TRANSPARENT = "rgba(0,0,0,0)"
TAILLE_TEXTE = 14


class TraceZone(NamedTuple):
    """How a zone is told apart from those beside it: a colour, a mark and a line, as plotly names them."""

    couleur: str
    symbole: str
    trait: str


# By kind of zone.
DESSINS = {
    "territoire": TraceZone(palette().territoire, "circle", "solid"),
    "departement": TraceZone(palette().departement, "square", "dash"),
    "region": TraceZone(palette().region, "diamond", "dashdot"),
    "france": TraceZone(palette().france, "x", "dot"),
}
# What plotly says in English otherwise, under each spelling that it has had.
_DICTIONNAIRE = dict.fromkeys(
    ("Download plot as a PNG", "Download plot as a png", "Download plot"), "Télécharger l’image (PNG)"
) | {
    "Taking snapshot - this may take a few seconds": "Préparation de l’image…",
    "Snapshot succeeded": "Image téléchargée",
    "Sorry, there was a problem downloading your snapshot!": "L’image n’a pas pu être téléchargée.",
}
_FORMAT = {"decimal": ",", "thousands": "\u202f"}
# A decimal comma, and a narrow no-break space between thousands.
SEPARATEURS = ",\u202f"


def dress(figure: "go.Figure", height: int, lines: Sequence[str] | None = None) -> None:
    """Dress a chart: legend below, nothing that a finger could drag; `lines` name its rows, the first on top.

    Args:
        figure: the chart, changed in place.
        height: in pixels.
        lines: names of the rows 0, 1, 2… of a horizontal chart.
    """
    figure.update_layout(
        height=height,
        separators=SEPARATEURS,
        font={"family": POLICE, "size": TAILLE_TEXTE, "color": ENCRE},
        paper_bgcolor=TRANSPARENT,
        plot_bgcolor=TRANSPARENT,
        margin={"l": 8, "r": 16, "t": 30, "b": 8},
        modebar={"bgcolor": TRANSPARENT, "color": DISCRET, "activecolor": ENCRE},
        dragmode=False,
        showlegend=True,
        legend={"orientation": "h", "yanchor": "top", "y": -0.12, "x": 0, "xanchor": "left"},
        hoverlabel={"font": {"family": POLICE, "size": TAILLE_TEXTE}, "align": "left"},
    )
    figure.update_xaxes(fixedrange=True, gridcolor=GRILLE)
    figure.update_yaxes(fixedrange=True, automargin=True, gridcolor=GRILLE)
    if lines is not None:
        figure.update_yaxes(
            autorange=False,
            range=[len(lines) - 0.5, -0.5],
            tickmode="array",
            tickvals=list(range(len(lines))),
            ticktext=list(lines),
            showgrid=False,
            zeroline=False,
        )


def config(name: str) -> dict[str, object]:
    """What the browser may do with a chart: save it as a picture of this name, sharp on a projector."""
    picture = {"format": "png", "filename": name, "scale": 2}
    kept = ["toImage"]
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [kept],
        "toImageButtonOptions": picture,
        "scrollZoom": False,
        "doubleClick": False,
        "locale": "fr",
        "locales": {"fr": {"dictionary": _DICTIONNAIRE, "format": _FORMAT}},
    }
