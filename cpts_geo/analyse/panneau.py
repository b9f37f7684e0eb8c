"""Indicators of a territory beside its département, its région and France."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.documents.tables.csv_synthese import LigneSynthese, TableSynthese
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.resultat import Resultat


@dataclass(frozen=True, slots=True)
class Ligne:
    """One indicator over the territory and over what it is compared with."""

    indicateur: Indicateur
    territoire: Resultat
    departement: Resultat
    region: Resultat
    france: Resultat


def lignes(
    agregateur: Agregateur, codes: Sequence[str], indicateurs: Iterable[Indicateur]
) -> tuple[Ligne, ...]:
    """One line for each indicator; the département and the région are where most inhabitants live.

    Raises:
        ValueError: there is no commune.
    """
    if not codes:
        raise ValueError("Un territoire sans commune n’a pas d’indicateurs.")
    departement, region = agregateur.zones_principales(codes)
    columns = (
        agregateur.territoire(codes),
        agregateur.departement(departement),
        agregateur.region(region),
        agregateur.france(),
    )
    return tuple(Ligne(item, *(results[item.code] for results in columns)) for item in indicateurs)


@dataclass(frozen=True, slots=True)
class LignesDuPanneau:
    """What the map page shows live: densities of professionals, then landmarks, beside the région."""

    densites: tuple[Ligne, ...]
    reperes: tuple[Ligne, ...]
    region: str


def lignes_du_panneau(agregateur: Agregateur, codes: Sequence[str], catalogue: Catalogue) -> LignesDuPanneau:
    """The lines that the catalogue declares for the map page, and the code of the région beside them."""
    table = lignes(agregateur, codes, (catalogue[code] for code in catalogue.panneau))
    split = len(catalogue.densites)
    _, region = agregateur.zones_principales(codes)
    return LignesDuPanneau(table[:split], table[split:], region)


def table_synthese(
    agregateur: Agregateur, codes: Sequence[str], catalogue: Catalogue, referentiel: Referentiel
) -> TableSynthese:
    """Every indicator of the territory, as the CSV file writes it."""
    departement, region = agregateur.zones_principales(codes)
    return TableSynthese(
        lignes=tuple(lignes_synthese(lignes(agregateur, codes, catalogue.indicateurs))),
        departement=referentiel.nom_zone("departement", departement),
        region=referentiel.nom_zone("region", region),
    )


def lignes_synthese(table: Iterable[Ligne]) -> Iterator[LigneSynthese]:
    """The same lines, as the CSV file writes them.

    Bounds are written only where masked values, or a range over the communes, call for them.
    """
    for ligne in table:
        bounded = ligne.territoire.encadre or ligne.indicateur.agregation == "etendue"
        yield LigneSynthese(
            indicateur=ligne.indicateur.libelle,
            unite=ligne.indicateur.unite,
            territoire=ligne.territoire.valeur,
            borne_basse=ligne.territoire.borne_basse if bounded else None,
            borne_haute=ligne.territoire.borne_haute if bounded else None,
            effectif=_whole(ligne.territoire.effectif),
            couverture=ligne.territoire.couverture,
            departement=ligne.departement.valeur,
            region=ligne.region.valeur,
            france=ligne.france.valeur,
            source=ligne.indicateur.source.citation,
            millesime=ligne.indicateur.source.millesime,
        )


def _whole(count: float | None) -> float | None:
    """A count to the nearest one: some are estimates, and the middle of two bounds may be a half."""
    return None if count is None else float(round(count))
