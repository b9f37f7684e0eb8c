"""The communes of a territory in rows, any indicators in columns: to be read, sorted and searched."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple, Self

import pandas as pd

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.ecarts import Intervalle
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.nombres import decimal
from cpts_geo.socle.textes import sans_accents

NOM, DEPARTEMENT = "Commune", "Département"
MASQUE = "secret"
MOTS = "mots"
_NOMBRE = ":nombre"
# The order of kinds of figures in a sorted column.
_CONNU, _MASQUE, _SANS_OBJET, _MANQUANT = range(4)
_NOT_IN_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mesure:
    """What a column measures: the value of an indicator, or the count behind it when `nombre`."""

    indicateur: Indicateur
    nombre: bool = False

    @property
    def cle(self) -> str:
        """What tells it from the others, as it is declared: "densite_infirmiers:nombre"."""
        return self.indicateur.code + (_NOMBRE if self.nombre else "")

    @property
    def libelle(self) -> str:
        """The indicator and the unit, as the head of a column and as a choice in a list."""
        unit = "nombre" if self.nombre else self.indicateur.unite
        place = affichage.mention(self.indicateur)
        return f"{self.indicateur.libelle_court} ({unit}{', ' if place else ''}{place})"

    @property
    def titre(self) -> str:
        """The indicator with a short unit, as the head of a column."""
        return (
            f"{self.indicateur.libelle_court} ({self._unite})"
            if self._unite
            else self.indicateur.libelle_court
        )

    @property
    def _unite(self) -> str:
        if self.nombre:
            return "nombre"
        return "%" if self.indicateur.unite.startswith("%") else plan().unites.get(self.indicateur.unite, "")

    @property
    def decimales(self) -> int:
        """Decimals shown: a count has none."""
        return 0 if self.nombre else self.indicateur.decimales

    @property
    def encadrable(self) -> bool:
        """Whether a figure may be known by its bounds only: masked values, or a range over the communes."""
        return self.indicateur.masque > 0 or self.indicateur.agregation == "etendue"

    def texte(self, low: float | None, high: float | None) -> str:
        """A figure as it is read: "1 234,5", "0,0 à 6,2" when it is masked, "n. d." when there is none."""
        lowest, highest = decimal(low, self.decimales), decimal(high, self.decimales)
        return lowest if lowest == highest else f"{lowest} à {highest}"

    def ensemble(self, resultat: Resultat) -> str:
        """The figure of the whole territory as it is read."""
        if self.nombre:
            return affichage.effectif(resultat)
        return affichage.marquee(self.indicateur, resultat)

    def total(self, resultat: Resultat) -> tuple[float | None, float | None]:
        """Lowest and highest figure over the whole territory."""
        if self.nombre:
            return resultat.effectif_bas, resultat.effectif_haut
        return resultat.borne_basse, resultat.borne_haute


class Tri(NamedTuple):
    """The column by which the table is sorted, and in which direction."""

    colonne: str = ""
    decroissant: bool = False

    def clic(self, colonne: str) -> Self:
        """After a click on the title of a column: upwards, then downwards."""
        return type(self)(colonne, colonne == self.colonne and not self.decroissant)


@dataclass(frozen=True, slots=True)
class TableCommunes:
    """Figures of communes (rows, by code) for each measure (columns).

    `communes` has the names, and the words under which each can be searched. `figures` has the bounds by key
    of measure and by code: equal where the figure is exact, apart where it is masked, NaN where there is
    none. `secrets` tells those of which masked cells leave nothing to say: anything, or bounds too far apart;
    `sans_objet` those for which there is nothing to divide by. `totaux` has the whole territory.
    """

    mesures: tuple[Mesure, ...]
    communes: pd.DataFrame
    figures: Mapping[str, Mapping[str, Intervalle]]
    secrets: frozenset[tuple[str, str]]
    sans_objet: frozenset[tuple[str, str]]
    totaux: tuple[tuple[Mesure, Resultat], ...]

    def __len__(self) -> int:
        return len(self.communes)

    @property
    def codes(self) -> list[str]:
        """Codes of the communes, in their order."""
        return [str(code) for code in self.communes.index]

    @property
    def plusieurs_departements(self) -> bool:
        """Whether the communes are of more than one département."""
        return len(self.communes[DEPARTEMENT].unique()) > 1

    def search(self, requete: str) -> Self:
        """Only the communes with a word begun by each of these: in name, département, code, postal code."""
        wanted = _mots(requete).split()
        found = self.communes[MOTS].map(lambda text: all(f" {word}" in text for word in wanted))
        return replace(self, communes=self.communes[found.astype(bool)])

    def texte(self, code: str, mesure: Mesure) -> str:
        """The figure of a commune as it is read."""
        if (code, mesure.cle) in self.secrets:
            return MASQUE
        if (code, mesure.cle) in self.sans_objet:
            return affichage.SANS_OBJET
        return mesure.texte(*self.figures[mesure.cle][code])

    def affichee(self) -> pd.DataFrame:
        """The table as it is shown, its columns named by keys: French texts."""
        texts = {mesure.cle: [self.texte(code, mesure) for code in self.codes] for mesure in self.mesures}
        return self.communes[[NOM, DEPARTEMENT]].join(pd.DataFrame(texts, index=self.communes.index))

    def sort(self, tri: Tri) -> Self:
        """The same communes in the order of a column; as they are when there is no such column.

        Whatever the direction, known figures come first, then those that secrecy hides, which have no rank,
        then those without object, then missing ones: each of these in the order they had.
        """
        if tri.colonne in (NOM, DEPARTEMENT):
            found = self.communes[tri.colonne].map(_mots)
            ordered = found.sort_values(ascending=not tri.decroissant, kind="stable")
            return replace(self, communes=self.communes.loc[ordered.index])
        if tri.colonne not in self.figures:
            return self
        return replace(self, communes=self.communes.loc[sorted(self.codes, key=partial(self._place, tri))])

    @property
    def masques(self) -> bool:
        """Whether a figure is known by its bounds only."""
        return any(low < high for figures in self.figures.values() for low, high in figures.values())

    def _place(self, tri: Tri, code: str) -> tuple[int, float]:
        """Where a figure is sorted: its kind, then its value when it is known."""
        low, high = self.figures[tri.colonne][code]
        if (code, tri.colonne) in self.sans_objet:
            return _SANS_OBJET, 0.0
        if math.isnan(low):
            return _MANQUANT, 0.0
        if low != high:
            return _MASQUE, 0.0
        return _CONNU, -low if tri.decroissant else low


def mesures(catalogue: Catalogue) -> dict[str, Mesure]:
    """Everything that can be a column, by key, in the order of the catalogue: values, then their counts."""
    offered: dict[str, Mesure] = {}
    for item in catalogue.indicateurs:
        offered[item.code] = Mesure(item)
        if item.effectif and item.numerateur != ("population",):
            counted = Mesure(item, nombre=True)
            offered[counted.cle] = counted
    return offered


def table_communes(
    codes: Sequence[str], choisies: Iterable[Mesure], agregateur: Agregateur, referentiel: Referentiel
) -> TableCommunes:
    """The table of these communes, the most peopled first.

    Raises:
        ValueError: there is no commune.
    """
    if not codes:
        raise ValueError("Un territoire sans commune n’a pas de tableau.")
    columns = tuple(choisies)
    communes = _communes(codes, referentiel)
    figures = {mesure.cle: _by_commune(mesure, codes, agregateur) for mesure in columns}
    secrets = [(mesure, code) for mesure in columns for code in _told(mesure, codes, agregateur, "secrete")]
    idle = [(mesure, code) for mesure in columns for code in _told(mesure, codes, agregateur, "sans_objet")]
    for mesure, code in secrets:
        figures[mesure.cle][code] = Intervalle(0, mesure.indicateur.facteur)
    results = agregateur.territoire(codes)
    return TableCommunes(
        mesures=columns,
        communes=communes,
        figures=figures,
        secrets=frozenset((code, mesure.cle) for mesure, code in secrets),
        sans_objet=frozenset((code, mesure.cle) for mesure, code in idle),
        totaux=tuple((mesure, results[mesure.indicateur.code]) for mesure in columns),
    )


def _communes(codes: Sequence[str], referentiel: Referentiel) -> pd.DataFrame:
    rows = referentiel.communes.loc[list(codes)].sort_values("population", ascending=False, kind="stable")
    shown = pd.DataFrame(
        {
            NOM: rows["nom"],
            DEPARTEMENT: [referentiel.nom_zone("departement", str(each)) for each in rows["departement"]],
        },
        index=rows.index,
    )
    words = shown[NOM] + " " + shown[DEPARTEMENT] + " " + rows.index + " " + rows["codes_postaux"]
    return shown.assign(**{MOTS: words.map(_mots)})


def _mots(text: str) -> str:
    """The words of a text, in plain letters, each after a space."""
    return " " + " ".join(_NOT_IN_WORD.sub(" ", sans_accents(text)).split())


def _by_commune(mesure: Mesure, codes: Sequence[str], agregateur: Agregateur) -> dict[str, Intervalle]:
    give = agregateur.effectif_par_commune if mesure.nombre else agregateur.par_commune
    bounds = give(mesure.indicateur, codes)[["borne_basse", "borne_haute"]]
    return {str(code): Intervalle(low, high) for code, low, high in bounds.itertuples()}


def _told(mesure: Mesure, codes: Sequence[str], agregateur: Agregateur, why: str) -> list[str]:
    """Communes of which there is no value for this reason (`Agregateur.par_commune`)."""
    if mesure.nombre:
        return []
    told = agregateur.par_commune(mesure.indicateur, codes)[why]
    return [str(code) for code in told.index[told]]
