"""Looks through a workbook of Excel before 2007, a chain of records, before it is read.

What readers would make of a few bytes without end is refused or left out: links over all cells, names that
repeat one another, sheets read again and again.
"""

import io
import struct

from xlrd.compdoc import CompDoc

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError, limites
from cpts_geo.saisie.fichiers.relief_classeur import INHABITUEL, Etendue

_STREAMS = ("Workbook", "Book")
_BOF, _SHEET, _UNKNOWN = 0x0809, 0x0085, 0x0FFF
# Names, links, tips and ranges of labels: nothing of what a sheet shows.
_LEFT_OUT = frozenset({0x0018, 0x01B8, 0x0800, 0x015F})
# A cell begins with its row and its column; several of them end with the last column.
_CELL = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD})
_CELLS = frozenset({0x00BD, 0x00BE})
_HEADER = struct.Struct("<HH")
_OFFSET = struct.Struct("<I")
_COLUMN = struct.Struct("<H")


def readable_part(content: bytes) -> bytes:
    """The records of a workbook, those left out that no reader needs.

    Raises:
        FichierIllisibleError: it holds more than declared, or is not what spreadsheets write.
    """
    with io.StringIO() as silent:
        document = CompDoc(content, logfile=silent)
        found = (document.locate_named_stream(name) for name in _STREAMS)
        memory, start, length = next((each for each in found if each[0]), (b"", 0, 0))
    records = bytearray(memory[start : start + length])
    _Examen(records).run()
    return bytes(records)


class _Examen:
    """Goes from record to record."""

    def __init__(self, records: bytearray) -> None:
        self._records = records
        self._workbook = Etendue()
        self._widths: dict[int, int] = {}
        self._last = -1
        self._begun: set[int] = set()
        self._told: list[int] = []

    def run(self) -> None:
        position, left = 0, limites().balises_au_plus
        while position + _HEADER.size <= len(self._records):
            kind, size = _HEADER.unpack_from(self._records, position)
            left -= 1
            if left < 0:
                raise FichierIllisibleError(INHABITUEL)
            self._see(kind, position, size)
            position += _HEADER.size + size
        # A sheet that begins elsewhere would hide records, one told twice would be read twice.
        if len(set(self._told)) < len(self._told) or not self._begun.issuperset(self._told):
            raise FichierIllisibleError(INHABITUEL)

    def _see(self, kind: int, position: int, size: int) -> None:
        body = position + _HEADER.size
        if kind in _CELL or kind in _CELLS:
            row, column = _HEADER.unpack_from(self._records, body)
            if kind in _CELLS:
                (column,) = _COLUMN.unpack_from(self._records, body + size - _COLUMN.size)
            self._fill(row, column + 1)
        elif kind in _LEFT_OUT:
            _COLUMN.pack_into(self._records, position, _UNKNOWN)
        elif kind == _BOF:
            self._begun.add(position)
            self._widths, self._last = {}, -1
        elif kind == _SHEET:
            self._told.append(*_OFFSET.unpack_from(self._records, body))

    def _fill(self, row: int, width: int) -> None:
        more = max(0, width - self._widths.get(row, 0)) + max(0, row - self._last)
        if more:
            self._workbook.take(more)
            self._widths[row] = max(width, self._widths.get(row, 0))
            self._last = max(row, self._last)
