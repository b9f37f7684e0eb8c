"""Finding a commune by its name, as people type it, by its INSEE code or by a postal code; or a zone."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Literal, NamedTuple

from cpts_geo.communes.prises import TypeZone
from cpts_geo.communes.referentiel import AncienneCommune, Referentiel
from cpts_geo.saisie.noms import Nom, index_noms, mention, simplify
from cpts_geo.saisie.zones import IndexZones, ZoneNommee, split_type, telling

LONGUEUR_REQUETE = 100

_CODE = re.compile(r"\d{1,5}|2[ab]\d{0,3}")
_SHORTEST_DEPARTEMENT = 3

# Of the eight answers that are shown, how many communes, then zones, that answer equally well.
_BEFORE_ZONES, _FIRST_ZONES = 6, 2

_EXACT, _PREFIX, _WORDS, _SCATTERED = range(4)


@dataclass(frozen=True, slots=True)
class PropositionRecherche:
    """A present commune, or a zone, offered as an answer.

    `mention` says, if need be, which former name led to a commune. `communes` counts the communes of a zone
    and `lieu` says where it is; `departement` is then the one where most of its inhabitants live.
    """

    code: str
    nom: str
    departement: str
    nom_departement: str
    population: int
    mention: str = ""
    type: Literal["commune"] | TypeZone = "commune"
    communes: int = 1
    lieu: str = ""


class _Answer(NamedTuple):
    """What answers a query: a zone, or the commune of a code with the former name that led to it."""

    code: str
    ancienne: AncienneCommune | None = None
    zone: ZoneNommee | None = None


class Recherche:
    """Index of the names and codes of communes, present and former, and of zones, the most peopled first."""

    def __init__(self, referentiel: Referentiel) -> None:
        index = index_noms(referentiel)
        communes = referentiel.communes.sort_values("population", ascending=False, kind="stable")
        self._referentiel = referentiel
        # A city is found as the zone that it is.
        self._noms = [nom for nom in index.noms if nom.ancienne or nom.code not in referentiel.villes]
        self._codes = {
            str(code): f" {code} {postaux} ".lower() for code, postaux in communes["codes_postaux"].items()
        }
        self._anciennes = index.anciennes
        self._departements = index.departements
        self._zones = IndexZones(referentiel)

    def search(self, query: str, limit: int = 8) -> list[PropositionRecherche]:
        """At most `limit` answers for a name, a code, or a name with its département, best first.

        Case, accents, hyphens and apostrophes do not matter, nor does a leading article; "St" stands for
        "Saint", "s/" for "sur". The département is given by its number or its name. A zone comes after the
        communes that answer as well as it does, but first when its type is named: "canton de Saujon".
        """
        words = simplify(query[:LONGUEUR_REQUETE]).split()
        if not words:
            return []
        if len(words) == 1 and _CODE.fullmatch(words[0]):
            found = self._by_code(words[0])
        else:
            found = chain(self._of_named_type(words), self._by_name(words))
        return [self._proposition(answer) for answer in islice(_first_of_each(found), limit)]

    def _by_code(self, code: str) -> Iterator[_Answer]:
        communes = self._communes_by_code(code)
        # After the best commune: nobody would see the département behind all the others.
        departements = self._zones.departement(code.upper())
        return chain(islice(communes, 1), map(_of_zone, departements), communes)

    def _communes_by_code(self, code: str) -> Iterator[_Answer]:
        official = code.upper()
        # Digits that are both are more often typed as a postal code.
        yield from (_Answer(commune) for commune, codes in self._codes.items() if f" {code} " in codes[6:])
        if official in self._referentiel or official in self._referentiel.villes:
            yield _Answer(official)
        elif official in self._anciennes:
            yield _Answer(self._anciennes[official].code, self._anciennes[official])
        yield from (_Answer(commune) for commune, codes in self._codes.items() if f" {code}" in codes)

    def _of_named_type(self, words: list[str]) -> Iterator[_Answer]:
        type_zone, named = split_type(words)
        if type_zone is None:
            return iter(())
        query = " " + " ".join(named)
        zones = [zone for zone in self._zones.matching(named) if zone.type == type_zone]
        return map(_of_zone, sorted(zones, key=lambda zone: _tier(zone, query)))

    def _by_name(self, words: list[str]) -> Iterator[_Answer]:
        communes = self._communes_by_tier(words)
        zones = self._zones_by_tier(words)
        # A commune that its present name already brings needs no explanation.
        presents = {nom.code for noms in communes.values() for nom in noms if nom.ancienne is None}
        for tier in sorted({*communes, *zones}):
            answers = (
                _Answer(nom.code, None if nom.code in presents else nom.ancienne) for nom in communes[tier]
            )
            # A long list of communes must not hide the zones that answer as well, nor the other way round.
            yield from islice(_first_of_each(answers), _BEFORE_ZONES)
            yield from map(_of_zone, zones[tier][:_FIRST_ZONES])
            yield from answers
        yield from map(_of_zone, chain.from_iterable(zones[tier][_FIRST_ZONES:] for tier in sorted(zones)))

    def _communes_by_tier(self, words: list[str]) -> dict[int, list[Nom]]:
        """Names that answer, by how well they do; a former name comes after a present one."""
        tiers: defaultdict[int, list[Nom]] = defaultdict(list)
        for named, noms in chain([(words, self._matching(words))], self._narrowed(words)):
            query = " " + " ".join(named)
            for nom in noms:
                tiers[_tier(nom, query) + (nom.ancienne is not None)].append(nom)
        return tiers

    def _zones_by_tier(self, words: list[str]) -> dict[int, list[ZoneNommee]]:
        tiers: defaultdict[int, list[ZoneNommee]] = defaultdict(list)
        _, named = split_type(words)
        query = " " + " ".join(named)
        for zone in self._zones.matching(named) if telling(named) else ():
            tiers[_tier(zone, query)].append(zone)
        return tiers

    def _matching(self, words: Iterable[str]) -> list[Nom]:
        """Names in which every word begins a word."""
        noms = self._noms
        for word in sorted(set(words), key=len, reverse=True):
            start = f" {word}"
            noms = [nom for nom in noms if start in nom.cle]
        return noms

    def _narrowed(self, words: list[str]) -> Iterator[tuple[list[str], list[Nom]]]:
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

    def _proposition(self, answer: _Answer) -> PropositionRecherche:
        if answer.zone is not None:
            return self._proposition_of_zone(answer.zone)
        if answer.code in self._referentiel.villes:
            return replace(
                self._proposition_of_zone(self._zones.get("ville", answer.code)),
                mention=mention(answer.ancienne),
            )
        commune = self._referentiel[answer.code]
        return PropositionRecherche(
            code=commune.code,
            nom=commune.nom,
            departement=commune.departement,
            nom_departement=self._referentiel.nom_zone("departement", commune.departement),
            population=commune.population,
            mention=mention(answer.ancienne),
        )

    def _proposition_of_zone(self, zone: ZoneNommee) -> PropositionRecherche:
        return PropositionRecherche(
            code=zone.code,
            nom=zone.nom,
            departement=zone.departement,
            nom_departement=self._referentiel.nom_zone("departement", zone.departement),
            population=zone.population,
            type=zone.type,
            communes=zone.communes,
            lieu=zone.lieu,
        )


def _tier(named: Nom | ZoneNommee, query: str) -> int:
    """How well a name answers, the lower the better."""
    if f"{query} " in {named.cle, named.cle_nue}:
        return _EXACT
    if named.cle.startswith(query) or named.cle_nue.startswith(query):
        return _PREFIX
    return _WORDS if query in named.cle else _SCATTERED


def _of_zone(zone: ZoneNommee) -> _Answer:
    return _Answer(zone.code, zone=zone)


def _first_of_each(answers: Iterable[_Answer]) -> Iterator[_Answer]:
    seen = set()
    for answer in answers:
        identity = (answer.zone and answer.zone.type, answer.code)
        if identity not in seen:
            seen.add(identity)
            yield answer
