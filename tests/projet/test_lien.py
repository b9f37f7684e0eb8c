"""A territory or a project comes back from a link the same; anything else is refused in French."""

import base64
import time
import zlib
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.lien import (
    MOST_COMMUNES,
    LienInvalideError,
    decode,
    decode_projet,
    encode,
    encode_projet,
)
from cpts_geo.projet.projet import Projet, Scenario, regles
from cpts_geo.projet.territoire import Territoire
from tests.outils.projets import projets

CODES = donnees().referentiel.communes.index.tolist()
MAZE = Projet.nouveau(Territoire("CPTS d’Authion", ("49194", "49138", "2A004")))
VARIANTES = MAZE.duplicate(1).colour(2, "mauve").create().activate(2)
LIEN_DES_VARIANTES = (
    "2.eNoz4spKLM1LVTBWMFRwDggJVkh51DDTsbQkIzM_jys3sbQMJGWEIaWgkZxfkJmq"
    "yZWUk1qqYABUE5x8eGVeYlFmvoIxw5UGtvwld1ihFACLUSND"
)


def link(payload: bytes) -> str:
    return "2." + base64.urlsafe_b64encode(zlib.compress(payload)).decode().rstrip("=")


# ---- Version 1: one territory ---------------------------------------------------------------------------


@given(st.lists(st.sampled_from(CODES), unique=True, max_size=500))
def test_any_territory_comes_back_in_its_order(codes: list[str]) -> None:
    assert decode(encode(codes)) == tuple(codes)


def test_every_commune_can_be_written() -> None:
    assert decode(encode(CODES)) == tuple(CODES)


def test_five_hundred_communes_fit_in_a_link() -> None:
    assert len(encode(CODES[::70])) < 2000


def test_links_of_version_1_are_read_for_ever() -> None:
    assert decode("1.hu0Dgu8H_hU") == ("31555", "2A004", "97411")


@given(st.text(max_size=60))
@example("1.")
@example("2.AAAA")
@example("1.gICAgICAgICAgIA")
@example("1.é")
def test_anything_else_is_refused_or_gives_well_formed_codes(text: str) -> None:
    try:
        codes = decode(text)
    except LienInvalideError:
        return
    assert all(len(code) == 5 for code in codes)


@pytest.mark.parametrize(
    ("text", "message"), [("2.AAAA", "plus récente"), ("1.zzz", "abîmé"), ("1.hu0Dgu8", "abîmé")]
)
def test_refusals_say_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(LienInvalideError, match=message):
        decode(text)


def test_a_link_of_more_communes_than_there_are_is_refused_at_once() -> None:
    pair = encode(["31555", "31069"] * (MOST_COMMUNES // 2 + 1))
    with pytest.raises(LienInvalideError):
        decode(pair)


# ---- Version 2: a project -------------------------------------------------------------------------------


@given(projets(avec_locales=False))
def test_any_project_comes_back(projet: Projet) -> None:
    assert decode_projet(encode_projet(projet)) == projet


def test_local_figures_are_not_in_the_link() -> None:
    assert decode_projet(encode_projet(MAZE)).locales == ()


def test_links_of_version_2_are_read_for_ever() -> None:
    assert decode_projet(LIEN_DES_VARIANTES) == VARIANTES


def test_variants_of_a_scenario_cost_little() -> None:
    base = CODES[10_000:10_500]
    alone = len(encode_projet(Projet.nouveau(Territoire("CPTS", tuple(base[::-1])))))
    variants = [
        Territoire(f"CPTS {rank}", tuple(base[: 40 * rank] + base[40 * rank + 5 :])) for rank in range(12)
    ]
    projet = Projet(tuple(Scenario(cle, each, "jaune") for cle, each in enumerate(variants, 1)), 1)
    assert len(encode_projet(projet)) < 4 * alone


def test_twelve_scenarios_of_five_hundred_communes_without_likeness_stay_sendable() -> None:
    far = [Territoire(f"CPTS {rank}", tuple(CODES[rank::61][:500])) for rank in range(12)]
    projet = Projet(tuple(Scenario(cle, each, "bleu") for cle, each in enumerate(far, 1)), 1)
    assert len(encode_projet(projet)) < 20_000


def test_a_colour_of_a_later_version_becomes_the_first() -> None:
    text = link(b"1\nvert-pomme 1 1 Nord\0" + base64.b64decode("hu0D"))
    assert decode_projet(text) == Projet.nouveau(Territoire("Nord", ("31555",)))


def test_a_hostile_name_is_cleaned() -> None:
    text = link("1\njaune 0 1  a\u202eb\x1b ".encode() + b"\0")
    assert decode_projet(text).nom == "ab"


@given(st.text(max_size=80) | st.binary(max_size=60).map(link) | st.text(max_size=40).map("2.{}".format))
@example("2.")
@example(link(b""))
@example(link(b"1\0"))
@example(link(b"\xff\0"))
@example(link(b"1\njaune 1 1 \0"))
@example(link(b"1\njaune 0 1 \0\x02"))
@example(link(b"2\njaune 0 1 \0"))
@example(link("\u0661\njaune 0 1 \0".encode()))
@example(link(b"1\njaune 0 1 "))
@example(link(b"1" + b"\njaune 0 1 " * 13 + b"\0"))
@example(link(b"1\njaune 99999 1 \0" + b"\x02" * 99_999))
@example(link(b"1\njaune 1 1 \0" + b"\xff" * 1_000_000))
@example(link(b"1\njaune 0 1 \njaune 0 1 \0"))
@example(link(b"1\njaune 0 0 \0"))
@settings(deadline=1000)
def test_anything_else_is_not_a_project(text: str) -> None:
    with pytest.raises(LienInvalideError, match=r"abîmé|plus récente"):
        decode_projet(text)


@given(st.data())
def test_a_mutated_link_is_refused_or_is_a_project(data: st.DataObject) -> None:
    text = encode_projet(VARIANTES)
    place = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 5))
    mutated = text[:place] + data.draw(st.text("AZaz09-_.=", max_size=5)) + text[place + length :]
    try:
        projet = decode_projet(mutated)
    except LienInvalideError:
        return
    assert all(len(code) == 5 for scenario in projet.scenarios for code in scenario.territoire)


@pytest.mark.lent
def test_a_small_link_that_unpacks_without_end_is_refused_at_once() -> None:
    bomb = link(b"1\njaune 0 1 \0" + bytes(300_000_000))
    start = time.process_time()
    with pytest.raises(LienInvalideError):
        decode_projet(bomb)
    assert time.process_time() - start < 2


@pytest.mark.lent
def test_the_largest_project_has_a_link() -> None:
    everywhere = Territoire("é" * 120, tuple(CODES[::2] + CODES[1::2]))
    projet = replace(
        MAZE,
        scenarios=tuple(
            Scenario(cle, everywhere, "vermillon") for cle in range(1, regles().scenarios_au_plus + 1)
        ),
    )
    assert decode_projet(encode_projet(projet)) == projet
