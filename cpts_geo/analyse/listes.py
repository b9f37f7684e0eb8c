"""Lists of structures beside what the report counts, which another source may count otherwise."""

from collections.abc import Sequence

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.indicateurs.structures import TypeStructure, raison_usuelle
from cpts_geo.socle.nombres import entier, pluriel
from cpts_geo.socle.textes import typographie


def ecart_de_liste(
    kind: TypeStructure, codes: Sequence[str], donnees: Donnees, compteur: str = "le rapport"
) -> str:
    """Where a list has not as many as the report counts: one sentence, both numbers, their sources and why.

    Empty when it has as many, when nothing counts this kind, or when what counts it is not known here.
    `compteur` is what counts them, as the reader of the list sees it.
    """
    if not kind.indicateurs or not codes:
        return ""
    items = [donnees.catalogue[code] for code in kind.indicateurs]
    counts = [donnees.agregateur.un_indicateur(item, codes).effectif for item in items]
    if None in counts:
        return ""
    listed = int(donnees.structures.liste(kind, codes)["nombre"].sum())
    counted = int(sum(filter(None, counts)))
    if listed == counted:
        return ""
    named, reason = _named(kind, codes, donnees, listed), kind.raison or raison_usuelle()
    return typographie(f"{kind.nom} : {named} et {_counted(kind, items, counted, compteur)} : {reason}.")


def _named(kind: TypeStructure, codes: Sequence[str], donnees: Donnees, listed: int) -> str:
    sources = donnees.structures.origines(kind, codes)
    if not sources:
        return "aucune liste ne couvre ce territoire,"
    said = f"la liste en nomme {entier(listed)}" if listed else "la liste n’en nomme aucun"
    return f"{said}, d’après {' et '.join(sources)},"


def _counted(kind: TypeStructure, items: Sequence[Indicateur], counted: int, compteur: str) -> str:
    """What the report counts: the same thing, or another that the declaration names."""
    if not kind.comptes:
        said = f"en compte {entier(counted)}" if counted else "n’en compte aucun"
    elif counted:
        said = f"compte {pluriel(counted, *kind.comptes)}"
    else:
        said = f"ne compte aucun {kind.comptes[0]}"
    return f"{compteur} {said}, d’après {items[0].source.citation_datee}"
