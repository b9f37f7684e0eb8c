"""Tables drawn at random are read right, or what is not is asked about; no commune is lost without a word."""

from dataclasses import replace

import pytest

from cpts_geo.saisie.fichiers.tableur import read
from tests.outils.formats_de_tables import CLASSEURS
from tests.outils.tables_aleatoires import draw, faults


@pytest.mark.lent
@pytest.mark.parametrize("first", [10_000, 10_150])
def test_no_commune_of_a_table_is_lost_or_given_to_another_territory(first: int) -> None:
    wrong = {seed: found for seed in range(first, first + 150) if (found := list(faults(draw(seed))))}
    assert wrong == {}


def test_a_table_read_wrong_is_found() -> None:
    table = draw(1)
    table.attendues = [
        type(each)(each.territoire, each.feuille, each.numero, "2A004") for each in table.attendues
    ]
    assert len(list(faults(table))) >= len(table.attendues)


@pytest.mark.parametrize("kind", list(CLASSEURS))
def test_a_table_is_read_the_same_from_a_workbook(kind: str) -> None:
    for seed in range(20_000, 20_030):
        table = draw(seed)
        if len(table.feuilles) == 1:
            (sheet,) = table.feuilles
            written = CLASSEURS[kind](sheet.rangees)
            (read_back,) = read(written, f"table.{kind}")
            table.feuilles = [replace(read_back, masquees=sheet.masquees)]
            assert list(faults(table)) == []
