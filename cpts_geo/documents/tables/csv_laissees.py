"""The lines of a table that were not taken, and why, as a file."""

from collections.abc import Iterable

from cpts_geo.documents.tables.csv_ecriture import write
from cpts_geo.socle.textes import capitale

_COLONNES = ("Ligne", "Texte", "Raison")


def laissees_csv(lignes: Iterable[tuple[int, str, str]]) -> bytes:
    """The file of lines left out: the number of each in its table, its text, why it was not taken."""
    return write([_COLONNES, *((f"{numero}", texte, capitale(raison)) for numero, texte, raison in lignes)])
