"""A list of structures that has not what the report counts says so."""

import pytest

from cpts_geo.analyse.listes import ecart_de_liste
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.structures import TypeStructure, type_structure, types

COUNTED = [kind for kind in types() if kind.indicateurs]


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("31555", "maisons_sante", "la liste en nomme 19 et le rapport en compte 15"),
        ("31555", "urgences", "la liste en nomme 4 et le rapport en compte 5"),
        ("87085", "maisons_sante", ""),
        ("31555", "hopitaux", ""),
        ("31555", "infirmiers", ""),
    ],
)
def test_what_is_said_of_a_list(code: str, kind: str, words: str) -> None:
    said = ecart_de_liste(type_structure(kind), [code], donnees())
    assert words in said
    assert bool(said) is bool(words)
    assert not said or said.endswith("d’une autre source (BPE 2024 (Insee)).")


@pytest.mark.parametrize("kind", COUNTED, ids=lambda kind: kind.code)
def test_it_is_said_exactly_when_the_two_differ(kind: TypeStructure) -> None:
    for codes in (donnees().referentiel.codes("departement", code) for code in ("23", "31", "75")):
        results = donnees().agregateur.territoire(codes)
        counted = sum(results[code].effectif or 0 for code in kind.indicateurs)
        listed = donnees().structures.liste(kind, codes)["nombre"].sum()
        differ = (listed > 0) != (counted > 0) if len(kind.indicateurs) > 1 else listed != counted
        assert bool(ecart_de_liste(kind, codes, donnees())) is bool(differ)


def test_an_empty_territory_has_no_list() -> None:
    assert ecart_de_liste(type_structure("maisons_sante"), (), donnees()) == ""
