"""What series are made of: a territory beside its département, its région and France, and their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from cpts_geo.analyse.rapport import TermeComparaison, colonne, comparaisons_usuelles
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.agregation import Agregateur, Resultats
from cpts_geo.indicateurs.catalogue import Catalogue
from cpts_geo.indicateurs.chroniques import Chroniques
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.textes import shorten, typographie

if TYPE_CHECKING:
    from cpts_geo.communes.prises import TypeZone

LONGUEUR_NOM = 30


@dataclass(frozen=True, slots=True)
class ZoneTracee:
    """One of the things compared: its communes and its figures.

    `genre` is "territoire", "departement", "region" or "france". `colonne` names the zone in tables, where
    the territory is "Territoire" whatever people call it.
    """

    genre: str
    colonne: str
    nom: str
    codes: Sequence[str]
    resultats: Resultats


@dataclass(frozen=True, slots=True)
class Contexte:
    """All that series are made of; the territory is the first of the zones, France the last.

    `departement` is the code of the one beside the territory.
    """

    zones: tuple[ZoneTracee, ...]
    departement: str
    agregateur: Agregateur
    catalogue: Catalogue
    referentiel: Referentiel
    chroniques: Chroniques

    @property
    def territoire(self) -> ZoneTracee:
        """The territory."""
        return self.zones[0]

    @property
    def france(self) -> ZoneTracee:
        """France."""
        return self.zones[-1]


def contexte(
    territoire: Territoire,
    agregateur: Agregateur,
    catalogue: Catalogue,
    referentiel: Referentiel,
    chroniques: Chroniques,
) -> Contexte:
    """Gather a territory, its département, its région and France.

    Raises:
        ValueError: the territory has no commune.
    """
    if not territoire.codes:
        raise ValueError("Un territoire sans commune n’a pas de graphique.")
    departement, region, france = comparaisons_usuelles(territoire.codes, agregateur, referentiel)
    # Overseas, the région is the département.
    beside = [departement, *([region] if region.nom != departement.nom else []), france]
    own = ZoneTracee(
        "territoire",
        "Territoire",
        shorten(territoire.nom, LONGUEUR_NOM),
        territoire.codes,
        agregateur.territoire(territoire.codes),
    )
    zones = (own, *(_zone(each, agregateur, referentiel) for each in beside))
    return Contexte(zones, departement.code, agregateur, catalogue, referentiel, chroniques)


def _zone(comparaison: TermeComparaison, agregateur: Agregateur, referentiel: Referentiel) -> ZoneTracee:
    genre, nom = comparaison.type, comparaison.nom
    codes: Sequence[str] = (
        list(referentiel.communes.index)
        if genre == "france"
        else referentiel.codes(cast("TypeZone", genre), comparaison.code)
    )
    return ZoneTracee(
        genre, nom, typographie(nom), codes, colonne(comparaison, agregateur, referentiel).resultats
    )
