"""A text pasted from a spreadsheet is a table; an indented one is not."""

import pytest

from cpts_geo.saisie.decoupage import ListeInvalideError
from cpts_geo.saisie.fichiers.limites_tableaux import limites
from cpts_geo.saisie.tables.texte_colle import feuille_collee


def test_a_text_pasted_from_a_spreadsheet_is_a_table() -> None:
    found = feuille_collee("Commune\tHabitants\n\nRoyan\t19 425\nSaujon\t7 450\n")
    assert found
    assert found.rangees == (("Commune", "Habitants"), (), ("Royan", "19 425"), ("Saujon", "7 450"))


@pytest.mark.parametrize("texte", ["Royan\nSaujon", "17306\n17421\n\t17228", "Royan\t\nSaujon"])
def test_a_plain_text_is_none_even_indented(texte: str) -> None:
    assert feuille_collee(texte) is None


@pytest.mark.parametrize(
    ("texte", "words"),
    [
        ("a\t" + "b" * limites().octets_au_plus, "trop long"),
        ("a\tb\n" * (limites().rangees_au_plus + 1), "plus de 40\u202f000 lignes"),
        ("a\t" * (limites().colonnes_au_plus + 1) + "b", "trop de colonnes"),
        ("a\n" * 9 + "\ta" * 2_000_000, "trop de colonnes"),
    ],
)
def test_a_pasted_table_has_the_limits_of_a_file(texte: str, words: str) -> None:
    with pytest.raises(ListeInvalideError, match=words):
        feuille_collee(texte)
