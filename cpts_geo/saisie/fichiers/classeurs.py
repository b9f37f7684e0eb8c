"""The sheets of a workbook as they are seen: XLSX, strict or not, XLSM, XLS, ODS."""

import io
from collections.abc import Collection, Iterable, Iterator

import python_calamine as calamine
import xlrd

from cpts_geo.saisie.fichiers.examen_ancien_classeur import readable_part
from cpts_geo.saisie.fichiers.examen_classeur import examine
from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.saisie.fichiers.relief_classeur import TROP_ETENDU, Fusion, Place, Relief
from cpts_geo.saisie.fichiers.relief_excel import shows_percent
from cpts_geo.saisie.fichiers.textes_apportes import ENREGISTRER
from cpts_geo.saisie.rangees import Feuille, limited, pourcentage, row

_ABIME = f"Ce classeur est abîmé, protégé par un mot de passe, ou n’est pas d’Excel. {ENREGISTRER}"
_VISIBLE = 0
_BLANK = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK})


def read_archive(content: bytes) -> tuple[Feuille, ...]:
    """The visible sheets of a workbook of Excel or LibreOffice, which is an archive.

    Raises:
        FichierIllisibleError: it cannot be read, or holds more than declared.
    """
    try:
        reliefs, lisible = examine(content)
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(lisible))
        return tuple(
            _sheet(workbook.get_sheet_by_name(each.name), reliefs.get(each.name, Relief()))
            for each in workbook.sheets_metadata
            if each.visible is calamine.SheetVisibleEnum.Visible
            and each.typ is calamine.SheetTypeEnum.WorkSheet
        )
    except FichierIllisibleError:
        raise
    except Exception as error:  # a damaged workbook makes a reader raise about anything
        raise FichierIllisibleError(_ABIME) from error
    except BaseException as error:
        # What a reader written in Rust could not foresee.
        if type(error).__name__ != "PanicException":
            raise
        raise FichierIllisibleError(_ABIME) from error


def read_xls(content: bytes) -> tuple[Feuille, ...]:
    """The visible sheets of a workbook of Excel before 2007.

    Raises:
        FichierIllisibleError: it cannot be read, or holds more than declared.
    """
    try:
        with io.StringIO() as silent:
            workbook = xlrd.open_workbook(
                file_contents=readable_part(content), logfile=silent, formatting_info=True, ragged_rows=True
            )
        return tuple(
            _old_sheet(workbook, sheet) for sheet in workbook.sheets() if sheet.visibility == _VISIBLE
        )
    except FichierIllisibleError:
        raise
    except Exception as error:
        raise FichierIllisibleError(_ABIME) from error


# ---- XLSX and ODS -----------------------------------------------------------------------------------------


def _sheet(sheet: "calamine.CalamineSheet", relief: Relief) -> Feuille:
    start = sheet.start
    if start is None:
        return Feuille(sheet.name, ())
    first, left = start
    fusions = _Fusions(relief.fusions or sheet.merged_cell_ranges or (), left + sheet.width)
    return _built(sheet.name, _cells(sheet, first, left, relief), fusions, relief.masquees)


def _cells(sheet: "calamine.CalamineSheet", first: int, left: int, relief: Relief) -> Iterator[list[object]]:
    """The cells of each row from the first of the sheet, those before what is filled blank."""
    errors: dict[int, list[tuple[int, str]]] = {}
    for (number, column), shown in relief.textes_des_erreurs.items():
        errors.setdefault(number, []).append((column, shown))
    yield from ([] for _ in range(first))
    for number, cells in enumerate(sheet.to_python(), start=first):
        found: list[object] = [None] * left + list(cells)
        for column in relief.pourcentages.get(number, ()):
            if column < len(found) and isinstance(value := found[column], int | float):
                found[column] = pourcentage(value)
        for column, shown in errors.get(number, ()):
            if column < len(found):
                found[column] = shown
        yield found


# ---- XLS --------------------------------------------------------------------------------------------------


def _old_sheet(workbook: "xlrd.Book", sheet: "xlrd.sheet.Sheet") -> Feuille:
    hidden = frozenset(rank for rank, info in sheet.rowinfo_map.items() if info.hidden)
    spans = (((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells)
    rows = ([_old_cell(workbook, cell) for cell in sheet.row(rank)] for rank in range(sheet.nrows))
    return _built(sheet.name, rows, _Fusions(spans, _width(sheet)), hidden)


def _width(sheet: "xlrd.sheet.Sheet") -> int:
    """Up to the last column in which there is something."""
    widest = 0
    for rank in range(sheet.nrows):
        kinds = sheet.row_types(rank)
        while len(kinds) > widest and kinds[-1] in _BLANK:
            kinds = kinds[:-1]
        widest = max(widest, len(kinds))
    return widest


def _old_cell(workbook: "xlrd.Book", cell: "xlrd.sheet.Cell") -> object:
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            moment = xlrd.xldate.xldate_as_datetime(cell.value, workbook.datemode)
            if 0 <= cell.value < 1:
                return moment.time()
            return moment if moment.time() != moment.min.time() else moment.date()
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        case xlrd.XL_CELL_NUMBER if _is_percent(workbook, cell):
            return pourcentage(cell.value)
        case _:
            return cell.value


def _is_percent(workbook: "xlrd.Book", cell: "xlrd.sheet.Cell") -> bool:
    if cell.xf_index is None:
        return False
    known = workbook.format_map.get(workbook.xf_list[cell.xf_index].format_key)
    return known is not None and shows_percent(known.format_str)


# ---- Rows -------------------------------------------------------------------------------------------------


class _Fusions:
    """Merged cells: the value of the first is shown by all of them, as far as there are cells."""

    def __init__(self, spans: Iterable[Fusion], width: int) -> None:
        self._width = width
        self._beginning: dict[int, list[Fusion]] = {}
        for corner, last in spans:
            self._beginning.setdefault(corner[0], []).append((corner, last))
        self._open: list[Fusion] = []
        self._values: dict[Place, object] = {}
        self._left = limites().etendue_au_plus

    def fill(self, rank: int, cells: list[object]) -> list[object]:
        """A row, in which merged cells have their value; rows are given in their order."""
        self._open = [span for span in self._open if span[1][0] >= rank]
        for corner, last in self._beginning.get(rank, ()):
            if corner[1] < len(cells):
                self._values[corner] = cells[corner[1]]
                self._open.append((corner, last))
        for corner, last in self._open:
            self._show(cells, corner, min(last[1] + 1, self._width))
        return cells

    def _show(self, cells: list[object], corner: Place, end: int) -> None:
        self._left -= max(1, end - corner[1])
        if self._left < 0:
            raise FichierIllisibleError(TROP_ETENDU)
        cells += [None] * (end - len(cells))
        for column in range(corner[1], end):
            cells[column] = self._values[corner]


def _built(nom: str, rows: Iterable[list[object]], fusions: _Fusions, hidden: Collection[int]) -> Feuille:
    """The sheet, its hidden rows blank and told when there is something in them."""
    masked: list[int] = []

    def shown() -> Iterator[tuple[str, ...]]:
        for rank, cells in enumerate(rows):
            filled = row(fusions.fill(rank, cells))
            if rank in hidden and filled:
                masked.append(rank + 1)
            yield () if rank in hidden else filled

    return Feuille(nom, limited(shown()), tuple(masked))
