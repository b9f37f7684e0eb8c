"""What is declared is read once, in its form, and a mistake in it names its place."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest

from cpts_geo.socle.declarations import DeclarationInvalideError, Declare, conforme, declaration


class Mesure(Declare):
    nom: str
    seuils: tuple[int, ...]


class Mesures(Declare):
    mesures: tuple[Mesure, ...]


def written(folder: Path, text: str) -> Path:
    (folder / "mesures.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_declaration_is_read_once_in_its_form(tmp_path: Path) -> None:
    folder = written(tmp_path, '[[mesures]]\nnom = "Taille"\nseuils = [40_000, 80_000]\n')
    read = declaration("mesures", Mesures, folder)
    assert read.mesures[0] == Mesure(nom="Taille", seuils=(40_000, 80_000))
    assert declaration("mesures", Mesures, folder) is read


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[mesures]]\nnom = "Taille"\nseuils = ["40 000"]\n', r"mesures\.0\.seuils\.0"),
        ('[[mesures]]\nnom = "Taille"\nseuils = []\nsueils = []\n', r"mesures\.0\.sueils"),
        ('[[mesures]]\nnom = "Taille"\n', r"mesures\.0\.seuils"),
        ("[[mesures]]\nnom = 3\nseuils = []\n", r"mesures\.0\.nom"),
    ],
)
def test_a_mistake_names_its_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(DeclarationInvalideError, match=rf"mesures\.toml.*{place}"):
        declaration("mesures", Mesures, written(tmp_path, text))


class Noms(Declare):
    noms: Mapping[Literal["court", "long"], str]


def test_a_table_of_known_keys_has_them_all() -> None:
    assert conforme("noms", {"noms": {"court": "c", "long": "l"}}, Noms).noms["long"] == "l"
    with pytest.raises(DeclarationInvalideError, match="dans noms, il manque long"):
        conforme("noms", {"noms": {"court": "c"}}, Noms)
    with pytest.raises(DeclarationInvalideError, match=r"noms\.moyen"):
        conforme("noms", {"noms": {"court": "c", "long": "l", "moyen": "m"}}, Noms)


def test_what_is_declared_does_not_change(tmp_path: Path) -> None:
    read = declaration("mesures", Mesures, written(tmp_path, "mesures = []\n"))
    with pytest.raises(ValueError, match="frozen"):
        read.mesures = ()  # type: ignore[misc]
