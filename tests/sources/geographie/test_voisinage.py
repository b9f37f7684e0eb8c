"""Neighbours found on contours drawn for the purpose, one situation each."""

import pandas as pd
import pytest
import shapely

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.geographie.voisinage import find_voisins
from cpts_geo.sources.schema import VOISINS, validate

NO_ORIGIN = pd.Series(dtype=object)
METRE = 1 / 111_195


def box(west: float, south: float, east: float, north: float) -> shapely.MultiPolygon:
    return shapely.multipolygons([shapely.box(west, south, east, north)])


def polygon(*points: tuple[float, float]) -> shapely.MultiPolygon:
    return shapely.multipolygons([shapely.Polygon(points)])


def found(
    shapes: dict[str, shapely.MultiPolygon],
    undrawn: tuple[str, ...] = (),
    origines: pd.Series = NO_ORIGIN,
    departement: str = "17",
) -> dict[tuple[str, str], str]:
    """Nature of each pair, the outside left out."""
    table = voisins(shapes, undrawn, origines, departement)
    pairs = table[table["nature"] != "exterieur"]
    return {
        (one, other): nature
        for one, other, nature in pairs[["code_a", "code_b", "nature"]].itertuples(index=False)
    }


def voisins(
    shapes: dict[str, shapely.MultiPolygon],
    undrawn: tuple[str, ...] = (),
    origines: pd.Series = NO_ORIGIN,
    departement: str = "17",
) -> pd.DataFrame:
    contours = pd.DataFrame({"code": list(shapes), "geometry": list(shapes.values())})
    codes = [*shapes, *undrawn]
    communes = pd.DataFrame(
        {"departement": departement, "population": 100, "a_contour": [code in shapes for code in codes]},
        index=pd.Index(codes, name="code"),
    )
    table = find_voisins(contours, communes, origines)
    validate(VOISINS, table, "voisins")
    return table


def test_a_border_is_contiguity_and_a_corner_is_not() -> None:
    shapes = {
        "17001": box(0, 45, 0.1, 45.1),
        "17002": box(0.1, 45, 0.2, 45.1),
        "17003": box(0.1, 45.1, 0.2, 45.2),
    }
    assert found(shapes) == {
        ("17001", "17002"): "frontiere",
        ("17002", "17003"): "frontiere",
        ("17001", "17003"): "point",
    }


def test_length_of_a_border_is_in_kilometres() -> None:
    table = voisins({"17001": box(0, 60, 0.1, 60.1), "17002": box(0, 59.9, 0.1, 60)})
    length = table.loc[table["nature"] == "frontiere", "longueur_km"].item()
    assert length == pytest.approx(0.1 * 111.195 / 2, rel=1e-3), "a degree east is half as long at 60° north"


def test_a_border_drawn_differently_by_its_two_sides_is_found() -> None:
    other_side = polygon((0.1, 45), (0.2, 45), (0.2, 45.1), (0.1, 45.1), (0.10001, 45.06), (0.10001, 45.03))
    assert found({"17001": box(0, 45, 0.1, 45.1), "17002": other_side}) == {("17001", "17002"): "frontiere"}


def test_a_third_commune_between_two_keeps_them_apart() -> None:
    strip = 0.1 + 10 * METRE
    shapes = {
        "17001": box(0, 45, 0.1, 45.1),
        "17002": box(0.1, 45, strip, 45.1),
        "17003": box(strip, 45, 0.2, 45.1),
    }
    assert ("17001", "17003") not in found(shapes)


def test_an_acute_angle_is_still_a_point() -> None:
    wedge = polygon((0, 45), (0.1, 45), (0.1, 45.01))
    facing = polygon((0, 45), (-0.1, 45), (-0.1, 44.99))
    assert found({"17001": wedge, "17002": facing}) == {("17001", "17002"): "point"}


@pytest.fixture
def coast() -> dict[str, shapely.MultiPolygon]:
    """Three communes in a row, the sea to the north of them."""
    return {f"1700{rank}": box(rank / 10, 45, (rank + 1) / 10, 45.1) for rank in (1, 2, 3)}


def test_an_island_is_joined_to_what_faces_it(coast: dict[str, shapely.MultiPolygon]) -> None:
    coast |= {"17008": box(0.12, 45.15, 0.18, 45.18), "17009": box(0.18, 45.15, 0.19, 45.18)}
    assert {pair for pair, nature in found(coast).items() if nature == "mer"} == {
        ("17001", "17008"),
        ("17001", "17009"),
        ("17002", "17009"),
        ("17002", "17008"),
    }, "the commune in front, and the next one, which is less than 2 km further; not the third"


def test_a_small_island_is_joined_to_a_larger_one_that_is_nearer(
    coast: dict[str, shapely.MultiPolygon],
) -> None:
    coast |= {"17007": box(0.1, 45.2, 0.14, 45.22), "17008": box(0.14, 45.2, 0.18, 45.22)}
    coast["17009"] = box(0.15, 45.27, 0.16, 45.28)
    across = {pair for pair, nature in found(coast).items() if nature == "mer" and "17009" in pair}
    assert across == {("17007", "17009"), ("17008", "17009")}


def test_too_far_an_island_is_joined_to_nothing(coast: dict[str, shapely.MultiPolygon]) -> None:
    coast["17009"] = box(0.1, 45.4, 0.2, 45.5)
    assert "mer" not in found(coast).values(), "33 km away"


def test_the_two_sides_of_an_estuary_face_each_other() -> None:
    estuary = {
        "17001": box(0, 45, 0.1, 45.1),
        "17002": polygon((0.1, 45), (0.12, 45), (0.117, 45.05), (0.1, 45.05)),
        "17003": polygon((0.12, 45), (0.2, 45), (0.2, 45.1), (0.114, 45.1), (0.117, 45.05)),
    }
    assert found(estuary)["17001", "17003"] == "mer"
    assert ("17001", "17003") not in found(estuary, departement="59"), "it may be a foreign country"


def test_what_stands_by_the_sea_is_told_and_what_is_inland_is_not() -> None:
    shapes = {
        f"170{row}{column}": box(column / 10, 45 + row / 10, (column + 1) / 10, 45.1 + row / 10)
        for row in range(3)
        for column in range(3)
    }
    table = voisins(shapes)
    outside = table[table["nature"] == "exterieur"]
    assert set(shapes) - set(outside["code_a"]) == {"17011"}
    assert outside["code_b"].isna().all()


def test_a_commune_without_a_contour_is_beside_the_one_it_was_a_part_of() -> None:
    pairs = found({"17001": box(0, 45, 0.1, 45.1)}, ("17002",), pd.Series({"17002": "17001"}))
    assert pairs == {("17001", "17002"): "frontiere"}
    with pytest.raises(ErreurSource, match="17002"):
        found({"17001": box(0, 45, 0.1, 45.1)}, ("17002",))
