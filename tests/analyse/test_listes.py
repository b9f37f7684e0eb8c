"""A list of structures that has not what the report counts says so, with both numbers and why."""

import pytest

from cpts_geo.analyse.listes import ecart_de_liste
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.structures import TypeStructure, raison_usuelle, type_structure, types

COUNTED = [kind for kind in types() if kind.indicateurs]


def places(where: str) -> tuple[str, ...]:
    """A commune or a city, or a département."""
    referentiel = donnees().referentiel
    return referentiel.unites(where) if len(where) == 5 else referentiel.codes("departement", where)


@pytest.mark.parametrize(
    ("where", "kind", "words"),
    [
        (
            "31555",
            "maisons_sante",
            "nomme 19, d’après Finess d’avril 2026 (ANS), et le rapport en compte 15, d’après BPE 2024",
        ),
        (
            "31555",
            "urgences",
            "nomme 4, d’après SAE 2023 (Drees), et le rapport en compte 5, d’après BPE 2024 (Insee)",
        ),
        (
            "31555",
            "hopitaux",
            "la liste en nomme 31, d’après SAE 2023 (Drees), et le rapport compte 52\u00a0services",
        ),
        (
            "23",
            "hopitaux",
            "la liste en nomme 13, d’après SAE 2023 (Drees), et le rapport compte 36\u00a0",
        ),
        ("75056", "urgences", "la liste en nomme 12, d’après SAE 2023 (Drees), et le rapport en compte 16"),
        (
            "75056",
            "ehpad",
            "la liste en nomme 64, d’après Finess au 31 décembre 2022 (CNSA), et le rapport compte 231",
        ),
        ("974", "ehpad", "aucune liste ne couvre ce territoire, et le rapport compte 28\u00a0"),
        ("87085", "maisons_sante", ""),
        ("23", "urgences", ""),
        ("31555", "infirmiers", ""),
    ],
)
def test_what_is_said_of_a_list(where: str, kind: str, words: str) -> None:
    said = ecart_de_liste(type_structure(kind), places(where), donnees())
    assert words in said
    assert bool(said) is bool(words)
    assert not said or said.endswith(f"{type_structure(kind).raison or raison_usuelle()}.")


@pytest.mark.parametrize("kind", COUNTED, ids=lambda kind: kind.code)
@pytest.mark.parametrize("where", ["23", "31", "75056", "974"])
def test_it_is_said_exactly_when_the_two_differ(where: str, kind: TypeStructure) -> None:
    codes = places(where)
    results = donnees().agregateur.territoire(codes)
    counted = int(sum(results[code].effectif or 0 for code in kind.indicateurs))
    listed = int(donnees().structures.liste(kind, codes)["nombre"].sum())
    said = ecart_de_liste(kind, codes, donnees())
    assert bool(said) is (listed != counted)
    numbers = said.replace("\u202f", "")
    assert not said or not listed or f"nomme {listed}," in numbers
    assert not said or f"compte {counted}" in numbers or (not counted and "compte aucun" in numbers)


def test_what_is_listed_or_counted_of_none_is_said_in_words() -> None:
    found = [
        ecart_de_liste(kind, [code], donnees())
        for kind in COUNTED
        for code in donnees().referentiel.codes("departement", "09")
    ]
    assert any("la liste n’en nomme aucun" in each for each in found)
    assert any("n’en compte aucun" in each for each in found)
    assert not any(" nomme 0" in each or "compte 0" in each for each in found)


def test_an_empty_territory_has_no_list() -> None:
    assert ecart_de_liste(type_structure("maisons_sante"), (), donnees()) == ""
