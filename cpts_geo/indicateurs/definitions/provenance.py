"""Where the figures of départements, régions and France come from: published by whom, or worked out how."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.glossaire import glossaire
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.nombres import entier

# Kinds of zones that départements make up.
_AU_DESSUS = ("region", "france")
_LETTRES = {"departement": "D", "region": "R", "epci": "E"}


class ZoneComparee(NamedTuple):
    """A zone set beside a territory: its name, its kind ("departement", "region"…), its code, its figure."""

    nom: str
    genre: str
    code: str
    resultat: Resultat

    @property
    def reference(self) -> str:
        """What its published values are declared under: "D31", "R76", "FR"."""
        return f"{_LETTRES.get(self.genre, '')}{self.code}"


def origine(item: Indicateur, zone: ZoneComparee) -> str:
    """Where one figure comes from, in a few words, as "totaux publiés, RSA 2023 (Cnaf)"."""
    texts, published = glossaire().origines, zone.resultat.publie
    if zone.resultat.borne_basse is None:
        return texts.inconnue
    if published and item.reference is not None and item.reference.zones:
        own = zone.reference not in item.reference.zones
        return texts.valeur.format(citation=item.citation_courte if own else item.reference.citation)
    if published or zone.resultat.par_departements:
        text = texts.totaux if published else texts.parties
        return text.format(citation=item.citation_courte)
    if item.agregation == zone.genre:
        return texts.valeur.format(citation=item.citation_courte)
    if item.reference is not None and item.reference.par_departement and zone.genre in _AU_DESSUS:
        return texts.departements
    said = texts.calcul(item.agregation)
    more = zone.resultat.non_repartis
    return texts.non_repartis.format(origine=said, nombre=entier(more)) if more else said


def origines(item: Indicateur, zones: Iterable[ZoneComparee]) -> str:
    """Where each figure comes from, zones of one origin together; then what is to be known of them."""
    return _sentence(item, ((zone.nom, origine(item, zone)) for zone in zones))


def origines_par_genre(item: Indicateur, zones: Mapping[str, Iterable[ZoneComparee]]) -> str:
    """The same for all the zones of each kind, by the name of the kind: how many have each origin."""
    found = ((nom, Counter(origine(item, zone) for zone in each)) for nom, each in zones.items())
    return _sentence(item, ((nom, _counted(origins)) for nom, origins in found))


def _sentence(item: Indicateur, said: Iterable[tuple[str, str]]) -> str:
    """The origin of each name, names of one origin together, and the note of the indicator."""
    texts = [
        f"{', '.join(nom for nom, _ in group)}\u00a0: {text}"
        for text, group in groupby(said, key=lambda each: each[1])
    ]
    note = item.reference.note if item.reference is not None else ""
    return f"{' ; '.join(texts)}. {note}".rstrip()


def _counted(origins: Counter[str]) -> str:
    """Origins, the most frequent first, with how many zones have each unless all have the same."""
    if len(origins) == 1:
        return next(iter(origins))
    said = glossaire().origines.pour
    return " ; ".join(said.format(origine=text, nombre=count) for text, count in origins.most_common())
