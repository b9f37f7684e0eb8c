"""What is declared of the perimeters that people bring, and how a file that cannot be one is refused."""

from functools import cache

from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.socle.declarations import Declare, declaration


class PerimetreRefuseError(SaisieRefuseeError):
    """The file gives no perimeter; the message, in French, says why and what to do."""


class ReglesPerimetres(Declare):
    """The most that a file may hold, and how its features become communes; see the data file."""

    octets_au_plus: int
    octets_decompresses: int
    fichiers_par_archive: int
    entites_au_plus: int
    perimetres_au_plus: int
    sommets_au_plus: int
    paires_par_sommet: int
    paires_franches: int
    paires_a_reparer: int
    communes_au_plus: int
    part_prise: float
    part_proposee: float
    surface_de_commune: tuple[float, float]
    noms: tuple[str, ...]
    territoires: tuple[str, ...]
    codes: tuple[str, ...]
    niveaux: tuple[str, ...]
    systemes: tuple[int, ...]
    lambert_93: tuple[float, float, float, float]


@cache
def regles() -> ReglesPerimetres:
    """What is declared in the data file, read once."""
    return declaration("perimetres", ReglesPerimetres)
