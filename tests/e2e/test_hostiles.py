"""A project whose every text is made to be taken for markup: each page shows it as it was typed."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.fichier import encode
from cpts_geo.projet.projet import Projet, Scenario
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from pages.blocs.carte.projet import LONGUEUR_ONGLET
from tests.navigateur.pilote import MapPage, serve
from tests.navigateur.temoin import Watch
from tests.outils.hostiles import HOSTILES

SHOWING = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from cpts_geo.socle.textes import litteral
from tests.outils.hostiles import HOSTILES

for rank, text in enumerate(HOSTILES):
    with st.container(key=f"texte_{{rank}}"):
        st.markdown(f"**{{litteral(text)}}**")
        st.button(litteral(text), key=f"bouton_{{rank}}")
        st.error(litteral(text))
st.text("Tout est là")
"""
MADE = "img, a, code, em, del, li, h1, h2, h3, blockquote, hr, table, math, span, br"
JOINER = "\u2060"
NOMS = (
    "![i](https://exemple.invalid/p.png) :material/home: $x$ *a* `b` -> c",
    "<img src=https://exemple.invalid/q.png> [a](javascript:x) :red[x]",
    "<a href='https://exemple.invalid'>lien</a> <b>gras</b> www.exemple.invalid",
)


def shown(place: Locator) -> str:
    return " ".join((place.text_content() or "").replace(JOINER, "").split())


def test_streamlit_shows_every_text_as_typed(browser: Browser, watch: Watch, tmp_path: Path) -> None:
    script = tmp_path / "page.py"
    script.write_text(SHOWING.format(root=str(ROOT)), "utf-8")
    with serve(script) as server, browser.new_context() as context:
        watch.follow(context)
        page = context.new_page()
        page.goto(server.url)
        expect(page.get_by_text("Tout est là")).to_be_visible()
        for rank, text in enumerate(HOSTILES):
            for place in page.locator(f".st-key-texte_{rank} [data-testid=stMarkdownContainer]").all():
                assert shown(place) == " ".join(text.split())
                assert place.locator(MADE).count() == 0, text
    assert watch.outside == []


@pytest.fixture
def projet() -> Projet:
    communes = (("87085", "87050"), ("87085",))
    scenarios = tuple(
        Scenario(rank, Territoire(nom, codes), "jaune", " ".join(NOMS))
        for rank, (nom, codes) in enumerate(zip(NOMS, communes, strict=False), start=1)
    )
    locales = tuple(
        DonneeLocale(nom, nom, "effectif", nom, nom[:40], (("87085", 12.0),), ((1, 3.0),)) for nom in NOMS
    )
    return Projet(scenarios, 1, locales)


def assert_nothing_was_made_of_it(page: Page) -> None:
    for scheme in ("javascript:", "exemple.invalid"):
        assert page.locator(f"[src*='{scheme}'], [href*='{scheme}'], [*|href*='{scheme}']").count() == 0


# Each page, and what stands on it once it is whole.
PAGES = {
    "Rapport": ".st-key-rapport table",
    "Comparer": ".st-key-comparer .communes",
    "Exporter": ".st-key-apercu img",
    "Sources et définitions": ".st-key-sources h2",
    "Carte": ".st-key-panneau .synthese",
}


def pages(page: Page) -> Iterator[str]:
    """Bring each page, and each view of it, to the screen."""
    for name, whole in PAGES.items():
        page.get_by_role("link", name=name, exact=True).click()
        page.locator(whole).first.wait_for(timeout=60_000)
        at_rest(page)
        yield name
        views = page.locator(".st-key-vue_rapport button, .st-key-vue_panneau button")
        for rank in range(views.count()):
            views.nth(rank).click()
            at_rest(page)
            yield f"{name} {rank}"


def at_rest(page: Page) -> None:
    """Wait until the script of the page has run, and what it sent is drawn."""
    page.wait_for_timeout(500)
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(300)


def test_every_page_shows_what_was_typed_and_asks_nobody(carte: MapPage, projet: Projet) -> None:
    page = carte.page
    page.get_by_role("button", name="Projet", exact=True).click()
    page.get_by_role("button", name="Ouvrir un projet").click()
    file = FilePayload(
        name="p.json", mimeType="application/json", buffer=encode(projet, date(2026, 1, 31), donnees().fiches)
    )
    page.locator("[role=dialog] input[type=file]").set_input_files(file)
    expect(page.get_by_role("dialog").get_by_text("exemple.invalid/q.png")).to_be_visible()
    assert_nothing_was_made_of_it(page)
    page.get_by_role("button", name="Ouvrir ce projet").click()
    expect(page.get_by_label("Nom du territoire")).to_have_value(NOMS[0])
    seen = {}
    for name in pages(page):
        assert_nothing_was_made_of_it(page)
        seen[name] = shown(page.locator("section.stMain, [data-testid=stMain]").first)
    assert NOMS[1][: LONGUEUR_ONGLET - 1].strip() in seen["Carte"], "the tab of the other scenario"
    assert NOMS[0] in seen["Comparer"]
    assert NOMS[0] in seen["Rapport"]
    assert any(all(nom in text for nom in NOMS) for name, text in seen.items() if name.startswith("Rapport"))
    assert re.search(re.escape(NOMS[0]) + r", page 1 sur \d+", seen["Exporter"])
