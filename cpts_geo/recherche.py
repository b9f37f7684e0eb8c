"""Finding a commune by its name, as people type it, by its INSEE code or by a postal code."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from cpts_geo.referentiel import AncienneCommune, Referentiel
from cpts_geo.textes import sans_accents

LONGUEUR_REQUETE = 100

_REWRITTEN = (
    (re.compile(r"\bs/"), "sur "),
    (re.compile(r"\bst(e?)(s?)\b"), r"saint\1\2"),
    (re.compile(r"\b(\d+)(?:ere|er|eme|e|nde|nd)\b"), r"\1"),
    (re.compile(r"[^a-z0-9\n]+"), " "),
)
_ARTICLE = re.compile(r"^ (?:l|le|la|les|los|aux) (?=.)")
_CODE = re.compile(r"\d{1,5}|2[ab]\d{0,3}")
_SHORTEST_DEPARTEMENT = 3

_EXACT, _PREFIX, _WORDS, _SCATTERED = range(4)
_MENTIONS = {
    "ancien nom": "anciennement {}",
    "ancienne commune": "ancienne commune\u00a0: {}",
    "arrondissement municipal": "{}",
    "commune associée": "commune associée\u00a0: {}",
    "commune déléguée": "commune déléguée\u00a0: {}",
}


@dataclass(frozen=True, slots=True)
class Proposition:
    """A present commune offered as an answer; `mention` says, if need be, which former name led to it."""

    code: str
    nom: str
    departement: str
    nom_departement: str
    population: int
    mention: str = ""


@dataclass(frozen=True, slots=True)
class _Nom:
    """A present or former name of a commune, simplified, with a space at both ends.

    `cle_nue` is the name without its leading article.
    """

    code: str
    cle: str
    cle_nue: str
    ancienne: AncienneCommune | None

    def tier(self, query: str) -> int:
        """How well the name answers, the lower the better; a former name comes after a present one."""
        return self._closeness(query) + (self.ancienne is not None)

    def _closeness(self, query: str) -> int:
        if f"{query} " in {self.cle, self.cle_nue}:
            return _EXACT
        if self.cle.startswith(query) or self.cle_nue.startswith(query):
            return _PREFIX
        return _WORDS if query in self.cle else _SCATTERED


class Recherche:
    """Index of the names and codes of communes, present and former, the most peopled first."""

    def __init__(self, referentiel: Referentiel) -> None:
        communes = referentiel.communes.sort_values("population", ascending=False, kind="stable")
        self._referentiel = referentiel
        self._noms = _index_names(referentiel, communes["nom"].tolist(), communes.index.tolist())
        self._codes = {
            str(code): f" {code} {postaux} ".lower() for code, postaux in communes["codes_postaux"].items()
        }
        self._anciennes = {ancienne.code_ancien: ancienne for ancienne in reversed(referentiel.anciennes)}
        self._departements = _index_departements(referentiel)

    def search(self, query: str, limit: int = 8) -> list[Proposition]:
        """At most `limit` communes for a name, a code, or a name with its département, best first.

        Case, accents, hyphens and apostrophes do not matter, nor does a leading article; "St" stands for
        "Saint", "s/" for "sur". The département is given by its number or its name.
        """
        words = _simplify(query[:LONGUEUR_REQUETE]).split()
        if not words:
            return []
        if len(words) == 1 and _CODE.fullmatch(words[0]):
            found = self._by_code(words[0])
        else:
            found = self._by_name(words)
        return [self._proposition(*answer) for answer in islice(_first_of_each(found), limit)]

    def _by_code(self, code: str) -> Iterator[tuple[str, AncienneCommune | None]]:
        official = code.upper()
        if official in self._referentiel:
            yield official, None
        elif official in self._anciennes:
            yield self._anciennes[official].code, self._anciennes[official]
        yield from ((commune, None) for commune, codes in self._codes.items() if f" {code}" in codes)

    def _by_name(self, words: list[str]) -> Iterator[tuple[str, AncienneCommune | None]]:
        tiers: defaultdict[int, list[_Nom]] = defaultdict(list)
        for named, noms in chain([(words, self._matching(words))], self._narrowed(words)):
            query = " " + " ".join(named)
            for nom in noms:
                tiers[nom.tier(query)].append(nom)
        answers = [nom for tier in sorted(tiers) for nom in tiers[tier]]
        # A commune that its present name already brings needs no explanation.
        presents = {nom.code for nom in answers if nom.ancienne is None}
        return ((nom.code, None if nom.code in presents else nom.ancienne) for nom in answers)

    def _matching(self, words: Iterable[str]) -> list[_Nom]:
        """Names in which every word begins a word."""
        noms = self._noms
        for word in sorted(words, key=len, reverse=True):
            start = f" {word}"
            noms = [nom for nom in noms if start in nom.cle]
        return noms

    def _narrowed(self, words: list[str]) -> Iterator[tuple[list[str], list[_Nom]]]:
        """Each way to read the words as a name and a place: the words of the name, the names there."""
        # An address puts the postal code first.
        if _CODE.fullmatch(words[0]):
            words = [*words[1:], words[0]]
        for end in range(1, len(words)):
            codes = self._communes_of(" ".join(words[end:]))
            if codes:
                yield words[:end], [nom for nom in self._matching(words[:end]) if nom.code in codes]

    def _communes_of(self, place: str) -> Collection[str]:
        """Communes of a département (number, or beginning of its name), or of one full code."""
        if _CODE.fullmatch(place) and place not in self._departements:
            return {commune for commune, codes in self._codes.items() if f" {place} " in codes}
        if len(place) < _SHORTEST_DEPARTEMENT:
            return self._departements.get(place, frozenset())
        found = (codes for name, codes in self._departements.items() if name.startswith(place))
        return frozenset().union(*found)

    def _proposition(self, code: str, ancienne: AncienneCommune | None) -> Proposition:
        commune = self._referentiel[code]
        return Proposition(
            code=code,
            nom=commune.nom,
            departement=commune.departement,
            nom_departement=self._referentiel.nom_zone("departement", commune.departement),
            population=commune.population,
            mention=_mention(ancienne),
        )


def _first_of_each(
    answers: Iterable[tuple[str, AncienneCommune | None]],
) -> Iterator[tuple[str, AncienneCommune | None]]:
    seen = set()
    for code, ancienne in answers:
        if code not in seen:
            seen.add(code)
            yield code, ancienne


def _simplify(text: str) -> str:
    """Lower case, no accents, words parted by one space; line ends are kept, to treat many names at once."""
    text = sans_accents(text)
    for pattern, replacement in _REWRITTEN:
        text = pattern.sub(replacement, text)
    return text


def _keys(names: Iterable[str]) -> list[str]:
    return [f" {' '.join(line.split())} " for line in _simplify("\n".join(names)).split("\n")]


def _index_names(referentiel: Referentiel, names: list[str], codes: list[str]) -> list[_Nom]:
    """Present names, already the most peopled first, then former names in the order of their communes."""
    ranks = {code: rank for rank, code in enumerate(codes)}
    anciennes = sorted(referentiel.anciennes, key=lambda ancienne: ranks[ancienne.code])
    present = zip(codes, _keys(names), [None] * len(codes), strict=True)
    former = zip(
        (ancienne.code for ancienne in anciennes),
        _keys(ancienne.nom_ancien for ancienne in anciennes),
        anciennes,
        strict=True,
    )
    noms = [
        _Nom(code, key, _ARTICLE.sub(" ", key), ancienne) for code, key, ancienne in chain(present, former)
    ]
    return sorted(noms, key=lambda nom: ranks[nom.code])


def _index_departements(referentiel: Referentiel) -> dict[str, frozenset[str]]:
    """Communes of each département, by its number, its name and its name without the article."""
    departements = referentiel.zones("departement")
    index: dict[str, frozenset[str]] = {}
    for number, key in zip(departements.index, _keys(departements["nom"]), strict=True):
        codes = frozenset(referentiel.codes("departement", number))
        index |= dict.fromkeys((number.lower(), key.strip(), _ARTICLE.sub(" ", key).strip()), codes)
    return index


def _mention(ancienne: AncienneCommune | None) -> str:
    if ancienne is None:
        return ""
    nom = ancienne.nom_ancien.replace("Arrondissement", "arrondissement")
    return _MENTIONS[ancienne.nature].format(nom)
