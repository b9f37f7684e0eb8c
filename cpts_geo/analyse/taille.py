"""The size class ("Taille") of a CPTS, after the population of its territory."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from pydantic import model_validator

from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import entier


class Classe(Declare):
    """A size class as declared; `montant` is its yearly running envelope in euros, given as an indication."""

    numero: int
    libelle: str
    intervalle: str
    montant: int


class Seuil(Declare):
    """A threshold in inhabitants, and the class given to a population exactly equal to it."""

    valeur: int
    egalite: int


@dataclass(frozen=True, slots=True)
class Classement:
    """Where a population stands among the size classes.

    `marge_bas` is how many inhabitants the population is above the threshold below (None in the first class),
    `marge_haut` how many it is under the threshold above (None in the last). `position` goes from 0 to 1
    within the class; in the last class, which has no end, it nears 1 as the population grows.
    `avertissement` is a French sentence, empty unless the population is close to a threshold.
    """

    classe: Classe
    population: int
    seuil_bas: int | None
    seuil_haut: int | None
    position: float
    avertissement: str

    @property
    def numero(self) -> int:
        """1, 2, 3 or 4."""
        return self.classe.numero

    @property
    def libelle(self) -> str:
        """The name of the class, "Taille 1" to "Taille 4"."""
        return self.classe.libelle

    @property
    def intervalle(self) -> str:
        """The class in words, as "de 40 000 à 80 000 habitants"."""
        return self.classe.intervalle

    @property
    def montant(self) -> int:
        """Yearly running envelope in euros, given as an indication."""
        return self.classe.montant

    @property
    def proche(self) -> bool:
        """Whether the population is so close to a threshold that the class is not certain."""
        return bool(self.avertissement)

    @property
    def marge_bas(self) -> int | None:
        """Inhabitants above the threshold below."""
        return None if self.seuil_bas is None else self.population - self.seuil_bas

    @property
    def marge_haut(self) -> int | None:
        """Inhabitants under the threshold above."""
        return None if self.seuil_haut is None else self.seuil_haut - self.population


class Bareme(Declare):
    """The declared classes and thresholds, in growing order, with their sources."""

    classes: tuple[Classe, ...]
    seuils: tuple[Seuil, ...]
    proximite: int
    avertissement: str
    population: str
    source_seuils: str
    source_montants: str
    mention_montants: str

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        valeurs = [seuil.valeur for seuil in self.seuils]
        numeros = [classe.numero for classe in self.classes]
        if len(numeros) != len(valeurs) + 1 or not _grows(valeurs) or not _grows(numeros):
            raise ValueError("seuils et classes doivent croître et s’intercaler.")
        for seuil, neighbours in zip(self.seuils, pairwise(numeros), strict=True):
            if seuil.egalite not in neighbours:
                raise ValueError(f"à {seuil.valeur}, la classe doit être voisine du seuil.")
        return self

    def rank(self, population: int) -> Classement:
        """The class of a territory of this population.

        Raises:
            ValueError: the population is negative.
        """
        if population < 0:
            raise ValueError("Une population ne peut pas être négative.")
        rank = sum(self._is_beyond(population, seuil) for seuil in self.seuils)
        bas = self.seuils[rank - 1].valeur if rank else None
        haut = self.seuils[rank].valeur if rank < len(self.seuils) else None
        return Classement(
            classe=self.classes[rank],
            population=population,
            seuil_bas=bas,
            seuil_haut=haut,
            position=_position(population, bas or 0, haut),
            avertissement=self._avertissement(population),
        )

    def _is_beyond(self, population: int, seuil: Seuil) -> bool:
        if population == seuil.valeur:
            return seuil.egalite > self.classes[self.seuils.index(seuil)].numero
        return population > seuil.valeur

    def _avertissement(self, population: int) -> str:
        for seuil in self.seuils:
            if abs(population - seuil.valeur) * 100 <= seuil.valeur * self.proximite:
                return self.avertissement.format(
                    proximite=self.proximite, seuil=entier(seuil.valeur), egalite=seuil.egalite
                )
        return ""


def _position(population: int, bas: int, haut: int | None) -> float:
    if haut is None:
        return 1 - bas / population
    return (population - bas) / (haut - bas)


def load_bareme() -> Bareme:
    """The scale declared in the data file, read once.

    Raises:
        DeclarationInvalideError: classes and thresholds of the file do not fit together.
    """
    return declaration("taille", Bareme)


def _grows(numbers: list[int]) -> bool:
    return all(low < high for low, high in pairwise(numbers))
