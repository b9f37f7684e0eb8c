"""Structures are counted once, placed where it is known, and missing is never zero."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.structures import TypeStructure, groupes, type_structure, types
from cpts_geo.socle.chemins import BUNDLE

OLERON = donnees().referentiel.codes("epci", "241700624")
TOULOUSE = donnees().referentiel.codes("bassin_vie", "31555")


def column(name: str, codes: tuple[str, ...]) -> int:
    query = f"select sum({name}) from read_parquet(?) where code in (select unnest(?))"  # noqa: S608 - our names
    with duckdb.connect() as base:
        ((found,),) = base.execute(query, [str(BUNDLE / "indicateurs.parquet"), list(codes)]).fetchall()
    return int(found)


def listed(kind: str, codes: tuple[str, ...]) -> int:
    query = "select count(*) from read_parquet(?) where type = ? and code in (select unnest(?))"
    path = str(BUNDLE / "structures.parquet")
    with duckdb.connect() as base:
        ((found,),) = base.execute(query, [path, kind, list(codes)]).fetchall()
    return int(found)


def test_counts_come_from_the_column_or_from_the_list_that_covers_the_place() -> None:
    oleron, toulouse = donnees().structures.comptes(OLERON), donnees().structures.comptes(TOULOUSE)
    assert oleron["infirmiers"] == column("infirmiers", OLERON)
    assert oleron["maisons_sante"] == column("maisons_sante", OLERON)
    assert toulouse["maisons_sante"] == listed("maison_sante", TOULOUSE)
    assert oleron["ehpad"] == listed("ehpad", OLERON)


def test_what_no_source_covers_is_missing_not_zero() -> None:
    assert donnees().structures.comptes(("97105",))["ehpad"] is None
    assert donnees().structures.comptes(OLERON)["maternites"] == 0


@pytest.mark.parametrize("kind", types(), ids=lambda kind: kind.code)
def test_marks_and_list_hold_the_same_number(kind: TypeStructure) -> None:
    codes = donnees().referentiel.codes("departement", "31")
    marks = donnees().structures.carte(kind, ["31"])
    drawn = len(marks["points"]) + sum(count for *_, count in marks["comptes"])
    counted = donnees().structures.comptes(codes)[kind.code]
    assert drawn == counted == donnees().structures.liste(kind, codes)["nombre"].sum()
    assert donnees().structures.source(kind, codes)
    for _, lon, lat, *_ in [*marks["points"], *marks["comptes"]]:
        assert 0 < lon < 2.5
        assert 42.5 < lat < 44


@given(some.lists(some.sampled_from(OLERON + TOULOUSE), min_size=1, unique=True))
def test_counts_add_up(codes: list[str]) -> None:
    whole = donnees().structures.comptes(codes)
    parts = [donnees().structures.comptes([code]) for code in codes]
    for kind, count in whole.items():
        assert (count or 0) == sum(part[kind] or 0 for part in parts)


def test_every_type_has_a_group() -> None:
    assert {kind.groupe for kind in types()} == set(groupes())
    assert type_structure("ehpad").nom == "EHPAD"
