"""What is to be known of each indicator: formula, sources, coverage over France, known limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.autour.references import FRANCE
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.citations import SourceCitee
from cpts_geo.indicateurs.definitions.provenance import ZoneComparee, origines_par_genre
from cpts_geo.indicateurs.formules import codes_sources, formule
from cpts_geo.indicateurs.glossaire import glossaire
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.nombres import pluriel

_ESTIMATION = "(estimation)"
# Inhabitants of a city whose lack of a figure is told by name.
_GRANDE_VILLE = 100_000


@dataclass(frozen=True, slots=True)
class FicheIndicateur:
    """One indicator as the page of sources tells it.

    `sources` are its own, then those of the other figures its formula takes. `couverture` is the share (%)
    of the inhabitants of France for whom the figure is exactly known. `france` is its value over France, in
    words, `references` where the figures of départements, régions and France come from. `lacunes` are
    sentences on what is masked or missing, `limites` all that is known to be wrong, those included.
    """

    indicateur: Indicateur
    groupe: str
    formule: str
    sources: tuple[SourceCitee, ...]
    sens: str
    france: str
    references: str
    couverture: float
    lacunes: tuple[str, ...]
    limites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilleDeFiches:
    """The indicators of a family, in the order of the report."""

    code: str
    titre: str
    fiches: tuple[FicheIndicateur, ...]

    @property
    def groupes(self) -> list[tuple[str, list[FicheIndicateur]]]:
        """The same under the headings of the report."""
        return [(titre, list(fiches)) for titre, fiches in groupby(self.fiches, key=lambda each: each.groupe)]


def build_familles(
    declared: Catalogue,
    figures: Agregateur,
    communes: Referentiel,
    sources: Mapping[str, SourceCitee],
) -> tuple[FamilleDeFiches, ...]:
    """The families of the report with what is to be known of each indicator."""
    builder = _Builder(figures, communes, sources)
    return tuple(
        FamilleDeFiches(
            code,
            titre,
            tuple(
                builder.fiche(item, rubrique.titre)
                for rubrique in declared.rubriques_de(code)
                for item in rubrique.indicateurs
            ),
        )
        for code, titre in declared.familles.items()
    )


class _Builder:
    """Looks at every indicator over the whole of France, commune by commune."""

    def __init__(
        self, figures: Agregateur, communes: Referentiel, sources: Mapping[str, SourceCitee]
    ) -> None:
        self._figures = figures
        self._communes = communes
        self._sources = sources
        table = communes.communes.sort_values("population", ascending=False)
        self._by_departement = {
            str(code): tuple(rows.index) for code, rows in table.groupby("departement", sort=True)
        }
        large = (table["population"] >= _GRANDE_VILLE) | table["ville"].notna()
        self._cities = tuple(table.index[large])
        self._everywhere = figures.territoire(table.index)
        self._france = figures.france()
        self._zones = {
            "départements": [
                ("departement", code, figures.departement(code)) for code in self._by_departement
            ],
            "régions": [
                ("region", str(code), figures.region(str(code))) for code in communes.zones("region").index
            ],
            "France": [("france", FRANCE, self._france)],
        }

    def fiche(self, item: Indicateur, groupe: str) -> FicheIndicateur:
        sources = tuple(self._sources[code] for code in codes_sources(item))
        lacunes = tuple(self._gaps(item, self._everywhere[item.code]))
        return FicheIndicateur(
            indicateur=item,
            groupe=groupe,
            formule=formule(item),
            sources=sources,
            sens=plan().sens[item.sens],
            france=affichage.valeur(item, self._france[item.code]),
            references=self._references(item),
            couverture=self._everywhere[item.code].couverture,
            lacunes=lacunes,
            limites=tuple(self._limits(item, sources, lacunes)),
        )

    def _references(self, item: Indicateur) -> str:
        return origines_par_genre(
            item,
            {
                nom: [ZoneComparee(nom, genre, code, results[item.code]) for genre, code, results in zones]
                for nom, zones in self._zones.items()
            },
        )

    @staticmethod
    def _limits(
        item: Indicateur, sources: tuple[SourceCitee, ...], lacunes: tuple[str, ...]
    ) -> Iterable[str]:
        texts = glossaire().limites
        if not item.par_commune:
            yield texts.departement
        yield from lacunes
        if _ESTIMATION in item.effectif:
            yield texts.estimation
        if len(sources) > 1:
            cited = (item.citation_courte, *(each.citation_courte for each in sources[1:]))
            yield texts.sources.format(citations=" ; ".join(cited))
        yield from item.notes
        for source in sources[1:]:
            yield from source.notes

    def _gaps(self, item: Indicateur, result: Resultat) -> Iterable[str]:
        """What is masked or missing, and the départements of which nothing is known."""
        texts = glossaire().limites
        if result.communes_masquees:
            masked = pluriel(result.communes_masquees, "commune")
            yield texts.masquees.format(communes=masked, masque=item.masque)
        if result.communes_manquantes:
            yield texts.manquantes.format(communes=pluriel(result.communes_manquantes, "commune"))
        without = self._departements_without(item)
        if without:
            names = (self._communes.nom_zone("departement", code) for code in without)
            yield texts.departements.format(noms=", ".join(names))
        if cities := self._cities_without(item, without):
            yield texts.villes.format(noms=", ".join(cities))

    def _departements_without(self, item: Indicateur) -> list[str]:
        """The départements where no commune has a figure, in the order of their codes."""
        # Few départements are in doubt: those whose largest commune has no figure.
        largest = {codes[0]: code for code, codes in self._by_departement.items()}
        doubtful = [largest[code] for code in self._without(item, tuple(largest))]
        return [
            code
            for code in doubtful
            if len(self._without(item, self._by_departement[code])) == len(self._by_departement[code])
        ]

    def _cities_without(self, item: Indicateur, departements: list[str]) -> list[str]:
        """Names of the large cities without a figure, but for those of départements that have none at all."""
        places = map(self._communes.__getitem__, self._without(item, self._cities))
        there = (place for place in places if place.departement not in departements)
        return list(dict.fromkeys(self._communes.nom(place.ville or place.code) for place in there))

    def _without(self, item: Indicateur, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Those of these communes that have no figure, not even a masked one."""
        if item.par_commune:
            return self._figures.sans_chiffre(item, codes)
        figures = self._figures.par_commune(item, codes)
        return tuple(figures.index[figures["borne_basse"].isna()])
