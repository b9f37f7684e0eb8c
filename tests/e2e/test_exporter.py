"""From a link to the files on the disk, in a real browser."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, expect

from cpts_geo.projet import lien
from tests.navigateur.pilote import Server
from tests.navigateur.temoin import Watch

CODES = ("31555", "31069", "31149")


@pytest.mark.parametrize("width", [1400, 390])
def test_a_diagnostic_is_seen_then_saved(browser: Browser, server: Server, watch: Watch, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 850}) as context:
        watch.follow(context)
        page = context.new_page()
        page.goto(f"{server.url.rstrip('/')}/exporter?communes={lien.encode(CODES)}&nom=Essai")
        expect(page.locator(".st-key-apercu img")).to_be_visible()
        box = page.get_by_role("button", name="Fichier du projet").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width, "every format is in sight"
        page.get_by_role("button", name="Préparer les fichiers").click()
        everything = page.get_by_role("button", name="Tout, avec le projet")
        expect(everything).to_be_visible()
        cut = "(p) => p.scrollWidth > p.clientWidth"
        assert not any(name.evaluate(cut) for name in page.locator(".stDownloadButton p").all())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        with page.expect_download() as waited:
            everything.click()
        held = zipfile.ZipFile(BytesIO(Path(waited.value.path()).read_bytes()))
        assert waited.value.suggested_filename.startswith("diagnostic-cpts-essai-")
        word = next(name for name in held.namelist() if name.endswith(".docx"))
        text = "\n".join(each.text for each in docx.Document(BytesIO(held.read(word))).paragraphs)
        assert f"/?communes={lien.encode(CODES)}" in text
        assert server.url.rstrip("/") in text
    assert watch.outside == []
    assert watch.errors == []
