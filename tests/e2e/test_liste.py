"""Adding communes by list and groups by search, in Chromium."""

import io
import re

from openpyxl import Workbook
from playwright.sync_api import Locator, expect

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.decoupage import lignes_du_texte
from cpts_geo.saisie.liste import Statut, bring_together
from cpts_geo.saisie.noms import index_noms
from tests.navigateur.gestes import expect_figures, zone_of
from tests.navigateur.pilote import MapPage
from tests.outils.listes import LISTE

BREUILLET, SAINT_AUGUSTIN, SEMUSSAC = "17064", "17311", "17425"
SAINT_PIERRE = "17385"  # on the Île d’Oléron


def found_at_once() -> list[str]:
    found = bring_together(lignes_du_texte(LISTE), index_noms(donnees().referentiel))
    return [each.code for each in found if each.statut == Statut.TROUVEE and each.code]


def open_dialog(carte: MapPage) -> Locator:
    carte.page.get_by_role("button", name="Ajouter une liste").click()
    dialog = carte.page.get_by_role("dialog")
    expect(dialog.get_by_text("Ajouter une liste de communes")).to_be_visible()
    return dialog


def paste(dialog: Locator, texte: str) -> None:
    dialog.get_by_role("textbox").fill(texte)
    dialog.get_by_role("button", name="Reconnaître les communes").click()


def settle(carte: MapPage, dialog: Locator, texte: str, choice: str) -> None:
    dialog.get_by_role("combobox", name=re.compile(texte)).click()
    carte.page.get_by_role("option", name=re.compile(choice)).click()


def test_a_pasted_list_is_matched_settled_and_added(carte: MapPage) -> None:
    dialog = open_dialog(carte)
    paste(dialog, LISTE)
    expect(dialog.get_by_text("32 communes reconnues, 3 lignes à préciser")).to_be_visible()
    expect(
        dialog.get_by_role("button", name="Ajouter 32 communes et laisser 3 lignes de côté")
    ).to_be_enabled()
    settle(carte, dialog, "Breuillet", "Breuillet, Charente-Maritime")
    settle(carte, dialog, "St Augustin", "Saint-Augustin, Charente-Maritime")
    settle(carte, dialog, "semusac", "Semussac, Charente-Maritime")
    dialog.get_by_role("button", name="Ajouter 35 communes", exact=True).click()
    expect(dialog).to_have_count(0)
    expect_figures(carte, *found_at_once(), BREUILLET, SAINT_AUGUSTIN, SEMUSSAC)


def test_homonyms_are_chosen_at_once_and_a_line_ignored(carte: MapPage) -> None:
    dialog = open_dialog(carte)
    paste(dialog, "Royan\nBreuillet\nSt Augustin\nxyzzy")
    dialog.get_by_role("button", name="Choisir la plus proche").click()
    expect(dialog.get_by_role("button", name="Ajouter 3 communes et laisser 1 ligne de côté")).to_be_enabled()
    settle(carte, dialog, "xyzzy", "Ignorer cette ligne")
    dialog.get_by_role("button", name="Ajouter 3 communes", exact=True).click()
    expect_figures(carte, "17306", BREUILLET, SAINT_AUGUSTIN)


def test_a_list_replaces_the_territory_and_is_undone(carte: MapPage) -> None:
    carte.search("limoges")
    expect_figures(carte, "87085")
    dialog = open_dialog(carte)
    paste(dialog, "Royan; Saujon")
    dialog.get_by_role("button", name="Remplacer le territoire").click()
    expect_figures(carte, "17306", "17421")
    carte.page.keyboard.press("z")
    expect_figures(carte, "87085")


def test_a_workbook_is_read_and_its_column_chosen(carte: MapPage) -> None:
    workbook = Workbook()
    for row in (
        ["N°", "Commune", "Code INSEE", "Canton"],
        [1, "Royan", 17306, "Royan"],
        [2, "Médis", 17228, "Saujon"],
    ):
        workbook.active.append(row)
    saved = io.BytesIO()
    workbook.save(saved)
    dialog = open_dialog(carte)
    dialog.get_by_role("tab", name="Fichier").click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "communes.xlsx", "mimeType": "application/octet-stream", "buffer": saved.getvalue()}
    )
    expect(dialog.get_by_text("2 communes reconnues, 1 ligne ignorée")).to_be_visible()
    dialog.get_by_text("Lecture du tableau").click()
    # A list of choices closes when what holds it moves, as it does while it unfolds.
    dialog.locator("details").first.evaluate(
        "(fold) => Promise.all(fold.getAnimations({subtree: true}).map((each) => each.finished))"
    )
    expect(dialog.get_by_role("combobox", name="Code INSEE")).to_have_value("Code Insee")
    expect(dialog.get_by_role("combobox", name="Canton")).to_have_value("Non utilisée")
    dialog.get_by_role("combobox", name="Code INSEE").click()
    # Typing leaves the one choice of a list that may be longer than the screen shows.
    carte.page.keyboard.type("Non")
    carte.page.get_by_role("option", name="Non utilisée").click()
    expect(dialog.get_by_text("Lu ainsi : en-têtes ligne 1, nom de commune « Commune ».")).to_be_visible()
    dialog.get_by_role("button", name="Ajouter 2 communes", exact=True).click()
    expect_figures(carte, "17306", "17228")


def test_a_file_that_cannot_be_read_is_explained(carte: MapPage) -> None:
    dialog = open_dialog(carte)
    dialog.get_by_role("tab", name="Fichier").click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "communes.csv", "mimeType": "text/csv", "buffer": b"%PDF-1.7"}
    )
    expect(dialog.get_by_role("alert").filter(has_text="Un PDF n’est pas un tableau")).to_be_visible()


def test_an_epci_is_added_by_search(carte: MapPage) -> None:
    box = carte.page.get_by_role("combobox", name="Rechercher une commune")
    box.fill("cc ile d oleron")
    option = carte.page.get_by_role("option").first
    expect(option).to_contain_text("EPCI · 8 communes")
    box.press("Enter")
    expect_figures(carte, *zone_of("epci", SAINT_PIERRE))
