"""French names of places in sentences: "en Gironde", "du Gers", "d’Agen", "au Havre", by rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, Self

from pydantic import model_validator

from cpts_geo.communes.prises import TypeZone
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.textes import enumeration, sans_accents

Article = Literal["le", "la", "les", ""]
Lieu = Literal["en", "dans", "à"]

_DE = {"le": "du ", "la": "de la ", "les": "des "}
# A commune keeps the article of its name, but for the two that contract.
_CONTRACTED = {"Le": ("au", "du"), "Les": ("aux", "des"), "Aux": ("aux", "des")}


@dataclass(frozen=True, slots=True)
class Toponyme:
    """A place in a sentence: `sujet` "la Gironde", `lieu` "en Gironde", `complement` "de la Gironde"."""

    sujet: str
    lieu: str
    complement: str


class ClasseDeNoms(Declare):
    """Départements and régions that take the same article and preposition; see `francais.toml`."""

    article: Article = ""
    lieu: Lieu
    complement: Literal["article", "nom"]
    departements: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


class FrancaisDeclare(Declare):
    """What no letter of a name tells."""

    h_muets: frozenset[str]
    noms: tuple[ClasseDeNoms, ...]
    epci: Mapping[str, Article]

    @model_validator(mode="after")
    def _places_are_declared_once(self) -> Self:
        for codes in (
            [code for each in self.noms for code in each.departements],
            [code for each in self.noms for code in each.regions],
        ):
            if len(set(codes)) != len(codes):
                raise ValueError("un département ou une région est dans deux classes de noms.")
        return self


def toponyme_zone(type_zone: TypeZone, code: str, nom: str) -> Toponyme:
    """The zone of this type, code and name; KeyError for one whose article must be declared and is not."""
    match type_zone:
        case "departement":
            return _of_class(_departements()[code], nom)
        case "region":
            return _of_class(_regions()[code], nom)
        case "epci":
            return _with_articles(_declared().epci.get(nom.split(maxsplit=1)[0], ""), nom)
        case "bassin_vie":
            return _with_articles("le", f"bassin de vie {toponyme_commune(nom).complement}")
        case "ville":
            return toponyme_commune(nom)
        case "canton":
            # Some bear the name of a commune, others that of a valley: quoted, none asks for an article.
            return _with_articles("le", f"canton «\u00a0{nom}\u00a0»")


def toponyme_commune(nom: str) -> Toponyme:
    """A commune: "Le Havre", "au Havre", "du Havre"; "La Rochelle", "à La Rochelle", "de La Rochelle"."""
    first, _, rest = nom.partition(" ")
    if rest and first in _CONTRACTED:
        where, of = _CONTRACTED[first]
        return Toponyme(nom, f"{where} {rest}", f"{of} {rest}")
    return Toponyme(nom, f"à {nom}", f"{_de(nom)}{nom}")


def dans(places: Sequence[Toponyme]) -> str:
    """Where these places are: "en Gironde et en Dordogne", "dans la Creuse et la Haute-Vienne".

    One preposition stands for all when each can take "dans", unless all take "en".
    """
    wheres = [place.lieu for place in places]
    if len(places) > 1 and {_preposition(where) for where in wheres} in ({"en", "dans"}, {"dans"}):
        return "dans " + enumeration([place.sujet for place in places])
    return enumeration(wheres)


def de(places: Iterable[Toponyme]) -> str:
    """What is of these places: "de la Creuse et de la Haute-Vienne"."""
    return enumeration([place.complement for place in places])


def _preposition(where: str) -> str:
    return where.partition(" ")[0]


def _with_articles(article: Article, nom: str) -> Toponyme:
    subject = _with_article(article, nom)
    return Toponyme(subject, f"dans {subject}", _after_de(article, nom))


def _of_class(declared: ClasseDeNoms, nom: str) -> Toponyme:
    subject = _with_article(declared.article, nom)
    where = f"dans {subject}" if declared.lieu == "dans" else f"{declared.lieu} {nom}"
    kept = declared.article if declared.complement == "article" else ""
    return Toponyme(subject, where, _after_de(kept, nom))


def _with_article(article: Article, nom: str) -> str:
    if article in ("le", "la") and _is_elided(nom):
        return f"l’{nom}"
    return f"{article} {nom}".lstrip()


def _after_de(article: Article, nom: str) -> str:
    if not article:
        return f"{_de(nom)}{nom}"
    return f"de l’{nom}" if article != "les" and _is_elided(nom) else f"{_DE[article]}{nom}"


def _de(nom: str) -> str:
    return "d’" if _is_elided(nom) else "de "


def _is_elided(nom: str) -> bool:
    """Whether "de" and "le" lose their vowel before this name."""
    # Before the y of a French place too: "d’Yvetot", "l’Yonne".
    return sans_accents(nom[:1])[:1] in tuple("aeiouy") or nom in _declared().h_muets


def _declared() -> FrancaisDeclare:
    return declaration("francais", FrancaisDeclare)


@cache
def _departements() -> Mapping[str, ClasseDeNoms]:
    return {code: each for each in _declared().noms for code in each.departements}


@cache
def _regions() -> Mapping[str, ClasseDeNoms]:
    return {code: each for each in _declared().noms for code in each.regions}
