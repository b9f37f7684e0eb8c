"""The page of sources and definitions, in Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cpts_geo.indicateurs.donnees import donnees
from tests.navigateur.gestes import LIMOGES, expect_address, start_from_limoges
from tests.navigateur.pilote import MapPage, Server
from tests.navigateur.temoin import Watch

TITRE = "Sources et définitions"
APL = "apl_medecins_generalistes"


@pytest.fixture(params=[(1400, 850), (390, 844)], ids=["1400x850", "390x844"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Server, watch: Watch) -> Iterator[Page]:
    """A page of the server; the test fails if any request left this machine or any script failed."""
    width, height = request.param
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        watch.follow(context)
        opened = context.new_page()
        opened.goto(server.url)
        expect(opened.get_by_text("Dessinez votre territoire")).to_be_visible(timeout=60_000)
        yield opened
    assert watch.outside == []
    assert watch.errors == []


def search(page: Page, text: str) -> None:
    page.get_by_label("Chercher un indicateur, un sigle, une source").fill(text)


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_search_as_one_types_and_open_an_indicator(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/sources")
    expect(page.get_by_role("heading", name=TITRE)).to_be_visible()
    expect(page.locator("details.fiche")).to_have_count(len(donnees().catalogue.indicateurs))
    search(page, "APL")
    (apl,) = (rubrique for rubrique in donnees().catalogue.rubriques if "(APL)" in rubrique.titre)
    expect(page.locator("details.fiche")).to_have_count(len(apl.indicateurs))
    fiche = page.locator(f"details[data-indicateur={APL}]")
    fiche.locator("summary").click()
    expect(fiche.get_by_text("offre des médecins de tous âges")).to_be_visible()
    expect(fiche.locator("[data-mesure=formule]")).to_contain_text("somme de population standardisée")
    expect(fiche.locator("[data-mesure=couverture]")).to_have_text("99,6\u00a0%")
    expect(fiche.get_by_role("link", name="Accessibilité potentielle localisée (APL)")).to_have_attribute(
        "href", "https://data.drees.solidarites-sante.gouv.fr"
    )
    assert fits(page)


def test_links_lead_to_the_sections(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/sources")
    page.get_by_role("navigation", name="Sections de la page").get_by_role("link", name="Sigles").click()
    expect(page.locator("#sources-sigles h2")).to_be_in_viewport()
    expect(page.locator("#sources-sigles").get_by_text("Agence régionale de santé")).to_be_visible()
    expect(page.get_by_role("heading", name=TITRE)).not_to_be_in_viewport()


def test_a_link_opens_on_one_indicator(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/sources?indicateur=sans_medecin_traitant_65")
    seule = page.locator(".sources-seule")
    expect(seule.get_by_role("heading", name="Sans médecin traitant (65 ans et plus)")).to_be_in_viewport()
    expect(seule.get_by_text("Secret statistique : la valeur est masquée")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Toutes les définitions").click()
    expect(page.locator("details.fiche")).to_have_count(len(donnees().catalogue.indicateurs))
    assert "indicateur=" not in page.url


def test_the_territory_is_kept(carte: MapPage) -> None:
    start_from_limoges(carte)
    expect_address(carte, LIMOGES)
    carte.page.get_by_role("link", name=TITRE).click()
    expect(carte.page.locator("details.fiche")).to_have_count(len(donnees().catalogue.indicateurs))
    expect_address(carte, LIMOGES)
    assert "nan" not in carte.page.locator(".sources").inner_text().lower().split()
