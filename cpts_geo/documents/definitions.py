"""The definitions of indicators as documents print them: those that are told alike are told together."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cpts_geo.analyse.rapport import Colonne, Famille, references
from cpts_geo.documents.blocs import Rangee, Tableau
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.definitions.champ import ChampStatistique
from cpts_geo.socle.textes import capitale, typographie

_ENTETES = ("Indicateurs", "Ce qui est compté", "Ce qui ne l’est pas", "Source, millésime, géographie")
Cle = TypeVar("Cle", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Definition:
    """What is said of several indicators alike, and from which source, shortly cited."""

    champ: ChampStatistique
    citation: str


@dataclass(frozen=True, slots=True)
class Titre:
    """A heading, and the indicators under it."""

    nom: str
    indicateurs: Sequence[Indicateur]


def definition(item: Indicateur) -> Definition:
    """What is said of one indicator."""
    return Definition(item.champ, item.citation_courte)


def alike(titres: Iterable[Titre], cle: Callable[[Indicateur], Cle]) -> dict[Cle, str]:
    """The names of the indicators of which the same is said, by what is said, in the order first met.

    A heading stands for its indicators when all say the same.
    """
    found: dict[Cle, list[str]] = {}
    for titre in titres:
        for key, names in _under(titre, cle).items():
            found.setdefault(key, []).append(names)
    return {key: " ; ".join(names) for key, names in found.items()}


def _under(titre: Titre, cle: Callable[[Indicateur], Cle]) -> dict[Cle, str]:
    under: dict[Cle, list[str]] = {}
    for item in titre.indicateurs:
        under.setdefault(cle(item), []).append(item.libelle)
    if len(under) == 1:
        return dict.fromkeys(under, titre.nom)
    return {key: ", ".join(names) for key, names in under.items()}


def tableau_definitions(titre: str, famille: Famille, colonnes: Sequence[Colonne]) -> Tableau:
    """What is said of the indicators of a family, and under it where the figures beside them come from."""
    titres = [
        Titre(groupe.titre, [ligne.indicateur for ligne in groupe.lignes]) for groupe in famille.groupes
    ]
    origins = {
        ligne.indicateur.code: references(ligne, colonnes)
        for groupe in famille.groupes
        for ligne in groupe.lignes
    }
    beside = alike(titres, lambda item: origins[item.code])
    return Tableau(
        typographie(f"{titre}, {famille.titre[:1].lower()}{famille.titre[1:]}"),
        _ENTETES,
        tuple(_row(names, said) for said, names in alike(titres, definition).items()),
        textes=len(_ENTETES),
        notes=tuple(typographie(f"Références. {text} ({names})") for text, names in beside.items()),
    )


def _row(names: str, said: Definition) -> Rangee:
    champ = said.champ
    counted = f"{champ.compte}. {champ.note}" if champ.note else champ.compte
    place = f"{said.citation}. {champ.millesime} ; {champ.geographie}"
    return tuple(capitale(typographie(text)) for text in (names, counted, champ.sans, place))
