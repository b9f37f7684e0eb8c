"""The catalogue of indicators: one declaration that tables, map, glossary and exports all read."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from cpts_geo.indicateurs.citations import SourceCitee, load_sources_citees
from cpts_geo.socle.chemins import BUNDLE, DECLARATIONS

Agregation = Literal["somme", "rapport", "moyenne_ponderee", "etendue", "departement"]
Sens = Literal["haut", "bas", "neutre"]


@dataclass(frozen=True, slots=True)
class Indicateur:
    """One indicator as declared in `data/declarations/indicateurs.toml`.

    `numerateur`, `moins` and `denominateur` name columns of the bundle, added up (those of `moins` are taken
    away). `masque` is the largest count a masked cell may hide, 0 when none is masked. `part` says that the
    numerator is a part of the denominator, so that the value cannot exceed `facteur`.
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

    @property
    def par_commune(self) -> bool:
        """Whether the communes have figures of their own."""
        return self.agregation != "departement"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every indicator in its declared order, the families, and what the map page shows live."""

    indicateurs: tuple[Indicateur, ...]
    familles: dict[str, str]
    densites: tuple[str, ...]
    reperes: tuple[str, ...]

    def __getitem__(self, code: str) -> Indicateur:
        """The indicator of this code; KeyError if there is none."""
        return _by_code(self)[code]

    def famille(self, code: str) -> tuple[Indicateur, ...]:
        """The indicators of a family."""
        return tuple(indicateur for indicateur in self.indicateurs if indicateur.famille == code)

    @property
    def panneau(self) -> tuple[str, ...]:
        """Codes of what the map page shows: densities, then landmarks."""
        return self.densites + self.reperes


def load_catalogue(path: Path = DECLARATIONS / "indicateurs.toml", bundle: Path = BUNDLE) -> Catalogue:
    """Read the catalogue; each indicator cites its source as the manifest of the bundle describes it.

    Raises `ValueError` naming the indicator when its declaration makes no sense.
    """
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = load_sources_citees(bundle)
    catalogue = Catalogue(
        indicateurs=tuple(_indicateur(item, sources) for item in declared["indicateur"]),
        familles=declared["familles"],
        densites=tuple(declared["panneau"]["densites"]),
        reperes=tuple(declared["panneau"]["reperes"]),
    )
    _validate(catalogue)
    return catalogue


@cache
def catalogue() -> Catalogue:
    """The catalogue, read once."""
    return load_catalogue()


def _by_code(declared: Catalogue) -> dict[str, Indicateur]:
    return {indicateur.code: indicateur for indicateur in declared.indicateurs}


def _indicateur(item: dict[str, Any], sources: dict[str, SourceCitee]) -> Indicateur:
    return Indicateur(
        code=item["code"],
        famille=item["famille"],
        libelle=item["libelle"],
        libelle_court=item.get("libelle_court", item["libelle"]),
        unite=item["unite"],
        agregation=item["agregation"],
        numerateur=tuple(item["numerateur"]),
        moins=tuple(item.get("moins", ())),
        denominateur=tuple(item.get("denominateur", ())),
        facteur=float(item.get("facteur", 1)),
        decimales=item["decimales"],
        masque=item.get("masque", 0),
        part=item.get("part", False),
        effectif=item.get("effectif", ""),
        sens=item["sens"],
        definition=item["definition"],
        source=sources[item["source"]],
    )


def _validate(declared: Catalogue) -> None:
    if len(_by_code(declared)) != len(declared.indicateurs):
        raise ValueError("Deux indicateurs portent le même code.")
    for indicateur in declared.indicateurs:
        if problem := _problem(indicateur, declared):
            raise ValueError(f"Indicateur « {indicateur.code} » : {problem}.")


def _problem(indicateur: Indicateur, declared: Catalogue) -> str | None:
    needs_denominator = indicateur.agregation in ("rapport", "moyenne_ponderee")
    problems = {
        "famille inconnue": indicateur.famille not in declared.familles,
        "agrégation inconnue": indicateur.agregation not in get_args(Agregation),
        "sens inconnu": indicateur.sens not in get_args(Sens),
        "dénominateur manquant ou de trop": needs_denominator != bool(indicateur.denominateur),
        "une seule colonne attendue": not needs_denominator
        and indicateur.agregation != "somme"
        and len(indicateur.numerateur) != 1,
    }
    return next((text for text, found in problems.items() if found), None)
