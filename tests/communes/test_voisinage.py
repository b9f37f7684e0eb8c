"""How sets of communes hold together: rules on any set, and real cases found in the data."""

import time
from collections.abc import Iterable

import geopandas
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cpts_geo.communes.voisinage import Voisinage
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE
from tests.outils.exemples import exemples

OLERON = ("17093", "17140", "17323", "17337", "17385", "17411", "17485", "17486")
BOURCEFRANC, ROCHEFORT = "17058", "17299"
AMBUTRIX, LAGNIEU = "01008", "01202"
MONTMEDY, OTHE = "245501259", "54412"
NORD_EST_BEARN, LUQUET, GARDERES = "200067296", "65292", "65185"
TARBES_LOURDES, SERON = "200069300", "65422"
CAMBRAI = "200068500"
LODEVOIS = "200017341"
BREST, PLOUGASTEL = "242900314", "29189"

VOISINAGE = donnees().voisinage
CREUSE = donnees().referentiel.codes("departement", "23")
SETS = st.sets(st.sampled_from(CREUSE[:120]), max_size=60)


def epci(code: str) -> tuple[str, ...]:
    return donnees().referentiel.codes("epci", code)


def pieces(codes: Iterable[str]) -> list[set[str]]:
    return [set(morceau.codes) for morceau in VOISINAGE.morceaux(tuple(codes))]


def lands(codes: Iterable[str]) -> list[set[str]]:
    return [set(terre) for morceau in VOISINAGE.morceaux(tuple(codes)) for terre in morceau.terres]


# ---- Any set of communes --------------------------------------------------------------------------------


def test_every_commune_is_a_neighbour_of_its_neighbours() -> None:
    for code in donnees().referentiel.communes.index:
        assert all(code in VOISINAGE.contigues(other) for other in VOISINAGE.contigues(code))
        assert all(code in VOISINAGE.en_face(other) for other in VOISINAGE.en_face(code))
        assert code not in VOISINAGE.contigues(code)


@given(SETS)
def test_pieces_are_a_partition(codes: set[str]) -> None:
    found = [code for piece in VOISINAGE.morceaux(codes) for code in piece.codes]
    assert sorted(found) == sorted(codes)
    sizes = [len(piece.codes) for piece in VOISINAGE.morceaux(codes)]
    assert sizes == sorted(sizes, reverse=True)


@given(SETS)
def test_pieces_do_not_touch_and_hold_together(codes: set[str]) -> None:
    for piece in pieces(codes):
        assert not {voisine.code for voisine in VOISINAGE.voisines(piece)} & codes
        assert pieces(piece) == [piece]


@given(SETS)
def test_neighbours_are_not_chosen_and_touch_what_is(codes: set[str]) -> None:
    for code, lien in VOISINAGE.voisines(codes):
        assert code not in codes
        near = VOISINAGE.contigues(code) if lien == "frontiere" else VOISINAGE.en_face(code)
        assert codes.intersection(near)


@given(SETS)
def test_enclaves_are_closed_and_not_chosen(codes: set[str]) -> None:
    for enclave in VOISINAGE.enclaves(codes):
        assert not codes.intersection(enclave)
        assert len(enclave) <= len(codes)
        around = {voisine.code for voisine in VOISINAGE.voisines(enclave) if voisine.lien == "frontiere"}
        assert around <= codes
        assert len(around) > 1


@given(SETS)
def test_adding_an_enclave_settles_it(codes: set[str]) -> None:
    for enclave in VOISINAGE.enclaves(codes):
        left = VOISINAGE.enclaves(codes.union(enclave))
        assert not any(set(enclave).intersection(other) for other in left)


@given(SETS)
@settings(max_examples=exemples(20))
def test_no_enclave_is_missed_by_stopping_early(codes: set[str]) -> None:
    expected = set()
    for outside in lands(set(donnees().referentiel.communes.index) - codes):
        around = {voisine.code for voisine in VOISINAGE.voisines(outside) if voisine.lien == "frontiere"}
        if len(outside) <= len(codes) and len(around) > 1 and around <= codes:
            expected.add(tuple(sorted(outside)))
    assert set(VOISINAGE.enclaves(codes)) == expected, "Creuse is far from the sea and from any border"


@given(SETS.filter(lambda codes: len(codes) > 1), st.integers(min_value=0))
@settings(max_examples=exemples(40))
def test_enclaves_made_by_an_addition_are_those_found_after_it(codes: set[str], rank: int) -> None:
    around = VOISINAGE.voisines(codes)
    ajout = around[rank % len(around)].code
    after = VOISINAGE.enclaves({*codes, ajout})
    beside = {enclave for enclave in after if set(enclave).intersection(VOISINAGE.contigues(ajout))}
    assert set(VOISINAGE.enclaves_creees(codes, ajout, len(codes) + 1)) == beside


@given(st.sampled_from(CREUSE), st.sampled_from(CREUSE))
@settings(max_examples=exemples(40))
def test_the_way_between_two_communes_is_the_shortest(here: str, there: str) -> None:
    way = VOISINAGE.chemin([here], {there})
    if here == there:
        return
    assert way is not None
    assert len(pieces({here, there, *way})) == 1
    ring, distance = {here}, 0
    while there not in ring:
        ring = ring.union(*(VOISINAGE.contigues(code) for code in ring))
        distance += 1
    assert len(way) == distance - 1


# ---- Against another computation ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contours() -> geopandas.GeoDataFrame:
    table = geopandas.read_parquet(BUNDLE / "contours.parquet").set_index("code")
    # Laid flat as they are: only who touches whom matters here.
    return table.set_crs(None, allow_override=True)


def drawn_lands(contours: geopandas.GeoDataFrame) -> list[set[str]]:
    """The communes that hold together once drawn as one: each polygon of the union, and all it covers."""
    union = geopandas.GeoDataFrame(geometry=list(shapely.get_parts(shapely.union_all(contours.geometry))))
    points = contours.geometry.explode(index_parts=False).representative_point()
    inside = geopandas.sjoin(geopandas.GeoDataFrame(geometry=points), union, predicate="within")
    groups = [set(group.index) for _, group in inside.groupby("index_right")]
    merged: list[set[str]] = []
    for group in groups:
        touched = [other for other in merged if other & group]
        merged = [other for other in merged if not other & group] + [group.union(*touched)]
    return merged


@pytest.mark.parametrize("departement", ["17", "22", "29", "56", "85", "971", "59", "46"])
def test_pieces_by_land_are_those_of_the_drawing(contours: geopandas.GeoDataFrame, departement: str) -> None:
    drawn = contours[contours["departement"] == departement]
    assert sorted(map(sorted, lands(drawn.index))) == sorted(map(sorted, drawn_lands(drawn)))


@pytest.mark.parametrize("every", [2, 3, 5])
def test_pieces_of_a_scattered_territory_are_those_of_the_drawing(
    contours: geopandas.GeoDataFrame, every: int
) -> None:
    drawn = contours[contours["departement"] == "46"].iloc[::every]
    assert len(lands(drawn.index)) > 5
    assert sorted(map(sorted, lands(drawn.index))) == sorted(map(sorted, drawn_lands(drawn)))


@pytest.mark.parametrize("departement", ["23", "31", "62"])
def test_neighbours_are_those_that_share_a_line(contours: geopandas.GeoDataFrame, departement: str) -> None:
    drawn = contours[contours["departement"] == departement][["geometry"]]
    drawn["geometry"] = shapely.buffer(drawn.geometry.to_numpy(), 2e-6)
    pairs = geopandas.overlay(
        drawn.reset_index(), drawn.reset_index(), how="intersection", keep_geom_type=True
    )
    # The strip that two buffered contours have in common is as long as their border.
    wide = pairs[pairs.geometry.length > 8e-5]
    expected = {
        (one, other) for one, other in zip(wide["code_1"], wide["code_2"], strict=True) if one < other
    }
    codes = set(drawn.index)
    found = {(one, other) for one in codes for other in VOISINAGE.contigues(one) if one < other in codes}
    assert found == expected


# ---- Real cases -----------------------------------------------------------------------------------------


def test_oleron_is_one_piece() -> None:
    assert lands(OLERON) == [set(OLERON)]


def test_oleron_and_bourcefranc_are_joined_by_the_sea() -> None:
    (morceau,) = VOISINAGE.morceaux((*OLERON, BOURCEFRANC))
    assert morceau.terres == ((BOURCEFRANC,), OLERON), "the island comes after what it faces"


def test_oleron_and_rochefort_are_two_pieces() -> None:
    assert pieces((*OLERON, ROCHEFORT)) == [set(OLERON), {ROCHEFORT}]


def test_brest_reaches_plougastel_across_the_elorn() -> None:
    (morceau,) = VOISINAGE.morceaux(epci(BREST))
    assert morceau.terres[1:] == ((PLOUGASTEL,),)


def test_corse_is_never_joined_to_the_mainland() -> None:
    corse = (
        *donnees().referentiel.codes("departement", "2A"),
        *donnees().referentiel.codes("departement", "2B"),
    )
    assert VOISINAGE.voisines(corse) == ()
    assert VOISINAGE.chemin(corse, {"83137"}) is None


def test_two_epci_in_several_pieces() -> None:
    assert pieces(epci(TARBES_LOURDES))[1:] == [{LUQUET, GARDERES}, {SERON}]
    assert [len(piece) for piece in pieces(epci(CAMBRAI))] == [52, 3]


def test_communes_that_meet_at_a_point_are_not_contiguous() -> None:
    assert pieces((AMBUTRIX, LAGNIEU)) == [{AMBUTRIX}, {LAGNIEU}]
    assert VOISINAGE.points_communs((LAGNIEU, AMBUTRIX)) == ((AMBUTRIX, LAGNIEU),)


@pytest.mark.parametrize(
    ("one", "other"), [("59193", "59316"), ("31243", "31570"), ("48106", "48161"), ("88160", "88273")]
)
def test_borders_drawn_differently_by_their_two_sides(one: str, other: str) -> None:
    """Emmerin and Houplin-Ancoisne, Juzes and Vaux, Noalhac and Saint-Juéry, Épinal and Longchamp."""
    assert other in VOISINAGE.contigues(one)


def test_enclaves_of_real_epci() -> None:
    assert VOISINAGE.enclaves(epci(MONTMEDY)) == ((OTHE,),)
    assert VOISINAGE.enclaves(epci(NORD_EST_BEARN)) == (tuple(sorted((LUQUET, GARDERES))),)


def test_the_end_of_a_peninsula_is_not_an_enclave() -> None:
    saint_pierre_quiberon, plouharnel = "56234", "56168"
    assert VOISINAGE.enclaves((saint_pierre_quiberon, plouharnel)) == ()


def test_a_commune_by_the_sea_is_surrounded_when_all_its_neighbours_are_chosen() -> None:
    la_bree = "17486"
    assert VOISINAGE.enclaves([code for code in OLERON if code != la_bree]) == ((la_bree,),)


def test_a_stretch_of_coast_behind_the_territory_is_not_an_enclave() -> None:
    assert VOISINAGE.enclaves(epci("200030195")) == (), "Nice does not surround Menton and the Roya"


def test_a_large_hole_inland_is_found() -> None:
    hole = set(epci(LODEVOIS))
    around = {voisine.code for voisine in VOISINAGE.voisines(hole)}
    assert len(hole) > len(around)
    around |= {voisine.code for voisine in VOISINAGE.voisines(hole | around)}
    around |= {voisine.code for voisine in VOISINAGE.voisines(hole | around)}
    assert VOISINAGE.enclaves(around) == (tuple(sorted(hole)),)


# ---- At every click -------------------------------------------------------------------------------------


def spread(seed: str, count: int) -> tuple[str, ...]:
    """So many communes around one, the nearest first."""
    found = [seed]
    for code in found:
        found += [other for other in VOISINAGE.contigues(code) if other not in found]
        if len(found) >= count:
            break
    return tuple(found[:count])


@pytest.mark.parametrize(("count", "limit"), [(150, 0.003), (1_500, 0.020)])
def test_a_click_is_not_kept_waiting(count: int, limit: float) -> None:
    codes = spread("63113", count)

    def once() -> float:
        start = time.process_time()
        VOISINAGE.morceaux(codes)
        VOISINAGE.enclaves(codes)
        VOISINAGE.voisines(codes)
        return time.process_time() - start

    assert min(once() for _ in range(5)) < limit


def test_an_empty_set_has_nothing_around() -> None:
    empty = Voisinage(pd.DataFrame({"code_a": [], "code_b": [], "nature": []}))
    assert (empty.morceaux(()), empty.enclaves(()), empty.voisines(())) == ((), (), ())
    assert [piece.codes for piece in empty.morceaux(("01001",))] == [("01001",)]
