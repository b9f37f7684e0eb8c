"""Old workbooks are looked through before they are read."""

import struct
import time

import pytest

from cpts_geo.saisie.fichiers.examen_ancien_classeur import readable_part
from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError
from cpts_geo.saisie.fichiers.tableur import read
from tests.outils.bombes import link_everywhere
from tests.outils.formats_de_tables import write_xls


def test_a_link_over_all_cells_is_left_out() -> None:
    began = time.process_time()
    assert read(link_everywhere(), "table.xls")[0].rangees == (("Royan",),)
    assert time.process_time() - began < 2


def test_a_sheet_that_begins_amid_another_is_refused() -> None:
    content = write_xls([["Royan"]])
    # The record of a sheet, whose body begins with where it is in the workbook.
    records = readable_part(content)
    rank = records.index(struct.pack("<H", 0x0085), records.index(b"\x09\x08") + 4)
    place = content.index(records[rank : rank + 12]) + 4
    (offset,) = struct.unpack_from("<I", content, place)
    moved = content[:place] + struct.pack("<I", offset + 8) + content[place + 4 :]
    with pytest.raises(FichierIllisibleError, match="forme"):
        read(moved, "table.xls")


def test_cells_far_apart_are_refused() -> None:
    rows = [[None] * 255 + [1]] * 16_000
    with pytest.raises(FichierIllisibleError, match="éloignées"):
        read(write_xls(rows), "table.xls")
