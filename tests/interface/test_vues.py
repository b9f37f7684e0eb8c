"""What the map is asked to look at."""

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import vues


def test_a_region_is_looked_at_with_all_its_communes() -> None:
    view = vues.vue_region("94", donnees().referentiel)
    west, south, east, north = view["bounds"]
    assert view["departements"] == ["2A", "2B"]
    assert 8 < west < 9 < east < 10
    assert 41 < south < 42 < north < 44


def test_communes_are_seen_whole_with_their_departements() -> None:
    view = vues.vue_communes(["87085", "19272"], donnees().referentiel)
    assert view is not None
    west, south, east, north = view["bounds"]
    assert view["departements"] == ["19", "87"]
    assert west < 1.25
    assert east > 1.77
    assert south < 45.26
    assert north > 45.83


def test_no_commune_gives_nothing_to_look_at() -> None:
    assert vues.vue_communes([], donnees().referentiel) is None
