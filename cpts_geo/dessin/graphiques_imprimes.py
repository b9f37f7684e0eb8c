"""The charts of the report as still pictures for documents, drawn from the very same tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib import font_manager, ticker
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from cpts_geo.dessin.graphiques_rapport import Contexte, GraphiqueRapport, Zone
from cpts_geo.dessin.polices import DOSSIER, FAMILLE, dessinable, ordinaire, secours
from cpts_geo.dessin.style import DISCRET, ENCRE, GRILLE
from cpts_geo.socle.nombres import decimal, entier, pourcent
from cpts_geo.socle.palette import palette

_CM = 1 / 2.54
LARGEUR_CM, LIGNE_CM, PIED_CM, PLUS_PETITE_CM = 17.0, 0.72, 1.9, 5.0
PAPIER = palette().papier
# Besides colours, for who prints in grey: both ends of the scale of zoning are dark.
HACHURES = ("", "////", "....", "", "\\\\\\\\", "", "xxxx")
MARQUES = {"circle": "o", "square": "s", "diamond": "D", "x": "X"}
TRAITS = {"solid": "-", "dash": "--", "dashdot": "-.", "dot": ":"}
_STYLE: dict[Any, Any] = {
    "font.size": 9,
    "text.color": ENCRE,
    "axes.edgecolor": GRILLE,
    "axes.labelcolor": ENCRE,
    "xtick.color": DISCRET,
    "ytick.color": ENCRE,
    "hatch.linewidth": 0.5,
    "hatch.color": PAPIER,
    "svg.fonttype": "path",
    "svg.hashsalt": "cpts-geo",
    # What people typed is never a formula.
    "text.parse_math": False,
}


@dataclass(frozen=True, slots=True)
class GraphiqueStatique:
    """A chart as an SVG image, its title, what it says in words, and what must be known of it."""

    code: str
    titre: str
    svg: str
    texte: str
    mention: str


def graphique_statique(graphique: GraphiqueRapport, context: Contexte) -> GraphiqueStatique | None:
    """A chart of the report as a still picture; None when it has nothing to show.

    Raises:
        KeyError: documents do not show this chart.
    """
    draw = _DRAWN[graphique.code]
    if graphique.figure is None:
        return None
    names = "".join(zone.nom for zone in context.zones)
    _load_font()
    with mpl.rc_context({**_STYLE, "font.family": [FAMILLE, *([] if ordinaire(names) else _others())]}):
        figure = draw(graphique.table, context)
        written = StringIO()
        # `savefig` would lay the figure out twice.
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(written, metadata={"Date": None, "Creator": "cpts-geo"})
    return GraphiqueStatique(
        graphique.code, graphique.titre, written.getvalue(), graphique.texte, graphique.mention
    )


@cache
def _load_font() -> None:
    for style in ("Regular", "Semibold"):
        font_manager.fontManager.addfont(DOSSIER / f"SourceSansPro-{style}.ttf")


@cache
def _others() -> tuple[str, ...]:
    """The families to turn to when our own font has no glyph, loaded, as matplotlib names them."""
    names = []
    for regular, *_ in secours().values():
        font_manager.fontManager.addfont(regular)
        names.append(font_manager.fontManager.ttflist[-1].name)
    return tuple(names)


# ---- Drawings -------------------------------------------------------------------------------------------


def _evolution(table: pd.DataFrame, context: Contexte) -> Figure:
    figure, axes = _frame(6.2)
    years = table["Année"].tolist()
    for zone in context.zones:
        values = table[zone.colonne]
        if values.iloc[0]:
            axes.plot(
                years,
                (100 * values / values.iloc[0]).tolist(),
                label=dessinable(zone.nom),
                color=zone.couleur,
                linestyle=TRAITS[zone.trait],
                linewidth=2.6 if zone is context.territoire else 1.6,
            )
    axes.axhline(100, color=DISCRET, linewidth=0.8)
    axes.yaxis.set_major_formatter(_french)
    axes.xaxis.set_major_locator(ticker.MaxNLocator(integer=True))
    axes.grid(axis="y", color=GRILLE)
    return _finished(figure, axes)


def _etat_civil(table: pd.DataFrame, _: Contexte) -> Figure:
    figure, axes = _frame(5.6)
    years = table["Année"].tolist()
    for name, colour, style, mark in (
        ("Naissances", palette().naissances, "-", "o"),
        ("Décès", palette().deces, "--", "s"),
    ):
        axes.plot(years, table[name].tolist(), label=name, color=colour, linestyle=style, marker=mark, ms=4)
    axes.set_ylim(0, _HEADROOM * axes.dataLim.ymax)
    axes.yaxis.set_major_formatter(_french)
    axes.xaxis.set_major_locator(ticker.MaxNLocator(integer=True))
    axes.grid(axis="y", color=GRILLE)
    return _finished(figure, axes)


def _pyramide(table: pd.DataFrame, _: Contexte) -> Figure:
    figure, axes = _rows(table["Âge"].tolist())
    whole = float(table["Hommes"].sum() + table["Femmes"].sum())
    for name, side, colour in (("Hommes", -1, palette().hommes), ("Femmes", 1, palette().femmes)):
        shares = [100 * value / whole for value in table[name]]
        bars = axes.barh(range(len(shares)), [side * share for share in shares], color=colour, label=name)
        axes.bar_label(bars, [pourcent(share) for share in shares], padding=3, fontsize=8)
    edge = 1.25 * max(abs(each) for each in axes.get_xlim())
    axes.set_xlim(-edge, edge)
    axes.invert_yaxis()  # the oldest on top, as in every pyramid
    axes.xaxis.set_visible(False)
    return _finished(figure, axes)


def _points(table: pd.DataFrame, context: Contexte) -> Figure:
    """One line by indicator, one mark by zone."""
    return _marks(table, context.zones, [1.0] * len(table))


def _beside_france(table: pd.DataFrame, context: Contexte) -> Figure:
    """The same, in percent of France, which is the line."""
    scales = [100 / value if value else 0.0 for value in _values(table, context.france)]
    figure = _marks(table, context.zones[:-1], scales)
    axes = figure.axes[0]
    axes.axvline(100, color=ENCRE, linewidth=1.4)
    axes.set_xlabel("France = 100")
    return figure


def _marks(table: pd.DataFrame, zones: Sequence[Zone], scales: Sequence[float]) -> Figure:
    figure, axes = _rows(table["Indicateur"].tolist())
    for rank, zone in enumerate(zones):
        shift = 0.15 * (rank - (len(zones) - 1) / 2)
        points = [
            (value * scale, row + shift)
            for row, (value, scale) in enumerate(zip(_values(table, zone), scales, strict=True))
            if value is not None
        ]
        axes.scatter(
            [x for x, _ in points],
            [y for _, y in points],
            label=dessinable(zone.nom),
            color=zone.couleur,
            marker=MARQUES[zone.symbole],
            s=48 if rank == 0 else 26,
            zorder=3,
            edgecolors=PAPIER,
            linewidths=0.5,
        )
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(_french)
    axes.grid(axis="x", color=GRILLE)
    return _finished(figure, axes)


def _zonage(table: pd.DataFrame, _: Contexte) -> Figure:
    figure, axes = _rows(table["Profession"].tolist())
    lefts, colours = [0.0] * len(table), list(palette().zonage.values())
    for rank, name in enumerate(table.columns[1:]):
        values = [0.0 if pd.isna(value) else float(value) for value in table[name]]
        bars = axes.barh(
            range(len(values)),
            values,
            left=lefts,
            label=str(name),
            color=colours[rank],
            hatch=HACHURES[rank],
            edgecolor=PAPIER,
        )
        axes.bar_label(
            bars,
            [pourcent(value, 0) if value >= _LABELLED else "" for value in values],
            label_type="center",
            fontsize=8,
            bbox={"facecolor": PAPIER, "edgecolor": "none", "pad": 0.8, "alpha": 0.8},
        )
        lefts = [left + value for left, value in zip(lefts, values, strict=True)]
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter(lambda value, _: pourcent(value, 0))
    return _finished(figure, axes)


# Room above the highest point, as a multiple of it.
_HEADROOM = 1.08
# Under this share (%) a bar has no room for its figure.
_LABELLED = 6


# ---- Common parts ---------------------------------------------------------------------------------------


def _frame(height_cm: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(LARGEUR_CM * _CM, height_cm * _CM), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(length=0)
    return figure, axes


def _rows(names: Sequence[str]) -> tuple[Figure, Axes]:
    """A horizontal chart, whose rows bear these names, the first on top."""
    figure, axes = _frame(max(PLUS_PETITE_CM, LIGNE_CM * len(names) + PIED_CM))
    axes.set_yticks(range(len(names)), list(names))
    axes.set_ylim(len(names) - 0.5, -0.5)
    return figure, axes


def _finished(figure: Figure, axes: Axes) -> Figure:
    handles, _ = axes.get_legend_handles_labels()
    if handles:
        figure.legend(
            handles=handles,
            loc="outside lower center",
            ncols=min(4, len(handles)),
            frameon=False,
            fontsize=8.5,
        )
    return figure


def _values(table: pd.DataFrame, zone: Zone) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in table[zone.colonne]]


def _french(value: float, _: object) -> str:
    return entier(value) if float(value).is_integer() else decimal(value)


_DRAWN: dict[str, Callable[[pd.DataFrame, Contexte], Figure]] = {
    "evolution": _evolution,
    "pyramide": _pyramide,
    "etat_civil": _etat_civil,
    "medecin_traitant": _points,
    "densites": _points,
    "apl": _beside_france,
    "zonage": _zonage,
}
