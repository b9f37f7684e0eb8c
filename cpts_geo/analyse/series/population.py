"""Series of the population: its change, its ages, births and deaths."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from cpts_geo.analyse.series.contexte import Contexte, ZoneTracee
from cpts_geo.analyse.series.declares import CodeGraphique, declares
from cpts_geo.analyse.series.forme import Series
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.chroniques import Chronique, Pyramide
from cpts_geo.socle.nombres import entier, pourcent, signe


class Courbe(NamedTuple):
    """The inhabitants of a zone, year by year, and what they are when the first year is 100."""

    zone: ZoneTracee
    chronique: Chronique


@dataclass(frozen=True, slots=True, kw_only=True)
class Evolution(Series):
    """Inhabitants by year: a curve for each zone."""

    courbes: tuple[Courbe, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Years in rows, zones in columns."""
        columns = {
            zone.colonne: dict(zip(chronique.annees, chronique.valeurs, strict=True))
            for zone, chronique in self.courbes
        }
        return pd.DataFrame(columns).rename_axis("Année").reset_index()


@dataclass(frozen=True, slots=True, kw_only=True)
class EtatCivil(Series):
    """Births and deaths in the territory, by year."""

    naissances: Chronique
    deces: Chronique

    @property
    def table(self) -> pd.DataFrame:
        """Years in rows."""
        return pd.DataFrame(
            {
                "Année": self.naissances.annees,
                "Naissances": self.naissances.valeurs,
                "Décès": self.deces.valeurs,
            }
        )


class Cote(NamedTuple):
    """One side of a pyramid: shares (%) of everybody by age, over the territory and over France."""

    nom: str
    effectifs: tuple[float, ...]
    parts: tuple[float, ...]
    parts_france: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PyramideComparee(Series):
    """Men and women of the territory by age, the youngest first, beside France."""

    territoire: Pyramide
    france: Pyramide

    @property
    def cotes(self) -> tuple[Cote, Cote]:
        """Men, then women."""
        own, beside = self.territoire, self.france
        whole, whole_beside = _whole(own), _whole(beside)
        return (
            Cote("Hommes", own.hommes, _shares(own.hommes, whole), _shares(beside.hommes, whole_beside)),
            Cote("Femmes", own.femmes, _shares(own.femmes, whole), _shares(beside.femmes, whole_beside)),
        )

    @property
    def table(self) -> pd.DataFrame:
        """Ages in rows."""
        own = self.territoire
        return pd.DataFrame({"Âge": own.ages, "Hommes": own.hommes, "Femmes": own.femmes})


def evolution(context: Contexte, code: CodeGraphique) -> Evolution:
    """Inhabitants of each zone since the first year known."""
    share = context.chroniques.par_annee("population", context.territoire.codes).couverture
    curves = tuple(
        Courbe(zone, context.chroniques.par_annee("population", zone.codes)) for zone in context.zones
    )
    return Evolution(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=_change(curves),
        mention=_covered(share),
        connue=bool(share),
        courbes=curves,
    )


def pyramide(context: Contexte, code: CodeGraphique) -> PyramideComparee:
    """Men and women by age, beside France."""
    ages = context.chroniques.pyramide(context.territoire.codes)
    return PyramideComparee(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=_by_age(ages),
        mention=_covered(ages.couverture),
        connue=bool(_whole(ages)),
        territoire=ages,
        france=context.chroniques.pyramide(context.france.codes),
    )


def etat_civil(context: Contexte, code: CodeGraphique) -> EtatCivil:
    """Births and deaths in the territory."""
    births = context.chroniques.par_annee("naissances", context.territoire.codes)
    deaths = context.chroniques.par_annee("deces", context.territoire.codes)
    words = (
        f"En {births.annees[-1]}\u00a0: {entier(births.valeurs[-1])} naissances "
        f"et {entier(deaths.valeurs[-1])} décès"
    )
    return EtatCivil(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=words,
        mention=_covered(births.couverture),
        naissances=births,
        deces=deaths,
    )


def _whole(pyramide: Pyramide) -> float:
    return sum(pyramide.hommes) + sum(pyramide.femmes)


def _shares(counts: Sequence[float], whole: float) -> tuple[float, ...]:
    return tuple(100 * count / whole if whole else 0 for count in counts)


def _change(curves: Sequence[Courbe]) -> str:
    years = curves[0].chronique.annees
    said = ", ".join(
        f"{zone.colonne} {signe(100 * (chronique.valeurs[-1] / chronique.valeurs[0] - 1), 1)}\u00a0%"
        for zone, chronique in curves
        if chronique.valeurs[0]
    )
    return f"De {years[0]} à {years[-1]}\u00a0: {said}"


def _by_age(ages: Pyramide) -> str:
    return "\u00a0; ".join(
        f"{age}\u00a0: {entier(men)} hommes, {entier(women)} femmes"
        for age, men, women in zip(ages.ages, ages.hommes, ages.femmes, strict=True)
    )


def _covered(share: float) -> str:
    if share >= affichage.COUVERTURE_PLEINE:
        return ""
    return f"Chiffres connus pour {pourcent(share, 0)} des habitants du territoire."
