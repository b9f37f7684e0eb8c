"""The cells of texts of every separator."""

import csv
import io
import random

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.fichiers.textes_apportes import read_csv

NAMES = list(donnees().referentiel.communes["nom"])
TITLES = ("CartoSanté, le portail", "Référentiel, France", "Source : ARS ; 2025")
HEADINGS = {"code": "Code", "nom": "Commune", "apl": "APL", "taux": "Taux", "liste": "Communes"}


def drawn(chance: random.Random) -> list[list[str]]:
    """A table with titles, decimal commas, lists of communes in cells, and lines cut short."""
    columns = chance.sample([*HEADINGS, "apl", "apl"], chance.randint(3, 6))
    rows = [[chance.choice(TITLES)] for _ in range(chance.choice((0, 0, 1, 2)))]
    rows.append([HEADINGS[column] for column in columns])
    for _ in range(chance.randint(4, 40)):
        figure = f"{chance.random() * 100:.1f}"
        names = chance.sample(NAMES, 3)
        cells = {
            "code": f"{chance.randint(1001, 97617):05}",
            "nom": names[0],
            "apl": figure.replace(".", ","),
            "taux": figure,
            "liste": chance.choice((", ", " ; ")).join(names[1:]),
        }
        row = [cells[column] for column in columns]
        rows.append(row[:-1] if chance.random() < 0.1 else row)
    return rows


@pytest.mark.parametrize("separator", list(";,\t|"))
def test_cells_are_parted_as_they_were(separator: str) -> None:
    for seed in range(60):
        rows = drawn(random.Random(seed))  # noqa: S311 - drawn again alike
        written = io.StringIO()
        csv.writer(written, delimiter=separator).writerows(rows)
        assert read_csv(written.getvalue()) == tuple(map(tuple, rows)), seed


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a;b\n"Royan;1\nSaujon;2\n', (("a", "b"), ("Royan", "1"), ("Saujon", "2"))),
        ('"a";"b"\n"Île "de" Ré";1\n"x;y";2\n', (("a", "b"), ('Île de" Ré"', "1"), ("x;y", "2"))),
        ('a;b\nRue 5" x;1\nSaujon;2\n', (("a", "b"), ('Rue 5" x', "1"), ("Saujon", "2"))),
    ],
)
def test_a_quote_out_of_its_place_takes_no_line(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert read_csv(text) == rows


def test_the_separator_may_be_said() -> None:
    assert read_csv("sep=;\nCode;Valeur\n17306;12,5\n") == ((), ("Code", "Valeur"), ("17306", "12,5"))
    assert read_csv('"sep=|"\na|b,c\n')[1] == ("a", "b,c")


def test_a_decimal_comma_parts_no_cell() -> None:
    assert read_csv("Code;APL\n17306;112,4\n17421;98,1\n")[1] == ("17306", "112,4")
    assert read_csv('Code,APL\n17306,"112,4"\n')[1] == ("17306", "112,4")


def test_titles_of_other_widths_do_not_choose_the_separator() -> None:
    head = "CartoSanté, le portail\nRéférentiel, France\n\n"
    text = head + "Code;Libellé;APL\n17306;Royan;1,5\n17421;Saujon;2,5\n"
    assert read_csv(text)[4] == ("17306", "Royan", "1,5")
