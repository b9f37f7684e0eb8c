"""The catalogue of indicators: one declaration that tables, map, glossary and exports all read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import model_validator

from cpts_geo.indicateurs.autour.references import ReferenceDeclaree
from cpts_geo.indicateurs.autour.references import declared as declared_references
from cpts_geo.indicateurs.citations import ReferenceCitee, SourceCitee, load_sources_citees
from cpts_geo.indicateurs.definitions.champ import ChampsDeclares, ChampStatistique
from cpts_geo.indicateurs.plan import Agregation, FamilleDeclaree, Plan, RubriqueDeclaree, Sens
from cpts_geo.socle.chemins import BUNDLE, DECLARATIONS
from cpts_geo.socle.declarations import Declare, declaration


class IndicateurDeclare(ChampStatistique):
    """The block of an indicator; see `Indicateur`.

    `rubrique` is its heading in the report. `colonnes` says in words what columns count that no other
    declaration tells, and that come from its own source. What the block does not say of its scope comes from
    the declared scope that `champ` names, then from that of its source.
    """

    code: str
    rubrique: str
    libelle: str
    libelle_court: str = ""
    unite: str
    agregation: Agregation
    numerateur: tuple[str, ...]
    moins: tuple[str, ...] = ()
    denominateur: tuple[str, ...] = ()
    colonnes: Mapping[str, str] = {}
    facteur: float = 1.0
    decimales: int
    masque: int = 0
    part: bool = False
    effectif: str = ""
    ecart_en_points: str = ""
    source: str
    champ: str = ""
    sens: Sens
    definition: str

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        divided = self.agregation in ("rapport", "moyenne_ponderee")
        problems = {
            "dénominateur manquant ou de trop": divided != bool(self.denominateur),
            "une seule colonne attendue": not divided
            and self.agregation != "somme"
            and len(self.numerateur) != 1,
            "des colonnes sont dites sans servir": not set(self.colonnes) <= set(self.utilisees),
        }
        for text, found in problems.items():
            if found:
                raise ValueError(f"indicateur «\u00a0{self.code}\u00a0»\u00a0: {text}.")
        return self

    @property
    def utilisees(self) -> tuple[str, ...]:
        """The columns it is made of."""
        return self.numerateur + self.moins + self.denominateur


class Panneau(Declare):
    """Codes of what the map page shows live: densities, those of places of practice apart, then landmarks.

    `titre_lieux` stands above the places of practice.
    """

    densites: tuple[str, ...]
    titre_lieux: str
    lieux: tuple[str, ...]
    reperes: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """All of them, in their order."""
        return self.densites + self.lieux + self.reperes


class IndicateursDeclares(Declare):
    """The declaration of the indicators."""

    panneau: Panneau
    indicateur: tuple[IndicateurDeclare, ...]

    @property
    def moyennes(self) -> frozenset[str]:
        """The columns that are means of their commune: a part of it has the same."""
        means = (each for each in self.indicateur if each.agregation in ("moyenne_ponderee", "etendue"))
        return frozenset(name for each in means for name in each.numerateur)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        codes = Counter(each.code for each in self.indicateur)
        for text, names in (
            ("deux indicateurs portent le même code", {code for code, count in codes.items() if count > 1}),
            ("panneau inconnu", {*self.panneau.codes} - set(codes)),
        ):
            if names:
                raise ValueError(f"{text}\u00a0: {', '.join(sorted(names))}.")
        return self


@dataclass(frozen=True, slots=True)
class Indicateur:
    """One indicator as declared in `data/declarations/indicateurs.toml`.

    `numerateur`, `moins` and `denominateur` name columns of the bundle, added up (those of `moins` are taken
    away). `masque` is the largest count a masked cell may hide, 0 when none is masked. `part` says that the
    numerator is a part of the denominator, so that the value cannot exceed `facteur`. `ecart_en_points` names
    the declared scale, in points, of its distance to France; empty when that is a share of France. `champ`
    says who is counted, where and when, `reference` what is published beside it, None when nothing is.
    """

    code: str
    famille: str
    libelle: str
    libelle_court: str
    unite: str
    agregation: Agregation
    numerateur: tuple[str, ...]
    moins: tuple[str, ...]
    denominateur: tuple[str, ...]
    facteur: float
    decimales: int
    masque: int
    part: bool
    effectif: str
    sens: Sens
    definition: str
    source: SourceCitee
    ecart_en_points: str = ""
    champ: ChampStatistique = field(default_factory=ChampStatistique)
    reference: ReferenceCitee | None = None

    @property
    def citation(self) -> str:
        """Where the figure comes from, with its publisher and data set."""
        return self.champ.citation or self.source.citation

    @property
    def citation_courte(self) -> str:
        """Where the figure comes from, in short and with its year, as "RSA 2023 (Cnaf)"."""
        return self.champ.citation or self.source.citation_courte

    @property
    def notes(self) -> tuple[str, ...]:
        """What else is to be known: its own note, then those of its source."""
        return (*filter(None, [self.champ.note]), *self.source.notes)

    @property
    def par_commune(self) -> bool:
        """Whether the communes have figures of their own."""
        return self.agregation not in ("departement", "bassin")


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A heading of the report, and the indicators under it, in the order of the report."""

    famille: str
    titre: str
    note: str
    indicateurs: tuple[Indicateur, ...]


@dataclass(frozen=True)
class Catalogue:
    """Every indicator in its declared order, families and headings, and what the map page shows live."""

    indicateurs: tuple[Indicateur, ...]
    familles: dict[str, str]
    panneau: Panneau
    rubriques: tuple[Rubrique, ...] = ()

    def __getitem__(self, code: str) -> Indicateur:
        """The indicator of this code; KeyError if there is none."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> Mapping[str, Indicateur]:
        return {indicateur.code: indicateur for indicateur in self.indicateurs}

    def famille(self, code: str) -> tuple[Indicateur, ...]:
        """The indicators of a family."""
        return tuple(indicateur for indicateur in self.indicateurs if indicateur.famille == code)

    def rubriques_de(self, famille: str) -> tuple[Rubrique, ...]:
        """The headings of a family, in the order of the report."""
        return tuple(rubrique for rubrique in self.rubriques if rubrique.famille == famille)


def load_catalogue(dossier: Path = DECLARATIONS, bundle: Path = BUNDLE) -> Catalogue:
    """Read the catalogue; each indicator cites its source as the manifest of the bundle describes it.

    Raises:
        DeclarationInvalideError: a declaration makes no sense.
        ValueError: an indicator asks for a heading, a scale, a scope or a source that is not declared, or a
            heading has no indicator; in French.
    """
    read = _Lecture(
        declaration("indicateurs", IndicateursDeclares, dossier),
        declaration("rapport", Plan, dossier),
        declaration("champs", ChampsDeclares, dossier).champ,
        {each.indicateur: each for each in declared_references(dossier)},
        load_sources_citees(bundle),
    )
    read.validate()
    declared, report = read.indicateurs.indicateur, read.report
    indicateurs = tuple(map(read.indicateur, declared))
    under = dict(zip(indicateurs, (each.rubrique for each in declared), strict=True))
    return Catalogue(
        indicateurs=indicateurs,
        familles={famille.code: famille.titre for famille in report.famille},
        panneau=read.indicateurs.panneau,
        rubriques=tuple(
            _rubrique(famille, rubrique, under) for famille in report.famille for rubrique in famille.rubrique
        ),
    )


@dataclass(frozen=True)
class _Lecture:
    """What the catalogue is made of, as it is declared."""

    indicateurs: IndicateursDeclares
    report: Plan
    champs: Mapping[str, ChampStatistique]
    references: Mapping[str, ReferenceDeclaree]
    sources: Mapping[str, SourceCitee]

    def indicateur(self, declared: IndicateurDeclare) -> Indicateur:
        """An indicator, with all that other declarations say of it."""
        source, champ = self.sources[declared.source], self._champ(declared)
        return Indicateur(
            code=declared.code,
            famille=self._familles[declared.rubrique],
            libelle=declared.libelle,
            libelle_court=declared.libelle_court or declared.libelle,
            unite=declared.unite,
            agregation=declared.agregation,
            numerateur=declared.numerateur,
            moins=declared.moins,
            denominateur=declared.denominateur,
            facteur=declared.facteur,
            decimales=declared.decimales,
            masque=declared.masque,
            part=declared.part,
            effectif=declared.effectif,
            sens=declared.sens,
            definition=declared.definition.format_map(dict(source.mots)),
            source=source,
            ecart_en_points=declared.ecart_en_points,
            champ=champ,
            reference=self._reference(declared.code),
        )

    def validate(self) -> None:
        """What indicators ask for is declared, and what the report declares of them is asked for."""
        headings = {rubrique.code: rubrique for rubrique in self.report.rubriques}
        for item in self.indicateurs.indicateur:
            problems = {
                "rubrique inconnue": item.rubrique not in headings,
                "échelle d’écart inconnue": item.ecart_en_points not in {"", *self.report.ecarts.points},
                "source inconnue": item.source not in self.sources,
                "champ inconnu": item.champ not in {"", *self.champs},
            }
            for text, found in problems.items():
                if found:
                    raise ValueError(f"Indicateur «\u00a0{item.code}\u00a0»\u00a0: {text}.")
        for heading in headings.values():
            under = {item.code for item in self.indicateurs.indicateur if item.rubrique == heading.code}
            if not under or not set(heading.d_abord) <= under:
                raise ValueError(
                    f"Rubrique «\u00a0{heading.code}\u00a0»\u00a0: vide, ou sans ceux qui y viennent d’abord."
                )

    @cached_property
    def _familles(self) -> Mapping[str, str]:
        """The family of each heading."""
        familles = self.report.famille
        return {rubrique.code: famille.code for famille in familles for rubrique in famille.rubrique}

    def _champ(self, declared: IndicateurDeclare) -> ChampStatistique:
        """The scope of an indicator: its own words, then those it asks for, then those of its source."""
        shared = [self.champs[name] for name in (declared.champ, declared.source) if name in self.champs]
        return declared.completed(shared).told(self.sources[declared.source], self.sources)

    def _reference(self, code: str) -> ReferenceCitee | None:
        """What is published beside an indicator."""
        found = self.references.get(code)
        if found is None:
            return None
        return ReferenceCitee(
            citation=self.sources[found.source].citation_courte if found.source else "",
            zones=tuple(found.valeurs),
            note=found.note,
            par_departement=bool(found.departements),
        )


def _rubrique(
    famille: FamilleDeclaree, declared: RubriqueDeclaree, under: Mapping[Indicateur, str]
) -> Rubrique:
    items = [item for item, rubrique in under.items() if rubrique == declared.code]
    items.sort(key=lambda item: declared.rang(item.code))
    return Rubrique(famille.code, declared.titre, declared.note, tuple(items))
