"""Series of care: indicators beside those of other zones, levels of the zoning."""

from abc import ABC
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from cpts_geo.analyse.series.contexte import Contexte, ZoneTracee
from cpts_geo.analyse.series.declares import CodeGraphique, declares
from cpts_geo.analyse.series.forme import (
    Series,
    en_mots,
    encadres,
    indicateurs,
    non_dessines,
    phrases,
    sans_dessin,
)
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import comparable, showable
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.nombres import pourcent

# What the marks of indicators in different units stand beside.
BASE = 100


class Point(NamedTuple):
    """The bounds of a figure on the scale of the chart; both are the same when nothing is masked."""

    bas: float
    haut: float

    @property
    def exact(self) -> float | None:
        """The value, when nothing leaves it in doubt."""
        return self.bas if self.bas == self.haut else None


class Marques(NamedTuple):
    """The points of a zone, one for each indicator; None where there is no figure to draw."""

    zone: ZoneTracee
    points: tuple[Point | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiffresParZone(Series, ABC):
    """Indicators of every zone, each in its unit and from its source."""

    indicateurs: tuple[Indicateur, ...]

    @property
    def absences(self) -> tuple[str, ...]:
        """What stands in the place of each indicator of the territory; empty where it is drawn."""
        return tuple(affichage.absence(self.zones[0].resultats[item.code]) for item in self.indicateurs)

    @property
    def table(self) -> pd.DataFrame:
        """Indicators in rows, zones in columns, with their bounds when masked values may blur them."""
        columns: dict[str, Sequence[str | float | None]] = {
            "Indicateur": [item.libelle for item in self.indicateurs],
            "Unité": [item.unite for item in self.indicateurs],
        }
        blurred = any(item.masque for item in self.indicateurs)
        for zone in self.zones:
            results = [showable(zone.resultats[item.code]) for item in self.indicateurs]
            columns[zone.colonne] = [each.exacte for each in results]
            if blurred:
                columns[f"{zone.colonne} - borne basse"] = [each.borne_basse for each in results]
                columns[f"{zone.colonne} - borne haute"] = [each.borne_haute for each in results]
        return pd.DataFrame(columns)


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

    def _scale(self, item: Indicateur) -> float | None:
        """What a value is multiplied by; None when there is nothing to measure it by."""
        if not self.relatif:
            return 1.0
        reference = self.zones[-1].resultats[item.code]
        return BASE / reference.exacte if comparable(reference) and reference.exacte else None


def _point(zone: ZoneTracee, item: Indicateur, scale: float | None) -> Point | None:
    found = zone.resultats[item.code]
    if scale is None or not comparable(found) or found.borne_basse is None or found.borne_haute is None:
        return None
    return Point(found.borne_basse * scale, found.borne_haute * scale)


class PartNiveau(NamedTuple):
    """A share (%) of something in each line, under its name; None where it is not known.

    `code` tells it from the others; that of a level of zoning names its colour.
    """

    code: str
    nom: str
    valeurs: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgesMedecins(ChiffresParZone):
    """How old the general practitioners of each zone are."""

    @property
    def connues(self) -> tuple[ZoneTracee, ...]:
        """The zones that have a figure to draw, one line each."""
        (item,) = self.indicateurs
        return tuple(zone for zone in self.zones if _share(zone.resultats[item.code]) is not None)

    @property
    def parts(self) -> tuple[PartNiveau, PartNiveau]:
        """The older, then the others, which make up 100 % in each line."""
        (item,) = self.indicateurs
        older = [_share(zone.resultats[item.code]) for zone in self.connues]
        known = tuple(share for share in older if share is not None)
        return (
            PartNiveau("60_ans", "60 ans et plus", known),
            PartNiveau("moins_60_ans", "Moins de 60 ans", tuple(100 - share for share in known)),
        )


def _share(resultat: Resultat) -> float | None:
    """A share that a bar can be cut at: enough people bear it, and it is not in doubt."""
    return resultat.exacte if comparable(resultat) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveaux(Series):
    """How the inhabitants of the territory are shared among the levels of the zoning of each profession.

    `absences` stand in the place of the professions that cannot be drawn; empty for the others.
    """

    professions: tuple[str, ...]
    parts: tuple[PartNiveau, ...]
    absences: tuple[str, ...]

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
    items, zones = indicateurs(context, code), context.zones
    return Points(
        code=code,
        titre=declares().graphique[code].titre,
        zones=zones,
        texte=en_mots(items, zones),
        mention=phrases(non_dessines(items, zones), encadres(items, zones)),
        absence=_nothing_drawn(items, context),
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
        mention=non_dessines(items, context.zones),
        absence=_nothing_drawn(items, context),
        indicateurs=items,
    )


def _nothing_drawn(items: Sequence[Indicateur], context: Contexte) -> str:
    """What stands in the place of a chart in which the territory would have no figure."""
    return sans_dessin([affichage.absence(context.territoire.resultats[item.code]) for item in items])


def zonage(context: Contexte, code: CodeGraphique) -> Niveaux:
    """Levels of the zoning of each profession that the chart declares."""
    declared = declares().zonages[code]
    results = {
        (profession, niveau.code): context.territoire.resultats.get(
            f"{declared.prefixe}{profession}_{niveau.code}"
        )
        for profession in declared.professions
        for niveau in declared.niveaux
    }
    parts = tuple(
        PartNiveau(
            niveau.couleur or niveau.code,
            niveau.nom,
            tuple(_level_share(results[profession, niveau.code]) for profession in declared.professions),
        )
        for niveau in declared.niveaux
    )
    absences = tuple(_absence_of_levels(profession, results) for profession in declared.professions)
    return Niveaux(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=_levels_in_words(tuple(declared.professions.values()), parts, absences),
        absence=sans_dessin(absences),
        professions=tuple(declared.professions.values()),
        parts=parts,
        absences=absences,
    )


def _level_share(resultat: Resultat | None) -> float | None:
    return _share(resultat) if resultat else None


def _absence_of_levels(profession: str, results: Mapping[tuple[str, str], Resultat | None]) -> str:
    """What stands in the place of a profession: the zoning of a commune has all of its levels, or none."""
    known = (result for (line, _), result in results.items() if line == profession and result)
    return next(map(affichage.absence, known), "")


def _levels_in_words(professions: Sequence[str], parts: Sequence[PartNiveau], absences: Sequence[str]) -> str:
    return "\u00a0; ".join(
        f"{line}\u00a0: "
        + (
            absence
            or ", ".join(
                f"{part.nom.lower()} {pourcent(part.valeurs[row])}" for part in parts if part.valeurs[row]
            )
        )
        for row, (line, absence) in enumerate(zip(professions, absences, strict=True))
    )
