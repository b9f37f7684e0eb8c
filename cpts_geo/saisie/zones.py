"""Names of EPCI, cantons, bassins de vie and départements, as people type them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from cpts_geo.communes.contours import SANS_ZONE
from cpts_geo.communes.prises import TypeZone, groupes, types_zone
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.saisie.noms import keys

_TYPE_WORDS: dict[str, TypeZone] = {word: groupe.type for groupe in groupes() for word in groupe.mots}
# Too short to name a type elsewhere than at the head of a query: they begin many names.
_ABBREVIATIONS: dict[str, TypeZone] = {
    word: groupe.type for groupe in groupes() for word in groupe.abreviations
}
_KEPT = {word for groupe in groupes() for word in groupe.gardes}
_LITTLE = {"de", "du", "des", "d", "l", "la", "le", "les", "et"}
# What follows a type: "communauté de communes", "bassin de vie".
_COMPLEMENTS = {word: rest for groupe in groupes() for word, rest in groupe.complements.items()}


@dataclass(frozen=True, slots=True)
class ZoneNommee:
    """A zone made of whole communes.

    `departement` is the one where most of its inhabitants live; `lieu` names all of them, or the région of a
    département. `cle` is the name without what precedes its first telling word, simplified, with a space at
    both ends; `mots` are the words that may be added to say which zone is meant: its départements, its code.
    """

    type: TypeZone
    code: str
    nom: str
    departement: str
    lieu: str
    population: int
    communes: int
    cle: str
    mots: str

    @property
    def cle_nue(self) -> str:
        """The key without a leading article, which it never has."""
        return self.cle


class IndexZones:
    """The zones that can be taken at once, the most peopled first."""

    def __init__(self, referentiel: Referentiel) -> None:
        zones = [zone for type_zone in types_zone() for zone in _zones(referentiel, type_zone)]
        # A city comes before the larger zones that bear its name.
        self._zones = sorted(zones, key=lambda zone: (zone.type != "ville", -zone.population))
        self._departements = {zone.code: zone for zone in zones if zone.type == "departement"}

    def matching(self, words: Iterable[str]) -> list[ZoneNommee]:
        """Zones in which every telling word begins a word of the name, or one that says where it is."""
        zones = self._zones
        for word in sorted(set(telling(words)), key=len, reverse=True):
            start = f" {word}"
            zones = [zone for zone in zones if start in zone.cle or start in zone.mots]
        return zones

    def get(self, type_zone: TypeZone, code: str) -> ZoneNommee:
        """The zone of this type and code; StopIteration if there is none."""
        return next(zone for zone in self._zones if (zone.type, zone.code) == (type_zone, code))

    def departement(self, number: str) -> list[ZoneNommee]:
        """The département of this number; empty if there is none."""
        return [self._departements[number]] if number in self._departements else []


def split_type(words: Sequence[str]) -> tuple[TypeZone | None, list[str]]:
    """Part the type of zone that simplified words name, if any, from the words of the name.

    "communaute de communes de l ile d oleron" names an EPCI, "ile d oleron".
    """
    if len(words) > 1 and words[0] in _ABBREVIATIONS:
        return _ABBREVIATIONS[words[0]], _without_head(words)
    first = next((word for word in words if word in _TYPE_WORDS), "")
    named = _TYPE_WORDS.get(first)
    dropped = {word for word, type_zone in _TYPE_WORDS.items() if type_zone == named} - _KEPT
    dropped |= _COMPLEMENTS.get(first, frozenset())
    rest = [word for word in words if word not in dropped]
    return named, _without_head(rest) if named else list(dropwhile(_LITTLE.__contains__, rest))


def telling(words: Iterable[str]) -> list[str]:
    """The words that tell a name from another: "pays de l or" → "pays", "or"."""
    return [word for word in words if word not in _LITTLE]


def _without_head(words: Sequence[str]) -> list[str]:
    """The words of the name of a zone from the first telling one: "cc du val de loire" → "val de loire"."""
    named = words[1:] if words and words[0] in _ABBREVIATIONS else words
    return list(dropwhile(_LITTLE.__contains__, named))


def _zones(referentiel: Referentiel, type_zone: TypeZone) -> list[ZoneNommee]:
    noms = referentiel.zones(type_zone)["nom"].astype(str).loc[lambda nom: nom != SANS_ZONE]
    departements = referentiel.zones("departement")["nom"].to_dict()
    contents = _contents(referentiel, type_zone)
    zones = []
    for code, nom, cle in zip(noms.index.tolist(), noms.tolist(), keys(noms), strict=True):
        shares = contents[code]
        there = sorted(shares, key=lambda number: -shares[number].population)
        located = [str(departements[number]) for number in there]
        zones.append(
            ZoneNommee(
                type=type_zone,
                code=code,
                nom=nom,
                departement=there[0],
                lieu=_region(referentiel, code) if type_zone == "departement" else ", ".join(located),
                population=sum(share.population for share in shares.values()),
                communes=sum(share.communes for share in shares.values()),
                cle=_key(cle),
                mots=f" {code if type_zone == 'epci' else ''}{''.join(keys([*there, *located]))}",
            )
        )
    return zones


@dataclass(slots=True)
class _Share:
    """What a zone holds in one département."""

    population: int = 0
    communes: int = 0


def _contents(referentiel: Referentiel, type_zone: TypeZone) -> dict[str, dict[str, _Share]]:
    """What each zone of a type holds, by département."""
    contents: defaultdict[str, defaultdict[str, _Share]] = defaultdict(lambda: defaultdict(_Share))
    table = referentiel.communes[[type_zone, "departement", "population"]].dropna()
    # By columns: a zone type that is "departement" itself comes twice.
    columns = (table.iloc[:, position].tolist() for position in range(3))
    for zone, departement, population in zip(*columns, strict=True):
        share = contents[zone][departement]
        share.population += population
        share.communes += 1
    return {zone: dict(shares) for zone, shares in contents.items()}


def _region(referentiel: Referentiel, departement: str) -> str:
    first = referentiel.codes("departement", departement)[0]
    return referentiel.nom_zone("region", referentiel[first].region)


def _key(simplified: str) -> str:
    return f" {' '.join(_without_head(simplified.split()))} "
