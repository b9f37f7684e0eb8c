"""Lists of structures beside what the report counts, which another source may count otherwise."""

from collections.abc import Sequence

from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.indicateurs.structures import TypeStructure
from cpts_geo.socle.nombres import entier


def ecart_de_liste(
    kind: TypeStructure, codes: Sequence[str], donnees: Donnees, compteur: str = "le rapport"
) -> str:
    """Where a list has not as many as the report counts: one sentence; empty when it has.

    Places are not services: what several indicators count is told apart only when there is some on one side.
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
    apart = bool(listed) != bool(counted) if len(items) > 1 else listed != counted
    if not apart:
        return ""
    return (
        f"{kind.nom}\u00a0: la liste en nomme {entier(listed)} et {compteur} "
        f"en compte {entier(counted)}, d’une autre source ({items[0].source.citation_datee})."
    )
