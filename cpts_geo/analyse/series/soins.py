"""Series of care: indicators beside those of other zones, levels of the zoning."""

from abc import ABC
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from cpts_geo.analyse.series.contexte import Contexte, ZoneTracee
from cpts_geo.analyse.series.declares import CodeGraphique, declares
from cpts_geo.analyse.series.forme import Series, en_mots, indicateurs
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.socle.nombres import pourcent

# What the marks of indicators in different units stand beside.
BASE = 100


class Point(NamedTuple):
    """A value and the bounds that masked figures leave it, on the scale of the chart."""

    valeur: float
    bas: float
    haut: float


class Marques(NamedTuple):
    """The points of a zone, one for each indicator; None where there is no figure."""

    zone: ZoneTracee
    points: tuple[Point | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiffresParZone(Series, ABC):
    """Indicators of every zone, each in its unit and from its source."""

    indicateurs: tuple[Indicateur, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Indicators in rows, zones in columns."""
        columns = {
            zone.colonne: [zone.resultats[item.code].valeur for item in self.indicateurs]
            for zone in self.zones
        }
        names = {
            "Indicateur": [item.libelle for item in self.indicateurs],
            "Unité": [item.unite for item in self.indicateurs],
        }
        return pd.DataFrame(names | columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(ChiffresParZone):
    """One line by indicator, one mark by zone.

    When `relatif`, values are in percent of France, which is then no mark but the line at 100: indicators in
    different units are read on one scale.
    """

    relatif: bool

    @property
    def marques(self) -> tuple[Marques, ...]:
        """The marks of each zone, the territory first."""
        scales = [self._scale(item) for item in self.indicateurs]
        drawn = self.zones[:-1] if self.relatif else self.zones
        scaled = list(zip(self.indicateurs, scales, strict=True))
        return tuple(
            Marques(zone, tuple(_point(zone, item, scale) for item, scale in scaled)) for zone in drawn
        )

    def _scale(self, item: Indicateur) -> float:
        if not self.relatif:
            return 1.0
        reference = self.zones[-1].resultats[item.code].valeur
        return BASE / reference if reference else 0.0


def _point(zone: ZoneTracee, item: Indicateur, scale: float) -> Point | None:
    found = zone.resultats[item.code]
    if found.valeur is None or found.borne_basse is None or found.borne_haute is None:
        return None
    return Point(found.valeur * scale, found.borne_basse * scale, found.borne_haute * scale)


class PartNiveau(NamedTuple):
    """A share (%) of something in each line, under its name; None where it is not known."""

    code: str
    nom: str
    valeurs: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgesMedecins(ChiffresParZone):
    """How old the general practitioners of each zone are."""

    @property
    def connues(self) -> tuple[ZoneTracee, ...]:
        """The zones that have a figure, one line each."""
        (item,) = self.indicateurs
        return tuple(zone for zone in self.zones if zone.resultats[item.code].valeur is not None)

    @property
    def parts(self) -> tuple[PartNiveau, PartNiveau]:
        """The older, then the others, which make up 100 % in each line."""
        (item,) = self.indicateurs
        older = tuple(zone.resultats[item.code].valeur or 0 for zone in self.connues)
        return (
            PartNiveau("60_ans", "60 ans et plus", older),
            PartNiveau("moins_60_ans", "Moins de 60 ans", tuple(100 - value for value in older)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveaux(Series):
    """How the inhabitants of the territory are shared among the levels of the zoning of each profession."""

    professions: tuple[str, ...]
    parts: tuple[PartNiveau, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Professions in rows, levels in columns, from the least to the best provided."""
        return pd.DataFrame(
            {"Profession": self.professions} | {part.nom: list(part.valeurs) for part in self.parts}
        )


def points(context: Contexte, code: CodeGraphique) -> Points:
    """The declared indicators, each in its unit."""
    return _points(context, code, relatif=False)


def beside_france(context: Contexte, code: CodeGraphique) -> Points:
    """The same, in percent of France."""
    return _points(context, code, relatif=True)


def _points(context: Contexte, code: CodeGraphique, *, relatif: bool) -> Points:
    items = indicateurs(context, code)
    return Points(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=en_mots(items, context.zones),
        connue=any(context.territoire.resultats[item.code].valeur is not None for item in items),
        indicateurs=items,
        relatif=relatif,
    )


def ages_generalistes(context: Contexte, code: CodeGraphique) -> AgesMedecins:
    """How many general practitioners are near the end of their working life."""
    items = indicateurs(context, code)
    return AgesMedecins(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=en_mots(items, context.zones),
        indicateurs=items,
    )


def zonage(context: Contexte, code: CodeGraphique) -> Niveaux:
    """Levels of the zoning of each declared profession."""
    declared = declares().zonage
    professions = declared.professions
    results = context.territoire.resultats
    parts = []
    for niveau in declared.niveaux:
        names = [f"{declared.prefixe}{profession}_{niveau.code}" for profession in professions]
        values = tuple(results[name].valeur if name in results else None for name in names)
        parts.append(PartNiveau(niveau.code, niveau.nom, values))
    words = "\u00a0; ".join(
        f"{line}\u00a0: "
        + ", ".join(
            f"{part.nom.lower()} {pourcent(part.valeurs[row])}" for part in parts if part.valeurs[row]
        )
        for row, line in enumerate(professions.values())
    )
    return Niveaux(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=words,
        professions=tuple(professions.values()),
        parts=tuple(parts),
    )
