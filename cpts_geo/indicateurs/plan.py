"""What is declared of the report: its families and headings, how far is far, and its texts."""

from collections.abc import Mapping
from itertools import chain
from typing import Literal, Self

from pydantic import model_validator

from cpts_geo.socle.declarations import Declare, declaration

Agregation = Literal["somme", "rapport", "moyenne_ponderee", "etendue", "departement", "bassin"]
Sens = Literal["haut", "bas", "neutre"]
GenreZone = Literal["departement", "bassin"]

_NIVEAUX = [-2, -1, 0, 1, 2]


class RubriqueDeclaree(Declare):
    """A heading of the report; `d_abord` are the codes of the indicators that come first under it."""

    code: str
    titre: str
    note: str = ""
    d_abord: tuple[str, ...] = ()

    def rang(self, indicateur: str) -> int:
        """The place of an indicator among those that come first; after them all when it is not one."""
        return self.d_abord.index(indicateur) if indicateur in self.d_abord else len(self.d_abord)


class FamilleDeclaree(Declare):
    """A family of indicators, and its headings in the order of the report."""

    code: str
    titre: str
    rubrique: tuple[RubriqueDeclaree, ...]


class Taux(Declare):
    """Which counts have a rate beside them: for `pour` inhabitants, counted by `population`."""

    famille: str
    population: str
    pour: int
    unite: str


class ZoneEntiere(Declare):
    """What says that a figure is that of whole zones around the territory.

    `marque` stands beside the figure, `mention` where there is room for a sentence, `echelle` in a file.
    """

    marque: str
    mention: str
    echelle: str


class Echelle(Declare):
    """Distances from which a territory is no longer near its reference, then far from it."""

    proche: float
    nette: float


class Niveau(Declare):
    """A degree of distance, from -2 (far below) to 2 (far above)."""

    niveau: int
    signe: str
    texte: str


class Ecarts(Echelle):
    """Distances in % of the reference, or on a scale in points; from `fois` times on, said as a multiple."""

    fois: float
    points: Mapping[str, Echelle]
    niveaux: tuple[Niveau, ...]

    @model_validator(mode="after")
    def _has_every_degree(self) -> Self:
        if [each.niveau for each in self.niveaux] != _NIVEAUX:
            raise ValueError("les niveaux vont de -2 à 2, dans l’ordre.")
        return self

    def niveau(self, degree: int) -> Niveau:
        """The degree of this number, from -2 to 2."""
        return self.niveaux[_NIVEAUX.index(degree)]


class Methodes(Declare):
    """How figures are computed, in sentences: one for each aggregation, and what else is to be known."""

    somme: str
    rapport: str
    moyenne_ponderee: str
    etendue: str
    departement: str
    bassin: str
    masque: str

    def agregation(self, name: Agregation) -> str:
        """The sentence of an aggregation."""
        text: str = getattr(self, name)
        return text


class Plan(Declare):
    """What is declared of the report, in its order.

    `titres` are those of columns, by kind of what they stand for. `couverture_references` and
    `couverture_ecart` are shares (%) of inhabitants; bounds farther apart than `largeur_bornes`, in points of
    a percentage, are too far to inform. `unites` are short forms of units; `zones_entieres` marks the
    figures that communes do not have; `sens` and `methodes` are the texts of the card of an indicator.
    """

    comparaisons_au_plus: int
    couverture_references: float
    couverture_ecart: float
    largeur_bornes: float
    colonnes_communes: tuple[str, ...]
    unites: Mapping[str, str]
    titres: Mapping[Literal["territoire", "departement", "region", "france", "epci", "scenario"], str]
    zones_entieres: Mapping[GenreZone, ZoneEntiere]
    ecarts: Ecarts
    sens: Mapping[Sens, str]
    methodes: Methodes
    taux: Taux
    famille: tuple[FamilleDeclaree, ...]

    @model_validator(mode="after")
    def _headings_are_distinct(self) -> Self:
        codes = [rubrique.code for rubrique in self.rubriques]
        if len(set(codes)) != len(codes):
            raise ValueError("deux rubriques portent le même code.")
        return self

    def zone_entiere(self, agregation: Agregation) -> ZoneEntiere | None:
        """What marks the figures of this aggregation; None when they are those of the communes."""
        return {str(kind): each for kind, each in self.zones_entieres.items()}.get(agregation)

    @property
    def rubriques(self) -> tuple[RubriqueDeclaree, ...]:
        """The headings of every family."""
        return tuple(chain.from_iterable(famille.rubrique for famille in self.famille))


def plan() -> Plan:
    """The plan declared in the data file, read once."""
    return declaration("rapport", Plan)
