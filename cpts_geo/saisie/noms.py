"""Names of communes and zones, made comparable however people type them, and their index."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import pandas as pd

from cpts_geo.communes.prises import TypeZone
from cpts_geo.communes.referentiel import AncienneCommune, Referentiel
from cpts_geo.socle.textes import sans_accents

# What is not seen, or is the mark of a note: soft hyphens, marks of direction, small raised numbers.
_UNREAD = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff¹²³⁰-⁹]")
_LONGEST_KEPT = 120
_ENTITY = re.compile(r"&(?:#\d{1,5}|#x[0-9a-fA-F]{1,4}|[A-Za-z]{2,8});")
_REWRITTEN = (
    (re.compile(r"\bs/"), "sur "),
    (re.compile(r"\bst(e?)(s?)\b"), r"saint\1\2"),
    (re.compile(r"\b(\d+)(?:ere|er|eme|e|nde|nd)\b"), r"\1"),
    (re.compile(r"[^a-z0-9\n]+"), " "),
)
_ARTICLE = re.compile(r"^ (?:l|le|la|les|los|aux) (?=.)")
_MENTIONS = {
    "ancien nom": "anciennement {}",
    "ancienne commune": "ancienne commune\u00a0: {}",
    "commune associée": "commune associée\u00a0: {}",
    "commune déléguée": "commune déléguée\u00a0: {}",
}


@dataclass(frozen=True, slots=True)
class Nom:
    """A present or former name of a commune, simplified, with a space at both ends.

    `cle_nue` is the name without its leading article.
    """

    code: str
    cle: str
    cle_nue: str
    ancienne: AncienneCommune | None


class IndexNoms:
    """Names and codes of communes, present and former, the most peopled communes first.

    `lieux` are the communes, and the cities that arrondissements make: a list names both. `noms` holds every
    name; `postaux` the communes of each postal code; `departements` the communes of each département, by its
    number, its name and its name without the article; `anciennes` the former codes; `departement_de` the
    number of the département of each commune.
    """

    def __init__(self, referentiel: Referentiel) -> None:
        communes = referentiel.communes.sort_values("population", ascending=False, kind="stable")
        self.referentiel = referentiel
        self.lieux = _places(referentiel).sort_values("population", ascending=False, kind="stable")
        self.noms = _index_names(referentiel, self.lieux["nom"].tolist(), self.lieux.index.tolist())
        self.anciennes = {ancienne.code_ancien: ancienne for ancienne in reversed(referentiel.anciennes)}
        self.departements = _index_departements(referentiel)
        self.departement_de = dict(zip(self.lieux.index, self.lieux["departement"].tolist(), strict=True))
        self.postaux = _index_postal_codes(communes.index.tolist(), communes["codes_postaux"].tolist())
        self._same = _index_keys(self.noms)
        self._glued = _index_letters(self.noms)

    def named(self, words: Iterable[str]) -> list[Nom]:
        """Names made of exactly these simplified words, up to the leading article of the name."""
        return self._same.get(f" {' '.join(words)} ", [])

    def glued(self, words: Iterable[str]) -> list[Nom]:
        """Names made of exactly these letters, however parted: "lisle despagnac" is L'Isle-d'Espagnac."""
        return self._glued.get("".join(words), [])


@cache
def index_noms(referentiel: Referentiel) -> IndexNoms:
    """Index the names of a référentiel, once."""
    return IndexNoms(referentiel)


def simplify(text: str) -> str:
    """Lower case, no accents, words parted by one space; line ends are kept, to treat many names at once.

    "St" stands for "Saint", "s/" for "sur", and "3e" for "3".
    """
    return _simplified(text) if len(text) <= _LONGEST_KEPT else _simplify(text)


@lru_cache(maxsize=32_768)
def _simplified(text: str) -> str:
    """The same, kept: the cells of a table are read several times in a row."""
    return _simplify(text)


def _simplify(text: str) -> str:
    text = sans_accents(_UNREAD.sub("", text))
    for pattern, replacement in _REWRITTEN:
        text = pattern.sub(replacement, text)
    return text


def sans_entites(text: str) -> str:
    """The text as a page would show it: "M&eacute;dis" is "Médis"."""
    return html.unescape(text) if _ENTITY.search(text) else text


def keys(names: Iterable[str]) -> list[str]:
    """Each name simplified, with a space at both ends."""
    return [f" {' '.join(line.split())} " for line in simplify("\n".join(names)).split("\n")]


def without_article(key: str) -> str:
    """The key of a name, without its leading article."""
    return _ARTICLE.sub(" ", key)


def mention(ancienne: AncienneCommune | None) -> str:
    """Say, in French, which former name leads to a commune; empty when it is its present name."""
    if ancienne is None:
        return ""
    return _MENTIONS[ancienne.nature].format(ancienne.nom_ancien)


def communes_par_zone(referentiel: Referentiel, type_zone: TypeZone) -> dict[str, list[str]]:
    """Codes of the communes of every zone of a type, by the code of the zone."""
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for commune, zone in referentiel.communes[type_zone].dropna().items():
        codes[str(zone)].append(str(commune))
    return codes


def _places(referentiel: Referentiel) -> pd.DataFrame:
    """Communes and cities by code: name, département, inhabitants, place."""
    columns = ["nom", "departement", "population", "lon", "lat"]
    villes = pd.DataFrame(
        [[getattr(ville, column) for column in columns] for ville in referentiel.villes.values()],
        pd.Index(list(referentiel.villes), dtype=object),
        columns,
    )
    return pd.concat([referentiel.communes[columns], villes])


def _index_names(referentiel: Referentiel, names: list[str], codes: list[str]) -> list[Nom]:
    """Present names, already the most peopled first, then former names in the order of their communes."""
    ranks = {code: rank for rank, code in enumerate(codes)}
    anciennes = sorted(referentiel.anciennes, key=lambda ancienne: ranks[ancienne.code])
    present = zip(codes, keys(names), [None] * len(codes), strict=True)
    former = zip(
        (ancienne.code for ancienne in anciennes),
        keys(ancienne.nom_ancien for ancienne in anciennes),
        anciennes,
        strict=True,
    )
    noms = [Nom(code, key, without_article(key), ancienne) for code, key, ancienne in chain(present, former)]
    noms += [Nom(code, key, key, None) for code, key in _other_names(referentiel)]
    return sorted(noms, key=lambda nom: ranks[nom.code])


def _other_names(referentiel: Referentiel) -> Iterator[tuple[str, str]]:
    """How arrondissements are called too: "Paris 13e arrondissement", "13e arrondissement de Paris"."""
    for ville in referentiel.villes.values():
        city = " ".join(simplify(ville.nom).split())
        for code in ville.arrondissements:
            number = simplify(referentiel[code].nom).split()[-1]
            yield code, f" {city} {number} arrondissement "
            yield code, f" {city} {number.zfill(2)} "
            yield code, f" {number} arrondissement de {city} "
            yield code, f" {number} arrondissement {city} "


def _index_keys(noms: Iterable[Nom]) -> dict[str, list[Nom]]:
    index: defaultdict[str, list[Nom]] = defaultdict(list)
    for nom in noms:
        for key in {nom.cle, nom.cle_nue}:
            index[key].append(nom)
    return dict(index)


def _index_letters(noms: Iterable[Nom]) -> dict[str, list[Nom]]:
    index: defaultdict[str, list[Nom]] = defaultdict(list)
    for nom in noms:
        index[nom.cle.replace(" ", "")].append(nom)
    return dict(index)


def _index_postal_codes(communes: list[str], codes_postaux: list[str]) -> dict[str, list[str]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for commune, postaux in zip(communes, codes_postaux, strict=True):
        for postal in postaux.split():
            index[postal].append(commune)
    return dict(index)


def _index_departements(referentiel: Referentiel) -> dict[str, frozenset[str]]:
    departements = referentiel.zones("departement")
    communes = communes_par_zone(referentiel, "departement")
    index: dict[str, frozenset[str]] = {}
    for number, key in zip(departements.index, keys(departements["nom"]), strict=True):
        own = [ville.code for ville in referentiel.villes.values() if ville.departement == number]
        codes = frozenset([*communes[number], *own])
        index |= dict.fromkeys((number.lower(), key.strip(), without_article(key).strip()), codes)
    return _names_of_regions(referentiel) | index


def _names_of_regions(referentiel: Referentiel) -> dict[str, frozenset[str]]:
    """The communes of each région, by its name: a list says "(Corse)" as it says "(Gers)"."""
    regions = referentiel.zones("region")
    communes = communes_par_zone(referentiel, "region")
    names = zip(regions.index, keys(regions["nom"]), strict=True)
    for ville in referentiel.villes.values():
        communes[referentiel[ville.arrondissements[0]].region].append(ville.code)
    return {
        name: frozenset(communes[number])
        for number, key in names
        for name in (key.strip(), without_article(key).strip())
    }
