"""The zones that a territory takes whole or in part, as they are read on the report page."""

import re

from cpts_geo.analyse.cpts_voisines import phrases
from cpts_geo.analyse.decoupages import decoupages
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.html import html_decoupages
from tests.outils.dossiers import GRAND


def test_every_zone_has_a_row_with_its_figures() -> None:
    found = decoupages(GRAND.codes, donnees())
    page = html_decoupages.table(found, donnees().referentiel)
    zones = [f"{each.type.type}:{zone.code}" for each in found for zone in each.zones]
    assert re.findall(r'data-zone="([^"]*)"', page) == zones
    first = re.search(r'<tr data-zone="epci:200067791">.*?</tr>', page, re.DOTALL)
    assert first
    assert re.findall(r">([^<>\n]+)</t[hd]>", first[0]) == [
        "CA L’Agglo Foix-Varilhes", "en entier", "42", "0", "32\u202f781", "0",
    ]  # fmt: skip
    assert "Le territoire prend en entier 2\u00a0EPCI et 6\u00a0cantons" in page
    assert "cantons-ou-villes" in page


def test_the_cpts_around_are_lines_of_text() -> None:
    own = donnees().cpts.communes("CPTS de la Riviera Française")
    page = html_decoupages.cpts_voisines(own, donnees())
    assert page.count("<li>") == len(phrases(own, donnees())) == 4
    assert "<h3>CPTS voisines</h3>" in page
