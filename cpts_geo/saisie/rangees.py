"""Sheets and rows as every reader of files gives them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.socle.nombres import entier

Rangees = tuple[tuple[str, ...], ...]

# The last row of an Excel sheet: blank rows count too, and are read to be left out.
LAST_ROW = 1_048_576
DEMESUREE = "Ce fichier n’est pas un tableau\u00a0: une case est démesurée."
DEMESURE = "Ce tableau contient trop de texte. Copiez les colonnes utiles dans un tableau neuf."
# What parts the lines of a cell: a list, as often as not. It is a space for all that reads words.
RETOUR = "\u2028"
# Beyond, a number held as a decimal one is not whole for sure.
_WHOLE = 1e15


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet: its name, empty for a CSV, and its rows, blank ones included to keep the others' numbers.

    `masquees` are the numbers, from 1, of rows that are hidden or filtered out: they are blank here.
    `fichier` is the name of the file that holds the sheet, inside an archive.
    """

    nom: str
    rangees: Rangees
    masquees: tuple[int, ...] = ()
    fichier: str = ""

    @property
    def titre(self) -> str:
        """Its name, after that of the file that holds it."""
        return " › ".join(filter(None, (self.fichier, self.nom)))


def row(cells: Iterable[object]) -> tuple[str, ...]:
    """The text of each cell, up to the last that is not blank.

    Raises:
        FichierIllisibleError: it has more cells, or a longer one, than declared.
    """
    return trimmed([text(cell) for cell in cells])


def trimmed(texts: list[str]) -> tuple[str, ...]:
    """The texts of cells, up to the last that is not blank.

    Raises:
        FichierIllisibleError: they are more than declared.
    """
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > limites().colonnes_au_plus:
        raise FichierIllisibleError(
            f"Ce tableau a trop de colonnes\u00a0: {limites().colonnes_au_plus} au plus."
        )
    return tuple(texts)


def text(cell: object) -> str:
    """What a cell shows: dates as ISO writes them, whole numbers without decimals, its lines apart."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _duration(cell)
    if isinstance(cell, float):
        return _decimal(cell)
    shown = str(cell)
    if len(shown) > limites().caracteres_par_case:
        raise FichierIllisibleError(DEMESUREE)
    lines = (" ".join(line.split()) for line in shown.replace("\ufeff", "").splitlines())
    return RETOUR.join(filter(None, lines))


def pourcentage(cell: float) -> str:
    """A number that its format shows as a percentage."""
    return f"{_decimal(round(cell * 100, 9))} %".replace(".", ",")


def limited(rows: Iterable[tuple[str, ...]]) -> Rangees:
    """The rows, the last blank ones left out.

    Raises:
        FichierIllisibleError: there are more than declared.
    """
    kept: list[tuple[str, ...]] = []
    filled = length = 0
    for each in rows:
        length += sum(map(len, each))
        if length > limites().caracteres_au_plus:
            raise FichierIllisibleError(DEMESURE)
        kept.append(each)
        filled += bool(each)
        if filled > limites().rangees_au_plus or len(kept) > LAST_ROW:
            raise FichierIllisibleError(f"Ce tableau a plus de {entier(limites().rangees_au_plus)} lignes.")
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _decimal(cell: float) -> str:
    # Spreadsheets hold codes as numbers, and every number as a decimal one; they show fifteen figures of it.
    if cell.is_integer() and abs(cell) < _WHOLE:
        return str(int(cell))
    shown = f"{cell:.15g}"
    return f"{Decimal(shown):f}" if "e" in shown else shown


def _duration(cell: timedelta) -> str:
    """Hours, beyond a day too, minutes and seconds."""
    minutes, seconds = divmod(int(cell.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
