"""Texts of every encoding and separator."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.textes_apportes import decode, read_csv

NAMES = donnees().referentiel.communes["nom"]
ACCENTED = [nom for nom in NAMES if not nom.isascii()][::60]
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso8859-15",
    "mac_roman",
    "cp850",
]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_names_are_read_whatever_the_encoding(encoding: str) -> None:
    wrong = []
    # DOS had no œ.
    names = [nom for nom in ACCENTED if encoding != "cp850" or "œ" not in nom.lower()]
    for rank in range(0, len(names) - 4, 4):
        text = "Code;Commune\n" + "\n".join(f"{rank};{nom}" for nom in names[rank : rank + 4])
        wrong += [text] if decode(text.encode(encoding)) != text else []
    assert wrong == []


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_names_in_capitals_too(encoding: str) -> None:
    text = "\n".join(["COMMUNE", *(nom.upper() for nom in ACCENTED[:40] if "œ" not in nom.lower())])
    assert decode(text.encode(encoding)) == text


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
