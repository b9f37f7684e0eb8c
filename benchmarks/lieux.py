"""Where clicks are measured: a région drawn whole, and communes wide enough to be clicked in it."""

from cpts_geo.indicateurs.donnees import donnees
from tests.navigateur.pilote import MapPage

REGION, NOM_REGION = "75", "Nouvelle-Aquitaine"
LARGE_KM2 = 35


def large_communes() -> list[str]:
    """Communes of the région that are wide on the screen."""
    communes = donnees().referentiel.communes
    wide = communes["a_contour"] & communes["superficie_km2"].gt(LARGE_KM2)
    return [str(code) for code in communes.index[communes["region"].eq(REGION) & wide]]


def open_region(map_page: MapPage) -> list[str]:
    """Open the map on the whole région, and give the communes that can be clicked."""
    map_page.open()
    map_page.choose_region(NOM_REGION)
    map_page.page.wait_for_timeout(1500)
    return map_page.visible(large_communes())
