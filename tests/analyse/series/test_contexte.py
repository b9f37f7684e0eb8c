"""What series are made of: the territory and what stands beside it."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from tests.outils.contextes import named


def test_an_empty_territory_has_no_series() -> None:
    with pytest.raises(ValueError, match="sans commune"):
        named("Vide")


def test_a_territory_stands_beside_its_departement_its_region_and_france() -> None:
    context = named("Ici", "19272")
    assert [zone.nom for zone in context.zones] == ["Ici", "Corrèze", "Nouvelle-Aquitaine", "France"]
    assert [zone.genre for zone in context.zones] == ["territoire", "departement", "region", "france"]
    own, departement, region, france = context.zones
    assert own.codes == ("19272",)
    assert own.resultats == donnees().agregateur.territoire(["19272"])
    assert departement.resultats == donnees().agregateur.departement("19")
    assert region.resultats == donnees().agregateur.region("75")
    assert france.resultats == donnees().agregateur.france()
    assert set(departement.codes) < set(region.codes) < set(france.codes)
    assert context.departement == "19"


def test_overseas_the_region_is_not_there_twice() -> None:
    assert [zone.colonne for zone in named("Basse-Terre", "97105").zones] == [
        "Territoire",
        "Guadeloupe",
        "France",
    ]
