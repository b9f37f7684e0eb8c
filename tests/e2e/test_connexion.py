"""A connection that is cut, a server that is killed: what was clicked meanwhile arrives, and is undone."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.navigateur.gestes import LIMOGES, VOISINES, expect_address, expect_figures, start_from_limoges
from tests.navigateur.pilote import MapPage, Server, serve
from tests.navigateur.relais import relay
from tests.navigateur.temoin import Watch

COUZEIX, ISLE, PANAZOL = VOISINES[:3]
CUT = "[data-test-connection-state=PINGING_SERVER]"
BACK = "[data-test-connection-state=CONNECTED]"
KEPT = "Enregistré dans ce navigateur"


def undo(carte: MapPage) -> None:
    carte.controls.get_by_role("button", name="Annuler").click()


def draw(carte: MapPage) -> None:
    carte.open()
    start_from_limoges(carte)
    for code in (COUZEIX, ISLE, PANAZOL):
        carte.wait_drawn(code)
    expect_address(carte, LIMOGES)


def expect_nothing_hidden(carte: MapPage) -> None:
    """What is said of the connection stands over neither the pages, the tools nor the map."""
    for width, height in ((390, 844), (1024, 768), (1400, 850)):
        carte.page.set_viewport_size({"width": width, "height": height})
        said, drawn = (
            carte.page.locator(each).bounding_box() for each in ("#bandeau-connexion", ".st-key-cadre iframe")
        )
        assert said is not None
        assert drawn is not None
        assert said["y"] >= drawn["y"] + drawn["height"] or said["x"] >= drawn["x"] + drawn["width"]
        assert said["y"] >= drawn["y"], "under the pages and the tools"
        assert said["y"] + said["height"] <= height


def test_what_is_clicked_during_a_cut_arrives_in_order_once_it_is_over(
    browser: Browser, server: Server, watch: Watch
) -> None:
    with relay(urlsplit(server.url).port or 0) as reseau, browser.new_context() as context:
        watch.follow(context)
        carte = MapPage(context.new_page(), reseau.url)
        draw(carte)
        carte.choose(COUZEIX)
        expect_address(carte, LIMOGES, COUZEIX)
        reseau.cut()
        carte.page.locator(CUT).wait_for()
        carte.choose(ISLE)
        carte.choose(PANAZOL)
        expect(carte.page.get_by_text("2 changements partiront dès son retour")).to_be_visible()
        expect(carte.page.get_by_text("streamlit run")).to_have_count(0)
        expect(carte.page.get_by_text("ce que vous faites maintenant n’est pas encore")).to_be_visible()
        expect(carte.page.get_by_text(KEPT)).to_have_count(0)
        expect_nothing_hidden(carte)
        reseau.restore()
        expect_figures(carte, LIMOGES, COUZEIX, ISLE, PANAZOL)
        expect(carte.page.get_by_text(KEPT)).to_be_visible()
        expect_address(carte, LIMOGES, COUZEIX, ISLE, PANAZOL)
        undo(carte)
        expect_figures(carte, LIMOGES, COUZEIX, ISLE)
    assert watch.outside == []


def test_a_page_whose_server_was_killed_before_any_click_lives_on(browser: Browser, watch: Watch) -> None:
    with browser.new_context() as context, serve() as first:
        watch.follow(context)
        carte = MapPage(context.new_page(), first.url)
        draw(carte)
        first.process.kill()
        carte.page.locator(CUT).wait_for()
        carte.choose(COUZEIX)
        with serve(port=urlsplit(first.url).port):
            expect_figures(carte, LIMOGES, COUZEIX)
            carte.page.locator(BACK).wait_for()
            carte.wait_drawn(ISLE)
            carte.choose(ISLE)
            expect_figures(carte, LIMOGES, COUZEIX, ISLE)
            undo(carte)
            expect_figures(carte, LIMOGES, COUZEIX)
    assert watch.outside == []
