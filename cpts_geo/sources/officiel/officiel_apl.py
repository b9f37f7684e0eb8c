"""DREES, accessibilité potentielle localisée: one official workbook for each of the five professions.

Two layouts are known. Since the edition of 2022, one sheet a year (« APL 2024 ») beside sheets of notes, a
header under eight rows of titles, then a row of units. Before, a single sheet that starts with its header.
Columns are found by what their header says, never by their place.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.lecteurs.sous_dense import people_under
from cpts_geo.sources.officiel.officiel import (
    Edition,
    Row,
    by_code,
    chosen_year,
    commune_codes,
    header_rows,
    numbers,
    workbook,
)

SOURCE = "apl_2022"
GENERALISTES = "apl_medecins_generalistes"
GENERALISTES_65 = "apl_medecins_generalistes_65_ans"
PROFESSIONS = {
    GENERALISTES: re.compile(r"APL .*médecins généralistes"),
    "apl_infirmiers": re.compile(r"APL .*infirmi"),
    "apl_masseurs_kinesitherapeutes": re.compile(r"APL .*kinésithérapeutes"),
    "apl_chirurgiens_dentistes": re.compile(r"APL .*dentistes"),
    "apl_sages_femmes": re.compile(r"APL .*sages-femmes"),
}
FIRST = re.compile(r"Code commune( INSEE)?")
SHEET = re.compile(r"APL (\d{4})")
BOUNDED = re.compile(r"(\d{2}) ans")
WEIGHT, PEOPLE = "standardisee", "population"


@dataclass(frozen=True)
class Classeur:
    """A workbook: its profession, and the name of the sheet of each year (None: the year is not said)."""

    path: Path
    profession: str
    sheets: dict[int | None, str]


def read(files: Sequence[Path], passage: Passage, millesime: int | None) -> Edition:
    """The newest year (or the one asked for) that all five workbooks hold, by present commune.

    Each level is averaged with its own profession's standardised population where a city or a merged commune
    has several rows; the weight that the bundle keeps is that of general practitioners.
    """
    year, sheets = read_sheets(files, millesime)
    levels = [_levels(sheet, passage) for sheet in sheets.values()]
    general = _people(sheets[GENERALISTES], passage)
    table = pd.concat([*levels, general], axis=1).reindex(passage.communes)
    return Edition(str(year), {SOURCE: table}, {SOURCE: min(map(len, sheets.values()))})


def read_sheets(files: Sequence[Path], millesime: int | None) -> tuple[int, dict[str, pd.DataFrame]]:
    """The year, and by profession its levels, weight and people, by code of commune as published."""
    books = {book.profession: book for book in map(_classeur, files)}
    _verify_professions(books, len(files))
    year = _common_year(list(books.values()), millesime)
    return year, {profession: _sheet(book, year) for profession, book in books.items()}


def _verify_professions(books: dict[str, Classeur], given: int) -> None:
    missing = [name.removeprefix("apl_").replace("_", " ") for name in PROFESSIONS if name not in books]
    if missing or given != len(PROFESSIONS):
        detail = f" ; il manque : {', '.join(missing)}" if missing else ""
        raise ErreurSource(f"APL : cinq classeurs sont attendus, un par profession ({given} donnés{detail}).")


def _classeur(path: Path) -> Classeur:
    with workbook(path) as book:
        yearly: dict[int | None, str] = {
            int(found[1]): name for name in book.sheetnames if (found := SHEET.fullmatch(name.strip()))
        }
        sheets = yearly or {None: book.sheetnames[0]}
        header, _ = header_rows(book[next(iter(sheets.values()))].iter_rows(values_only=True), FIRST)
    if not yearly:
        said = SHEET.search(" ".join(map(str, header)))
        sheets = {int(said[1]) if said else None: book.sheetnames[0]}
    return Classeur(path, _profession(path, header), sheets)


def _profession(path: Path, header: Row) -> str:
    for profession, pattern in PROFESSIONS.items():
        if any(pattern.match(str(cell)) for cell in header):
            return profession
    raise ErreurSource(f"{path.name} : aucune colonne d’APL reconnue.")


def _common_year(books: list[Classeur], wanted: int | None) -> int:
    """The year that every workbook holds; one that does not say its year follows the others."""
    said = [set(book.sheets) for book in books if None not in book.sheets]
    years = {year for year in set.intersection(*said) if year is not None} if said else set()
    if not said and wanted is not None:
        years = {wanted}
    return chosen_year(years, wanted, "APL")


def _sheet(book: Classeur, year: int) -> pd.DataFrame:
    """Levels, weight and people of one workbook, by code as published; the row of units is passed over."""
    name = book.sheets.get(year) or book.sheets[None]
    with workbook(book.path) as opened:
        header, rows = header_rows(opened[name].iter_rows(values_only=True), FIRST)
        places = _places(book, header)
        cells = [[row[0], *(row[place] for place in places.values())] for row in rows if row and row[0]]
    raw = pd.DataFrame(cells, columns=["code", *places])
    raw["code"] = commune_codes(raw["code"])
    table = by_code(raw, "code").apply(numbers)
    # No standardised population (Mayotte, communes without people): nothing was computed.
    return table.where(table[WEIGHT] > 0)


def _places(book: Classeur, header: Row) -> dict[str, int]:
    """Where each column stands, by what its header says."""
    titles = [str(cell or "").strip() for cell in header]
    found = {
        WEIGHT: _only(book, titles, lambda title: title.startswith("Population") and "standardisée" in title),
        PEOPLE: _only(book, titles, lambda title: title.startswith("Population totale")),
    }
    levels = {place: title for place, title in enumerate(titles) if PROFESSIONS[book.profession].match(title)}
    bounded = {place: age[1] for place, title in levels.items() if (age := BOUNDED.search(title))}
    plain = [place for place in levels if place not in bounded] or list(levels)
    if len(plain) != 1:
        raise ErreurSource(f"{book.path.name} : la colonne d’APL ne se distingue pas ({' | '.join(titles)}).")
    own = {book.profession: plain[0]}
    if book.profession == GENERALISTES:
        young = [place for place, age in bounded.items() if age == "65"]
        if len(young) != 1:
            raise ErreurSource(f"{book.path.name} : pas de colonne bornée à 65 ans.")
        own[GENERALISTES_65] = young[0]
    return own | found


def _only(book: Classeur, titles: list[str], wanted: Callable[[str], bool]) -> int:
    places = [place for place, title in enumerate(titles) if wanted(title)]
    if len(places) != 1:
        raise ErreurSource(f"{book.path.name} : colonnes inattendues ({' | '.join(titles)}).")
    return places[0]


def _levels(sheet: pd.DataFrame, passage: Passage) -> pd.DataFrame:
    names = [name for name in sheet.columns if name.startswith("apl_")]
    return passage.weighted_by_commune(sheet[[*names, WEIGHT]], names, WEIGHT)[names]


def _people(sheet: pd.DataFrame, passage: Passage) -> pd.DataFrame:
    """Weight, people, and people of places under 2.5 consultations a year, as the build counts them."""
    counts = pd.DataFrame(
        {
            "population_standardisee": sheet[WEIGHT],
            "population_apl": sheet[PEOPLE],
            "population_sous_dense": people_under(sheet[GENERALISTES], sheet[PEOPLE]),
        }
    )
    return passage.sum_by_commune(counts)
