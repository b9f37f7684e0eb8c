"""Names of communes are read right whatever the encoding of their table."""

import random

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.fichiers.encodages import text_of

NAMES = list(donnees().referentiel.communes["nom"])
ACCENTED = [nom for nom in NAMES if not nom.isascii()]
# The share read right of tables of some lines: DOS, long gone, gives way to Windows where one letter differs.
ENCODINGS = {
    "utf-8": 1.0,
    "utf-8-sig": 1.0,
    "utf-16": 1.0,
    "utf-16-le": 1.0,
    "utf-16-be": 1.0,
    "cp1252": 1.0,
    "iso8859-15": 1.0,
    "mac_roman": 0.99,
    "cp850": 0.95,
}


def table(chance: random.Random, encoding: str) -> str:
    names = chance.sample(NAMES, chance.choice((3, 5, 10, 30, 100, 200)))
    capitals = chance.random() < 0.3
    lines = [f"{rank:05};{nom.upper() if capitals else nom}" for rank, nom in enumerate(names)]
    heading = chance.choice(("Code;Commune", "Département;Libellé"))
    return "\r\n".join([heading, *(line for line in lines if _has(encoding, line))])


def _has(encoding: str, text: str) -> bool:
    """Whether an encoding has all letters of a text: DOS had no œ."""
    return text.encode(encoding, errors="ignore").decode(encoding) == text


@pytest.mark.parametrize("encoding", list(ENCODINGS))
def test_tables_are_read_whatever_the_encoding(encoding: str) -> None:
    chance = random.Random(13)  # noqa: S311 - drawn again alike
    tables = [table(chance, encoding) for _ in range(300)]
    right = sum(text_of(each.encode(encoding)) == each for each in tables)
    assert right / len(tables) >= ENCODINGS[encoding]


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15", "mac_roman", "cp850"])
def test_a_few_accents_are_enough(encoding: str) -> None:
    names = [nom for nom in ACCENTED if _has(encoding, nom)][::30]
    wrong = [
        names[rank : rank + 4]
        for rank in range(0, len(names) - 4, 4)
        if text_of((text := "\n".join(names[rank : rank + 4])).encode(encoding)) != text
    ]
    assert wrong == []


def test_a_file_put_together_from_two_encodings_is_read() -> None:
    content = "Nom\nÉpargnes\nSaint-Léger\n".encode() + "Médis\n".encode("cp1252")
    assert text_of(content) == "Nom\nÉpargnes\nSaint-Léger\nMédis\n"


def test_the_mark_that_ends_a_text_of_dos_is_left_out() -> None:
    assert text_of("Épargnes\r\n\x1a".encode("cp850")) == "Épargnes\r\n"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\r", b"abc\x00def\x01ghi", b"\x01"])
def test_what_is_no_text_is_none(content: bytes) -> None:
    assert text_of(content) is None
