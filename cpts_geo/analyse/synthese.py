"""The synthesis of a territory in plain French: declared sentences, filled with its figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from cpts_geo.analyse.mots import Chiffre, Degre
from cpts_geo.analyse.publies_autour import zones_touchees
from cpts_geo.analyse.taille import Bareme
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.communes.toponymes import dans, de
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Catalogue
from cpts_geo.indicateurs.couverture import comparable
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import decimal, pluriel, pourcent
from cpts_geo.socle.textes import capitale, enumeration, typographie

# The names of the figures of a sentence in its text, in the order in which it asks for them.
_NAMES = "xyz"


class PhraseDeclaree(Declare):
    """A sentence, written when all that it `requiert` may be said; `avec` is said when it may."""

    texte: str
    requiert: tuple[str, ...] = ()
    avec: tuple[str, ...] = ()


class PartieDeclaree(Declare):
    """A titled part and its sentences."""

    titre: str
    phrase: tuple[PhraseDeclaree, ...]


class Densite(Declare):
    """From how many times the lowest density on the highest makes a territory of disparate densities."""

    disparate: float


class Publies(Declare):
    """How many EPCI are named beside a figure that is not known of the territory."""

    epci_au_plus: int


class SyntheseDeclaree(Declare):
    """What is declared: parts with their sentences, and words for each degree of distance to France."""

    positions: Mapping[Degre, str]
    densite: Densite
    publies: Publies
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
    parts = [(partie.titre, list(_sentences(partie.phrase, words))) for partie in _declared().partie]
    return "\n\n".join("\n".join([titre, *sentences]) for titre, sentences in parts if sentences)


def mots(
    territoire: Territoire,
    agregateur: Agregateur,
    catalogue: Catalogue,
    referentiel: Referentiel,
    bareme: Bareme,
) -> dict[str, Any]:
    """The words of declared sentences: the territory, and under `i` each indicator that may be said of it."""
    results, france = agregateur.territoire(territoire.codes), agregateur.france()
    chiffres = {
        item.code: Chiffre(item, results[item.code], france[item.code], _declared().positions)
        for item in catalogue.indicateurs
        if comparable(results[item.code])
    }
    population = referentiel.population(territoire.codes)
    return {
        "i": chiffres,
        "nom": territoire.nom,
        "communes": referentiel.compte(territoire.codes),
        "habitants": pluriel(population, "habitant"),
        "millesime": referentiel.millesimes(territoire.codes),
        "taille": bareme.rank(population).libelle,
        "departements": referentiel.departements(territoire.codes),
        "densites": _densites(territoire.codes, referentiel),
        "publies_epci": _published(territoire.codes, agregateur, catalogue, referentiel),
    }


def phrase(declared: PhraseDeclaree, words: Mapping[str, Any]) -> str:
    """One declared sentence, filled with these words: plain text, empty when nothing is to be said."""
    if not all(code in words["i"] for code in declared.requiert):
        return ""
    asked = [words["i"].get(code) for code in (*declared.requiert, *declared.avec)]
    named = dict(zip(_NAMES, asked, strict=False))
    said = _template(declared.texte).render({**words, **named, "tous": list(filter(None, asked))})
    return capitale(typographie(said.strip()))


def _sentences(phrases: Iterable[PhraseDeclaree], words: Mapping[str, Any]) -> Iterator[str]:
    for each in phrases:
        if said := phrase(each, words):
            yield f"– {said}"


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


def _published(
    codes: Sequence[str], agregateur: Agregateur, catalogue: Catalogue, referentiel: Referentiel
) -> dict[str, str]:
    """What is published for the EPCI of most inhabitants: "de 17,3 % dans Toulouse Métropole"."""
    said: dict[str, list[str]] = {}
    for code in zones_touchees("epci", codes, referentiel):
        where = referentiel.toponyme("epci", code).lieu
        for name, result in agregateur.publies_epci(code).items():
            if (item := catalogue[name]).unite.startswith("%"):
                said.setdefault(name, []).append(f"de {pourcent(result.valeur, item.decimales)} {where}")
    return {name: enumeration(each[: _declared().publies.epci_au_plus]) for name, each in said.items()}


def _declared() -> SyntheseDeclaree:
    return declaration("synthese", SyntheseDeclaree)


@cache
def _template(texte: str) -> Template:
    return _environment().from_string(texte)


@cache
def _environment() -> Environment:
    # Plain text, never HTML: what shows it takes it as such.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    environment.filters |= {"dans": dans, "de": de}
    return environment
