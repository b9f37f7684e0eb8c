"""What parts the thousands of a column, when one cell does not tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.saisie.chiffres.milliers import Ecriture, ecriture
from cpts_geo.saisie.valeurs import valeur


@pytest.mark.parametrize(
    ("cells", "entete", "expected"),
    [
        # A figure of the column proves it.
        (("1.234", "12,5"), "Coût", Ecriture(".")),
        (("1.234,5", "2.345"), "Coût", Ecriture(".")),
        (("1.234.567", "2.345"), "Coût", Ecriture(".")),
        (("1,234,567", "2,345"), "Coût", Ecriture(",")),
        (("1,234", "12.5"), "Coût", Ecriture(",")),
        # A count has no decimals.
        (("1.254", "12.402", "950"), "Patients", Ecriture(".", "1.254")),
        (("1,254", "402", "nd"), "Patients", Ecriture(",", "1,254")),
        # A rate or an unknown thing may have some.
        (("4.512", "3.201"), "APL 2023", Ecriture("", "4.512", sure=False)),
        (("1.254", "402"), "Valeur", Ecriture("", "1.254", sure=False)),
        # With a comma, it is how French writes it: said all the same, but for a rate.
        (("1,254", "402"), "Valeur", Ecriture("", "1,254")),
        (("4,512", "3,201"), "APL 2023", Ecriture()),
        # Somebody who writes 2.402 does not write 1254.
        (("2.402", "1254"), "Patients", Ecriture("", "2.402", sure=False)),
        (("2.402", "3,125"), "Patients", Ecriture("", "2.402", sure=False)),
        # Decimals without a doubt.
        (("4.512", "3.2"), "Patients", Ecriture()),
        (("0.512", "3.201"), "Patients", Ecriture()),
        (("12,4", "402"), "Patients", Ecriture()),
        (("1254", "402"), "Patients", Ecriture()),
        ((), "Patients", Ecriture()),
    ],
)
def test_the_column_or_its_heading_tells(cells: tuple[str, ...], entete: str, expected: Ecriture) -> None:
    assert ecriture(cells, entete) == expected


@given(some.lists(some.integers(0, 999_999), min_size=1, max_size=8), some.sampled_from([".", ","]))
def test_counts_with_pointed_thousands_come_back(counts: list[int], sign: str) -> None:
    cells = [f"{count:,}".replace(",", sign) for count in counts]
    milliers = ecriture(cells, "Nombre de patients").milliers
    assert [valeur(cell, milliers=milliers) for cell in cells] == [(count, count) for count in counts]
