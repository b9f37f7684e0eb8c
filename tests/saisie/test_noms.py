"""Names made comparable."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.noms import index_noms, keys, mention, simplify, without_article
from cpts_geo.saisie.zones import split_type

INDEX = index_noms(donnees().referentiel)


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("St-Pierre-d’Oléron", "saint pierre d oleron"),
        ("STE Gemme", "sainte gemme"),
        ("Chalon s/ Saône", "chalon sur saone"),
        ("Paris 13ème", "paris 13"),
        ("Œuilly", "oeuilly"),
    ],
)
def test_names_are_simplified(text: str, simple: str) -> None:
    assert " ".join(simplify(text).split()) == simple


def test_keys_have_a_space_at_both_ends() -> None:
    assert keys(["La Rochelle", "L'Éguille"]) == [" la rochelle ", " l eguille "]
    assert without_article(" la rochelle ") == " rochelle "
    assert without_article(" la ") == " la "


def test_a_name_is_found_with_or_without_its_article() -> None:
    for words in (["la", "tremblade"], ["tremblade"]):
        assert [nom.code for nom in INDEX.named(words)] == ["17452"]
    assert INDEX.named(["trembl"]) == []


def test_the_index_knows_postal_codes_and_departements() -> None:
    assert INDEX.postaux["17530"] == ["17021"]
    assert INDEX.departements["charente maritime"] == INDEX.departements["17"]
    assert INDEX.departement_de["2A004"] == "2A"


def test_the_index_of_a_referentiel_is_made_once() -> None:
    assert index_noms(donnees().referentiel) is INDEX


def test_a_present_name_has_no_mention() -> None:
    assert mention(None) == ""
    assert mention(INDEX.anciennes["93059"]) == "commune déléguée\u00a0: Pierrefitte-sur-Seine"


@pytest.mark.parametrize(
    ("query", "type_zone", "named"),
    [
        ("cc de l ile d oleron", "epci", "ile d oleron"),
        ("communaute de communes du pays de l or", "epci", "pays de l or"),
        ("bordeaux metropole", "epci", "bordeaux metropole"),
        ("canton de saujon", "canton", "saujon"),
        ("bassin de vie de la rochelle", "bassin_vie", "rochelle"),
        ("departement du gers", "departement", "gers"),
        ("saint ca", None, "saint ca"),
        ("ca", None, "ca"),
    ],
)
def test_the_type_is_parted_from_the_name(query: str, type_zone: str | None, named: str) -> None:
    assert split_type(query.split()) == (type_zone, named.split())
