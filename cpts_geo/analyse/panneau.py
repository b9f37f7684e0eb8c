"""What the map page shows live: the lines of the report that it declares, beside the région and France."""

from collections.abc import Sequence
from dataclasses import dataclass

from cpts_geo.analyse.rapport import LigneRapport, comparaisons_usuelles, extrait
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class LignesDuPanneau:
    """Densities of professionals, then landmarks; their cells are those of the territory, the région, France.

    `region` is the name of the région.
    """

    densites: tuple[LigneRapport, ...]
    reperes: tuple[LigneRapport, ...]
    region: str


def lignes_du_panneau(
    codes: Sequence[str], agregateur: Agregateur, catalogue: Catalogue, referentiel: Referentiel
) -> LignesDuPanneau:
    """The lines that the catalogue declares for the map page, beside the région where most inhabitants live.

    Raises:
        ValueError: there is no commune.
    """
    shown = extrait(
        codes,
        comparaisons_usuelles(codes, agregateur, referentiel, choisis=()),
        (catalogue[code] for code in catalogue.panneau),
        agregateur,
        referentiel,
    )
    _, region, _ = shown.colonnes
    split = len(catalogue.densites)
    return LignesDuPanneau(shown.lignes[:split], shown.lignes[split:], region.nom)
