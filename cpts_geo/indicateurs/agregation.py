"""Indicators of any set of communes and of the zones around it: sums over sums, doubts bounded."""

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, Self

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from cpts_geo.indicateurs.autour.liberaux import Effectifs, Liberaux, load_effectifs
from cpts_geo.indicateurs.autour.references import FRANCE, Publiees, load_publiees
from cpts_geo.indicateurs.autour.villes import VillesEntieres, villes_entieres
from cpts_geo.indicateurs.autour.zonales import Zonale, load_zonales, named_figures
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.couverture import informative, widest
from cpts_geo.indicateurs.cumul import (
    MASQUES,
    Cumul,
    Etendue,
    Figures,
    Rangs,
    Termes,
    Vecteur,
    divisible,
    published,
)
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.chemins import BUNDLE

Resultats = Mapping[str, Resultat]

# What the codes of these zones begin with among published values.
_LETTRES = {"epci": "E", "bassin_vie": "B"}


class Autour(NamedTuple):
    """What is published around territories, by indicator.

    `publiees` are values of zones; `effectifs` the professionals of départements, where the indicator counts
    their places of practice; `villes` what is known of whole cities only.
    """

    publiees: Mapping[str, Publiees] = MappingProxyType({})
    effectifs: Mapping[str, Effectifs] = MappingProxyType({})
    villes: VillesEntieres = VillesEntieres()


class Agregateur:
    """Computes every indicator of the catalogue over communes, départements, régions and France.

    Args:
        declared: the catalogue.
        colonnes: figures by commune code, with population, departement, region and `_masques` companions.
        references: published totals of zones ("D31", "R76", "FR"), one column per figure.
        zonales: figures of the indicators that communes do not have, by the kind of zone that has them.
        autour: what is published of EPCI, départements, régions and France.
    """

    def __init__(
        self,
        declared: Catalogue,
        colonnes: pd.DataFrame,
        references: pd.DataFrame,
        zonales: Mapping[str, Zonale],
        autour: Autour = Autour(),  # noqa: B008 - nothing of it can be changed
    ) -> None:
        self._communal = [item for item in declared.indicateurs if item.par_commune]
        self._figures = Figures(self._communal, colonnes)
        self._rows = {code: row for row, code in enumerate(colonnes.index)}
        self._departements = colonnes["departement"].to_numpy()
        self._regions = colonnes["region"].to_numpy()
        self._departements_des_regions = _departements_by_region(colonnes)
        self._references = references.to_dict(orient="index")
        self._zonales = zonales
        self._publiees, self._effectifs, self._villes = autour
        self._zones: dict[str, Resultats] = {}

    @classmethod
    def load(cls, declared: Catalogue, folder: Path = BUNDLE) -> Self:
        """Read from the bundle what the catalogue needs."""
        communes = pd.read_parquet(folder / "communes.parquet").set_index("code")
        figures = _read_figures(declared, folder / "indicateurs.parquet")
        table = pd.read_parquet(folder / "departements.parquet")
        departements = named_figures(table)
        return cls(
            declared,
            communes[["population", "superficie_km2", "departement", "region"]].join(figures),
            pd.read_parquet(folder / "references.parquet").set_index("zone"),
            load_zonales(declared, communes, departements, folder / "bassins.parquet"),
            Autour(
                load_publiees(
                    departements,
                    pd.read_parquet(folder / "epci.parquet").set_index("code"),
                    pd.read_parquet(folder / "bassins.parquet").set_index("code"),
                ),
                load_effectifs(table),
                villes_entieres(
                    communes,
                    pd.read_parquet(folder / "zones.parquet", columns=["type", "code", "nom"]),
                    pd.read_parquet(folder / "partages.parquet"),
                ),
            ),
        )

    def territoire(self, codes: Iterable[str]) -> Resultats:
        """Every indicator over these communes, by code; KeyError for a code that is no present commune."""
        given = tuple(codes)
        rows = self._rows_of(given)
        return self._of_cities(self._results(self._figures.sums(rows), rows), given)

    def _of_cities(self, results: Resultats, codes: Sequence[str]) -> Resultats:
        """The same, those told that have but a part of the figure of a city."""
        villes = self._villes.en_partie(codes)
        items = (item for item in self._communal if villes and item.code in results)
        shared = {item.code: self._villes.partagees(item, villes) for item in items}
        return {
            **results,
            **{code: replace(results[code], villes=names) for code, names in shared.items() if names},
        }

    def un_indicateur(self, item: Indicateur, codes: Sequence[str]) -> Resultat:
        """One indicator known by commune over these communes, as `territoire` gives it, at less cost."""
        rows = self._rows_of(codes)
        column, people = self._communal.index(item), float(self._weights(rows).sum())
        found = _result(item, self._figures.sums(rows), column, people, len(rows))
        return self._of_cities({item.code: found}, codes)[item.code]

    def avec_chacune(
        self, item: Indicateur, codes: Sequence[str], candidates: Sequence[str]
    ) -> tuple[Resultat, ...]:
        """One indicator over these communes with one more, for each of the candidates in turn.

        Args:
            item: an indicator known by commune.
            codes: the communes.
            candidates: the communes to try, none of which is among the others.
        """
        column = self._communal.index(item)
        rows, tried = self._rows_of(codes), self._rows_of(candidates)
        people, base = float(self._weights(rows).sum()), self._figures.sums(rows)
        return tuple(
            _result(item, base + self._figures.sums(tried[[rank]]), column, people + more, len(rows) + 1)
            for rank, more in enumerate(self._weights(tried).tolist())
        )

    def sans_chiffre(self, item: Indicateur, codes: Sequence[str]) -> tuple[str, ...]:
        """Those of these communes that have no figure, not even a masked one, for an indicator."""
        terms = self._figures.termes(self._rows_of(codes), self._communal.index(item))
        missing = np.isnan(terms.numerateur)
        return tuple(code for code, is_missing in zip(codes, missing, strict=True) if is_missing)

    def departement(self, code: str) -> Resultats:
        """Every indicator of a département, from its published totals where there are some."""
        return self._zone(f"D{code}", lambda: self._departements == code)

    def epci(self, code: str, communes: Iterable[str]) -> Resultats:
        """Every indicator of an EPCI that has these communes; what is published for the whole comes first."""
        return {**self._without_ranges(self.territoire(communes)), **self.publies_epci(code)}

    def publies_epci(self, code: str) -> Resultats:
        """The indicators published for an EPCI as a whole: a median can be had in no other way."""
        values = (
            (item, each.valeurs.get(f"{_LETTRES['epci']}{code}")) for item, each in self._publiees.items()
        )
        return {item: _exact_result(value) for item, value in values if value is not None}

    def publiee(self, item: Indicateur, genre: Literal["epci", "bassin_vie"], code: str) -> float | None:
        """The value published for an EPCI or a bassin de vie as a whole; None without any."""
        published = self._publiees.get(item.code)
        return published.valeurs.get(f"{_LETTRES[genre]}{code}") if published else None

    def region(self, code: str) -> Resultats:
        """Every indicator of a région; one that is a single département takes that one's totals."""
        departements = self._departements_des_regions[code]
        if len(departements) == 1:
            return self.departement(*departements)
        return self._zone(f"R{code}", lambda: self._regions == code)

    def france(self) -> Resultats:
        """Every indicator of France: métropole and the five DROM."""
        return self._zone(FRANCE, lambda: np.ones(len(self._rows), dtype=bool))

    def par_commune(self, item: Indicateur, codes: Sequence[str]) -> pd.DataFrame:
        """One indicator in each commune, as `territoire` gives it for that commune alone.

        Returns:
            Columns borne_basse and borne_haute, indexed by code, in the order given: equal where the figure
            is exact, apart where masked cells leave a doubt, NaN where there is none. `secrete` says that
            there is none because masked cells leave nothing to say: bounds too far apart to inform, or
            nobody surely to divide by. `sans_objet` says that there is none because all is known, and there
            is nothing to divide by. An indicator known by whole zones has the figure of the zone.
        """
        rows = self._rows_of(codes)
        if item.par_commune:
            terms = self._figures.termes(rows, self._communal.index(item))
            low, high, hidden = _bounds_by_row(item, terms)
            idle = _nothing_to_divide_by(item, terms)
        else:
            low = high = self._zonales[item.agregation].valeurs(item.code, rows)
            hidden = idle = np.zeros(len(rows), dtype=bool)
        columns = {"borne_basse": low, "borne_haute": high, "secrete": hidden, "sans_objet": idle}
        return pd.DataFrame(columns, index=list(codes))

    def effectif_par_commune(self, item: Indicateur, codes: Sequence[str]) -> pd.DataFrame:
        """The count behind an indicator known by commune, in each of these, as `par_commune` gives values."""
        terms = self._figures.termes(self._rows_of(codes), self._communal.index(item))
        most = terms.numerateur + item.masque * terms.masques_numerateur
        return pd.DataFrame({"borne_basse": terms.numerateur, "borne_haute": most}, index=list(codes))

    def departements_peuples(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The départements of these communes, the one where most of their inhabitants live first."""
        rows = self._rows_of(codes)
        people = pd.Series(self._weights(rows)).groupby(self._departements[rows]).sum()
        return tuple(map(str, people.sort_values(ascending=False, kind="stable").index))

    def liberaux(self, item: Indicateur, departements: Sequence[str]) -> Liberaux | None:
        """The professionals whose places of practice `item` counts, in whole départements.

        None for an indicator that counts something else, or where their number is not known.
        """
        known = self._effectifs.get(item.code)
        if known is None:
            return None
        count = known.total(departements)
        places = sum(self.departement(code)[item.code].effectif or 0 for code in departements)
        return None if count is None else Liberaux(tuple(departements), count, places)

    def zones_principales(self, codes: Iterable[str]) -> tuple[str, str]:
        """The département where most inhabitants of these communes live, and its région."""
        rows = self._rows_of(codes)
        departement = _heaviest(self._departements[rows], self._weights(rows))
        return departement, str(self._regions[rows][self._departements[rows] == departement][0])

    def _rows_of(self, codes: Iterable[str]) -> Rangs:
        return np.array([self._rows[code] for code in codes], dtype=np.intp)

    def _weights(self, rows: Rangs) -> Vecteur:
        return self._figures.population[rows]

    def _zone(self, label: str, inside: Callable[[], np.ndarray]) -> Resultats:
        if label not in self._zones:
            rows = np.flatnonzero(inside())
            sums, given = self._sums(label, rows)
            sums, parted = self._by_departements(label, rows, sums, given)
            results = self._without_ranges(self._results(sums, rows))
            results |= {code: replace(results[code], publie=True) for code in given}
            results |= {code: replace(results[code], par_departements=True) for code in parted}
            unplaced = self._unplaced(label, results)
            results |= {code: replace(results[code], non_repartis=count) for code, count in unplaced.items()}
            self._zones[label] = results | self._published(label, rows)
        return self._zones[label]

    def _sums(self, label: str, rows: Rangs) -> tuple[Cumul, frozenset[str]]:
        """Sums over a zone, with its published totals for the ratios whose codes are given too."""
        sums = self._figures.sums(rows)
        if label not in self._references:
            return sums, frozenset()
        zone = Etendue(len(rows), float(self._weights(rows).sum()))
        added = {code for code, publiees in self._publiees.items() if publiees.communes}
        return published(sums, self._communal, self._references[label], zone, added)

    def _unplaced(self, label: str, results: Resultats) -> dict[str, float]:
        """How many more a source publishes for a zone than for its communes, where these are added up."""
        totals = self._references.get(label, {})
        added = [
            item
            for item in self._communal
            if item.effectif and item.code in self._publiees and self._publiees[item.code].communes
        ]
        counts = {item.code: totals.get(item.numerateur[0], math.nan) for item in added}
        more = {code: total - (results[code].effectif_haut or 0.0) for code, total in counts.items()}
        return {code: count for code, count in more.items() if count > 0}

    def _by_departements(
        self, label: str, rows: Rangs, sums: Cumul, given: frozenset[str]
    ) -> tuple[Cumul, frozenset[str]]:
        """The same, for the ratios that the totals of the whole zone do not allow though those of a part do.

        A published total counts also where nothing is known to divide it by: the terms are then those of the
        départements, each with its own totals where they allow it. The codes of these ratios are given too.
        """
        wanted = divisible(self._communal, self._references.get(label, {})) - given
        inside = self._departements[rows]
        codes = np.unique(inside)
        if not wanted or len(codes) == 1:
            return sums, frozenset()
        parts = [self._sums(f"D{code}", rows[inside == code]) for code in codes]
        parted = wanted & frozenset().union(*(allowed for _, allowed in parts))
        total = reduce(operator.add, (part for part, _ in parts))
        return sums.taking(total, np.array([item.code in parted for item in self._communal])), parted

    def _without_ranges(self, results: Resultats) -> dict[str, Resultat]:
        """The same, but what cannot be averaged is unknown: the range of its communes is no reference."""
        ranges = (item.code for item in self._communal if item.agregation == "etendue")
        return {**results, **dict.fromkeys(ranges, _zonal_result(math.nan, 0.0, 1.0, 0))}

    def _published(self, label: str, rows: Rangs) -> dict[str, Resultat]:
        """The published values of a zone, by indicator; without one, the mean of its départements."""
        results: dict[str, Resultat] = {}
        for code, publiees in self._publiees.items():
            value = publiees.valeurs.get(label)
            if value is not None:
                results[code] = _exact_result(value)
            elif publiees.departements and (item := self._averaged(code)):
                results[code] = self._mean_of_departements(item, publiees, rows)
        return results

    def _averaged(self, code: str) -> Indicateur | None:
        means = (item for item in self._communal if item.agregation == "moyenne_ponderee")
        return next((item for item in means if item.code == code), None)

    def _mean_of_departements(self, item: Indicateur, publiees: Publiees, rows: Rangs) -> Resultat:
        """The mean of published values of départements, weighted as the indicator is."""
        weights = self._figures.poids(rows, self._communal.index(item))
        by_departement = pd.Series(weights).groupby(self._departements[rows]).sum()
        values = pd.Series(publiees.departements, dtype=float).reindex(by_departement.index)
        present = by_departement.where(values.notna(), 0.0)
        mean = float((values * present).sum() / present.sum()) if present.sum() else math.nan
        return _zonal_result(mean, float(present.sum()), float(by_departement.sum()), len(rows))

    def _results(self, sums: Cumul, rows: Rangs) -> dict[str, Resultat]:
        people = float(self._weights(rows).sum())
        communal = {
            item.code: _result(item, sums, column, people, len(rows))
            for column, item in enumerate(self._communal)
        }
        return communal | self._zonal(rows, people)

    def _zonal(self, rows: Rangs, people: float) -> dict[str, Resultat]:
        """What zones have and communes have not: the mean weighted by the inhabitants in each zone."""
        results: dict[str, Resultat] = {}
        for zonale in self._zonales.values():
            for code, mean, covered in zonale.moyennes(rows, self._weights(rows)):
                results[code] = _zonal_result(mean, covered, people, len(rows))
        return results


def _result(item: Indicateur, sums: Cumul, column: int, people: float, communes: int) -> Resultat:
    known = int(sums.connues[column])
    low, high = _bounds(item, sums, column) if known else (None, None)
    masked = int(sums.masquees[column])
    unclear = masked > 0 if low is None or high is None else not informative(item, low, high)
    doubtful = bool(known and unclear)
    idle = low is None and not masked and known == communes and communes > 0
    low, high = (None, None) if doubtful else (low, high)
    counted = known and (item.effectif or item.agregation == "somme")
    count = float(sums.numerateur[column]) if counted else None
    most = None if count is None else count + item.masque * float(sums.masques_numerateur[column])
    return Resultat(
        valeur=None if item.agregation == "etendue" else _middle(low, high),
        borne_basse=low,
        borne_haute=high,
        effectif=_middle(count, most),
        effectif_bas=count,
        effectif_haut=most,
        couverture=_share(sums.population_exacte[column], people),
        communes_masquees=masked,
        communes_manquantes=communes - known,
        couverture_encadree=_share(sums.population_connue[column], people),
        trop_incertain=doubtful,
        sans_objet=idle,
    )


def _bounds(item: Indicateur, sums: Cumul, column: int) -> tuple[float | None, float | None]:
    """Lowest and highest value that the masked cells allow; None when there is nothing to divide by."""
    if item.agregation == "etendue":
        return float(sums.minimum[column]), float(sums.maximum[column])
    count, whole = float(sums.numerateur[column]), float(sums.denominateur[column])
    if item.agregation == "somme":
        return count, count + item.masque * float(sums.masques_numerateur[column])
    most = count + item.masque * float(sums.masques_numerateur[column])
    widest = whole + item.masque * float(sums.masques_denominateur[column])
    if whole <= 0:
        return None, None
    high = item.facteur * most / whole
    return item.facteur * count / widest, min(high, item.facteur) if item.part else high


def _bounds_by_row(item: Indicateur, terms: Termes) -> tuple[Vecteur, Vecteur, np.ndarray]:
    """The same bounds, one commune a row, NaN when there is none; which of these are hidden by secrecy."""
    most = terms.numerateur + item.masque * terms.masques_numerateur
    if item.agregation in ("etendue", "somme"):
        low, high = terms.numerateur, most
    else:
        whole = np.where(terms.denominateur > 0, terms.denominateur, np.nan)
        high = item.facteur * most / whole
        low = item.facteur * terms.numerateur / (whole + item.masque * terms.masques_denominateur)
        high = np.minimum(high, item.facteur) if item.part else high
    masked = terms.masques_numerateur + terms.masques_denominateur > 0
    hidden = masked & ~np.isnan(terms.numerateur) & ~(high - low <= widest(item))
    return np.where(hidden, np.nan, low), np.where(hidden, np.nan, high), hidden


def _nothing_to_divide_by(item: Indicateur, terms: Termes) -> np.ndarray:
    """Where a share or a ratio has no meaning, for its denominator is surely zero: no doctor to share."""
    if item.agregation in ("etendue", "somme"):
        return np.zeros(len(terms.numerateur), dtype=bool)
    exact = (terms.masques_numerateur + terms.masques_denominateur) == 0
    return np.asarray(exact & (terms.denominateur == 0) & ~np.isnan(terms.numerateur))


def _exact_result(value: float) -> Resultat:
    """A value published as it is, which stands for everyone."""
    return replace(_zonal_result(value, covered=1.0, people=1.0, communes=0), publie=True)


def _zonal_result(mean: float, covered: float, people: float, communes: int) -> Resultat:
    value = None if np.isnan(mean) else float(mean)
    return Resultat(
        valeur=value,
        borne_basse=value,
        borne_haute=value,
        effectif=None,
        effectif_bas=None,
        effectif_haut=None,
        couverture=_share(covered, people),
        communes_masquees=0,
        communes_manquantes=0 if value is not None else communes,
        couverture_encadree=_share(covered, people),
    )


def _middle(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else (low + high) / 2


def _share(part: float, whole: float) -> float:
    """Percentage; nothing is covered where nobody lives."""
    return 100 * float(part) / whole if whole else 0.0


def _heaviest(labels: np.ndarray, weights: Vecteur) -> str:
    return str(pd.Series(weights).groupby(labels).sum().idxmax())


def _read_figures(declared: Catalogue, path: Path) -> pd.DataFrame:
    """The columns of the bundle that the catalogue names, with their `_masques` companions."""
    named = {
        name for item in declared.indicateurs for name in (*item.numerateur, *item.moins, *item.denominateur)
    }
    wanted = named | {f"{name}{MASQUES}" for name in named} | {"code"}
    present = [name for name in pq.read_schema(path).names if name in wanted]
    return pd.read_parquet(path, columns=present).set_index("code")


def _departements_by_region(colonnes: pd.DataFrame) -> dict[str, frozenset[str]]:
    grouped = colonnes.groupby("region")["departement"]
    return {str(region): frozenset(map(str, inside.unique())) for region, inside in grouped}
