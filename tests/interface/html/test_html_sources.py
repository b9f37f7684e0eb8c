"""The page of sources: all that is declared is on it, and it can be searched."""

import re
import time

import pytest
from streamlit.testing.v1 import AppTest

from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.citations import SourceCitee, load_sources_citees
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.glossaire import glossaire
from cpts_geo.interface.html.html_sources import contenu, fiche, page, search
from cpts_geo.projet import lien
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.declarations import Declare
from cpts_geo.socle.textes import capitale, typographie

TAGS = re.compile(r"<[^>]*>")
NAN = re.compile(r"\bnan\b|\bNone\b", re.IGNORECASE)


def text_of(html: str) -> str:
    unescaped = TAGS.sub(" ", html).replace("&#39;", "'").replace("&amp;", "&")
    return re.sub(r"[ \n]+", " ", unescaped)


WHOLE = page(contenu(), recherche=False)
TEXT = text_of(WHOLE)


def app(**parameters: str) -> AppTest:
    tested = AppTest.from_file(str(ROOT / "pages" / "sources.py"), default_timeout=30)
    for name, value in parameters.items():
        tested.query_params[name] = value
    return tested.run()


def html_of(tested: AppTest) -> str:
    return " ".join(element.proto.body for element in tested.get("html"))


def codes(recherche: str) -> list[str]:
    found = search(contenu(), recherche)
    return [each.indicateur.code for famille in found.familles for each in famille.fiches]


# ---- Everything is there ----------------------------------------------------------------------------------


@pytest.mark.parametrize("item", donnees().catalogue.indicateurs, ids=lambda item: item.code)
def test_each_indicator_is_on_the_page(item: Indicateur) -> None:
    begun = WHOLE.index(f'data-indicateur="{item.code}"')
    told = text_of(WHOLE[begun : WHOLE.index("</details>", begun)])
    assert typographie(item.definition) in told
    assert typographie(item.source.jeu) in told
    assert re.search(r"Couverture (100|\d{1,2},\d)\u00a0% des habitants", told)
    for text in (item.champ.compte, item.champ.sans, item.champ.millesime, item.champ.geographie):
        assert capitale(typographie(text)) in told
    assert re.search(r"Références Départements.{10,}Couverture", told)
    assert re.search(r"Calcul .{10,} Méthode .{10,} Lecture .{10,} France", told)


@pytest.mark.parametrize("source", load_sources_citees().values(), ids=lambda source: source.code)
def test_each_source_is_on_the_page(source: SourceCitee) -> None:
    begun = WHOLE.index(f'data-source="{source.code}"')
    row = WHOLE[begun : WHOLE.index("</tr>", begun)]
    assert (f'href="{source.adresse}"' in row) == bool(source.adresse)
    for text in (source.jeu, source.producteur, source.millesime, source.licence, *source.notes):
        assert typographie(text) in text_of(row)


def test_glossary_and_methods_are_on_the_page() -> None:
    declared = glossaire()
    for section in (
        declared.sigles,
        declared.structures,
        declared.methodes,
        declared.phases,
        declared.absences,
    ):
        for each in section:
            first, second, *_ = vars(each).values() if isinstance(each, Declare) else each
            assert typographie(first) in TEXT
            assert typographie(second) in TEXT


def test_thresholds_of_taille_are_those_declared() -> None:
    for seuil in load_bareme().seuils:
        written = f"{seuil.valeur:,}".replace(",", "\u202f")
        assert f"{written} habitants, Taille {seuil.egalite}" in TEXT
    assert "90\u202f000\u00a0€" in TEXT


def test_no_figure_is_a_programmers_word() -> None:
    assert not NAN.search(TEXT)
    assert "{" not in TEXT


def test_links_lead_to_sections_that_exist() -> None:
    anchors = re.findall(r'href="#([^"]+)"', WHOLE)
    assert len(anchors) == 8
    assert all(f'id="{anchor}"' in WHOLE for anchor in anchors)


# ---- Search -----------------------------------------------------------------------------------------------


def test_search_takes_beginnings_of_words_without_accents() -> None:
    assert "apl_medecins_generalistes" in codes("APL")
    assert codes("medecin trait") == codes("Médecin traitant")
    assert codes("médecin traitant 65") == ["sans_medecin_traitant_65"]
    assert "densite_infirmiers" not in codes("APL")


def test_search_finds_who_is_counted_and_who_is_left_out() -> None:
    assert {"ald", "part_rsa"} <= set(codes("MSA"))
    assert "densite_infirmiers" in codes("lieux exercice")


def test_search_reaches_every_section() -> None:
    assert [each.sigle for each in search(contenu(), "ssiad").sigles] == ["SSIAD"]
    assert search(contenu(), "maternité").structures
    assert search(contenu(), "géomsa").absences
    assert search(contenu(), "cartosanté").sources
    assert search(contenu(), "émergence").phases
    assert search(contenu(), "taille").tailles
    assert search(contenu(), load_bareme().mention_montants).tailles
    assert [each.titre for each in search(contenu(), "médianes").methodes] == ["Médianes"]


def test_blank_search_leaves_everything_and_an_odd_one_nothing() -> None:
    assert search(contenu(), " ") == contenu()
    nothing = search(contenu(), "zzzz")
    assert nothing.vide
    assert "Rien ne répond" in page(nothing, recherche=True)


def test_little_is_shown_unfolded() -> None:
    few = page(search(contenu(), "sous-dense zone moins"), recherche=True)
    assert re.search(r'data-indicateur="part_sous_dense" open', few)
    many = page(search(contenu(), "APL"), recherche=True)
    assert not re.search(r"data-indicateur=\S+ open", many)
    assert re.search(r"data-famille=\S+ open", many)
    assert not re.search(r"<details[^>]* open", WHOLE)


def test_speed() -> None:
    begun = time.process_time()
    page(contenu(), recherche=False)
    page(search(contenu(), "APL"), recherche=True)
    assert time.process_time() - begun < 1


# ---- The page itself --------------------------------------------------------------------------------------


def test_page_runs() -> None:
    shown = app()
    assert not shown.exception
    assert "Sources et définitions" in html_of(shown)
    assert 'data-indicateur="ald"' in html_of(shown)


def test_address_names_an_indicator() -> None:
    shown = app(indicateur="ald", nom="Mon essai", communes=lien.encode(["87085"]))
    assert not shown.exception
    assert 'data-indicateur="ald"' in html_of(shown)
    assert 'data-indicateur="taux_chomage"' not in html_of(shown)
    assert shown.query_params["nom"] == "Mon essai", "the work is left in the address"
    shown.button[0].click().run()
    assert 'data-indicateur="taux_chomage"' in html_of(shown)
    assert "indicateur" not in shown.query_params


def test_address_names_no_indicator_that_exists() -> None:
    shown = app(indicateur="autre")
    assert not shown.exception
    assert 'data-indicateur="taux_chomage"' in html_of(shown)
    assert fiche(contenu(), "autre") is None


def test_search_leaves_the_indicator_of_the_address() -> None:
    shown = app(indicateur="ald")
    shown.text_input[0].set_value("apl").run()
    assert not shown.exception
    assert 'data-indicateur="apl_infirmiers"' in html_of(shown)
    assert 'data-indicateur="ald"' not in html_of(shown)
    assert "indicateur" not in shown.query_params
