"""A text pasted from a spreadsheet: its cells are parted by tabs."""

from cpts_geo.saisie.decoupage import ListeInvalideError
from cpts_geo.saisie.fichiers.limites_tableaux import limites
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables.codes_en_deux import joined
from cpts_geo.socle.nombres import entier


def feuille_collee(texte: str) -> Feuille | None:
    """The sheet that a text was copied from; None for a plain text, whose lines may be indented by tabs.

    Raises:
        ListeInvalideError: it is larger than the tables that are read from a file.
    """
    lines = texte.splitlines()
    if not any("\t" in line.strip() for line in lines):
        return None
    if len(texte) > limites().octets_au_plus:
        raise ListeInvalideError("Ce texte est trop long pour être une liste de communes.")
    if sum(1 for line in lines if line.strip()) > limites().rangees_au_plus:
        raise ListeInvalideError(f"Ce tableau a plus de {entier(limites().rangees_au_plus)} lignes.")
    most = limites().colonnes_au_plus
    if any(line.rstrip("\t").count("\t") >= most for line in lines):
        raise ListeInvalideError(f"Ce tableau a trop de colonnes\u00a0: {most} au plus.")
    cells = (tuple(cell.strip() for cell in line.split("\t", most)[:most]) for line in lines)
    return joined(Feuille("", tuple(row if any(row) else () for row in cells)))
