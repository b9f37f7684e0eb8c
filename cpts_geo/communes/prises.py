"""What a click on the map can take, and the tools in hand: declared once, for Python and for the script."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from cpts_geo.socle.chemins import DECLARATIONS

if TYPE_CHECKING:
    # It stands on pandas, long to import: the contours of the first map do not wait for it.
    from cpts_geo.communes.referentiel import TypeZone


@dataclass(frozen=True, slots=True)
class Groupe:
    """A kind of zones that one click can take whole: its type, what it is called, and how a search names it.

    `mots` and `abreviations` name the kind, simplified as `noms.simplify` does; `complements` are the words
    that may follow one of them, and `gardes` those that are also a part of the names of the zones.
    """

    type: "TypeZone"
    nom: str
    bulle: str
    touche: str
    aide: str
    mots: tuple[str, ...]
    abreviations: tuple[str, ...] = ()
    complements: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gardes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outil:
    """A tool of the map; `par` is how undo names what a shape took ("au lasso"), empty for a click."""

    code: str
    nom: str
    bulle: str
    touche: str
    aide: str
    par: str = ""


@cache
def groupes() -> tuple[Groupe, ...]:
    """The kinds of zones that one click can take, in the order in which they are offered."""
    return tuple(_groupe(declared) for declared in _declarations()["groupes"])


@cache
def outils() -> tuple[Outil, ...]:
    """The tools of the map, in the order in which they are offered."""
    return tuple(Outil(**declared) for declared in _declarations()["outils"])


@cache
def types_zone() -> tuple["TypeZone", ...]:
    """The types of the zones that one click can take."""
    return tuple(groupe.type for groupe in groupes())


@cache
def noms_types() -> dict[str, str]:
    """What each of these types is called: "bassin_vie" → "Bassin de vie"."""
    return {groupe.type: groupe.nom for groupe in groupes()}


@cache
def pour_la_carte() -> bytes:
    """What the script of the map is told, as JSON: see `Declarations` in `assets/carte/messages.js`."""
    declared = _declarations()
    shown = ("nom", "bulle", "touche", "aide")
    commune = {"code": "commune", **declared["commune"]}
    groups = [{"code": each["type"], **{name: each[name] for name in shown}} for each in declared["groupes"]]
    tools = [{name: each[name] for name in ("code", *shown)} for each in declared["outils"]]
    told = {name: declared[name] for name in ("guides", "lieux", "fonds")}
    content = {"unites": [commune, *groups], "outils": tools, **told}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _groupe(declared: Mapping[str, Any]) -> Groupe:
    words = {name: tuple(declared.get(name, ())) for name in ("mots", "abreviations")}
    complements = {word: frozenset(rest) for word, rest in declared.get("complements", {}).items()}
    gardes = frozenset(declared.get("gardes", ()))
    return Groupe(**{**declared, **words, "complements": complements, "gardes": gardes})


@cache
def _declarations() -> dict[str, Any]:
    return tomllib.loads((DECLARATIONS / "carte.toml").read_text(encoding="utf-8"))
