"""Charts that compare scenarios, as plotly figures with French numbers.

Names are written above what they name, and the keys are left to the page: a chart keeps its whole width,
on a phone as on a projector.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle

import plotly.graph_objects as go

from cpts_geo.analyse.comparaison import Comparaison, FicheScenario, Reperes, declaration
from cpts_geo.analyse.series.forme import non_dessine
from cpts_geo.analyse.taille import Bareme
from cpts_geo.dessin.fourchettes import AU_DESSUS, Fourchette, draw_fourchettes, write_in_line
from cpts_geo.dessin.style import DISCRET, ENCRE, GRILLE, POLICE, SEPARATEURS, TRANSPARENT
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.agregation import Resultats
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.couverture import comparable
from cpts_geo.indicateurs.ecarts import Intervalle
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.projet import Couleur, regles
from cpts_geo.socle.nombres import entier, pourcent
from cpts_geo.socle.palette import palette, translucide
from cpts_geo.socle.textes import shorten

BANDE, PAPIER = palette().bande, palette().papier
TAILLE_TEXTE = 15
LONGUEUR_NOM = 40
# Shapes besides colours, so that scenarios are told apart without them: as plotly names them, as text.
SYMBOLES = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲", "cross": "✚", "x": "✖"}
SYMBOLES_SCENARIOS = ("circle", "square", "diamond", "triangle-up")
# A share under this one (%) has no room for its figure.
NARROWEST = 5.0
# Heights in pixels: of a line with its name, of its name, of words above the lines, of the axis under them.
LIGNE, NOM, TEXTE, AXE = 64, 24, 20, 32
# Two thresholds nearer than this share of the axis cannot be written side by side.
CLOSE = 0.16
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


@dataclass(frozen=True, slots=True)
class Cle:
    """What a colour and a shape stand for."""

    nom: str
    symbole: str
    fond: str
    trait: str


@dataclass(frozen=True, slots=True)
class Graphique:
    """A chart, its keys, what it shows, in words, for who cannot see it, and what it leaves out."""

    figure: go.Figure
    cles: tuple[Cle, ...]
    texte: str
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Serie:
    """The figures of a scenario, or of what scenarios are read beside, and how they are drawn."""

    nom: str
    resultats: Resultats
    couleur: Couleur
    symbole: str

    @property
    def cle(self) -> Cle:
        """The key of the series."""
        return Cle(self.nom, SYMBOLES[self.symbole], self.couleur.fond, self.couleur.trait)


def tous(
    comparaison: Comparaison, reperes: Reperes, catalogue: Catalogue, bareme: Bareme
) -> dict[str, Graphique]:
    """Every declared chart, by its name, of a comparison that has at least one scenario with communes."""
    shown = {
        name: [catalogue[code] for code in trace.indicateurs]
        for name, trace in declaration().graphiques.items()
    }
    return {
        "population": population(comparaison, bareme),
        "densites": densites(comparaison, reperes, shown["densites"]),
        "besoins": besoins(comparaison, reperes, shown["besoins"]),
        "ages": ages(comparaison, reperes, shown["ages"]),
    }


def population(comparaison: Comparaison, bareme: Bareme) -> Graphique:
    """The population of each scenario, with the thresholds of the Tailles."""
    fiches = comparaison.comparees
    most = _axis_end(max(fiche.population for fiche in fiches), bareme)
    figure = _figure(
        [
            f"<b>{entier(fiche.population)}</b>, {_taille(fiche)} – {escape(_short(fiche.nom))}"
            for fiche in fiches
        ],
        tete=2 * TEXTE,
    )
    figure.add_bar(
        orientation="h",
        y=[_middle(line) for line in range(len(fiches))],
        x=[fiche.population for fiche in fiches],
        marker={
            "color": [_couleur(fiche).fond for fiche in fiches],
            "line": {"color": [_couleur(fiche).trait for fiche in fiches], "width": 2},
        },
        hoverinfo="skip",
        width=0.5,
    )
    _thresholds(figure, [seuil.valeur for seuil in bareme.seuils if seuil.valeur <= most], most)
    figure.update_xaxes(range=[0, most], visible=False)
    lines = (f"{fiche.nom}\u00a0: {entier(fiche.population)} habitants, {_taille(fiche)}" for fiche in fiches)
    return Graphique(figure, (), "\u00a0; ".join(lines))


def densites(comparaison: Comparaison, reperes: Reperes, indicateurs: Sequence[Indicateur]) -> Graphique:
    """How far the density of each profession is from that of France, in percent: all read on one scale."""
    series = [*_scenarios(comparaison), _region(reperes)]
    figure = _figure([item.libelle_court for item in indicateurs], tete=TEXTE, pied=AXE, bands=True)
    figure.add_vline(x=0, line={"color": ENCRE, "width": 2}, layer="below")
    _note(figure, 0, "France")
    for rank, serie in enumerate(series):
        drawn = [
            _beside_france(serie.resultats[item.code], reperes.france[item.code]) for item in indicateurs
        ]
        texts = [
            f"{_told(serie, item)} {item.unite}"
            f"<br>France\u00a0: {affichage.dite(item, reperes.france[item.code])}"
            for item in indicateurs
        ]
        _draw_marks(figure, serie, rank / (len(series) - 1), drawn, texts)
    figure.update_xaxes(ticksuffix="\u00a0%", zeroline=False)
    mention = _left_out([*series, _france(reperes)], indicateurs)
    cles = tuple(serie.cle for serie in series)
    return Graphique(figure, cles, _read_aloud(series, indicateurs), mention)


def besoins(comparaison: Comparaison, reperes: Reperes, indicateurs: Sequence[Indicateur]) -> Graphique:
    """Shares of people, in percent, beside the région and France; bars frame what is masked."""
    series = [*_scenarios(comparaison), _region(reperes), _france(reperes)]
    figure = _figure([item.libelle_court for item in indicateurs], pied=AXE, bands=True)
    for rank, serie in enumerate(series):
        drawn = [_interval(serie.resultats[item.code]) for item in indicateurs]
        texts = [f"{_told(serie, item)} {item.unite}" for item in indicateurs]
        _draw_marks(figure, serie, rank / (len(series) - 1), drawn, texts)
    figure.update_xaxes(ticksuffix="\u00a0%", rangemode="tozero")
    cles = tuple(serie.cle for serie in series)
    return Graphique(figure, cles, _read_aloud(series, indicateurs), _left_out(series, indicateurs))


def ages(comparaison: Comparaison, reperes: Reperes, indicateurs: Sequence[Indicateur]) -> Graphique:
    """How each population is shared among age classes, beside France; a line without all of them is empty."""
    series = [*_scenarios(comparaison), _france(reperes)]
    figure = _figure([escape(serie.nom) for serie in series])
    missing = [_absence(serie, indicateurs) for serie in series]
    cles = []
    for item, tranche in zip(indicateurs, palette().ages, strict=True):
        values = [
            None if words else serie.resultats[item.code].exacte
            for serie, words in zip(series, missing, strict=True)
        ]
        figure.add_bar(
            orientation="h",
            y=[_middle(line) for line in range(len(series))],
            x=values,
            text=[pourcent(value, 0) if value and value >= NARROWEST else "" for value in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": tranche.encre},
            constraintext="none",
            marker={"color": tranche.fond, "line": {"color": PAPIER, "width": 1}},
            hovertext=[_told(serie, item) + "\u00a0%" for serie in series],
            hoverinfo="text",
            width=0.5,
        )
        cles.append(Cle(item.libelle_court, SYMBOLES["square"], tranche.fond, tranche.fond))
    for line, words in enumerate(missing):
        if words:
            write_in_line(figure, _middle(line) + AU_DESSUS, words)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(visible=False, range=[0, 100])
    return Graphique(figure, tuple(cles), _read_aloud(series, indicateurs))


# ---- Series ---------------------------------------------------------------------------------------------


def _scenarios(comparaison: Comparaison) -> Iterator[Serie]:
    for fiche, symbole in zip(comparaison.comparees, cycle(SYMBOLES_SCENARIOS), strict=False):
        yield Serie(_short(fiche.nom), comparaison.resultats[fiche.cle], _couleur(fiche), symbole)


def _region(reperes: Reperes) -> Serie:
    couleur = Couleur("region", "Blanc", PAPIER, DISCRET)
    return Serie(_short(reperes.nom_region), reperes.region, couleur, "cross")


def _france(reperes: Reperes) -> Serie:
    return Serie("France", reperes.france, Couleur("france", "Noir", palette().france, palette().france), "x")


def _couleur(fiche: FicheScenario) -> Couleur:
    return regles().couleurs[fiche.scenario.couleur]


def _taille(fiche: FicheScenario) -> str:
    return fiche.classement.libelle if fiche.classement else ""


def _short(nom: str) -> str:
    return shorten(nom, LONGUEUR_NOM)


# ---- Figures --------------------------------------------------------------------------------------------


def _interval(resultat: Resultat) -> Intervalle | None:
    """What is drawn of a result; None when it cannot stand beside others."""
    if not comparable(resultat) or resultat.borne_basse is None or resultat.borne_haute is None:
        return None
    return Intervalle(resultat.borne_basse, resultat.borne_haute)


def _beside_france(resultat: Resultat, france: Resultat) -> Intervalle | None:
    """Distance from France, in percent of it."""
    own, whole = _interval(resultat), _interval(france)
    if own is None or whole is None or whole.bas != whole.haut or not whole.bas:
        return None
    low, high = (100 * (bound / whole.bas - 1) for bound in own)
    return Intervalle(low, high)


def _absence(serie: Serie, indicateurs: Sequence[Indicateur]) -> str:
    """Why the first of these that cannot be drawn cannot; empty when all can."""
    return next(filter(None, (affichage.absence(serie.resultats[item.code]) for item in indicateurs)), "")


def _left_out(series: Sequence[Serie], indicateurs: Sequence[Indicateur]) -> str:
    """The figures that the chart leaves out, and why; empty when it has all of them."""
    missing = [
        (f"{serie.nom}, {words}", item.libelle_court)
        for serie in series
        for item in indicateurs
        if (words := affichage.absence(serie.resultats[item.code]))
    ]
    return non_dessine(missing)


def _told(serie: Serie, item: Indicateur) -> str:
    value = affichage.dite(item, serie.resultats[item.code])
    return f"<b>{escape(serie.nom)}</b><br>{item.libelle_court}\u00a0: {value}"


def _read_aloud(series: Sequence[Serie], indicateurs: Sequence[Indicateur]) -> str:
    lines = (
        f"{item.libelle_court} ({item.unite})\u00a0: "
        + ", ".join(f"{serie.nom} {affichage.dite(item, serie.resultats[item.code])}" for serie in series)
        for item in indicateurs
    )
    return "\u00a0; ".join(lines)


# ---- Drawing --------------------------------------------------------------------------------------------


def _figure(lines: Sequence[str], *, tete: int = 0, pied: int = 0, bands: bool = False) -> go.Figure:
    """Lines, the first on top, each with its name above; nothing that a finger could drag.

    plotly reads marks of HTML in names: what a person typed must be escaped. `tete` and `pied` are
    the heights left above and under the lines; `bands` shades one line in two.
    """
    figure = go.Figure()
    figure.update_layout(
        height=tete + LIGNE * len(lines) + pied,
        separators=SEPARATEURS,
        font={"family": POLICE, "size": TAILLE_TEXTE, "color": ENCRE},
        paper_bgcolor=TRANSPARENT,
        plot_bgcolor=TRANSPARENT,
        margin={"l": 4, "r": 12, "t": tete, "b": pied},
        dragmode=False,
        showlegend=False,
        hoverlabel={"font": {"family": POLICE, "size": TAILLE_TEXTE}, "align": "left"},
    )
    figure.update_xaxes(fixedrange=True, gridcolor=GRILLE, nticks=6, tickangle=0)
    figure.update_yaxes(fixedrange=True, range=[len(lines), 0], visible=False)
    for line, name in enumerate(lines):
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=line,
            yanchor="top",
            text=name,
            showarrow=False,
            bgcolor=translucide(PAPIER, 0.85),
        )
        if bands and line % 2 == 0:
            figure.add_hrect(y0=line, y1=line + 1, fillcolor=BANDE, line_width=0, layer="below")
    return figure


def _middle(line: int) -> float:
    """Middle of the room under the name of a line."""
    return line + (LIGNE + NOM) / 2 / LIGNE


def _draw_marks(
    figure: go.Figure, serie: Serie, rank: float, drawn: Sequence[Intervalle | None], textes: Sequence[str]
) -> None:
    """One dot by line where the figure is exact, a bar from end to end where it is framed.

    `rank`, from 0 to 1, shifts the marks of a series so that they do not hide the others.
    """
    places = [_middle(line) + (rank - 0.5) * 0.3 for line in range(len(drawn))]
    figure.add_scatter(
        mode="markers",
        x=[each.bas if each and each.bas == each.haut else None for each in drawn],
        y=places,
        marker={
            "symbol": serie.symbole,
            "size": 14,
            "color": serie.couleur.fond,
            "line": {"color": serie.couleur.trait, "width": 2},
        },
        hovertext=list(textes),
        hoverinfo="text",
    )
    framed = [
        Fourchette(place, each.bas, each.haut, text)
        for place, each, text in zip(places, drawn, textes, strict=True)
        if each and each.bas < each.haut
    ]
    draw_fourchettes(figure, framed, serie.couleur.trait)


def _axis_end(most: int, bareme: Bareme) -> float:
    """As far as the largest population, and as the threshold that it has not reached."""
    above = [seuil.valeur for seuil in bareme.seuils if seuil.valeur > most]
    return 1.06 * max(most, min(above, default=most))


def _thresholds(figure: go.Figure, values: Sequence[int], most: float) -> None:
    """Lines across the bars, each with its value; those too close to the one before are written higher."""
    raised = False
    for before, value in zip([-most, *values], values, strict=False):
        raised = value - before < most * CLOSE and not raised
        figure.add_vline(x=value, line={"color": DISCRET, "width": 2, "dash": "dash"})
        _note(figure, value, entier(value), shift=TEXTE if raised else 0)


def _note(figure: go.Figure, x: float, text: str, shift: int = 0) -> None:
    """Words above a line that crosses the chart."""
    figure.add_annotation(
        x=x,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=shift,
        text=text,
        showarrow=False,
        font={"color": DISCRET},
    )
