"""Series of the population: its change, its ages, births and deaths."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from cpts_geo.analyse.series.contexte import Contexte, ZoneTracee
from cpts_geo.analyse.series.declares import CodeGraphique, declares
from cpts_geo.analyse.series.forme import Series, phrases, sans_dessin
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.chroniques import Chronique, Pyramide
from cpts_geo.indicateurs.plan import plan
from cpts_geo.socle.nombres import pluriel, signe
from cpts_geo.socle.textes import typographie


class Courbe(NamedTuple):
    """The inhabitants of a zone, year by year, and what they are when the first year is 100."""

    zone: ZoneTracee
    chronique: Chronique


@dataclass(frozen=True, slots=True, kw_only=True)
class Evolution(Series):
    """Inhabitants by year: a curve for each zone that has enough figures."""

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
    curves = [Courbe(zone, context.chroniques.par_annee("population", zone.codes)) for zone in context.zones]
    own = curves[0].chronique
    drawn = tuple(curve for curve in curves if curve.chronique.indices)
    left_out = [zone.nom for zone, chronique in curves[1:] if not chronique.indices]
    return Evolution(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=_change(drawn) if own.indices else "",
        mention=phrases(
            _covered(own.couverture),
            _gaps(own.lacunes),
            f"Non dessiné\u00a0: {', '.join(left_out)}." if left_out else "",
        ),
        absence="" if own.indices else sans_dessin([affichage.partielle(own.couverture)]),
        courbes=drawn,
    )


def pyramide(context: Contexte, code: CodeGraphique) -> PyramideComparee:
    """Men and women by age, beside France."""
    ages = context.chroniques.pyramide(context.territoire.codes)
    enough = _whole(ages) and ages.couverture >= plan().couverture_ecart
    return PyramideComparee(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=_by_age(ages) if enough else "",
        mention=phrases(typographie(declares().graphique[code].mention), _covered(ages.couverture)),
        absence="" if enough else sans_dessin([affichage.partielle(ages.couverture)]),
        territoire=ages,
        france=context.chroniques.pyramide(context.france.codes),
    )


def etat_civil(context: Contexte, code: CodeGraphique) -> EtatCivil:
    """Births and deaths in the territory."""
    births = context.chroniques.par_annee("naissances", context.territoire.codes)
    deaths = context.chroniques.par_annee("deces", context.territoire.codes)
    share = min(births.couverture, deaths.couverture)
    return EtatCivil(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=_last_year(births, deaths),
        mention=phrases(_covered(share), _gaps(sorted({*births.lacunes, *deaths.lacunes}))),
        absence="" if births.connues and deaths.connues else sans_dessin([affichage.partielle(share)]),
        naissances=births,
        deces=deaths,
    )


def _last_year(births: Chronique, deaths: Chronique) -> str:
    """The last year in which both are known, in words; empty without any."""
    born, dead = dict(births.connues), dict(deaths.connues)
    if not born.keys() & dead.keys():
        return ""
    year = max(born.keys() & dead.keys())
    said = pluriel(round(born[year]), "naissance"), pluriel(round(dead[year]), "décès", "décès")
    return f"En {year}\u00a0: {' et '.join(said)}"


def _gaps(years: Sequence[int]) -> str:
    """The years in which nothing is drawn, those that follow each other together; empty without any."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    said = ", ".join(f"{span[0]} à {span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)
    return f"Non disponible\u00a0: {said}." if said else ""


def _whole(pyramide: Pyramide) -> float:
    return sum(pyramide.hommes) + sum(pyramide.femmes)


def _shares(counts: Sequence[float], whole: float) -> tuple[float, ...]:
    return tuple(100 * count / whole if whole else 0 for count in counts)


def _change(curves: Sequence[Courbe]) -> str:
    """How much the inhabitants of each zone changed over the years known of the first, in words."""
    years = [year for year, _ in curves[0].chronique.connues]
    first, last = years[0], years[-1]
    known = [(zone, dict(chronique.connues)) for zone, chronique in curves]
    said = ", ".join(
        f"{typographie(zone.colonne)} {signe(100 * (values[last] / values[first] - 1), 1)}\u00a0%"
        for zone, values in known
        if first in values and last in values
    )
    return f"De {first} à {last}\u00a0: {said}"


def _by_age(ages: Pyramide) -> str:
    return "\u00a0; ".join(
        f"{age}\u00a0: {pluriel(round(men), 'homme')}, {pluriel(round(women), 'femme')}"
        for age, men, women in zip(ages.ages, ages.hommes, ages.femmes, strict=True)
    )


def _covered(share: float) -> str:
    if share >= affichage.COUVERTURE_PLEINE or not share:
        return ""
    return f"Chiffres connus pour {affichage.presque(share)} des habitants du territoire."
