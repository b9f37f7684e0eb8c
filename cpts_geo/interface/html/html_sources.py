"""The page of sources and definitions: what it holds, what a search leaves of it, and its HTML."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import NamedTuple, TypeVar

from jinja2 import Template
from pydantic import BaseModel

from cpts_geo.analyse.taille import Bareme, load_bareme
from cpts_geo.indicateurs.citations import SourceCitee, load_manifest
from cpts_geo.indicateurs.definitions.fiche import FamilleDeFiches, FicheIndicateur
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.formules import methode
from cpts_geo.indicateurs.glossaire import Absence, Methode, Phase, Sigle, Structure, glossaire
from cpts_geo.socle import nombres
from cpts_geo.socle.gabarits import environnement
from cpts_geo.socle.textes import capitale, sans_accents, typographie

_MOTS = re.compile(r"[a-z0-9]+")
# A search that leaves no more than this many indicators shows them unfolded.
_DEPLIES_AU_PLUS = 3
# A coverage that is not full must not be rounded to it.
_ALL, _NEARLY_ALL = 100.0, 99.9
_SECTIONS = ("familles", "sigles", "structures", "phases", "methodes", "absences", "sources", "tailles")

Entree = TypeVar("Entree")


class SourceMontree(NamedTuple):
    """A source of the bundle, how many indicators it feeds, and the coverage (%) of its columns."""

    source: SourceCitee
    indicateurs: int
    couverture: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Contenu:
    """Everything that the page can show, or what a search leaves of it."""

    familles: tuple[FamilleDeFiches, ...]
    sigles: tuple[Sigle, ...]
    structures: tuple[Structure, ...]
    phases: tuple[Phase, ...]
    methodes: tuple[Methode, ...]
    absences: tuple[Absence, ...]
    sources: tuple[SourceMontree, ...]
    tailles: tuple[Bareme, ...]

    @property
    def indicateurs(self) -> int:
        """How many indicators there are."""
        return sum(len(famille.fiches) for famille in self.familles)

    @property
    def vide(self) -> bool:
        """Whether nothing is left to show."""
        return not any(getattr(self, name) for name in _SECTIONS)


@cache
def contenu() -> Contenu:
    """The whole page, worked out once from the catalogue, the manifest and the glossary."""
    declared = glossaire()
    return Contenu(
        familles=donnees().definitions,
        sigles=declared.sigles,
        structures=declared.structures,
        phases=declared.phases,
        methodes=declared.methodes,
        absences=declared.absences,
        sources=_sources(),
        tailles=(load_bareme(),),
    )


def search(whole: Contenu, recherche: str) -> Contenu:
    """What a search leaves: entries in which every word typed begins a word; everything when it is blank."""
    words = _words(recherche)
    if not words:
        return whole
    kept = (
        replace(famille, fiches=tuple(_matching(famille.fiches, words, famille.titre)))
        for famille in whole.familles
    )
    return Contenu(
        familles=tuple(famille for famille in kept if famille.fiches),
        sigles=tuple(_matching(whole.sigles, words)),
        structures=tuple(_matching(whole.structures, words)),
        phases=tuple(_matching(whole.phases, words)),
        methodes=tuple(_matching(whole.methodes, words)),
        absences=tuple(_matching(whole.absences, words)),
        sources=tuple(_matching(whole.sources, words)),
        tailles=tuple(_matching(whole.tailles, words, "Taille population seuil")),
    )


def page(shown: Contenu, *, recherche: bool) -> str:
    """The page: all of it folded, or what a search leaves, unfolded when it is little."""
    return _template("sources.html").render(
        contenu=shown,
        recherche=recherche,
        deplie=recherche and shown.indicateurs <= _DEPLIES_AU_PLUS,
    )


def fiche(whole: Contenu, code: str) -> str | None:
    """One indicator, unfolded; None when no indicator has this code."""
    for famille in whole.familles:
        for each in famille.fiches:
            if each.indicateur.code == code:
                return _template("sources_fiche.html").render(famille=famille, fiche=each)
    return None


# ---- Search -----------------------------------------------------------------------------------------------


def _words(text: str) -> tuple[str, ...]:
    return tuple(_MOTS.findall(sans_accents(text)))


def _matching(entries: Iterable[Entree], words: tuple[str, ...], more: str = "") -> Iterator[Entree]:
    added = frozenset(_words(more))
    return (entry for entry in entries if _matches(_written(entry) | added, words))


def _matches(written: frozenset[str], words: tuple[str, ...]) -> bool:
    return all(any(each.startswith(word) for each in written) for word in words)


@cache
def _written(entry: object) -> frozenset[str]:
    """The words of an entry, without accents: of an indicator, those that name and define it."""
    if isinstance(entry, FicheIndicateur):
        item = entry.indicateur
        named = (
            *(item.code, item.libelle, item.libelle_court, item.definition, entry.groupe),
            *(item.citation_courte, item.champ.compte, item.champ.sans),
        )
        return frozenset(_words(" ".join(named)))
    return frozenset(_words(" ".join(_texts(entry))))


def _texts(value: object) -> Iterator[str]:
    """Every text in a value and in its parts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, BaseModel):
        for _, each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


# ---- Sources and template ---------------------------------------------------------------------------------


def _sources() -> tuple[SourceMontree, ...]:
    fed = Counter(item.source.code for item in donnees().catalogue.indicateurs)
    return tuple(
        SourceMontree(
            source=SourceCitee.among(entry),
            indicateurs=fed[entry["code"]],
            couverture=tuple(entry["couverture"]) if entry["couverture"] else None,
        )
        for entry in load_manifest()["sources"]
    )


def _couverture(part: float) -> str:
    """A coverage in words: never 100 % as long as someone is missing."""
    return nombres.pourcent(100, 0) if part >= _ALL else nombres.pourcent(min(part, _NEARLY_ALL))


def _etendue(parts: tuple[float, float]) -> str:
    """The coverage of the columns of a source, from the least to the best covered."""
    low, high = map(_couverture, parts)
    return low if low == high else f"{low} à {high}"


def _noms(codes: Iterable[str]) -> list[str]:
    return [donnees().catalogue[code].libelle for code in codes]


@cache
def _template(name: str) -> Template:
    environment = environnement()
    environment.filters |= {
        "capitale": capitale,
        "couverture": _couverture,
        "entier": nombres.entier,
        "etendue": _etendue,
        "euros": nombres.euros,
        "methode": methode,
        "noms": _noms,
        "pluriel": nombres.pluriel,
        "typographie": typographie,
    }
    return environment.get_template(name)
