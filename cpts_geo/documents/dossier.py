"""What a diagnostic is written from: a project, the day, and every figure of its active scenario."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from cpts_geo.analyse import rapport, synthese
from cpts_geo.analyse.rapport import LigneRapport, Rapport, TermeComparaison
from cpts_geo.analyse.series.contexte import Contexte, contexte
from cpts_geo.analyse.table_communes import TableCommunes, mesures, table_communes
from cpts_geo.analyse.taille import Bareme, load_bareme
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.dessin.carte_imprimee import CarteStatique, carte_territoire
from cpts_geo.documents.blocs import Bloc
from cpts_geo.documents.trame import trame
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Catalogue
from cpts_geo.indicateurs.citations import SourceCitee
from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.indicateurs.formules import codes_sources
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.indicateurs.structures import Structures
from cpts_geo.projet import adresse
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire


@dataclass(frozen=True)
class Dossier:
    """A project, whose active scenario is told, and the day; `adresse` is that of the application."""

    projet: Projet
    jour: date
    donnees: Donnees
    bareme: Bareme
    adresse: str = ""

    @classmethod
    def open_projet(cls, projet: Projet, jour: date, donnees: Donnees, adresse: str = "") -> Self:
        """The dossier of a project, over these data.

        Raises:
            ValueError: the active scenario has no commune; in French.
        """
        if not projet.territoire.codes:
            raise ValueError("Choisissez au moins une commune avant d’exporter.")
        return cls(projet, jour, donnees, load_bareme(), adresse)

    @property
    def agregateur(self) -> Agregateur:
        """What indicators are worth."""
        return self.donnees.agregateur

    @property
    def catalogue(self) -> Catalogue:
        """The declared indicators."""
        return self.donnees.catalogue

    @property
    def referentiel(self) -> Referentiel:
        """The communes and their zones."""
        return self.donnees.referentiel

    @property
    def structures(self) -> Structures:
        """Professionals and structures."""
        return self.donnees.structures

    @property
    def territoire(self) -> Territoire:
        """The territory that the document tells."""
        return self.projet.territoire

    @property
    def lien(self) -> str:
        """The address that brings the project back, wherever the application runs."""
        where = self.adresse or trame().adresse
        return f"{where}?{urlencode(adresse.write(self.projet.sans_complements))}"

    @cached_property
    def comparaisons(self) -> tuple[TermeComparaison, ...]:
        """What stands beside the territory: département, région, France."""
        return rapport.comparaisons_usuelles(self.territoire.codes, self.agregateur, self.referentiel)

    @cached_property
    def rapport(self) -> Rapport:
        """Every indicator, beside those of the département, of the région and of France."""
        return rapport.rapport(
            self.territoire.codes, self.comparaisons, self.agregateur, self.catalogue, self.referentiel
        )

    @cached_property
    def lignes(self) -> dict[str, LigneRapport]:
        """The line of each indicator in the report."""
        return {
            ligne.indicateur.code: ligne
            for famille in self.rapport.familles
            for groupe in famille.groupes
            for ligne in groupe.lignes
        }

    @cached_property
    def mots(self) -> dict[str, Any]:
        """The words of sentences, as those of the synthesis."""
        return synthese.mots(self.territoire, self.agregateur, self.catalogue, self.referentiel, self.bareme)

    @cached_property
    def table_communes(self) -> TableCommunes:
        """The communes, with the figures that the report shows of each."""
        offered = mesures(self.catalogue)
        chosen = [offered[cle] for cle in plan().colonnes_communes]
        return table_communes(self.territoire.codes, chosen, self.agregateur, self.referentiel)

    @cached_property
    def carte(self) -> CarteStatique | None:
        """The map of the territory, in its colour; None when none of its communes has a contour."""
        return carte_territoire(self.territoire, self.referentiel, self.projet.couleur)

    @cached_property
    def remplis(self) -> dict[str, tuple[Bloc, ...]]:
        """The declared blocks that are filled already, by name: several documents show the same."""
        return {}

    @cached_property
    def sources(self) -> tuple[SourceCitee, ...]:
        """All that the documents draw on, in the order of the bundle."""
        used = {code for item in self.catalogue.indicateurs for code in codes_sources(item)}
        used.update(trame().sources.autres)
        return tuple(each for code, each in self.donnees.sources.items() if code in used)

    @cached_property
    def contexte(self) -> Contexte:
        """What the series of charts are made of."""
        return contexte(
            self.territoire, self.agregateur, self.catalogue, self.referentiel, self.donnees.chroniques
        )

    @cached_property
    def synthese(self) -> str:
        """The synthesis: what people wrote, or what the figures give."""
        written = self.projet[self.projet.actif].synthese
        return written or synthese.write_synthese(
            self.territoire, self.agregateur, self.catalogue, self.referentiel, self.bareme
        )

    def locale(self, libelle: str) -> tuple[DonneeLocale, Resultat] | None:
        """The local figure of this name over the territory; None when nobody has brought it."""
        found = next((each for each in self.projet.locales if each.libelle == libelle), None)
        if found is None:
            return None
        result = found.resultat(self.projet.actif, self._populations)
        return None if result.borne_basse is None else (found, result)

    @cached_property
    def _populations(self) -> dict[str, int]:
        return {code: self.referentiel.population([code]) for code in self.territoire.codes}

    def resultat_local(self, donnee: DonneeLocale) -> Resultat:
        """What a local figure is worth over the territory."""
        return donnee.resultat(self.projet.actif, self._populations)
