"""Zones taken whole or in part: on known territories, and parts that add up on any set of communes."""

from typing import Literal

from hypothesis import given

from cpts_geo.analyse.decoupages import Decoupage, decoupages, notes, phrase
from cpts_geo.communes.prises import TypeZone
from cpts_geo.indicateurs.donnees import donnees
from tests.outils.projets import codes

REFERENTIEL = donnees().referentiel
TARBES_LOURDES, OUESSANT = "200069300", "29155"
NBSP = "\u00a0"


def cut(*codes: str) -> dict[str, Decoupage]:
    return {each.type.type: each for each in decoupages(codes, donnees())}


def test_an_epci_is_taken_whole_and_cuts_what_goes_beyond_it() -> None:
    found = cut(*REFERENTIEL.codes("epci", TARBES_LOURDES))
    (epci,) = found["epci"].zones
    assert (epci.prise, epci.dehors, epci.population_dehors) == ("en entier", (), 0)
    assert found["canton"].entieres
    assert all(zone.dehors for zone in found["canton"].coupees)


def test_a_city_of_several_cantons_counts_for_one() -> None:
    (canton,) = cut("31555")["canton"].zones
    assert (canton.nom, canton.prise) == ("Toulouse (commune entière)", "en entier")
    (epci,) = cut("31555")["epci"].zones
    assert (len(epci.dedans), len(epci.dehors)) == (1, 36)
    assert epci.population_dedans == REFERENTIEL.population(["31555"])


def test_the_sentence_says_what_is_whole_and_what_is_cut() -> None:
    assert phrase(decoupages(["31555"], donnees())) == (
        f"Le territoire prend en entier 1{NBSP}canton{NBSP}; il coupe 1{NBSP}EPCI et 1{NBSP}bassin de vie."
    )
    whole = decoupages(REFERENTIEL.communes.index, donnees())
    assert phrase(whole).endswith("CPTS existantes, sans rien couper d’autre.")
    assert phrase(decoupages(["75113"], donnees())) == (
        "Le territoire ne prend en entier aucun EPCI, canton ou bassin de vie"
        f"{NBSP}; il coupe 1{NBSP}EPCI, 1{NBSP}canton et 1{NBSP}bassin de vie."
    )
    assert phrase(()) == ""


def test_communes_of_no_zone_are_told() -> None:
    found = decoupages([OUESSANT, "97209", "97302"], donnees())
    *_, epci, canton = notes(found, REFERENTIEL)
    assert epci == "Ouessant n’est dans aucun EPCI."
    assert canton == "Fort-de-France et Cayenne ne sont dans aucun canton."


def test_cpts_that_exist_are_cut_where_they_are_known() -> None:
    own = donnees().cpts.communes("CPTS de la Riviera Française")
    (whole,) = cut(*own)["cpts"].zones
    assert (whole.prise, len(whole.dedans)) == ("en entier", 19)
    part, *_ = cut(own[0], "06011")["cpts"].zones
    assert (len(part.dedans), len(part.dehors)) == (1, 18)
    assert cut(own[0], "06011", "31555")["cpts"].sans_zone == ("06011",)
    assert cut("31555")["cpts"].zones == ()


def members_of(kind: TypeZone | Literal["cpts"], code: str) -> tuple[str, ...]:
    return donnees().cpts.communes(code) if kind == "cpts" else REFERENTIEL.codes(kind, code)


@given(codes())
def test_parts_add_up(chosen: tuple[str, ...]) -> None:
    for found in decoupages(chosen, donnees()):
        inside = [code for zone in found.zones for code in zone.dedans]
        known = donnees().cpts.connues(chosen) if found.type.type == "cpts" else chosen
        assert sorted((*inside, *found.sans_zone)) == sorted(known)
        people = sum(zone.population_dedans for zone in found.zones)
        assert people + REFERENTIEL.population(found.sans_zone) == REFERENTIEL.population(known)
        for zone in found.zones:
            members = members_of(found.type.type, zone.code)
            assert sorted((*zone.dedans, *zone.dehors)) == sorted(members)
            assert zone.population_dedans + zone.population_dehors == REFERENTIEL.population(members)
            assert zone.entiere == (set(members) <= set(chosen))


@given(codes())
def test_the_order_of_communes_changes_nothing(chosen: tuple[str, ...]) -> None:
    assert decoupages(chosen[::-1], donnees()) == decoupages(chosen, donnees())
