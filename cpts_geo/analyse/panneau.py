"""What the map page shows live: the lines of the report that it declares, beside the région and France."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from cpts_geo.analyse.rapport import LigneRapport, comparaisons_usuelles, extrait
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class LignesDuPanneau:
    """Densities, those of places of practice apart, then landmarks: of the territory, the région, France.

    `titre_lieux` stands above the places of practice; `region` is the name of the région.
    """

    densites: tuple[LigneRapport, ...]
    titre_lieux: str
    lieux: tuple[LigneRapport, ...]
    reperes: tuple[LigneRapport, ...]
    region: str

    @property
    def lignes(self) -> tuple[LigneRapport, ...]:
        """All of them, in their order."""
        return self.densites + self.lieux + self.reperes


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
        (catalogue[code] for code in catalogue.panneau.codes),
        agregateur,
        referentiel,
    )
    _, region, _ = shown.colonnes
    declared, lines = catalogue.panneau, iter(shown.lignes)
    return LignesDuPanneau(
        densites=tuple(islice(lines, len(declared.densites))),
        titre_lieux=declared.titre_lieux,
        lieux=tuple(islice(lines, len(declared.lieux))),
        reperes=tuple(lines),
        region=region.nom,
    )
