"""No page says anything in the English of Streamlit's own front end, to the eye or to a screen reader."""

import re

from playwright.sync_api import expect

from tests.navigateur.gestes import start_from_limoges
from tests.navigateur.pilote import MapPage

# Beyond what is declared: what Streamlit says when it says anything by itself.
ANGLAIS = re.compile(
    r"\b(Press|Browse|Drag|Drop|Upload|Download|Choose|Search|Select|Clear|Close|Show|Hide|Open|Skip|Loading|"
    r"Running|Connecting|Connection|Fullscreen|Copy|Remove|Limit|Settings|Rerun|results?|option|the|your|Error|MB|KB)\b"
)
# Every text and every name of a page, but for those of icons, which are no words, and of what people write.
SAID = """() => {
    const read = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node instanceof Text ? node.parentElement : node;
        if (element.closest("script, style, noscript, [data-testid=stIconMaterial]")) continue;
        if (node instanceof Text) read.push(node.data);
        else for (const name of ["aria-label", "title", "placeholder", "alt"]) {
            if (node.hasAttribute(name)) read.push(node.getAttribute(name));
        }
    }
    return [...new Set(read.map((text) => text.trim()).filter(Boolean))];
}"""


def english(carte: MapPage) -> list[str]:
    """What is said on the page that is not French."""
    return sorted(text for text in carte.page.evaluate(SAID) if ANGLAIS.search(text))


def at_rest(carte: MapPage) -> None:
    carte.page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")


def give_files(carte: MapPage) -> None:
    """Give files one after the other, the last of which is refused."""
    weights = {
        "royan.csv": (8, "8 octets"),
        "long.csv": (6_000, "6,0 ko"),
        "lourd.csv": (21_000_000, "21,0 Mo"),
    }
    for nom, (size, weight) in weights.items():
        carte.page.locator("[role=dialog] input[type=file]").set_input_files(
            {"name": nom, "mimeType": "text/csv", "buffer": b"Royan\r\n" + b"," * (size - 7)}
        )
        expect(carte.page.locator("[data-testid=stFileChipName] + div").last).to_have_text(weight)
    expect(carte.page.get_by_text("Refusé : ce fichier est trop lourd.", exact=True)).to_be_visible()


def test_no_page_says_anything_in_english(carte: MapPage) -> None:
    start_from_limoges(carte)
    found = {"Carte": english(carte)}
    carte.page.get_by_role("button", name="Ajouter une liste").click()
    carte.page.get_by_role("tab", name="Fichier").click()
    at_rest(carte)
    give_files(carte)
    found["Ajouter une liste"] = english(carte)
    at_rest(carte)
    carte.page.locator("[role=dialog]").get_by_role("button", name="Fermer", exact=True).click()
    expect(carte.page.locator("[role=dialog]")).to_have_count(0)
    for name in ("Rapport", "Comparer", "Exporter", "Sources et définitions"):
        carte.page.get_by_role("link", name=name, exact=True).click()
        at_rest(carte)
        carte.page.wait_for_timeout(800)
        found[name] = english(carte)
    assert not any(found.values()), {name: texts for name, texts in found.items() if texts}
