"""What the map shows besides the territory, in Chromium: an indicator in colours, structures."""

from playwright.sync_api import expect

from cpts_geo.indicateurs.donnees import donnees
from tests.navigateur.gestes import LIMOGES, VOISINES, equipment, expect_figures, start_from_limoges
from tests.navigateur.pilote import MapPage

CREUSE = "23"
SANS_MT = "Sans médecin traitant (16 ans et plus)"


def open_menu(carte: MapPage) -> None:
    inside = carte.page.get_by_role("button", name="Ne rien montrer")
    if not inside.is_visible():
        carte.page.get_by_role("button", name="Focus").click()
    expect(inside).to_be_visible()


def show_indicator(carte: MapPage, label: str) -> None:
    open_menu(carte)
    carte.page.get_by_label("Colorer les communes selon un indicateur").fill(label)
    carte.page.get_by_role("option", name=label, exact=True).click()
    expect(carte.controls.locator(".legende strong")).to_have_text(label)


def view(carte: MapPage) -> list[float]:
    found: list[float] = carte.frame.evaluate("() => [carte.map.getZoom(), carte.map.getCenter().lat]")
    return found


def test_communes_take_the_colours_of_an_indicator_and_the_view_is_kept(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.page.wait_for_timeout(500)
    before = view(carte)
    show_indicator(carte, "En affection de longue durée (ALD)")
    first = [carte.frame.evaluate("(code) => carte.couleur(code)", code) for code in (LIMOGES, *VOISINES)]
    assert len(set(first)) > 1
    show_indicator(carte, "APL aux médecins généralistes, tous âges")
    carte.frame.wait_for_function("(before) => carte.couleur('87085') !== before", arg=first[0])
    assert view(carte) == before
    carte.click(VOISINES[0])
    expect_figures(carte, LIMOGES, VOISINES[0])
    expect(carte.controls.locator(".legende")).to_contain_text("France")
    open_menu(carte)
    carte.page.get_by_role("button", name="Ne rien montrer").click()
    expect(carte.controls.locator(".legende")).to_have_count(0)
    assert carte.frame.evaluate("() => carte.couleur('87085')") is None


def test_hidden_values_are_said_on_the_map(carte: MapPage) -> None:
    item = donnees().catalogue["sans_medecin_traitant"]
    codes = donnees().referentiel.codes("departement", CREUSE)
    values = donnees().agregateur.par_commune(item, codes)
    hidden = values.index[values["borne_basse"] < values["borne_haute"]]
    assert len(hidden) > 10
    carte.search("guéret")
    carte.wait_drawn("23096")
    show_indicator(carte, SANS_MT)
    expect(carte.controls.locator(".legende")).to_contain_text("Secret statistique")
    carte.page.keyboard.press("Escape")
    seen = carte.visible(hidden.tolist())
    carte.hover(seen[0])
    expect(carte.controls.locator(".infobulle")).to_contain_text("(secret statistique)")


def test_structures_are_marked_with_their_count(carte: MapPage) -> None:
    start_from_limoges(carte)
    open_menu(carte)
    box = carte.page.get_by_label("Marquer les professionnels et les structures")
    box.fill("infirmier")
    label = f"Infirmier libéral, lieu d’exercice ({equipment('infirmiers', LIMOGES)})"
    with carte.page.expect_response("**/structures/infirmiers.json*"):
        carte.page.get_by_role("option", name=label).click()
    expect(carte.controls.locator(".legende")).to_contain_text(label)
    expect(carte.page.get_by_text(f"Liste\u00a0: {label}")).to_be_visible()
    carte.page.keyboard.press("Escape")
    # The bubble says what is known when the mouse comes: marks are drawn once they are all there.
    expect(carte.controls.locator(".compte span").first).to_be_visible()
    carte.hover(VOISINES[2])
    expect(carte.controls.locator(".infobulle")).to_contain_text(
        f"Infirmier libéral, lieu d’exercice : {equipment('infirmiers', VOISINES[2])}"
    )
