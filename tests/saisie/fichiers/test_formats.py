"""One table is read the same from every form in which people bring it."""

import pytest

from cpts_geo.saisie.fichiers.tableur import read
from tests.outils.formats_de_tables import A_RELIEF, FORMES, ecrire

ROWS = (
    ("CPTS", "Commune", "Code Insee", "APL"),
    ("Rives", "Épargnes", "17152", "2,5"),
    ("Rives", "Saint-Léger, dite l'Île", "17354", "112,4"),
    ("Port", "Aytré", "17028", "98,1"),
    ("Port", "Médis", "17228", "87,5"),
)


@pytest.mark.parametrize("forme", FORMES)
def test_a_table_is_read_the_same_in_every_form(forme: str) -> None:
    (sheet,) = read(*ecrire(ROWS, forme))
    assert sheet.rangees[-len(ROWS) :] == ROWS
    assert len(sheet.rangees) - len(ROWS) == ("sep=" in forme)
    assert sheet.masquees == ()


@pytest.mark.parametrize("forme", [each for each in FORMES if each.split()[0] in A_RELIEF])
def test_merged_cells_and_hidden_rows_are_seen_in_every_form(forme: str) -> None:
    rows = [row if rank != 2 else (None, *row[1:]) for rank, row in enumerate(ROWS)]
    (sheet,) = read(*ecrire(rows, forme, masquees=(4,), fusions=("A2:A3",)))
    assert sheet.rangees == (*ROWS[:3], (), ROWS[4])
    assert sheet.masquees == (4,)
    assert sheet.fichier == (
        "dossier/" + ecrire(ROWS, forme.split(maxsplit=1)[0])[1] if "zippé" in forme else ""
    )
