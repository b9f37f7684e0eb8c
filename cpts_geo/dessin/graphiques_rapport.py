"""The charts of the report on the screen: their series as plotly figures."""

from collections.abc import Sequence
from functools import singledispatch
from html import escape

import plotly.graph_objects as go

from cpts_geo.analyse.series.contexte import ZoneTracee
from cpts_geo.analyse.series.forme import Series
from cpts_geo.analyse.series.lieux import Departements, Trajets
from cpts_geo.analyse.series.population import EtatCivil, Evolution, PyramideComparee
from cpts_geo.analyse.series.soins import BASE, AgesMedecins, Marques, Niveaux, PartNiveau, Points
from cpts_geo.dessin.fourchettes import AU_DESSUS, Fourchette, draw_fourchettes, write_in_line
from cpts_geo.dessin.style import DESSINS, DISCRET, ENCRE, dress
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.socle.nombres import decimal, entier, pourcent
from cpts_geo.socle.palette import palette

LINE_PX, FOOT_PX = 42, 120
# A line that holds the marks of several zones, and how far apart they are, in lines.
SHARED_LINE_PX, ZONE = 54, 0.19
PAPIER = palette().papier
_REPERE = {"symbol": "line-ns-open", "size": 26, "color": ENCRE, "line": {"width": 3, "color": ENCRE}}


@singledispatch
def figure(series: Series) -> go.Figure:
    """The chart of these series, in which something is known.

    Raises:
        TypeError: nobody has said how to draw such series.
    """
    raise TypeError(type(series).__name__)


# ---- Population -----------------------------------------------------------------------------------------


@figure.register
def _evolution(series: Evolution) -> go.Figure:
    drawn = go.Figure()
    for zone, chronique in series.courbes:
        look = DESSINS[zone.genre]
        drawn.add_trace(
            go.Scatter(
                name=escape(zone.nom),
                x=chronique.annees,
                y=chronique.indices,
                mode="lines",
                line={
                    "color": look.couleur,
                    "dash": look.trait,
                    "width": 4 if zone is series.zones[0] else 2,
                },
                customdata=[entier(value) for value in chronique.valeurs],
                hovertemplate="%{x} : %{customdata} habitants (indice %{y:.1f})",
            )
        )
    drawn.add_hline(y=100, line={"color": DISCRET, "width": 1})
    dress(drawn, height=360)
    drawn.update_xaxes(dtick=4)
    return drawn


@figure.register
def _pyramide(series: PyramideComparee) -> go.Figure:
    ages, drawn = series.territoire.ages, go.Figure()
    looks = ((-1, palette().hommes, PAPIER), (1, palette().femmes, ENCRE))
    for cote, (side, colour, ink) in zip(series.cotes, looks, strict=True):
        drawn.add_trace(
            go.Bar(
                name=cote.nom,
                orientation="h",
                y=ages,
                x=[side * share for share in cote.parts],
                marker={"color": colour},
                text=[pourcent(share) for share in cote.parts],
                # Near the axis: the marks of France are at the other end.
                textposition="auto",
                insidetextanchor="start",
                insidetextfont={"color": ink},
                textangle=0,
                customdata=[entier(count) for count in cote.effectifs],
                hovertemplate=f"{cote.nom}, %{{y}} : %{{customdata}} (%{{text}})<extra></extra>",
            )
        )
        drawn.add_trace(
            go.Scatter(
                name="France",
                showlegend=side > 0,
                y=ages,
                x=[side * share for share in cote.parts_france],
                mode="markers",
                marker=_REPERE,
                hoverinfo="skip",
            )
        )
    dress(drawn, height=LINE_PX * len(ages) + FOOT_PX)
    drawn.update_layout(barmode="overlay", bargap=0.15)
    drawn.update_xaxes(visible=False)
    return drawn


@figure.register
def _etat_civil(series: EtatCivil) -> go.Figure:
    drawn = go.Figure()
    for nom, counts, colour, dash in (
        ("Naissances", series.naissances, palette().naissances, "solid"),
        ("Décès", series.deces, palette().deces, "dash"),
    ):
        drawn.add_trace(
            go.Scatter(
                name=nom,
                x=counts.annees,
                y=counts.valeurs,
                mode="lines+markers",
                line={"color": colour, "dash": dash, "width": 3},
                hovertemplate=f"%{{x}} : %{{y:,d}} {nom.lower()}<extra></extra>",
            )
        )
    dress(drawn, height=340)
    drawn.update_yaxes(rangemode="tozero", separatethousands=True)
    return drawn


# ---- Points beside one another --------------------------------------------------------------------------


@figure.register
def _points(series: Points) -> go.Figure:
    """One line by indicator, one mark by zone, a bar from end to end where masked values leave a doubt."""
    items, drawn = series.indicateurs, go.Figure()
    last = len(series.marques) - 1
    dress(drawn, height=SHARED_LINE_PX * len(items) + FOOT_PX, lines=[item.libelle_court for item in items])
    for rank, marks in enumerate(series.marques):
        shift, look = ZONE * (rank - last / 2), DESSINS[marks.zone.genre]
        texts = [_told(marks.zone, item) for item in items]
        drawn.add_trace(
            go.Scatter(
                name=escape(marks.zone.nom),
                mode="markers",
                x=[point and point.exact for point in marks.points],
                y=[row + shift for row in range(len(items))],
                marker={
                    "symbol": look.symbole,
                    "size": 15 if rank == 0 else 11,
                    "color": look.couleur,
                    "line": {"width": 1, "color": PAPIER},
                },
                hovertext=texts,
                hoverinfo="text",
            )
        )
        draw_fourchettes(drawn, _framed(marks, shift, texts), look.couleur)
    for row, words in enumerate(series.absences):
        if words:
            write_in_line(drawn, row, words)
    if series.relatif:
        drawn.add_vline(x=BASE, line={"color": ENCRE, "width": 2})
    drawn.update_xaxes(rangemode="tozero")
    return drawn


def _told(zone: ZoneTracee, item: Indicateur) -> str:
    value = affichage.dite(item, zone.resultats[item.code])
    return f"{escape(zone.nom)}<br>{item.libelle} : {value} {item.unite}"


def _framed(marks: Marques, shift: float, texts: Sequence[str]) -> list[Fourchette]:
    """What masked values leave open, each on its line."""
    points = enumerate(zip(marks.points, texts, strict=True))
    return [
        Fourchette(row + shift, point.bas, point.haut, text)
        for row, (point, text) in points
        if point and point.exact is None
    ]


# ---- Shares of a whole ----------------------------------------------------------------------------------


@figure.register
def _ages_medecins(series: AgesMedecins) -> go.Figure:
    drawn = go.Figure()
    colours = (palette().generalistes_60_ans, palette().generalistes_moins_60_ans)
    for part, colour in zip(series.parts, colours, strict=True):
        drawn.add_trace(
            go.Bar(
                name=part.nom,
                orientation="h",
                y=list(range(len(part.valeurs))),
                x=part.valeurs,
                marker={"color": colour},
                text=[pourcent(value, 0) for value in part.valeurs],
                textangle=0,
                hoverinfo="skip",
            )
        )
    lines = [escape(zone.nom) for zone in series.connues]
    dress(drawn, height=LINE_PX * len(lines) + FOOT_PX, lines=lines)
    drawn.update_layout(barmode="stack", legend={"traceorder": "normal"})
    drawn.update_xaxes(visible=False, range=[0, 100])
    return drawn


@figure.register
def _niveaux(series: Niveaux) -> go.Figure:
    drawn = go.Figure([_level(part, palette().zonage[part.code]) for part in series.parts])
    lines = series.professions
    dress(drawn, height=LINE_PX * len(lines) + FOOT_PX + 20, lines=lines)
    drawn.update_layout(barmode="stack", legend={"traceorder": "normal"}, margin={"r": 32})
    drawn.update_xaxes(range=[0, 100], ticksuffix="\u00a0%")
    for row, words in enumerate(series.absences):
        if words:
            write_in_line(drawn, row + AU_DESSUS, words)
    return drawn


def _level(part: PartNiveau, colour: str) -> go.Bar:
    return go.Bar(
        name=part.nom,
        orientation="h",
        y=list(range(len(part.valeurs))),
        x=list(part.valeurs),
        marker={"color": colour, "line": {"color": PAPIER, "width": 1}},
        hovertext=[f"{part.nom} : {pourcent(value)} des habitants" for value in part.valeurs],
        hoverinfo="text",
        text=[pourcent(value, 0) if value else "" for value in part.valeurs],
        textangle=0,
        textposition="inside",
    )


# ---- Places ---------------------------------------------------------------------------------------------


@figure.register
def _departements(series: Departements) -> go.Figure:
    own, rows = series.departement, range(len(series.indicateurs))
    others = [code for code in series.noms if code != own]
    drawn = go.Figure(
        [
            _places(
                series, "Autres départements", others, {"color": palette().autres_departements, "size": 9}
            ),
            _places(series, series.noms[own], [own], {"color": palette().departement, "size": 17}),
        ]
    )
    drawn.add_trace(
        go.Scatter(
            name="France",
            mode="markers",
            x=series.france,
            y=list(rows),
            marker=_REPERE,
            hovertemplate="France : %{x:,.1f}<extra></extra>",
        )
    )
    lines = [item.libelle_court for item in series.indicateurs]
    dress(drawn, height=LINE_PX * len(lines) + FOOT_PX, lines=lines)
    drawn.update_xaxes(rangemode="tozero", separatethousands=True)
    return drawn


def _places(series: Departements, nom: str, codes: Sequence[str], marker: dict[str, object]) -> go.Scatter:
    points = [(row, values[code], code) for row, values in enumerate(series.valeurs) for code in codes]
    return go.Scatter(
        name=nom,
        mode="markers",
        x=[value for _, value, _ in points],
        y=[row for row, _, _ in points],
        marker={**marker, "line": {"color": PAPIER, "width": 1}},
        hovertext=[f"{series.noms[code]} : {decimal(value)}" for _, value, code in points],
        hoverinfo="text",
    )


@figure.register
def _trajets(series: Trajets) -> go.Figure:
    far = [each.km for each in series.montres]
    drawn = go.Figure(
        go.Bar(
            orientation="h",
            y=list(range(len(far))),
            x=far,
            text=[f"{decimal(value, series.indicateur.decimales)} km" for value in far],
            textangle=0,
            # Without an outline, a commune at 0 km would have no bar and no figure.
            marker={"color": palette().duree, "line": {"color": palette().duree, "width": 1}},
            hoverinfo="skip",
        )
    )
    dress(drawn, height=24 * len(far) + 70, lines=[each.commune for each in series.montres])
    drawn.update_layout(showlegend=False)
    beside = {"color": ENCRE, "width": 2, "dash": "dot"}
    if series.france is not None:
        drawn.add_vline(x=series.france, line=beside, annotation_text="France")
    drawn.update_xaxes(visible=False)
    # Above the bars, which would hide it.
    drawn.update_annotations(yanchor="bottom")
    return drawn
