"""The report in Chromium: from the map and back, on a projector and on a phone, with nothing odd to read."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cpts_geo.projet import lien
from cpts_geo.socle.chemins import BUNDLE
from tests.navigateur.pilote import MapPage, Server
from tests.navigateur.temoin import Watch

FAMILLES = ["Population du territoire", "Indicateurs missions", "Offre de soins", "Structures"]
HEADER_PX = 60
ROW_PX = 35


def communes_of(departement: str, count: int) -> list[str]:
    """Communes of a département straight from the file, without the library."""
    table = pq.read_table(
        BUNDLE / "communes.parquet", columns=["code"], filters=[("departement", "=", departement)]
    )
    return [str(each) for each in table["code"].to_pylist()[:count]]


TERRITOIRES = {
    "ville": ["31555"],
    "campagne": [*communes_of("23", 60), *communes_of("87", 40)],
    "guadeloupe": communes_of("971", 8),
    "paris": ["75113", "75114", "93066"],
}


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1400, "height": 850}) as opened:
        watch.follow(opened)
        yield opened
    assert watch.outside == []
    assert watch.errors == []


def open_report(context: BrowserContext, server: Server, codes: list[str]) -> Page:
    """Open the map with a territory, then the report, as a person does."""
    parameters = urlencode({"communes": lien.encode(tuple(codes)), "nom": "CPTS d’essai"})
    page = context.new_page()
    page.goto(f"{server.url}/?{parameters}")
    expect(page.locator("iframe").first).to_be_visible()
    page.get_by_role("link", name="Rapport").click()
    expect(page.get_by_role("heading", name="CPTS d’essai")).to_be_visible()
    expect(page.locator("table.rapport")).to_be_visible()
    return page


def show(page: Page, view: str) -> None:
    page.get_by_role("radio", name=view).click()
    if view in FAMILLES:
        expect(page.locator("table.rapport thead th").first).to_have_text(view)
        # The former table goes once the new one is there.
        expect(page.locator("table.rapport")).to_have_count(1)


def figure(page: Page, code: str) -> str:
    """The value of an indicator over the territory, as it is read."""
    return page.locator(f"tr[data-indicateur={code}] td.territoire .valeur").inner_text()


def click_grid(page: Page, row: int, x: int) -> None:
    """Click the canvas of the table of communes; row 0 is that of the titles."""
    grid = page.get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    point = (box["x"] + x, box["y"] + ROW_PX * row + ROW_PX / 2)
    page.mouse.move(*point)
    page.mouse.click(*point, delay=80)


@pytest.mark.parametrize("codes", TERRITOIRES.values(), ids=TERRITOIRES.keys())
def test_each_family_is_read_without_oddities(
    context: BrowserContext, server: Server, codes: list[str]
) -> None:
    page = open_report(context, server, codes)
    for famille in FAMILLES:
        show(page, famille)
        text = page.locator("body").inner_text()
        assert not re.search(r"\b(nan|none|traceback|infinity)\b", text, re.IGNORECASE)
        expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_report_has_the_figures_of_the_files(context: BrowserContext, server: Server) -> None:
    codes = TERRITOIRES["campagne"]
    page = open_report(context, server, codes)
    table = pq.read_table(BUNDLE / "communes.parquet", columns=["code", "population"]).to_pandas()
    people = int(table.set_index("code").loc[codes, "population"].sum())
    expect(page.locator("[data-mesure=population]")).to_have_text(f"{people:,}".replace(",", "\u202f"))
    show(page, "Offre de soins")
    doctors = pq.read_table(BUNDLE / "indicateurs.parquet", columns=["code", "generalistes_liberaux"])
    count = doctors.to_pandas().set_index("code").loc[codes, "generalistes_liberaux"].sum()
    density = f"{100_000 * count / people:.1f}".replace(".", ",")
    assert figure(page, "densite_medecins_generalistes") == density
    show(page, "Indicateurs missions")
    assert " à " in figure(page, "sans_medecin_traitant")
    reserve = page.locator("tr[data-indicateur=sans_medecin_traitant] .reserve")
    expect(reserve).to_contain_text("secret statistique dans")


def test_titles_stay_in_sight_and_cards_open(context: BrowserContext, server: Server) -> None:
    page = open_report(context, server, TERRITOIRES["ville"])
    show(page, "Offre de soins")
    page.locator("tr[data-indicateur=densite_rpps_rhumatologues]").scroll_into_view_if_needed()
    box = page.locator("table.rapport thead th").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < HEADER_PX
    card = page.locator("#info-densite_rpps_rhumatologues")
    expect(card).to_be_hidden()
    page.get_by_role("button", name="Définition et source : Rhumatologues").click()
    expect(card).to_be_visible()
    expect(card).to_contain_text("Annuaire santé (RPPS)")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_on_a_phone_only_the_table_scrolls_sideways(context: BrowserContext, server: Server) -> None:
    page = open_report(context, server, TERRITOIRES["campagne"])
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, "Indicateurs missions")
    widths = page.evaluate("() => [document.scrollingElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    frame = page.locator(".rapport-cadre")
    assert frame.evaluate("(box) => box.scrollWidth > box.clientWidth")
    frame.evaluate("(box) => { box.scrollLeft = 200; box.scrollTop = 200; }")
    name = page.locator("tr[data-indicateur=minutes_urgences] th").bounding_box()
    assert name is not None
    assert name["x"] >= 0


def test_comparisons_come_as_columns_and_stay(context: BrowserContext, server: Server) -> None:
    page = open_report(context, server, TERRITOIRES["campagne"])
    box = page.get_by_role("combobox", name="Comparer aussi à")
    box.click()
    box.fill("Limoges Métropole")
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    box.press("Escape")
    head = page.locator("table.rapport thead th[title='CU Limoges Métropole']")
    expect(head).to_be_visible()
    show(page, "Structures")
    expect(head).to_be_visible()
    page.get_by_role("link", name="Carte").click()
    expect(page.locator("iframe").first).to_be_visible()
    page.get_by_role("link", name="Rapport").click()
    expect(head).to_be_visible()


def test_a_click_on_a_sorted_row_shows_the_commune_on_the_map(
    context: BrowserContext, server: Server
) -> None:
    codes = TERRITOIRES["guadeloupe"]
    page = open_report(context, server, codes)
    names = pq.read_table(BUNDLE / "communes.parquet", columns=["code", "nom"]).to_pandas()
    last = str(names.set_index("code").loc[codes, "nom"].idxmax())
    page.get_by_role("radio", name="Communes").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.wait_for_timeout(1000)
    for _ in ("upwards", "downwards"):
        click_grid(page, row=0, x=40)
        page.wait_for_timeout(1000)
    click_grid(page, row=1, x=40)
    expect(page.locator("iframe").first).to_be_visible()
    carte = MapPage(page, server.url)
    carte.wait_ready()
    carte.wait_drawn(last)
    assert last in carte.visible(codes)
    carte.wait_codes(codes)


def test_the_table_of_communes_is_taken_away(context: BrowserContext, server: Server, tmp_path: Path) -> None:
    codes = TERRITOIRES["campagne"]
    page = open_report(context, server, codes)
    page.get_by_role("radio", name="Communes").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le tableau").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    rows = list(csv.reader(saved.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    heads = next(row for row in rows if row[:1] == ["Code INSEE"])
    low, high = heads.index("Sans médecin traitant (% des assurés) - borne basse"), len(heads) - 1
    framed = [row for row in rows if row[:1] and row[0] in codes and row[low] != row[high]]
    assert len(framed) > 3
    assert all(row[low - 1] == "" for row in framed), "no value where it is in doubt"


def give_table(page: Page, table: Path) -> None:
    page.locator("input[type=file]").set_input_files(table)
    expect(page.get_by_text("Lecture du tableau")).to_be_visible()


def test_local_figures_are_imported_whole_mapped_and_found_again(
    context: BrowserContext, server: Server, tmp_path: Path
) -> None:
    codes = communes_of("23", 3)
    table = tmp_path / "local.csv"
    rows = [f"{code};{figure}" for code, figure in zip(codes, ("12,5", "", "30"), strict=True)]
    page = open_report(context, server, codes)
    page.get_by_role("radio", name="Données locales").click()
    # Named, for the form beside it has the same labels and is drawn first.
    box = page.locator(".st-key-locales_tableau")
    table.write_text("\n".join(["Code INSEE;Patients en attente", *rows, "99999;abc"]), encoding="utf-8")
    give_table(page, table)
    box.get_by_label("Source", exact=True).fill("CPAM 23")
    box.get_by_label("Date, si l’en-tête ne la donne pas").fill("2026")
    expect(box.get_by_text("1 chiffre pour 2 communes. 1 ligne ou case laissée de côté.")).to_be_visible()
    box.get_by_role("button", name="Importer").click()
    line = page.locator("table.locales tr", has_text="Patients en attente")
    expect(line).to_contain_text("42,5")
    expect(line).to_contain_text("CPAM 23, 2026")
    page.wait_for_function(
        "() => Object.keys(localStorage).some((key) => key.startsWith('cpts-geo.ecrits.'))"
    )
    page.reload()
    expect(page.locator("table.rapport")).to_be_visible()
    page.get_by_role("radio", name="Données locales").click()
    expect(line).to_contain_text("42,5")
