"""How a territory cuts the zones it stands on, whole or in part: EPCI, cantons, bassins de vie, CPTS."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from cpts_geo.communes.contours import SANS_ZONE
from cpts_geo.communes.fiches import enumerate_noms
from cpts_geo.communes.prises import TypeZone
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.communes.voisinage import Codes
from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import enumeration, typographie

_SHOWN_NAMES = 5


class TypeDecoupe(Declare):
    """A kind of zones and its words; see `decoupages.toml`."""

    type: TypeZone | Literal["cpts"]
    un: str
    plusieurs: str
    sans_un: str
    sans: str
    commune_seule: str = "{nom}"
    note: str = ""


class DecoupagesDeclares(Declare):
    """The kinds of zones, and the sentences that stand above their table."""

    entieres_et_coupees: str
    entieres: str
    coupees: str
    prise_entiere: str
    prise_partielle: str
    types: tuple[TypeDecoupe, ...]


@dataclass(frozen=True, slots=True)
class ZoneCoupee:
    """A zone of which a territory has communes: those inside, those left out, and their inhabitants."""

    code: str
    nom: str
    dedans: Codes
    dehors: Codes
    population_dedans: int
    population_dehors: int

    @property
    def entiere(self) -> bool:
        """Whether the territory has all its communes."""
        return not self.dehors

    @property
    def prise(self) -> str:
        """How the territory takes it, in words: "en entier", "en partie"."""
        words = declared()
        return words.prise_entiere if self.entiere else words.prise_partielle


@dataclass(frozen=True, slots=True)
class Decoupage:
    """The zones of a kind that a territory meets: whole ones first, then by inhabitants inside, most first.

    `sans_zone` are the communes of the territory that are known to be in none of them.
    """

    type: TypeDecoupe
    zones: tuple[ZoneCoupee, ...]
    sans_zone: Codes

    @property
    def entieres(self) -> tuple[ZoneCoupee, ...]:
        """Those that the territory takes whole."""
        return tuple(zone for zone in self.zones if zone.entiere)

    @property
    def coupees(self) -> tuple[ZoneCoupee, ...]:
        """Those of which it leaves communes out."""
        return tuple(zone for zone in self.zones if not zone.entiere)


def declared() -> DecoupagesDeclares:
    """The declared kinds of zones and their words, read once."""
    return declaration("decoupages", DecoupagesDeclares)


def decoupages(codes: Collection[str], donnees: Donnees) -> tuple[Decoupage, ...]:
    """How these present communes cut each declared kind of zones, in the order of the declaration."""
    return tuple(_decoupage(frozenset(codes), kind, donnees) for kind in declared().types)


def phrase(found: Sequence[Decoupage]) -> str:
    """What is taken whole and what is cut, in a sentence; empty when the territory meets no zone."""
    words = declared()
    whole = _counted((each.type, len(each.entieres)) for each in found)
    cut = _counted((each.type, len(each.coupees)) for each in found)
    if whole and cut:
        return typographie(words.entieres_et_coupees.format(entieres=whole, coupees=cut))
    if whole:
        return typographie(words.entieres.format(entieres=whole))
    if not cut:
        return ""
    *first, last = [each.type.un for each in found if each.zones]
    names = f"{', '.join(first)} ou {last}" if first else last
    return typographie(words.coupees.format(noms=names, coupees=cut))


def notes(found: Sequence[Decoupage], referentiel: Referentiel) -> tuple[str, ...]:
    """What is to be known of these zones: what the source means, and which communes are in none."""
    said = [each.type.note for each in found if each.zones]
    for each in found:
        names = [referentiel.nom(code) for code in each.sans_zone]
        text = each.type.sans_un if len(names) == 1 else each.type.sans
        said += [text.format(noms=enumerate_noms(names, _SHOWN_NAMES))] if names else []
    return tuple(map(typographie, filter(None, said)))


def _decoupage(codes: frozenset[str], kind: TypeDecoupe, donnees: Donnees) -> Decoupage:
    noms = _noms(kind, donnees)
    of_all = _appartenance(kind, noms, donnees)
    mine = of_all[of_all.index.isin(codes)]
    met = of_all[of_all.isin(mine.dropna())]
    zones = []
    for code, communes in met.groupby(met):
        nom = _libelle(str(noms[code]), kind, donnees.referentiel.communes.loc[communes.index, "nom"])
        zones.append(_zone(str(code), nom, tuple(map(str, communes.index)), codes, donnees.referentiel))
    zones.sort(key=lambda zone: (not zone.entiere, -zone.population_dedans, zone.nom))
    return Decoupage(kind, tuple(zones), tuple(sorted(map(str, mine.index[mine.isna()]))))


def _noms(kind: TypeDecoupe, donnees: Donnees) -> pd.Series:
    """The names of the zones of a kind, by code; a CPTS is known by its name."""
    if kind.type == "cpts":
        return pd.Series(donnees.cpts.noms, index=donnees.cpts.noms, dtype=object)
    noms = donnees.referentiel.zones(kind.type)["nom"]
    return noms[noms != SANS_ZONE]


def _appartenance(kind: TypeDecoupe, noms: pd.Series, donnees: Donnees) -> pd.Series:
    """The zone of each commune of which it is known, missing for those that are in none."""
    if kind.type == "cpts":
        return donnees.cpts.appartenance
    of_all = donnees.referentiel.communes[kind.type]
    return of_all.where(of_all.isin(noms.index))


def _libelle(nom: str, kind: TypeDecoupe, communes: pd.Series) -> str:
    """The name of a zone, told apart when it is made of the one commune that bears it."""
    plain = " ".join(nom.split())
    alone = communes.tolist() == [plain]
    return typographie(kind.commune_seule.format(nom=plain) if alone else plain)


def _zone(
    code: str, nom: str, communes: Codes, codes: frozenset[str], referentiel: Referentiel
) -> ZoneCoupee:
    inside = tuple(commune for commune in communes if commune in codes)
    outside = tuple(commune for commune in communes if commune not in codes)
    return ZoneCoupee(
        code=code,
        nom=nom,
        dedans=inside,
        dehors=outside,
        population_dedans=referentiel.population(inside),
        population_dehors=referentiel.population(outside),
    )


def _counted(counts: Iterator[tuple[TypeDecoupe, int]]) -> str:
    return enumeration([pluriel(count, kind.un, kind.plusieurs) for kind, count in counts if count])
