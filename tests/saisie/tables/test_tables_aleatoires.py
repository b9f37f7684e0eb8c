"""Tables drawn at random are read right, or what is not is asked about; no commune is lost without a word."""

import pytest

from tests.outils.tables_aleatoires import draw, faults


@pytest.mark.lent
@pytest.mark.parametrize("first", [10_000, 10_250])
def test_no_commune_of_a_table_is_lost_or_given_to_another_territory(first: int) -> None:
    wrong = {seed: found for seed in range(first, first + 250) if (found := list(faults(draw(seed))))}
    assert wrong == {}


def test_a_table_read_wrong_is_found() -> None:
    table = draw(1)
    table.attendues = [
        type(each)(each.territoire, each.feuille, each.numero, "2A004") for each in table.attendues
    ]
    assert len(list(faults(table))) >= len(table.attendues)
