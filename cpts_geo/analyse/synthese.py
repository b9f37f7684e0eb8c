"""The synthesis of a territory in plain French: declared sentences, filled with its figures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from jinja2 import Environment, StrictUndefined, Template

from cpts_geo.analyse.taille import Bareme
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.communes.toponymes import dans, de
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.agregation import Agregateur, Resultats
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.ecarts import Intervalle, ecart
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import decimal, entier, pluriel, signe
from cpts_geo.socle.textes import typographie

Degre = Literal["-2", "-1", "0", "1", "2"]

_FIRST_PLURAL = 2
_PLURAL = re.compile(r"s\b")


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One indicator in words: of the territory, of France, and how far one is from the other.

    `suite` is the comparison as the end of a sentence, with its comma; empty where there is none to make.
    """

    indicateur: Indicateur
    territoire: Resultat
    reference: Resultat
    position: str

    @property
    def valeur(self) -> str:
        """The value over the territory, as people read it."""
        return affichage.valeur(self.indicateur, self.territoire)

    @property
    def effectif(self) -> str:
        """The headcount behind the value."""
        return affichage.effectif(self.territoire)

    @property
    def compte(self) -> str:
        """The headcount with what is counted, as "37 médecins généralistes"."""
        many = (self.territoire.effectif_haut or 0) >= _FIRST_PLURAL
        noun = self.indicateur.effectif if many else _PLURAL.sub("", self.indicateur.effectif)
        return f"{self.effectif} {noun}"

    @property
    def france(self) -> str:
        """The value over France."""
        return affichage.valeur(self.indicateur, self.reference)

    @property
    def signe(self) -> str:
        """The value over the territory, with its sign."""
        return signe(self.territoire.valeur, self.indicateur.decimales)

    @property
    def signe_france(self) -> str:
        """The value over France, with its sign."""
        return signe(self.reference.valeur, self.indicateur.decimales)

    @property
    def notable(self) -> bool:
        """Whether there is anything to say: more than nothing."""
        return bool(self.territoire.borne_haute)

    @property
    def suite(self) -> str:
        """The comparison with France, as the end of a sentence."""
        return f", {self.position}" if self.position else ""


class PhraseDeclaree(Declare):
    """A sentence, written when every indicator that it asks for is known."""

    texte: str
    requiert: tuple[str, ...] = ()


class PartieDeclaree(Declare):
    """A titled part and its sentences."""

    titre: str
    phrase: tuple[PhraseDeclaree, ...]


class Densite(Declare):
    """From how many times the lowest density on the highest makes a territory of disparate densities."""

    disparate: float


class SyntheseDeclaree(Declare):
    """What is declared: parts with their sentences, and words for each degree of distance to France."""

    positions: Mapping[Degre, str]
    densite: Densite
    partie: tuple[PartieDeclaree, ...]


def write_synthese(
    territoire: Territoire,
    agregateur: Agregateur,
    catalogue: Catalogue,
    referentiel: Referentiel,
    bareme: Bareme,
) -> str:
    """Write the synthesis: titled parts, one sentence a line, what is not known left out.

    Raises:
        ValueError: the territory has no commune.
    """
    if not territoire.codes:
        raise ValueError("Un territoire sans commune n’a pas de synthèse.")
    words = mots(territoire, agregateur, catalogue, referentiel, bareme)
    parts = [(titre, list(_sentences(phrases, words))) for titre, phrases in _parties()]
    return "\n\n".join("\n".join([titre, *sentences]) for titre, sentences in parts if sentences)


def mots(
    territoire: Territoire,
    agregateur: Agregateur,
    catalogue: Catalogue,
    referentiel: Referentiel,
    bareme: Bareme,
) -> dict[str, Any]:
    """The words of declared sentences: the territory, and under `i` each indicator that is known."""
    results, france = agregateur.territoire(territoire.codes), agregateur.france()
    chiffres = {
        item.code: _chiffre(item, results, france)
        for item in catalogue.indicateurs
        if results[item.code].borne_basse is not None and france[item.code].borne_basse is not None
    }
    return _words(territoire, referentiel, bareme) | {"i": chiffres}


def phrase(gabarit: str, words: Mapping[str, Any]) -> str:
    """One declared sentence, filled with these words: plain text, never markup."""
    return typographie(_environment().from_string(gabarit).render(words).strip())


def _sentences(
    phrases: Iterable[tuple[tuple[str, ...], Template]], words: Mapping[str, Any]
) -> Iterable[str]:
    for requiert, gabarit in phrases:
        if all(code in words["i"] for code in requiert):
            text = gabarit.render(words).strip()
            if text:
                yield "– " + typographie(text)


def _chiffre(item: Indicateur, results: Resultats, france: Resultats) -> Chiffre:
    here, there = results[item.code], france[item.code]
    return Chiffre(item, here, there, position(item, here, there))


def position(item: Indicateur, territoire: Resultat, reference: Resultat) -> str:
    """Where the territory stands beside France, in words; empty when masked values leave it open."""
    bounds = (territoire.borne_basse, territoire.borne_haute, reference.borne_basse, reference.borne_haute)
    low, high, reference_low, reference_high = bounds
    if low is None or high is None or reference_low is None or reference_high is None:
        return ""
    found = ecart(item, Intervalle(low, high), Intervalle(reference_low, reference_high))
    return _words_of_degrees()[found.niveau.niveau] if found else ""


def _words(territoire: Territoire, referentiel: Referentiel, bareme: Bareme) -> dict[str, Any]:
    population = referentiel.population(territoire.codes)
    return {
        "nom": territoire.nom,
        "communes": pluriel(len(territoire.codes), "commune"),
        "habitants": entier(population),
        "millesime": referentiel.millesimes(territoire.codes),
        "taille": bareme.rank(population).libelle,
        "departements": referentiel.departements(territoire.codes),
        "densites": _densites(territoire.codes, referentiel),
    }


def _densites(codes: Sequence[str], referentiel: Referentiel) -> dict[str, Any]:
    """The lowest and the highest density of the communes, and whether they are far apart."""
    communes = referentiel.communes.loc[list(codes)]
    densities = (communes["population"] / communes["superficie_km2"]).dropna()
    low, high = float(densities.min()), float(densities.max())
    return {
        "basse": decimal(low),
        "haute": decimal(high),
        "disparate": bool(high >= _declared().densite.disparate * low) and len(densities) > 1,
    }


def _declared() -> SyntheseDeclaree:
    return declaration("synthese", SyntheseDeclaree)


@cache
def _words_of_degrees() -> dict[int, str]:
    return {int(degree): words for degree, words in _declared().positions.items()}


@cache
def _parties() -> tuple[tuple[str, tuple[tuple[tuple[str, ...], Template], ...]], ...]:
    """The title of each part; what each of its sentences asks for, and its template."""
    read = _environment().from_string
    return tuple(
        (partie.titre, tuple((each.requiert, read(each.texte)) for each in partie.phrase))
        for partie in _declared().partie
    )


@cache
def _environment() -> Environment:
    # Plain text, never HTML: what shows it takes it as such.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    environment.filters |= {"dans": dans, "de": de}
    return environment
