"""What a click takes and the tools in hand: one declaration, that Python and the script of the map share."""

import json
from typing import Any, get_args

import pytest

from cpts_geo.communes import prises
from cpts_geo.communes.prises import TypeZone
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.noms import simplify


@pytest.fixture
def told() -> dict[str, Any]:
    return json.loads(prises.pour_la_carte())


def test_a_declared_group_is_a_zone_that_communes_have() -> None:
    assert set(prises.types_zone()) <= set(get_args(TypeZone))
    for type_zone in prises.types_zone():
        assert donnees().referentiel.communes[type_zone].notna().any()
        assert not donnees().referentiel.zones(type_zone).empty


def test_no_key_and_no_word_means_two_things(told: dict[str, Any]) -> None:
    touches = [each["touche"] for each in (*told["unites"], *told["outils"])]
    assert len(touches) == len(set(touches))
    groupes = prises.groupes()
    words = [word for groupe in groupes for word in (*groupe.mots, *groupe.abreviations)]
    assert len(words) == len(set(words))


def test_words_are_as_a_search_simplifies_them() -> None:
    for groupe in prises.groupes():
        following = {word for rest in groupe.complements.values() for word in rest}
        for word in (*groupe.mots, *groupe.abreviations, *groupe.gardes, *following):
            assert simplify(word) == word


def test_what_follows_or_is_kept_goes_with_a_word_of_the_kind() -> None:
    for groupe in prises.groupes():
        assert groupe.gardes <= set(groupe.mots)
        assert set(groupe.complements) <= set(groupe.mots)


def test_the_map_is_told_every_group_and_every_tool(told: dict[str, Any]) -> None:
    assert [each["code"] for each in told["unites"]] == ["commune", *prises.types_zone()]
    assert [each["code"] for each in told["outils"]] == [outil.code for outil in prises.outils()]
    for each in (*told["unites"], *told["outils"]):
        assert all(each[name] for name in ("nom", "bulle", "touche", "aide"))


def test_a_tool_that_draws_has_its_guides_and_its_name_for_undo(told: dict[str, Any]) -> None:
    shapes = [outil for outil in prises.outils() if outil.par]
    assert shapes
    for outil in shapes:
        assert {outil.code, f"{outil.code}_clavier"} <= set(told["guides"])


def test_places_are_boxes_and_their_departements_exist(told: dict[str, Any]) -> None:
    for lieu in told["lieux"]:
        west, south, east, north = lieu["bounds"]
        assert west < east
        assert south < north
        assert set(lieu["departements"]) <= set(donnees().referentiel.zones("departement").index)
