"""The charts of the report: a territory beside its département, its région and France."""

import math
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.dessin.style import DISCRET, ENCRE, habiller
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.agregation import Agregateur, Resultats
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.chroniques import Chroniques
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.nombres import decimal, entier, pourcent, signe
from cpts_geo.socle.palette import palette
from cpts_geo.socle.textes import abrege

FRANCE = "France"
LONGUEUR_NOM = 30
MOST_COMMUNES = 30
LINE_PX, FOOT_PX = 42, 120
PAPIER = palette().papier


@dataclass(frozen=True, slots=True)
class GraphiqueRapport:
    """A chart with its title, what it says in words, the table behind it, and what must be known of it.

    There is no figure when nothing is known in the territory.
    """

    code: str
    titre: str
    figure: go.Figure | None
    texte: str
    table: pd.DataFrame
    mention: str


@dataclass(frozen=True, slots=True)
class Zone:
    """One of the things compared: its communes, its figures, and how it is drawn.

    `colonne` names it in tables, where the territory is "Territoire" whatever people call it.
    """

    colonne: str
    nom: str
    codes: Sequence[str]
    resultats: Resultats
    couleur: str
    symbole: str
    trait: str


@dataclass(frozen=True, slots=True)
class Contexte:
    """All that charts are drawn from; the territory is the first of the zones, France the last."""

    zones: tuple[Zone, ...]
    departement: str
    agregateur: Agregateur
    catalogue: Catalogue
    referentiel: Referentiel
    chroniques: Chroniques

    @property
    def territoire(self) -> Zone:
        """The territory."""
        return self.zones[0]

    @property
    def france(self) -> Zone:
        """France."""
        return self.zones[-1]


# How zones are told apart, by colour and by shape.
_DESSINS = (
    (palette().territoire, "circle", "solid"),
    (palette().departement, "square", "dash"),
    (palette().region, "diamond", "dashdot"),
    (palette().france, "x", "dot"),
)


def contexte(
    territoire: Territoire,
    agregateur: Agregateur,
    catalogue: Catalogue,
    referentiel: Referentiel,
    chroniques: Chroniques,
) -> Contexte:
    """Gather a territory, its département, its région and France.

    Raises:
        ValueError: the territory has no commune.
    """
    if not territoire.codes:
        raise ValueError("Un territoire sans commune n’a pas de graphique.")
    departement, region = agregateur.zones_principales(territoire.codes)
    nom_departement = referentiel.nom_zone("departement", departement)
    nom_region = referentiel.nom_zone("region", region)
    content = [
        (
            "Territoire",
            abrege(territoire.nom, LONGUEUR_NOM),
            territoire.codes,
            agregateur.territoire(territoire.codes),
        ),
        (
            nom_departement,
            nom_departement,
            referentiel.codes("departement", departement),
            agregateur.departement(departement),
        ),
        (nom_region, nom_region, referentiel.codes("region", region), agregateur.region(region)),
        (FRANCE, FRANCE, list(referentiel.communes.index), agregateur.france()),
    ]
    zones = [Zone(*what, *look) for what, look in zip(content, _DESSINS, strict=True)]
    if nom_region == nom_departement:
        del zones[2]  # overseas, the région is the département
    return Contexte(tuple(zones), departement, agregateur, catalogue, referentiel, chroniques)


def familles() -> frozenset[str]:
    """The families of the report that have charts."""
    return frozenset(declared["famille"] for declared in _declared().values())


def graphiques(famille: str, context: Contexte) -> list[GraphiqueRapport]:
    """The charts of a family of the report, in their declared order."""
    return [
        _DRAWN[code](context, code)
        for code, declared in _declared().items()
        if declared["famille"] == famille
    ]


# ---- Population -----------------------------------------------------------------------------------------


def _evolution(context: Contexte, code: str) -> GraphiqueRapport:
    figure, columns = go.Figure(), {}
    share = context.chroniques.par_annee("population", context.territoire.codes).couverture
    for zone in context.zones:
        chronique = context.chroniques.par_annee("population", zone.codes)
        columns[zone.colonne] = dict(zip(chronique.annees, chronique.valeurs, strict=True))
        figure.add_trace(
            go.Scatter(
                name=escape(zone.nom),
                x=chronique.annees,
                y=chronique.indices,
                mode="lines",
                line={
                    "color": zone.couleur,
                    "dash": zone.trait,
                    "width": 4 if zone is context.territoire else 2,
                },
                customdata=[entier(value) for value in chronique.valeurs],
                hovertemplate="%{x} : %{customdata} habitants (indice %{y:.1f})",
            )
        )
    figure.add_hline(y=100, line={"color": DISCRET, "width": 1})
    habiller(figure, height=360)
    figure.update_xaxes(dtick=4)
    table = pd.DataFrame(columns).rename_axis("Année").reset_index()
    return _drawn(code, figure if share else None, table, _change(table), _covered(share))


def _change(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    changes = {str(name): 100 * (last[name] / first[name] - 1) for name in table.columns[1:] if first[name]}
    said = ", ".join(f"{name} {signe(change, 1)}\u00a0%" for name, change in changes.items())
    return f"De {first['Année']:.0f} à {last['Année']:.0f}\u00a0: {said}"


def _pyramide(context: Contexte, code: str) -> GraphiqueRapport:
    ages = context.chroniques.pyramide(context.territoire.codes)
    beside = context.chroniques.pyramide(context.france.codes)
    whole, whole_beside = sum(ages.hommes) + sum(ages.femmes), sum(beside.hommes) + sum(beside.femmes)
    figure = go.Figure()
    sides = (
        ("Hommes", ages.hommes, beside.hommes, -1, palette().hommes),
        ("Femmes", ages.femmes, beside.femmes, 1, palette().femmes),
    )
    for nom, own, reference, side, colour in sides:
        shares = [100 * count / whole if whole else 0 for count in own]
        figure.add_trace(
            go.Bar(
                name=nom,
                orientation="h",
                y=ages.ages,
                x=[side * share for share in shares],
                marker={"color": colour},
                text=[pourcent(share) for share in shares],
                textposition="auto",
                textangle=0,
                customdata=[entier(count) for count in own],
                hovertemplate=f"{nom}, %{{y}} : %{{customdata}} (%{{text}})<extra></extra>",
            )
        )
        figure.add_trace(
            go.Scatter(
                name="France",
                showlegend=side > 0,
                y=ages.ages,
                x=[side * 100 * count / whole_beside for count in reference],
                mode="markers",
                marker={
                    "symbol": "line-ns-open",
                    "size": 26,
                    "color": ENCRE,
                    "line": {"width": 3, "color": ENCRE},
                },
                hoverinfo="skip",
            )
        )
    habiller(figure, height=LINE_PX * len(ages.ages) + FOOT_PX)
    figure.update_layout(barmode="overlay", bargap=0.15)
    figure.update_xaxes(visible=False)
    table = pd.DataFrame({"Âge": ages.ages, "Hommes": ages.hommes, "Femmes": ages.femmes})
    words = "\u00a0; ".join(
        f"{age}\u00a0: {entier(men)} hommes, {entier(women)} femmes"
        for age, men, women in zip(ages.ages, ages.hommes, ages.femmes, strict=True)
    )
    return _drawn(code, figure if whole else None, table, words, _covered(ages.couverture))


def _etat_civil(context: Contexte, code: str) -> GraphiqueRapport:
    births = context.chroniques.par_annee("naissances", context.territoire.codes)
    deaths = context.chroniques.par_annee("deces", context.territoire.codes)
    figure = go.Figure()
    for nom, counts, colour, dash in (
        ("Naissances", births, palette().naissances, "solid"),
        ("Décès", deaths, palette().deces, "dash"),
    ):
        figure.add_trace(
            go.Scatter(
                name=nom,
                x=counts.annees,
                y=counts.valeurs,
                mode="lines+markers",
                line={"color": colour, "dash": dash, "width": 3},
                hovertemplate=f"%{{x}} : %{{y:,d}} {nom.lower()}<extra></extra>",
            )
        )
    habiller(figure, height=340)
    figure.update_yaxes(rangemode="tozero")
    table = pd.DataFrame({"Année": births.annees, "Naissances": births.valeurs, "Décès": deaths.valeurs})
    words = (
        f"En {births.annees[-1]}\u00a0: {entier(births.valeurs[-1])} naissances "
        f"et {entier(deaths.valeurs[-1])} décès"
    )
    return _drawn(code, figure, table, words, _covered(births.couverture))


# ---- Points beside one another --------------------------------------------------------------------------


def _points(context: Contexte, code: str) -> GraphiqueRapport:
    """One line by indicator, one mark by zone, bars where masked values leave a doubt."""
    return _marks(context, code, context.zones, relative=False)


def _beside_france(context: Contexte, code: str) -> GraphiqueRapport:
    """The same, in percent of France: indicators in different units are read on one scale."""
    return _marks(context, code, context.zones[:-1], relative=True)


def _marks(context: Contexte, code: str, zones: Sequence[Zone], *, relative: bool) -> GraphiqueRapport:
    items = _indicateurs(context, code)
    figure = go.Figure()
    for rank, zone in enumerate(zones):
        scales = [_scale(context, item) if relative else 1.0 for item in items]
        bounds = [
            (
                _times(zone.resultats[item.code].borne_basse, s),
                _times(zone.resultats[item.code].borne_haute, s),
            )
            for item, s in zip(items, scales, strict=True)
        ]
        figure.add_trace(
            go.Scatter(
                name=escape(zone.nom),
                mode="markers",
                x=[None if low is None or high is None else (low + high) / 2 for low, high in bounds],
                y=[row + 0.16 * (rank - (len(zones) - 1) / 2) for row in range(len(items))],
                error_x={"array": [((high or 0) - (low or 0)) / 2 for low, high in bounds], "thickness": 2},
                marker={
                    "symbol": zone.symbole,
                    "size": 15 if rank == 0 else 11,
                    "color": zone.couleur,
                    "line": {"width": 1, "color": PAPIER},
                },
                hovertext=[
                    f"{escape(zone.nom)}<br>{item.libelle} : "
                    f"{affichage.valeur(item, zone.resultats[item.code])} {item.unite}"
                    for item in items
                ],
                hoverinfo="text",
            )
        )
    habiller(figure, height=LINE_PX * len(items) + FOOT_PX, lines=[item.libelle_court for item in items])
    if relative:
        figure.add_vline(x=100, line={"color": ENCRE, "width": 2})
    figure.update_xaxes(rangemode="tozero")
    known = any(context.territoire.resultats[item.code].valeur is not None for item in items)
    return _drawn(
        code, figure if known else None, _table(items, context.zones), _words(items, context.zones), ""
    )


def _scale(context: Contexte, item: Indicateur) -> float:
    reference = context.france.resultats[item.code].valeur
    return 100 / reference if reference else 0.0


def _times(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale


def _ages_generalistes(context: Contexte, code: str) -> GraphiqueRapport:
    (item,) = _indicateurs(context, code)
    zones = [zone for zone in context.zones if zone.resultats[item.code].valeur is not None]
    older = [zone.resultats[item.code].valeur or 0 for zone in zones]
    figure = go.Figure()
    for nom, values, colour in (
        ("60 ans et plus", older, palette().generalistes_60_ans),
        ("Moins de 60 ans", [100 - value for value in older], palette().generalistes_moins_60_ans),
    ):
        figure.add_trace(
            go.Bar(
                name=nom,
                orientation="h",
                y=list(range(len(zones))),
                x=values,
                marker={"color": colour},
                text=[pourcent(value, 0) for value in values],
                textangle=0,
                hoverinfo="skip",
            )
        )
    habiller(figure, height=LINE_PX * len(zones) + FOOT_PX, lines=[escape(zone.nom) for zone in zones])
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    figure.update_xaxes(visible=False, range=[0, 100])
    return _drawn(code, figure, _table([item], context.zones), _words([item], context.zones), "")


# ---- Zoning, causes of death, emergency care ------------------------------------------------------------


def _zonage(context: Contexte, code: str) -> GraphiqueRapport:
    declared = _declared()[code]
    professions = declared["professions"]
    results = context.territoire.resultats
    figure, columns = go.Figure(), {}
    for niveau in declared["niveaux"]:
        names = [f"{declared['prefixe']}{profession}_{niveau['code']}" for profession in professions]
        values = [results[name].valeur if name in results else None for name in names]
        columns[niveau["nom"]] = values
        figure.add_trace(
            go.Bar(
                name=niveau["nom"],
                orientation="h",
                y=list(range(len(professions))),
                x=[value or 0 for value in values],
                marker={"color": palette().zonage[niveau["code"]], "line": {"color": PAPIER, "width": 1}},
                hovertext=[f"{niveau['nom']} : {pourcent(value)} des habitants" for value in values],
                hoverinfo="text",
                text=[pourcent(value, 0) if value else "" for value in values],
                textangle=0,
                textposition="inside",
            )
        )
    lines = list(professions.values())
    habiller(figure, height=LINE_PX * len(lines) + FOOT_PX + 20, lines=lines)
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    figure.update_xaxes(range=[0, 100], ticksuffix="\u00a0%")
    table = pd.DataFrame({"Profession": lines, **columns})
    words = "\u00a0; ".join(
        f"{line}\u00a0: "
        + ", ".join(
            f"{name.lower()} {pourcent(values[row])}" for name, values in columns.items() if values[row]
        )
        for row, line in enumerate(lines)
    )
    return _drawn(code, figure, table, words, "")


def _causes_deces(context: Contexte, code: str) -> GraphiqueRapport:
    items = _indicateurs(context, code)
    own = context.departement
    noms = {str(each): str(nom) for each, nom in context.referentiel.zones("departement")["nom"].items()}
    codes = list(noms)
    values = {item.code: _by_departement(item, context) for item in items}
    figure = go.Figure()
    for nom, drawn, colour, size in (
        ("Autres départements", [each for each in codes if each != own], palette().autres_departements, 9),
        (noms[own], [own], palette().departement, 17),
    ):
        points = [(row, values[item.code][each], each) for row, item in enumerate(items) for each in drawn]
        figure.add_trace(
            go.Scatter(
                name=nom,
                mode="markers",
                x=[value for _, value, _ in points],
                y=[row for row, _, _ in points],
                marker={"color": colour, "size": size, "line": {"color": PAPIER, "width": 1}},
                hovertext=[f"{noms[each]} : {decimal(value)}" for _, value, each in points],
                hoverinfo="text",
            )
        )
    figure.add_trace(
        go.Scatter(
            name="France",
            mode="markers",
            x=[context.france.resultats[item.code].valeur for item in items],
            y=list(range(len(items))),
            marker={
                "symbol": "line-ns-open",
                "size": 26,
                "color": ENCRE,
                "line": {"width": 3, "color": ENCRE},
            },
            hovertemplate="France : %{x:,.1f}<extra></extra>",
        )
    )
    habiller(figure, height=LINE_PX * len(items) + FOOT_PX, lines=[item.libelle_court for item in items])
    figure.update_xaxes(rangemode="tozero")
    table = pd.DataFrame(
        {"Département": list(noms.values())}
        | {item.libelle: [values[item.code][each] for each in codes] for item in items}
    )
    words = _words(items, context.zones[1:2] + context.zones[-1:])
    return _drawn(
        code, figure, table, words, f"Décès pour 100 000 habitants, taux standardisés. {noms[own]}."
    )


def _by_departement(item: Indicateur, context: Contexte) -> dict[str, float | None]:
    """The figure of each département, read on any one of its communes."""
    one_of_each = context.referentiel.communes["departement"].drop_duplicates()
    table = context.agregateur.par_commune(item, list(one_of_each.index))["borne_basse"]
    known = zip(one_of_each, table.tolist(), strict=True)
    return {str(code): None if math.isnan(value) else value for code, value in known}


def _urgences(context: Contexte, code: str) -> GraphiqueRapport:
    (item,) = _indicateurs(context, code)
    codes = context.territoire.codes
    minutes = context.agregateur.par_commune(item, codes)["borne_basse"].dropna().sort_values()
    noms = context.referentiel.communes.loc[minutes.index, "nom"].astype(str)
    shown = minutes.iloc[-MOST_COMMUNES:]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=list(range(len(shown))),
            x=shown.tolist()[::-1],
            text=[f"{entier(value)} min" for value in shown.tolist()[::-1]],
            textangle=0,
            marker={"color": palette().duree},
            hoverinfo="skip",
        )
    )
    lines = [noms[each] for each in shown.index[::-1]]
    habiller(figure, height=24 * len(shown) + 70, lines=lines)
    figure.update_layout(showlegend=False)
    france = context.france.resultats[item.code].valeur
    figure.add_vline(x=france, line={"color": ENCRE, "width": 2, "dash": "dot"}, annotation_text="France")
    figure.update_xaxes(visible=False)
    table = pd.DataFrame({"Commune": noms.tolist(), "Minutes": minutes.tolist()})
    words = _words([item], context.zones)
    hidden = len(minutes) - len(shown)
    mention = f"Les {len(shown)} communes les plus éloignées, sur {len(minutes)}." if hidden > 0 else ""
    return _drawn(code, figure if len(minutes) else None, table, words, mention)


# ---- Common parts ---------------------------------------------------------------------------------------


def _indicateurs(context: Contexte, code: str) -> list[Indicateur]:
    return [context.catalogue[name] for name in _declared()[code]["indicateurs"]]


def _drawn(
    code: str, figure: go.Figure | None, table: pd.DataFrame, words: str, mention: str
) -> GraphiqueRapport:
    return GraphiqueRapport(code, _declared()[code]["titre"], figure, words, table, mention)


def _table(items: Sequence[Indicateur], zones: Sequence[Zone]) -> pd.DataFrame:
    columns = {zone.colonne: [zone.resultats[item.code].valeur for item in items] for zone in zones}
    names = {"Indicateur": [item.libelle for item in items], "Unité": [item.unite for item in items]}
    return pd.DataFrame(names | columns)


def _words(items: Sequence[Indicateur], zones: Sequence[Zone]) -> str:
    return "\u00a0; ".join(
        f"{item.libelle} ({item.unite})\u00a0: "
        + ", ".join(f"{zone.nom} {affichage.valeur(item, zone.resultats[item.code])}" for zone in zones)
        for item in items
    )


def _covered(share: float) -> str:
    if share >= affichage.COUVERTURE_PLEINE:
        return ""
    return f"Chiffres connus pour {pourcent(share, 0)} des habitants du territoire."


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads((DECLARATIONS / "graphiques.toml").read_text(encoding="utf-8"))


_DRAWN: dict[str, Callable[[Contexte, str], GraphiqueRapport]] = {
    "evolution": _evolution,
    "pyramide": _pyramide,
    "etat_civil": _etat_civil,
    "medecin_traitant": _points,
    "urgences": _urgences,
    "causes_deces": _causes_deces,
    "densites": _points,
    "apl": _beside_france,
    "ages_generalistes": _ages_generalistes,
    "zonage": _zonage,
}
