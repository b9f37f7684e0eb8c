"""The charts of the report as still pictures for documents, drawn from the very same series."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, singledispatch
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager, ticker
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from cpts_geo.analyse.series.forme import Series
from cpts_geo.analyse.series.population import EtatCivil, Evolution, PyramideComparee
from cpts_geo.analyse.series.soins import BASE, Niveaux, Point, Points
from cpts_geo.dessin.polices import DOSSIER, FAMILLE, dessinable, ordinaire, secours
from cpts_geo.dessin.style import DESSINS, DISCRET, ENCRE, GRILLE
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


def graphique_statique(series: Series) -> GraphiqueStatique | None:
    """Series as a still picture; None when there is nothing to show.

    Raises:
        TypeError: documents do not show such series.
    """
    if not series.connue:
        return None
    names = "".join(zone.nom for zone in series.zones)
    _load_font()
    with mpl.rc_context({**_STYLE, "font.family": [FAMILLE, *([] if ordinaire(names) else _others())]}):
        figure = _drawn(series)
        written = StringIO()
        # `savefig` would lay the figure out twice.
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(written, metadata={"Date": None, "Creator": "cpts-geo"})
    return GraphiqueStatique(series.code, series.titre, written.getvalue(), series.texte, series.mention)


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


@singledispatch
def _drawn(series: Series) -> Figure:
    raise TypeError(type(series).__name__)


@_drawn.register
def _evolution(series: Evolution) -> Figure:
    figure, axes = _frame(6.2)
    for zone, chronique in series.courbes:
        look = DESSINS[zone.genre]
        if chronique.indices:
            axes.plot(
                list(chronique.annees),
                _with_gaps(chronique.indices),
                label=dessinable(zone.nom),
                color=look.couleur,
                linestyle=TRAITS[look.trait],
                linewidth=2.6 if zone is series.zones[0] else 1.6,
            )
    axes.axhline(100, color=DISCRET, linewidth=0.8)
    axes.yaxis.set_major_formatter(_french)
    axes.xaxis.set_major_locator(ticker.MaxNLocator(integer=True))
    axes.grid(axis="y", color=GRILLE)
    return _finished(figure, axes)


@_drawn.register
def _etat_civil(series: EtatCivil) -> Figure:
    figure, axes = _frame(5.6)
    for name, counts, colour, style, mark in (
        ("Naissances", series.naissances, palette().naissances, "-", "o"),
        ("Décès", series.deces, palette().deces, "--", "s"),
    ):
        years, values = list(counts.annees), _with_gaps(counts.valeurs)
        axes.plot(years, values, label=name, color=colour, linestyle=style, marker=mark, ms=4)
    axes.set_ylim(0, _HEADROOM * axes.dataLim.ymax)
    axes.yaxis.set_major_formatter(_french)
    axes.xaxis.set_major_locator(ticker.MaxNLocator(integer=True))
    axes.grid(axis="y", color=GRILLE)
    return _finished(figure, axes)


@_drawn.register
def _pyramide(series: PyramideComparee) -> Figure:
    figure, axes = _rows(series.territoire.ages)
    for cote, side, colour in zip(series.cotes, (-1, 1), (palette().hommes, palette().femmes), strict=True):
        widths = [side * share for share in cote.parts]
        bars = axes.barh(range(len(widths)), widths, color=colour, label=cote.nom)
        axes.bar_label(bars, [pourcent(share) for share in cote.parts], padding=3, fontsize=8)
    edge = 1.25 * max(abs(each) for each in axes.get_xlim())
    axes.set_xlim(-edge, edge)
    axes.invert_yaxis()  # the oldest on top, as in every pyramid
    axes.xaxis.set_visible(False)
    return _finished(figure, axes)


@_drawn.register
def _points(series: Points) -> Figure:
    """One line by indicator, one mark by zone, a bar from end to end where masked values leave a doubt."""
    figure, axes = _rows([item.libelle for item in series.indicateurs])
    last = len(series.marques) - 1
    for rank, (zone, points) in enumerate(series.marques):
        look, shift = DESSINS[zone.genre], _ZONE * (rank - last / 2)
        known = [(point, row + shift) for row, point in enumerate(points) if point]
        exact = [(point.exact, y) for point, y in known if point.exact is not None]
        axes.scatter(
            [x for x, _ in exact],
            [y for _, y in exact],
            label=dessinable(zone.nom),
            color=look.couleur,
            marker=MARQUES[look.symbole],
            s=48 if rank == 0 else 26,
            zorder=3,
            edgecolors=PAPIER,
            linewidths=0.5,
        )
        _draw_framed(axes, [(point, y) for point, y in known if point.exact is None], look.couleur)
    _write_absences(axes, series.absences, -_ABOVE)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(_french)
    axes.grid(axis="x", color=GRILLE)
    _finished(figure, axes)
    if series.relatif:
        axes.axvline(BASE, color=ENCRE, linewidth=1.4)
        axes.set_xlabel("France = 100")
    return figure


def _draw_framed(axes: Axes, framed: Sequence[tuple[Point, float]], colour: str) -> None:
    """Hatched bars from the lowest to the highest value, a tick at both ends; nothing marks their middle."""
    for point, y in framed:
        axes.barh(
            y,
            point.haut - point.bas,
            left=point.bas,
            height=0.11,
            facecolor=PAPIER,
            edgecolor=colour,
            hatch="/////",
            linewidth=0.6,
            zorder=3,
        )
    ends = [(end, y) for point, y in framed for end in (point.bas, point.haut)]
    axes.scatter([x for x, _ in ends], [y for _, y in ends], color=colour, marker="|", s=45, zorder=3)


def _write_absences(axes: Axes, absences: Sequence[str], shift: float = 0.0) -> None:
    """Write, at the beginning of a line, why the territory has no figure there."""
    for row, words in enumerate(absences):
        if words:
            axes.annotate(
                words,
                (0, row + shift),
                xycoords=("axes fraction", "data"),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=8,
                color=DISCRET,
            )


@_drawn.register
def _niveaux(series: Niveaux) -> Figure:
    figure, axes = _rows(series.professions)
    lefts = [0.0] * len(series.professions)
    hatchings = dict(zip(palette().zonage, HACHURES, strict=True))
    for part in series.parts:
        values = [0.0 if value is None else value for value in part.valeurs]
        bars = axes.barh(
            range(len(values)),
            values,
            left=lefts,
            label=part.nom,
            color=palette().zonage[part.code],
            hatch=hatchings[part.code],
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
    _write_absences(axes, series.absences)
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter(lambda value, _: pourcent(value, 0))
    return _finished(figure, axes)


# Lines between the marks of two zones, and from the middle of a line to words that stand clear of them.
_ZONE, _ABOVE = 0.15, 0.36
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


def _with_gaps(values: Sequence[float | None]) -> list[float]:
    """The values, a line being broken where one is missing."""
    return [math.nan if value is None else value for value in values]


def _french(value: float, _: object) -> str:
    return entier(value) if float(value).is_integer() else decimal(value)
