"""The words of a figure in a sentence: its value, its count, France beside it, and how far it stands."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import comparable
from cpts_geo.indicateurs.ecarts import Intervalle, ecart
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.nombres import arrondi, decimal, est_pluriel, pourcent, signe

Degre = Literal["-2", "-1", "0", "1", "2"]

# How the nouns that are counted make their singular, word by word: "lieux", "libéraux", "sages-femmes".
_SINGULIERS = ((r"eux\b", "eu"), (r"aux\b", "al"), (r"s\b", ""))
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One indicator in words: of the territory, of France, and how far one is from the other.

    `positions` are the words of each degree of distance. Every text can be put in a sentence as it is.
    """

    indicateur: Indicateur
    territoire: Resultat
    reference: Resultat
    positions: Mapping[Degre, str]

    @property
    def nue(self) -> str:
        """The value over the territory, as it stands after "de": "12,3", "12,3 à 14,5"."""
        return affichage.valeur(self.indicateur, self.territoire)

    @property
    def valeur(self) -> str:
        """The value over the territory: "12,3", "de 12,3 à 14,5"."""
        return _framed(self.nue)

    @property
    def effectif(self) -> str:
        """The headcount behind the value: "120", "de 120 à 138"."""
        return _framed(affichage.effectif(self.territoire))

    @property
    def un(self) -> str:
        """What is counted, in the singular: "médecin généraliste libéral"."""
        return singulier(self.indicateur.effectif)

    @property
    def compte(self) -> str:
        """The headcount with what is counted, as "37 médecins généralistes libéraux"."""
        noun = self.indicateur.effectif if est_pluriel(self.territoire.effectif_haut) else self.un
        return f"{self.effectif} {noun}"

    @property
    def encadre(self) -> bool:
        """Whether masked cells leave a doubt about the value, as it is written."""
        return self.nue != decimal(self.territoire.borne_basse, self.indicateur.decimales)

    @property
    def nul(self) -> bool:
        """Whether there is none of what is counted."""
        return self.territoire.effectif_haut == 0 and self._of_everyone

    @property
    def rien(self) -> bool:
        """Whether the value is nothing, not only once it is rounded."""
        return self.territoire.borne_haute == 0

    @property
    def tous(self) -> bool:
        """Whether the value, a share, is the whole."""
        return self.territoire.borne_basse == self.indicateur.facteur

    @property
    def zero(self) -> bool:
        """Whether the value reads 0."""
        return self._reads(0)

    @property
    def part(self) -> str:
        """A share, which reads neither nothing nor the whole when it is not: "moins de 0,1 %"."""
        places = self.indicateur.decimales
        step = 10.0**-places
        if self.zero and not self.rien:
            return f"moins de {pourcent(step, places)}"
        if self._reads(100) and not self.tous:
            return f"plus de {pourcent(100 - step, places)}"
        return f"{self.valeur} %"

    @property
    def habitants(self) -> str:
        """Who a share of the inhabitants is: "64,0 % des habitants", "tous les habitants"."""
        everybody = self.tous and self._of_everyone
        return "tous les habitants" if everybody else f"{self.part} des habitants"

    @property
    def baisse(self) -> bool:
        """Whether a variation goes down."""
        return (self.territoire.valeur or 0) < 0

    @property
    def ampleur(self) -> str:
        """How large a variation is, its sign left aside."""
        return decimal(abs(self.territoire.valeur or 0), self.indicateur.decimales)

    def accord(self, nom: str) -> str:
        """The noun in the number of the value: "1,9 consultation", "2 consultations"."""
        return f"{nom}s" if est_pluriel(self.territoire.borne_haute) else nom

    def accord_effectif(self, nom: str) -> str:
        """The noun in the number of the headcount."""
        return f"{nom}s" if est_pluriel(self.territoire.effectif_haut) else nom

    # ---- Beside France ---------------------------------------------------------------------------------

    def france(self, unite: str = "") -> str:
        """France between brackets, and the share of people who stand behind the figure when some do not."""
        said = f"France : {_framed(self.reference_nue)}{unite}"
        return self._between_brackets(said if self._has_reference else "")

    @property
    def couvert(self) -> str:
        """The share of people who stand behind the figure, between brackets, when some do not."""
        return self._between_brackets("")

    @property
    def evolution_france(self) -> str:
        """The same for a variation: "(France : +2,0 %)"."""
        said = signe(self.reference.valeur, self.indicateur.decimales)
        return self._between_brackets(f"France : {said} %" if self._has_reference else "")

    @property
    def meme_champ(self) -> str:
        """France beside a figure known by département, within brackets: as published, or their mean."""
        named = "France" if self.reference.publie else "moyenne de tous les départements"
        return f" ; {named} : {self.reference_nue}"

    @property
    def reference_nue(self) -> str:
        """The value over France."""
        return affichage.valeur(self.indicateur, self.reference)

    @property
    def degre(self) -> int | None:
        """How far from France, from -2 to 2; None when that is not to be said or cannot be.

        A figure that communes do not have is that of a larger zone: it is not compared.
        """
        if not self.indicateur.par_commune or not self._has_reference:
            return None
        here, there = _interval(self.territoire), _interval(self.reference)
        found = ecart(self.indicateur, here, there) if here and there else None
        return found.niveau.niveau if found else None

    @property
    def position(self) -> str:
        """The same in words; empty when there are none."""
        degree = self.degre
        return "" if degree is None else {int(key): words for key, words in self.positions.items()}[degree]

    @property
    def suite(self) -> str:
        """The position beside the noun that the value measures, with its comma."""
        return f", {self.position}" if self.position else ""

    @property
    def conclusion(self) -> str:
        """The position as the end of a sentence whose subject is people."""
        return f", ce qui est {self.position}" if self.position else ""

    # ---- Beside another figure --------------------------------------------------------------------------

    def lien(self, autre: "Chiffre") -> str:
        """The word between two measures of one thing: "mais" when they stand on different sides of France."""
        mine, other = self.degre, autre.degre
        parted = mine is not None and other is not None and _side(mine) != _side(other)
        return "mais" if parted else "et"

    @property
    def lien_manque(self) -> str:
        """The word before a lack: "mais" unless the figure is already below France, or nothing."""
        return "et" if self.nul or self.degre is None or self.degre < 0 else "mais"

    def est_part_de(self, autre: "Chiffre") -> bool:
        """Whether this share is one of the headcount of another figure: the two counts then agree."""
        count, whole, share = self.territoire.effectif, autre.territoire.effectif, self.territoire.valeur
        if count is None or not whole or share is None:
            return False
        return abs(count * self.indicateur.facteur - share * whole) < _NEARLY * whole

    # ---- Within ----------------------------------------------------------------------------------------

    def _reads(self, value: int) -> bool:
        bounds = (self.territoire.borne_basse, self.territoire.borne_haute)
        return all(each is not None and arrondi(each, self.indicateur.decimales) == value for each in bounds)

    @property
    def _has_reference(self) -> bool:
        return comparable(self.reference)

    def _between_brackets(self, france: str) -> str:
        said = " ; ".join(filter(None, [france, self._coverage]))
        return f" ({said})" if said else ""

    @property
    def _of_everyone(self) -> bool:
        return self.territoire.couverture_encadree >= affichage.COUVERTURE_PLEINE

    @property
    def _coverage(self) -> str:
        if self._of_everyone:
            return ""
        covered = math.floor(self.territoire.couverture_encadree)
        return f"chiffre connu pour {pourcent(covered, 0)} des habitants"


def singulier(noms: str) -> str:
    """What is counted, in the singular: "médecins généralistes libéraux" → "médecin généraliste libéral"."""
    for plural, singular in _SINGULIERS:
        noms = re.sub(plural, singular, noms)
    return noms


def _framed(bare: str) -> str:
    return f"de {bare}" if " à " in bare else bare


def _interval(resultat: Resultat) -> Intervalle | None:
    low, high = resultat.borne_basse, resultat.borne_haute
    return None if low is None or high is None else Intervalle(low, high)


def _side(degree: int) -> int:
    return (degree > 0) - (degree < 0)
