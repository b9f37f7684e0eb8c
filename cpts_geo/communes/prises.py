"""What a click on the map can take, and the tools in hand: declared once, for Python and for the script."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from cpts_geo.socle.declarations import Declare, declaration

TypeZone = Literal["departement", "region", "epci", "canton", "bassin_vie", "ville"]


class Prise(Declare):
    """What the bar of the map offers: its name, what it says of itself, its key, and what the help says."""

    nom: str
    bulle: str
    touche: str
    aide: str


class GroupeDeZones(Prise):
    """A kind of zones that one click can take whole: its type, what it is called, and how a search names it.

    `mots` and `abreviations` name the kind, simplified as `noms.simplify` does; `complements` are the words
    that may follow one of them, and `gardes` those that are also a part of the names of the zones. Most
    communes are in no zone of a `partielle` kind: a click takes them alone, and nothing is said of it.
    """

    type: TypeZone
    mots: tuple[str, ...]
    abreviations: tuple[str, ...] = ()
    complements: Mapping[str, frozenset[str]] = {}
    gardes: frozenset[str] = frozenset()
    partielle: bool = False


class Outil(Prise):
    """A tool of the map; `par` is how undo names what a shape took ("au lasso"), empty for a click."""

    code: str
    par: str = ""


class Lieu(Declare):
    """Where the bar "Aller à" goes: W, S, E, N in degrees, and the départements whose communes then show."""

    nom: str
    bounds: tuple[float, float, float, float]
    departements: tuple[str, ...]


class FondDePlan(Declare):
    """A map to put under the communes, asked for outside, when a person chooses it only."""

    nom: str
    url: str
    attribution: str


class CarteDeclaree(Declare):
    """Everything declared of the map; `guides` are its lines of help, by what the person is doing."""

    commune: Prise
    groupes: tuple[GroupeDeZones, ...]
    outils: tuple[Outil, ...]
    guides: Mapping[str, str]
    lieux: tuple[Lieu, ...]
    fonds: tuple[FondDePlan, ...]


def groupes() -> tuple[GroupeDeZones, ...]:
    """The kinds of zones that one click can take, in the order in which they are offered."""
    return _declared().groupes


def outils() -> tuple[Outil, ...]:
    """The tools of the map, in the order in which they are offered."""
    return _declared().outils


def fonds() -> tuple[FondDePlan, ...]:
    """The maps that can be put under the communes."""
    return _declared().fonds


@cache
def types_zone() -> tuple[TypeZone, ...]:
    """The types of the zones that one click can take."""
    return tuple(groupe.type for groupe in groupes())


@cache
def noms_types() -> dict[str, str]:
    """What each of these types is called: "bassin_vie" → "Bassin de vie"."""
    return {groupe.type: groupe.nom for groupe in groupes()}


@cache
def pour_la_carte() -> bytes:
    """What the script of the map is told, as JSON: see `Declarations` in `assets/carte/messages.js`."""
    declared = _declared()
    units = [_offered("commune", declared.commune)]
    units += [
        _offered(groupe.type, groupe) | ({"partielle": True} if groupe.partielle else {})
        for groupe in declared.groupes
    ]
    tools = [_offered(outil.code, outil) for outil in declared.outils]
    told = declared.model_dump(include={"guides", "lieux", "fonds"})
    content = {"unites": units, "outils": tools, **told}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _offered(code: str, prise: Prise) -> dict[str, Any]:
    return {"code": code, **prise.model_dump(include=set(Prise.model_fields))}


def _declared() -> CarteDeclaree:
    return declaration("carte", CarteDeclaree)
