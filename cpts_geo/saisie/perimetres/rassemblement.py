"""The features of a file as named perimeters: one by feature, or by group of features of one name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

import shapely

from cpts_geo.communes.contours import contours_of
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.projet.territoire import LONGUEUR_NOM
from cpts_geo.saisie.perimetres.entites import Couche, Entite
from cpts_geo.saisie.perimetres.formes import usable
from cpts_geo.saisie.perimetres.lecture import read_couches
from cpts_geo.saisie.perimetres.regles import PerimetreRefuseError, regles
from cpts_geo.saisie.tables.territoires import key
from cpts_geo.socle.nombres import entier
from cpts_geo.socle.textes import une_ligne

_SANS_ZERO = re.compile(r"[1-9]\d{3}")
_COMMUNE, _TERRITOIRE = "commune", "territoire"
_AUCUN = "Ce fichier ne contient aucune surface\u00a0: ni polygone, ni code de commune."


@dataclass(frozen=True, slots=True)
class Perimetre:
    """A named perimeter: the communes that it names, and its outline in degrees where it is only drawn."""

    nom: str
    codes: tuple[str, ...] = ()
    forme: shapely.Geometry | None = None


def read_perimetres(contenu: bytes, nom: str, referentiel: Referentiel) -> tuple[Perimetre, ...]:
    """The perimeters of a file, in its order.

    Args:
        contenu: the bytes of the file, by which its format is known.
        nom: its name, which a perimeter that has none takes.
        referentiel: the present communes, whose codes features may have.

    Raises:
        PerimetreRefuseError: whatever is wrong with the file.
    """
    layers = read_couches(contenu)
    stem = une_ligne(PurePosixPath(nom).stem, LONGUEUR_NOM)
    groups: dict[str, list[_Morceau]] = {}
    for each in _owned(layers, stem, referentiel):
        groups.setdefault(key(each.nom), []).append(each)
    if not groups:
        raise PerimetreRefuseError(_AUCUN)
    if len(groups) > regles().perimetres_au_plus:
        most = entier(regles().perimetres_au_plus)
        raise PerimetreRefuseError(f"Ce fichier a trop de périmètres\u00a0: {most} au plus.")
    return tuple(_perimetre(group) for group in groups.values())


class _Morceau(NamedTuple):
    """A feature, the name of the perimeter that it is of, and the communes that it is the drawing of."""

    nom: str
    entite: Entite
    codes: tuple[str, ...] = ()


def _perimetre(group: Sequence[_Morceau]) -> Perimetre:
    nom = group[0].nom
    named = dict.fromkeys(code for each in group for code in each.codes)
    drawn = [each.entite.forme for each in group if not each.codes and each.entite.forme is not None]
    return Perimetre(nom, tuple(named), usable(drawn, nom) if drawn else None)


def _owned(layers: Sequence[Couche], stem: str, referentiel: Referentiel) -> Iterator[_Morceau]:
    """The features that make perimeters, each with whose it is."""
    communes = {id(entite): codes for layer in layers for entite, codes in _communes(layer, referentiel)}
    entites = [each for layer in layers for each in layer.entites]
    whole = [each for each in entites if _said(each, "niveaux") == _TERRITOIRE]
    names = {_said(each, "noms") for each in whole}
    alone = names.pop() if len(names) == 1 else ""
    # Our own files draw a territory, then each of its communes: the communes are enough.
    left = set(map(id, whole)) if communes else set()
    drawn = [
        each for each in entites if id(each) not in left and (id(each) in communes or each.forme is not None)
    ]
    unnamed = 0
    for each in drawn:
        if id(each) in communes:
            yield _Morceau(_said(each, "territoires") or alone or stem, each, communes[id(each)])
        else:
            unnamed += not _said(each, "noms")
            yield _Morceau(_said(each, "noms") or _numbered(stem, unnamed), each)


def _numbered(stem: str, rank: int) -> str:
    return stem if rank == 1 else f"{stem} {rank}"


def _said(entite: Entite, words: str) -> str:
    """What a feature says under the first of the declared names that it has; empty for none."""
    places = _places(tuple(entite.proprietes), words)
    said = (une_ligne(entite.proprietes[name], LONGUEUR_NOM) for name in places)
    return next(filter(None, said), "")


@lru_cache(maxsize=64)
def _places(names: tuple[str, ...], words: str) -> tuple[str, ...]:
    """Of these names of properties, those declared, in their order; kept for the features of a layer."""
    own = {key(name): name for name in names}
    return tuple(own[word] for word in getattr(regles(), words) if word in own)


# ---- Communes by their codes ------------------------------------------------------------------------------


def _communes(layer: Couche, referentiel: Referentiel) -> list[tuple[Entite, tuple[str, ...]]]:
    """The features of a layer that are communes, and their codes; none when few of its codes are true."""
    told = [(each, referentiel.unites(_code(each))) for each in layer.entites if _code(each)]
    true = [(each, codes) for each, codes in told if codes and _is_drawing(each, codes, referentiel)]
    return true if 2 * len(true) >= len(told) else []


def _code(entite: Entite) -> str:
    if _said(entite, "niveaux") == _TERRITOIRE:
        return ""
    said = _said(entite, "codes").upper()
    # A spreadsheet or a shapefile made a number of it.
    return f"0{said}" if _SANS_ZERO.fullmatch(said) else said


def _is_drawing(entite: Entite, codes: tuple[str, ...], referentiel: Referentiel) -> bool:
    """Whether a feature may be the drawing of these communes, by its area; a former one has less."""
    if entite.forme is None or _said(entite, "niveaux") == _COMMUNE:
        return True
    contours = list(contours_of(codes).values())
    if not contours:
        return True
    least, most = regles().surface_de_commune
    ratio = shapely.area(entite.forme) / shapely.area(contours).sum()
    former = _code(entite) not in codes and _code(entite) not in referentiel.villes
    boxes = (shapely.box(*shapely.total_bounds(each)) for each in (entite.forme, contours))
    near = shapely.intersects(*boxes)
    return bool(near and (former or least <= ratio) and ratio <= most)
