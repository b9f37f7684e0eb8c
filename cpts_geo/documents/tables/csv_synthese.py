"""The synthesis of a territory as a CSV file that French spreadsheets open as it is meant."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date

from cpts_geo.analyse.taille import Bareme
from cpts_geo.communes.referentiel import Commune, Referentiel
from cpts_geo.documents.tables.csv_ecriture import Cellule, ecrire
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle import textes

_COLONNES_COMMUNES = (
    "Code INSEE",
    "Commune",
    "Département",
    "EPCI",
    "Population municipale",
    "Millésime de la population",
    "Superficie (km²)",
)


@dataclass(frozen=True, slots=True)
class LigneSynthese:
    """One indicator: its values in the unit said, rounded to two decimals in the file, None when missing.

    `borne_basse` and `borne_haute` frame the value of the territory when some figures are hidden;
    `effectif` is its headcount; `couverture` the share of its people the figure stands for, in %.
    The fields are in the order of the columns.
    """

    indicateur: str
    unite: str
    territoire: float | None
    borne_basse: float | None
    borne_haute: float | None
    effectif: float | None
    couverture: float | None
    departement: float | None
    region: float | None
    france: float | None
    source: str
    millesime: str


@dataclass(frozen=True, slots=True)
class TableSynthese:
    """The lines of the indicators, and the names of the département and the région they compare with.

    `locales` are the rows of the local figures (`csv_locales.rangees`).
    """

    lignes: Iterable[LigneSynthese]
    departement: str
    region: str
    locales: Iterable[tuple[Cellule, ...]] = ()


def synthese_csv(
    territoire: Territoire,
    indicateurs: TableSynthese,
    jour: date,
    referentiel: Referentiel,
    bareme: Bareme,
) -> bytes:
    """The file: who and when, then the indicators, the local figures, and the communes.

    UTF-8 with its mark, `;` between cells, decimal comma, no thousands separator; texts that a spreadsheet
    would run as a formula are made harmless.

    Raises:
        ValueError: the territory has no commune.
        CommuneInconnueError: some of its codes are not those of present communes.
    """
    if not len(territoire):
        raise ValueError("Choisissez au moins une commune avant de télécharger la synthèse.")
    communes = [referentiel[code] for code in territoire]
    rows = [
        *_presentation(territoire, communes, referentiel.millesimes(territoire), jour, bareme),
        (),
        ("Indicateurs",),
        _colonnes_indicateurs(indicateurs),
        *(astuple(ligne) for ligne in indicateurs.lignes),
        *indicateurs.locales,
        (),
        ("Communes",),
        _COLONNES_COMMUNES,
        *(_commune(commune, referentiel) for commune in communes),
    ]
    return ecrire(rows)


def nom_fichier(territoire: Territoire, jour: date) -> str:
    """Name of the file, as "synthese-cpts-du-lauragais-2026-01-31.csv"."""
    return textes.nom_fichier("synthese", territoire.nom, jour, "csv")


def _presentation(
    territoire: Territoire, communes: list[Commune], millesime: str, jour: date, bareme: Bareme
) -> Iterator[tuple[Cellule, ...]]:
    classement = bareme.classer(sum(commune.population for commune in communes))
    yield "Projet de CPTS", territoire.nom
    yield "Date", f"{jour:%d/%m/%Y}"
    yield "Nombre de communes", len(communes)
    yield "Population municipale", classement.population
    yield "Millésime de la population", millesime
    yield "Taille", classement.numero, classement.intervalle, bareme.source_seuils
    if classement.proche:
        yield "Attention", classement.avertissement
    yield (
        f"Enveloppe annuelle, en euros ({bareme.mention_montants})",
        classement.montant,
        bareme.source_montants,
    )


def _colonnes_indicateurs(indicateurs: TableSynthese) -> tuple[str, ...]:
    return (
        "Indicateur",
        "Unité",
        "Territoire",
        "Borne basse",
        "Borne haute",
        "Effectif",
        "Couverture (%)",
        f"Département ({indicateurs.departement})",
        f"Région ({indicateurs.region})",
        "France",
        "Source",
        "Millésime",
    )


def _commune(commune: Commune, referentiel: Referentiel) -> tuple[Cellule, ...]:
    return (
        commune.code,
        commune.nom,
        referentiel.nom_zone("departement", commune.departement),
        referentiel.nom_epci(commune),
        commune.population,
        commune.millesime_population,
        commune.superficie_km2,
    )
