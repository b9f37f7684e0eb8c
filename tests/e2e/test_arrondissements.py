"""Paris, Lyon and Marseille are drawn by their arrondissements, or taken whole."""

from playwright.sync_api import expect

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import lien
from tests.navigateur.gestes import expect_figures
from tests.navigateur.pilote import MapPage

PARIS = donnees().referentiel.villes["75056"].arrondissements
TREIZIEME, QUATORZIEME, IVRY = "75113", "75114", "94041"


def test_an_arrondissement_is_found_clicked_and_its_city_taken_whole(carte: MapPage) -> None:
    carte.search("paris 13")
    expect_figures(carte, TREIZIEME)
    carte.wait_drawn(QUATORZIEME)
    carte.click(QUATORZIEME)
    expect_figures(carte, TREIZIEME, QUATORZIEME)
    expect(carte.page.get_by_text("Projet de CPTS sur 2 arrondissements")).to_be_visible()
    carte.take("Ville")
    carte.hover(TREIZIEME)
    expect(carte.controls.locator(".infobulle")).to_contain_text("20\u00a0arrondissements")
    carte.click(TREIZIEME)
    expect_figures(carte, *PARIS)
    carte.click(IVRY)
    expect_figures(carte, *PARIS, IVRY)


def test_a_link_of_before_opens_a_city_by_its_arrondissements(carte: MapPage) -> None:
    base = carte.page.url.partition("?")[0]
    carte.page.goto(f"{base}?communes={lien.encode(['75056', IVRY])}&nom=Avant")
    expect_figures(carte, *PARIS, IVRY)
    expect(carte.page.get_by_text("Ouvert par arrondissements")).to_be_visible()
