"""The report: every indicator of a territory beside whatever it is compared with, family by family."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from cpts_geo.analyse.publies_autour import publies_autour
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.agregation import Agregateur, Resultats
from cpts_geo.indicateurs.autour.liberaux import dits
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur, Rubrique
from cpts_geo.indicateurs.couverture import comparable
from cpts_geo.indicateurs.definitions.provenance import ZoneComparee, origines
from cpts_geo.indicateurs.ecarts import Ecart, Intervalle, ecart
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.projet import Projet

if TYPE_CHECKING:
    from cpts_geo.communes.prises import TypeZone

TypeComparaison = Literal["departement", "region", "france", "epci", "scenario"]

FRANCE = "France"
_GENRES = {
    "departement": "département",
    "region": "région",
    "france": "pays",
    "epci": "EPCI",
    "scenario": "scénario",
}


class TermeComparaison(NamedTuple):
    """What a territory is compared with; a scenario brings its communes, a zone has its own."""

    type: TypeComparaison
    code: str
    nom: str
    communes: tuple[str, ...] = ()

    @property
    def cle(self) -> str:
        """What tells it from the others, as "departement:31"."""
        return f"{self.type}:{self.code}"

    @property
    def libelle(self) -> str:
        """Its name and its kind, as it is offered in a list."""
        return f"{self.nom} ({_GENRES[self.type]})"


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: its short title, as "Dép.", the name of what it stands for, and its figures."""

    cle: str
    titre: str
    nom: str
    resultats: Resultats

    @property
    def genre(self) -> str:
        """What kind of thing it stands for: "territoire", or the type of what it is compared with."""
        return self.cle.partition(":")[0]

    @property
    def code(self) -> str:
        """The code of the zone or of the scenario."""
        return self.cle.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Cellule:
    """An indicator in a column; `taux` is its rate when the count alone cannot be compared."""

    resultat: Resultat
    taux: float | None = None

    @property
    def intervalle(self) -> Intervalle | None:
        """What is compared: the rate, or the value; None when there is none, or only a range of communes."""
        if self.taux is not None:
            return Intervalle(self.taux, self.taux)
        low, high = self.resultat.borne_basse, self.resultat.borne_haute
        if self.resultat.valeur is None or low is None or high is None:
            return None
        return Intervalle(low, high)


@dataclass(frozen=True, slots=True)
class LigneRapport:
    """One indicator: a cell for each column, the distance to France, and what else is worth saying."""

    indicateur: Indicateur
    cellules: tuple[Cellule, ...]
    ecart: Ecart | None
    note: str

    @property
    def territoire(self) -> Resultat:
        """The result over the territory."""
        return self.cellules[0].resultat

    @property
    def remarques(self) -> tuple[str, ...]:
        """What its reader must know: for whom it stands, what is published around."""
        return tuple(filter(None, (affichage.reserve(self.territoire), self.note)))


@dataclass(frozen=True, slots=True)
class Extrait:
    """Some lines of the report and its columns, the territory first; each line has one cell for each."""

    colonnes: tuple[Colonne, ...]
    lignes: tuple[LigneRapport, ...]


@dataclass(frozen=True, slots=True)
class Groupe:
    """Lines under one heading."""

    titre: str
    note: str
    lignes: tuple[LigneRapport, ...]


@dataclass(frozen=True, slots=True)
class Famille:
    """The groups of a family of indicators."""

    code: str
    titre: str
    groupes: tuple[Groupe, ...]


@dataclass(frozen=True, slots=True)
class Rapport:
    """The columns, the territory first, and the families, each line having one cell for each column."""

    colonnes: tuple[Colonne, ...]
    familles: tuple[Famille, ...]

    def famille(self, code: str) -> Famille:
        """The family of this code; KeyError if there is none."""
        return {famille.code: famille for famille in self.familles}[code]


def rapport(
    codes: Sequence[str],
    comparaisons: Iterable[TermeComparaison],
    agregateur: Agregateur,
    catalogue: Catalogue,
    referentiel: Referentiel,
) -> Rapport:
    """The report of a territory.

    Args:
        codes: communes of the territory.
        comparaisons: the other columns, in their order; see `comparaisons_usuelles`.
        agregateur: gives the figures.
        catalogue: the indicators.
        referentiel: the zones.

    Raises:
        ValueError: there is no commune.
    """
    shown = _shown(codes, comparaisons, agregateur, referentiel)
    familles = (
        Famille(code, titre, tuple(map(shown.group, catalogue.rubriques_de(code))))
        for code, titre in catalogue.familles.items()
    )
    return Rapport(shown.colonnes, tuple(familles))


def extrait(
    codes: Sequence[str],
    comparaisons: Iterable[TermeComparaison],
    indicateurs: Iterable[Indicateur],
    agregateur: Agregateur,
    referentiel: Referentiel,
) -> Extrait:
    """The lines of the report for these indicators only, in their order, as the whole report has them.

    Raises:
        ValueError: there is no commune.
    """
    shown = _shown(codes, comparaisons, agregateur, referentiel)
    return Extrait(shown.colonnes, tuple(map(shown.line, indicateurs)))


def references(ligne: LigneRapport, colonnes: Sequence[Colonne]) -> str:
    """Where the figures of a line beside that of the territory come from: published, and by whom, or not."""
    beside = zip(colonnes[1:], ligne.cellules[1:], strict=True)
    zones = (
        ZoneComparee(colonne.nom, colonne.genre, colonne.code, cell.resultat) for colonne, cell in beside
    )
    return origines(ligne.indicateur, zones)


# ---- What a territory is compared with --------------------------------------------------------------------


def departements(codes: Sequence[str], referentiel: Referentiel) -> dict[str, int]:
    """The départements of a territory with their inhabitants in it, the most peopled first."""
    communes = referentiel.communes.loc[list(codes)]
    people = communes.groupby("departement")["population"].sum().sort_values(ascending=False, kind="stable")
    return {str(code): int(count) for code, count in people.items()}


def comparaisons_usuelles(
    codes: Sequence[str],
    agregateur: Agregateur,
    referentiel: Referentiel,
    choisis: Sequence[str] | None = None,
) -> tuple[TermeComparaison, ...]:
    """Département, région and France: where most inhabitants of these communes live.

    `choisis` are départements to show in place of the main one.

    Raises:
        ValueError: there is no commune.
    """
    if not codes:
        raise ValueError("Un territoire sans commune n’a pas de comparaison.")
    main, region = agregateur.zones_principales(codes)
    shown = [main] if choisis is None else choisis
    return (
        *(_zone("departement", code, referentiel) for code in shown),
        _zone("region", region, referentiel),
        TermeComparaison("france", "FR", FRANCE),
    )


def autres_comparaisons(projet: Projet, referentiel: Referentiel) -> dict[str, TermeComparaison]:
    """What else can be put beside the territory being drawn, by key: other scenarios, then zones."""
    scenarios = [
        TermeComparaison("scenario", str(each.cle), each.territoire.nom, each.territoire.codes)
        for each in projet.scenarios
        if each.cle != projet.actif and each.territoire.codes
    ]
    return {each.cle: each for each in scenarios} | _zones(referentiel)


@cache
def _zones(referentiel: Referentiel) -> dict[str, TermeComparaison]:
    kinds: tuple[Literal["epci", "departement", "region"], ...] = ("epci", "departement", "region")
    zones = (
        TermeComparaison(kind, str(code), str(nom))
        for kind in kinds
        for code, nom in referentiel.zones(kind)["nom"].sort_values().items()
    )
    return {zone.cle: zone for zone in zones}


def _zone(kind: TypeComparaison, code: str, referentiel: Referentiel) -> TermeComparaison:
    return TermeComparaison(kind, code, referentiel.nom_zone(cast("TypeZone", kind), code))


def colonne(comparaison: TermeComparaison, agregateur: Agregateur, referentiel: Referentiel) -> Colonne:
    """The column of what a territory is compared with."""
    titre = plan().titres[comparaison.type]
    return Colonne(comparaison.cle, titre, comparaison.nom, _results(comparaison, agregateur, referentiel))


def _results(comparaison: TermeComparaison, agregateur: Agregateur, referentiel: Referentiel) -> Resultats:
    code = comparaison.code
    match comparaison.type:
        case "departement":
            return agregateur.departement(code)
        case "region":
            return agregateur.region(code)
        case "france":
            return agregateur.france()
        case "epci":
            return agregateur.epci(code, referentiel.codes("epci", code))
        case "scenario":
            return agregateur.territoire(comparaison.communes)


# ---- Lines ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shown:
    """What every line is made of: communes and their départements, columns, where figures come from."""

    codes: Sequence[str]
    departements: Sequence[str]
    colonnes: tuple[Colonne, ...]
    agregateur: Agregateur
    referentiel: Referentiel

    def group(self, rubrique: Rubrique) -> Groupe:
        return Groupe(rubrique.titre, rubrique.note, tuple(map(self.line, rubrique.indicateurs)))

    def line(self, item: Indicateur) -> LigneRapport:
        cells = tuple(_cell(item, colonne.resultats) for colonne in self.colonnes)
        france = _cell(item, self.agregateur.france())
        mine, reference = cells[0].intervalle, france.intervalle
        known = _comparable(item, cells[0]) and comparable(france.resultat)
        measured = ecart(item, mine, reference) if known and mine and reference else None
        return LigneRapport(item, cells, measured, self.note(item, cells[0]))

    def note(self, item: Indicateur, own: Cellule) -> str:
        """What else is to be read: professionals of the départements, or what zones around have published."""
        if text := self.liberaux(item):
            return text
        # A range of communes is no figure of the territory either.
        if comparable(own.resultat) or item.reference is None:
            return ""
        return publies_autour(item, self.codes, self.agregateur, self.referentiel)

    def liberaux(self, item: Indicateur) -> str:
        """Of an indicator that counts places of practice, the professionals of the whole départements."""
        found = self.agregateur.liberaux(item, self.departements)
        if found is None:
            return ""
        names = [self.referentiel.nom_zone("departement", code) for code in found.departements]
        return dits(item, found, names)


def _shown(
    codes: Sequence[str],
    comparaisons: Iterable[TermeComparaison],
    agregateur: Agregateur,
    referentiel: Referentiel,
) -> _Shown:
    if not codes:
        raise ValueError("Un territoire sans commune n’a pas de rapport.")
    own = Colonne("territoire", plan().titres["territoire"], "Territoire", agregateur.territoire(codes))
    beside = (colonne(each, agregateur, referentiel) for each in comparaisons)
    departements = agregateur.departements_peuples(codes)
    return _Shown(codes, departements, (own, *beside), agregateur, referentiel)


def _comparable(item: Indicateur, cellule: Cellule) -> bool:
    """Whether a distance makes sense: not that of a bare count, of few people, or of a whole zone around."""
    counted = item.agregation != "somme" or cellule.taux is not None
    return counted and item.par_commune and comparable(cellule.resultat)


def _cell(item: Indicateur, resultats: Resultats) -> Cellule:
    rate = plan().taux
    result, people = resultats[item.code], resultats[rate.population].valeur
    if item.famille != rate.famille or result.valeur is None or not comparable(result) or not people:
        return Cellule(result)
    return Cellule(result, rate.pour * result.valeur / people)
