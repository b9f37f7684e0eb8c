"""Everything that is read from the data bundle: each part once, when it is first asked for."""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from cpts_geo.communes.cpts import CptsExistantes
from cpts_geo.communes.fiches import Fiche, read_fiches
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.communes.voisinage import Voisinage
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Catalogue, load_catalogue
from cpts_geo.indicateurs.chroniques import Chroniques
from cpts_geo.indicateurs.citations import SourceCitee, load_sources_citees
from cpts_geo.indicateurs.definitions.fiche import FamilleDeFiches, build_familles
from cpts_geo.indicateurs.structures import Structures
from cpts_geo.socle.chemins import BUNDLE


class Donnees:
    """The one holder of what is loaded: who computes is given it, or the part that is needed.

    Args:
        bundle: the folder of the data bundle.
    """

    def __init__(self, bundle: Path = BUNDLE) -> None:
        self._bundle = bundle

    @cached_property
    def referentiel(self) -> Referentiel:
        """The communes, their zones, their former codes."""
        return Referentiel.load(self._bundle)

    @cached_property
    def fiches(self) -> Mapping[str, Fiche]:
        """The few facts on each commune that are read at every click, by code."""
        return read_fiches(self.referentiel)

    @cached_property
    def voisinage(self) -> Voisinage:
        """Which communes are neighbours."""
        return Voisinage.load(self._bundle)

    @cached_property
    def cpts(self) -> CptsExistantes:
        """The CPTS that exist already, where they are known."""
        return CptsExistantes.load(self._bundle)

    @cached_property
    def sources(self) -> dict[str, SourceCitee]:
        """The sources of the bundle as they are cited, by code."""
        return load_sources_citees(self._bundle)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The declared indicators."""
        return load_catalogue(bundle=self._bundle)

    @cached_property
    def agregateur(self) -> Agregateur:
        """What indicators are worth over any communes."""
        return Agregateur.load(self.catalogue, self._bundle)

    @cached_property
    def structures(self) -> Structures:
        """Professionals and structures, named or counted."""
        return Structures.load(self.referentiel, self._bundle)

    @cached_property
    def chroniques(self) -> Chroniques:
        """Figures by year and by age."""
        return Chroniques.load(self._bundle)

    @cached_property
    def definitions(self) -> tuple[FamilleDeFiches, ...]:
        """What is to be known of each indicator, family by family."""
        return build_familles(self.catalogue, self.agregateur, self.referentiel, self.sources)


@cache
def donnees() -> Donnees:
    """The data of the project's own bundle: asked for by pages, the server and the command line only."""
    return Donnees()
