"""What the browser keeps: clicks, figures and undo come back, tabs and projects never erase each other."""

import re

from playwright.sync_api import Page, expect

from tests.navigateur.gestes import LIMOGES, VOISINES, expect_figures, start_from_limoges
from tests.navigateur.pilote import MapPage

COUZEIX, _, PANAZOL = VOISINES[:3]
KEPT = "Enregistré dans ce navigateur"
REFUSE = "() => {{ Storage.prototype.setItem = () => {{ throw new DOMException('non', '{}') }} }}"


def add_figure(page: Page) -> None:
    """Type a figure of the whole territory, on the page of the report."""
    at_report(page)
    box = page.get_by_test_id("stForm")
    box.get_by_role("button", name="Ajouter").wait_for()
    # A page that runs may draw the form anew, without what has been typed.
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
    box.get_by_role("combobox", name="Donnée").click()
    page.get_by_role("option").first.click()
    expect(box.get_by_role("combobox", name="Donnée")).not_to_have_value("")
    for label, text in (("Valeur", "1 234"), ("Source", "CPAM"), ("Date", "2025")):
        box.get_by_label(label, exact=True).fill(text)
    box.get_by_role("button", name="Ajouter").click()
    expect_figure(page)


def expect_figure(page: Page) -> None:
    expect(page.locator("table.locales")).to_contain_text("1\u202f234")


def at_report(page: Page) -> None:
    page.get_by_role("link", name="Rapport").click()
    page.get_by_role("radio", name="Données locales").click()


def undo(carte: MapPage) -> None:
    carte.controls.get_by_role("button", name="Annuler").click()


def open_beside(carte: MapPage, url: str) -> MapPage:
    beside = MapPage(carte.page.context.new_page(), url)
    beside.open()
    return beside


def test_figures_clicks_names_and_undo_survive_a_reload(carte: MapPage) -> None:
    start_from_limoges(carte)
    add_figure(carte.page)
    carte.page.get_by_role("link", name="Carte").click()
    carte.wait_ready()
    carte.wait_drawn(COUZEIX)
    carte.click(COUZEIX)
    expect_figures(carte, LIMOGES, COUZEIX)
    name = carte.page.get_by_label("Nom du territoire")
    name.fill("CPTS de Limoges")
    name.press("Enter")
    expect(carte.page).to_have_url(re.compile("nom=CPTS"))
    carte.page.reload()
    carte.wait_ready()
    expect(carte.page.get_by_text(KEPT)).to_be_visible()
    undo(carte)
    expect(name).to_have_value("Mon territoire")
    undo(carte)
    expect_figures(carte, LIMOGES)
    at_report(carte.page)
    expect_figure(carte.page)


def test_two_projects_of_one_name_are_two_and_the_bare_address_offers_them(carte: MapPage) -> None:
    start_from_limoges(carte)
    add_figure(carte.page)
    expect(carte.page.get_by_text(KEPT)).to_be_visible()
    first = carte.page.url
    other = open_beside(carte, carte.url)
    other.search("tulle")
    expect(other.page.get_by_text(KEPT)).to_be_visible()
    other.open()
    projects = other.page.get_by_role("link", name="Mon territoire")
    expect(projects).to_have_count(2)
    other.page.get_by_role("button", name="Renommer").first.click()
    other.page.get_by_label("Nouveau nom").fill("CPTS de Tulle")
    other.page.get_by_label("Nouveau nom").press("Enter")
    expect(projects).to_have_count(1)
    projects.click()
    other.wait_ready()
    expect_figures(other, LIMOGES)
    at_report(other.page)
    expect_figure(other.page)
    carte.page.goto(first)
    at_report(carte.page)
    expect_figure(carte.page)
    other.open()
    other.page.get_by_role("link", name="CPTS de Tulle").click()
    other.wait_ready()
    expect(other.page.get_by_label("Nom du territoire")).to_have_value("CPTS de Tulle")
    other.page.get_by_role("button", name="Projet", exact=True).click()
    other.page.get_by_role("button", name="Tout réinitialiser").click()
    expect(other.page.get_by_role("link", name="Mon territoire")).to_be_visible()
    expect(other.page.get_by_role("link", name="CPTS de Tulle")).to_have_count(0)


def test_all_projects_are_forgotten_at_once_and_a_tab_left_open_brings_none_back(carte: MapPage) -> None:
    start_from_limoges(carte)
    expect(carte.page.get_by_text(KEPT)).to_be_visible()
    other = open_beside(carte, carte.url)
    other.search("tulle")
    expect(other.page.get_by_text(KEPT)).to_be_visible()
    other.open()
    projects = other.page.get_by_role("link", name="Mon territoire")
    forget = other.page.get_by_role("button", name="Tout oublier")
    expect(projects).to_have_count(2)
    forget.click()
    other.page.get_by_role("button", name="Garder").click()
    expect(projects).to_have_count(2)
    forget.click()
    expect(projects).to_have_count(0)
    forget.click()
    expect(other.page.get_by_role("heading", name="Reprendre")).to_have_count(0)
    expect(carte.page.get_by_text(KEPT)).to_be_hidden()
    carte.open()
    assert carte.page.evaluate("Object.keys(localStorage).filter((key) => /projet|ecrits/.test(key))") == []


def test_two_tabs_on_one_project_are_told_of_each_other(carte: MapPage) -> None:
    start_from_limoges(carte)
    expect(carte.page.get_by_text(KEPT)).to_be_visible()
    expect(carte.page).to_have_url(re.compile("id="))
    identity = carte.page.url.rsplit("id=", 1)[1]
    other = open_beside(carte, carte.page.url)
    other.wait_drawn(COUZEIX)
    other.click(COUZEIX)
    told = carte.page.get_by_text("Ce projet a été modifié dans un autre onglet.")
    expect(told).to_be_visible()
    carte.page.get_by_role("button", name="Prendre la version").click()
    expect_figures(carte, LIMOGES, COUZEIX)
    expect(carte.page.get_by_text(KEPT)).to_be_visible()
    other.click(PANAZOL)
    expect_figures(other, LIMOGES, COUZEIX, PANAZOL)
    expect(told).to_be_visible()
    undo(carte)
    expect_figures(carte, LIMOGES)
    expect(carte.page.get_by_text("gardé à part")).to_be_visible()
    carte.page.get_by_role("button", name="Garder la mienne").click()
    expect(told).to_have_count(0)
    expect(carte.page).not_to_have_url(re.compile(identity))
    expect(other.page.get_by_text("dans un autre onglet")).to_have_count(0)
    for tab, codes in ((carte, [LIMOGES]), (other, [LIMOGES, COUZEIX, PANAZOL])):
        tab.page.reload()
        tab.wait_ready()
        expect_figures(tab, *codes)


def test_a_browser_that_keeps_nothing_says_so_and_offers_the_file(carte: MapPage) -> None:
    carte.page.evaluate(REFUSE.format("SecurityError"))
    start_from_limoges(carte)
    expect(carte.page.get_by_text("Non enregistré")).to_contain_text("ne garde rien")
    with carte.page.expect_download() as download:
        carte.page.get_by_role("button", name="Sauvegarder ce projet dans un fichier").click()
    assert download.value.suggested_filename.endswith(".json")
    carte.page.evaluate(REFUSE.format("QuotaExceededError"))
    carte.click(COUZEIX)
    expect(carte.page.get_by_text("Non enregistré")).to_contain_text("est pleine")
    expect_figures(carte, LIMOGES, COUZEIX)


def test_a_link_without_identity_opens_and_finds_its_figures_again(carte: MapPage) -> None:
    start_from_limoges(carte)
    add_figure(carte.page)
    expect(carte.page.get_by_text(KEPT)).to_be_visible()
    older = open_beside(carte, re.sub("/rapport|&id=.*", "", carte.page.url))
    expect(older.page).to_have_url(re.compile(carte.page.url.rsplit("id=", 1)[1]))
    at_report(older.page)
    expect_figure(older.page)
