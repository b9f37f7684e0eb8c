"""Scenarios side by side: what each is, what each is worth beside a reference, which communes change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from cpts_geo.analyse.rapport import colonne, comparaisons_usuelles
from cpts_geo.analyse.taille import Bareme, Classement
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.agregation import Agregateur, Resultats
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import comparable
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.projet import Projet, Scenario
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle import declarations
from cpts_geo.socle.declarations import Declare
from cpts_geo.socle.nombres import arrondi

Jugement = Literal["plus favorable", "moins favorable", ""]

_JUGEMENTS: dict[tuple[str, bool], Jugement] = {
    ("haut", True): "plus favorable",
    ("haut", False): "moins favorable",
    ("bas", True): "moins favorable",
    ("bas", False): "plus favorable",
}


class Trace(Declare):
    """A chart as declared: its title, how to read it, the codes of what it shows."""

    titre: str
    legende: str
    indicateurs: tuple[str, ...]


class DeclarationComparaison(Declare):
    """What is declared of comparisons: scenarios at most, codes first shown in the table, charts by name."""

    scenarios_au_plus: int
    indicateurs: tuple[str, ...]
    graphiques: Mapping[Literal["population", "ages", "densites", "besoins"], Trace]


@dataclass(frozen=True, slots=True)
class FicheScenario:
    """What a scenario is: `nom` is not that of another one, `departements` are named, the most peopled first.

    `sans_contour` names its communes that a map cannot draw. A scenario without communes has no class.
    """

    scenario: Scenario
    nom: str
    population: int
    millesime: str
    classement: Classement | None
    departements: tuple[str, ...]
    sans_contour: tuple[str, ...]

    @property
    def cle(self) -> int:
        """Key of the scenario."""
        return self.scenario.cle

    @property
    def territoire(self) -> Territoire:
        """The territory of the scenario."""
        return self.scenario.territoire

    @property
    def vide(self) -> bool:
        """Whether the scenario has no commune."""
        return not self.territoire.codes


@dataclass(frozen=True, slots=True)
class EcartScenario:
    """Lowest and highest difference with the reference that the figures allow; None when one is missing."""

    bas: float | None
    haut: float | None


@dataclass(frozen=True, slots=True)
class CelluleScenario:
    """An indicator over a scenario; `ecart` is None when a difference would make no sense."""

    resultat: Resultat
    ecart: EcartScenario | None


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """One indicator over every compared scenario, in their order."""

    indicateur: Indicateur
    cellules: tuple[CelluleScenario, ...]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The chosen scenarios, and the figures, by key, of those that have communes."""

    fiches: tuple[FicheScenario, ...]
    resultats: Mapping[int, Resultats]

    @property
    def comparees(self) -> tuple[FicheScenario, ...]:
        """The scenarios that have communes, hence figures."""
        return tuple(fiche for fiche in self.fiches if not fiche.vide)

    def lignes(
        self, indicateurs: Iterable[Indicateur], reference: FicheScenario
    ) -> tuple[LigneComparee, ...]:
        """One line for each indicator, one cell for each scenario that has communes.

        The reference is one of these; it has no difference with itself.
        """
        return tuple(
            LigneComparee(item, tuple(self._cell(item, fiche, reference) for fiche in self.comparees))
            for item in indicateurs
        )

    def _cell(
        self, indicateur: Indicateur, fiche: FicheScenario, reference: FicheScenario
    ) -> CelluleScenario:
        resultat = self.resultats[fiche.cle][indicateur.code]
        # A difference between two ranges would be that of two unrelated communes, one between the figures of
        # whole zones would be neither scenario's.
        meaningless = indicateur.agregation == "etendue" or not indicateur.par_commune
        if fiche.cle == reference.cle or meaningless:
            return CelluleScenario(resultat, None)
        same = set(fiche.territoire.codes) == set(reference.territoire.codes)
        other = self.resultats[reference.cle][indicateur.code]
        return CelluleScenario(resultat, ecart(resultat, other, memes_communes=same))


@dataclass(frozen=True, slots=True)
class Changement:
    """What becomes of the communes from one territory to another, each in the order of its territory."""

    gagnees: tuple[str, ...]
    perdues: tuple[str, ...]
    gardees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reperes:
    """Figures that scenarios are read beside: those of the région of the reference, and of France."""

    region: Resultats
    nom_region: str
    france: Resultats

    @classmethod
    def autour(cls, fiche: FicheScenario, agregateur: Agregateur, referentiel: Referentiel) -> Self:
        """The région is the one where most inhabitants of this scenario live."""
        usual = comparaisons_usuelles(fiche.territoire.codes, agregateur, referentiel, choisis=())
        region, france = (colonne(each, agregateur, referentiel) for each in usual)
        return cls(region.resultats, region.nom, france.resultats)


def compare_scenarios(
    projet: Projet, cles: Iterable[int], agregateur: Agregateur, referentiel: Referentiel, bareme: Bareme
) -> Comparaison:
    """Put scenarios of a project side by side; KeyError for a key that is not there.

    Args:
        projet: the project.
        cles: keys of the scenarios to compare, in the order of the columns.
        agregateur: gives their figures.
        referentiel: names and populations of their communes, all present.
        bareme: gives their Taille.
    """
    noms = noms_distincts(projet.scenarios)
    fiches = tuple(_fiche(projet[cle], noms[cle], referentiel, bareme) for cle in cles)
    figures = {each.cle: agregateur.territoire(each.territoire.codes) for each in fiches if not each.vide}
    return Comparaison(fiches, figures)


def ecart(resultat: Resultat, reference: Resultat, *, memes_communes: bool = False) -> EcartScenario:
    """How much a result is above the reference, in the unit of the indicator.

    Two framed results give the widest interval that they allow: their doubts may not cancel out. Over the
    same communes there is no doubt: the difference is zero, whatever is hidden. There is none with a result
    that too few people bear.
    """
    if not comparable(resultat) or not comparable(reference):
        return EcartScenario(None, None)
    low, high = resultat.borne_basse, resultat.borne_haute
    other_low, other_high = reference.borne_basse, reference.borne_haute
    if low is None or high is None or other_low is None or other_high is None:
        return EcartScenario(None, None)
    return EcartScenario(0.0, 0.0) if memes_communes else EcartScenario(low - other_high, high - other_low)


def jugement(indicateur: Indicateur, difference: EcartScenario) -> Jugement:
    """Whether the difference is for the better, in words; empty when it is not sure, or neither.

    It is judged as it is shown: what is rounded to nothing is neither.
    """
    if difference.bas is None or difference.haut is None:
        return ""
    low, high = (arrondi(bound, indicateur.decimales) for bound in (difference.bas, difference.haut))
    if low <= 0 <= high:
        return ""
    return _JUGEMENTS.get((indicateur.sens, low > 0), "")


def communes_gagnees_perdues(avant: Territoire, apres: Territoire) -> Changement:
    """The communes that the second territory has and the first has not, the reverse, and those of both."""
    return Changement(
        gagnees=apres.remove(*avant.codes).codes,
        perdues=avant.remove(*apres.codes).codes,
        gardees=tuple(code for code in apres.codes if code in set(avant.codes)),
    )


def noms_distincts(scenarios: Iterable[Scenario]) -> dict[int, str]:
    """A name for each key: its own, followed by a number when an earlier scenario already bears it."""
    names: dict[int, str] = {}
    for scenario in scenarios:
        nom, rank = scenario.territoire.nom, 1
        while nom in names.values():
            rank += 1
            nom = f"{scenario.territoire.nom} ({rank})"
        names[scenario.cle] = nom
    return names


def declaration() -> DeclarationComparaison:
    """What the data file declares, read once."""
    return declarations.declaration("comparaison", DeclarationComparaison)


def _fiche(scenario: Scenario, nom: str, referentiel: Referentiel, bareme: Bareme) -> FicheScenario:
    codes = scenario.territoire.codes
    population = referentiel.population(codes)
    return FicheScenario(
        scenario=scenario,
        nom=nom,
        population=population,
        millesime=referentiel.millesimes(codes),
        classement=bareme.rank(population) if codes else None,
        departements=_departements(codes, referentiel),
        sans_contour=_undrawn(codes, referentiel),
    )


def _undrawn(codes: Sequence[str], referentiel: Referentiel) -> tuple[str, ...]:
    communes = referentiel.communes.loc[list(codes)]
    return tuple(communes.loc[~communes["a_contour"], "nom"])


def _departements(codes: Sequence[str], referentiel: Referentiel) -> tuple[str, ...]:
    chosen = referentiel.communes.loc[list(codes), ["departement", "population"]]
    peopled = chosen.groupby("departement")["population"].sum().sort_values(ascending=False, kind="stable")
    return tuple(referentiel.nom_zone("departement", str(code)) for code in peopled.index)
