"""Names on a map: each where it covers no other, the most peopled communes first."""

from collections.abc import Iterable
from dataclasses import dataclass

from cpts_geo.dessin.polices import largeur

# Space kept free around a name, in shares of its height.
_AROUND = 0.12
# Where a name may stand around its point, in shares of its width and of its height: the best places first.
_PLACES = ((0.0, 0.0), (0.0, -0.75), (0.0, 0.75), (0.58, 0.0), (-0.58, 0.0), (0.0, -1.4), (0.0, 1.4))

Boite = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class NomPlace:
    """A name to place: its point, in units of drawing, and the size of its letters."""

    texte: str
    x: float
    y: float
    taille: float


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A name that has found a place: the middle of its base line, and the box it fills (x0, y0, x1, y1)."""

    texte: str
    x: float
    y: float
    taille: float
    boite: Boite


def place(noms: Iterable[NomPlace], cadre: Boite, occupe: Iterable[Boite] = ()) -> list[Etiquette]:
    """Place what fits, in this order; a name that finds no place is left out.

    Args:
        noms: the names, those that matter most first.
        cadre: where they must stay.
        occupe: boxes where none may stand.
    """
    taken, placed = list(occupe), []
    for nom in noms:
        found = next((each for each in _candidates(nom) if _fits(each.boite, cadre, taken)), None)
        if found is not None:
            placed.append(found)
            taken.append(found.boite)
    return placed


def _candidates(nom: NomPlace) -> Iterable[Etiquette]:
    width, height = largeur(nom.texte) * nom.taille, nom.taille
    around = _AROUND * height
    for right, down in _PLACES:
        x, y = nom.x + right * width, nom.y + down * height
        box = (
            x - width / 2 - around,
            y - height / 2 - around,
            x + width / 2 + around,
            y + height / 2 + around,
        )
        yield Etiquette(nom.texte, x, y + 0.32 * height, nom.taille, box)


def _fits(box: Boite, frame: Boite, taken: Iterable[Boite]) -> bool:
    inside = box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
    return inside and not any(_overlap(box, other) for other in taken)


def _overlap(one: Boite, other: Boite) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
