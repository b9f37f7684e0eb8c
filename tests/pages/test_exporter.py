"""The export page runs without an error, with and without a territory (files are saved in Chromium)."""

import re
from io import BytesIO

import docx
import pytest
from streamlit.testing.v1 import AppTest

from cpts_geo.documents import formats, pdf_diagnostic
from cpts_geo.documents.modele_word.regles import regles
from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT

VILLE = Projet.nouveau(Territoire("Essai <b>", ("31555",)))


def page(projet: Projet) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "exporter.py"), default_timeout=60)
    app.session_state["session"] = Session(Dessin(Historique(projet)))
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def saved(app: AppTest) -> list[str]:
    return [typed(button.proto.label) for button in app.get("download_button")]


def typed(literal: str) -> str:
    """The text that has been made literal, as it is read."""
    return re.sub(r"\\(.)", r"\1", literal)


def test_an_empty_territory_says_what_to_do() -> None:
    app = page(Projet.nouveau())
    assert not app.exception
    assert [button.label for button in app.button] == ["Dessiner le territoire sur la carte"]


@pytest.mark.lent
def test_files_are_made_on_demand_then_offered_by_name() -> None:
    app = page(VILLE)
    assert not app.exception
    assert saved(app) == []
    app = press(app, "Préparer les fichiers")
    assert not app.exception
    names = saved(app)
    assert [name.rsplit(".", 1)[1] for name in names] == ["docx", "pdf", "xlsx", "zip"]
    assert names[0].startswith("diagnostic-cpts-essai-b-")


@pytest.mark.lent
def test_other_choices_make_the_files_old() -> None:
    app = press(page(VILLE), "Préparer les fichiers")
    app.selectbox(key="modele_word").set_value("ars_bretagne").run()
    assert saved(app) == []
    assert any("à nouveau" in caption.value for caption in app.caption)


@pytest.mark.lent
def test_scenarios_are_announced_in_an_annex() -> None:
    several = VILLE.duplicate(1)
    assert any("comparaison des scénarios" in caption.value for caption in page(several).caption)
    assert not any("comparaison des scénarios" in caption.value for caption in page(VILLE).caption)


@pytest.mark.lent
def test_the_preview_goes_from_page_to_page() -> None:
    app = page(VILLE)
    (number,) = app.number_input
    assert number.label.startswith("Page (sur ")
    number.set_value(2).run()
    assert not app.exception


def fail(*_: object) -> bytes:
    raise RuntimeError("English words")


@pytest.mark.lent
def test_a_writer_that_fails_is_said_in_french_and_the_other_files_are_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_diagnostic, "pdf", fail)
    app = press(page(VILLE), "Préparer les fichiers")
    assert not app.exception
    (said,) = app.error
    assert typed(said.value).startswith("PDF\u00a0: ce fichier n’a pas pu être fait")
    assert [name.rsplit(".", 1)[1] for name in saved(app)] == ["docx", "xlsx", "zip"]


@pytest.mark.lent
def test_a_preview_that_fails_is_said_in_french_and_files_can_be_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_diagnostic, "apercu", fail)
    app = page(VILLE)
    assert not app.exception
    (said,) = app.error
    assert said.value.startswith("L’aperçu n’a pas pu être fait")
    assert len(saved(press(app, "Préparer les fichiers"))) == 4


@pytest.mark.lent
def test_an_archive_goes_without_the_project_when_it_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(formats, "fichier_du_projet", fail)
    app = press(page(VILLE), "Préparer les fichiers")
    assert not app.exception
    assert saved(app)[-1].startswith("Tout, sans le projet")


@pytest.mark.lent
def test_symbols_of_a_name_and_a_synthesis_stop_nothing() -> None:
    app = page(
        Projet.nouveau(Territoire("CPTS ✅ 漢", ("31555",))).write_synthese(1, "👉 à renforcer\n📞 ❗ ⁃")
    )
    assert not app.exception
    app = press(app, "Préparer les fichiers")
    assert not app.exception
    assert not app.error
    assert len(saved(app)) == 4


@pytest.mark.lent
@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "pas un document Word"),
        (b"%PDF-1.7", "pas un document Word"),
        (b"x" * (regles().limites.octets_au_plus + 1), "trop lourd"),
        ("{{ 1/0 }} **gras**", "est mal écrit"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "est mal écrit"),
        ("{{ carte.tpl.save('/x') }}", "est mal écrit"),
        ("{{ nom", "est mal écrit"),
    ],
)
def test_a_template_that_cannot_be_filled_is_said_in_french(written: str | bytes, said: str) -> None:
    app = page(VILLE)
    content = written if isinstance(written, bytes) else modele(written)
    app = app.file_uploader(key="export_modele").upload("modele.docx", content).run()
    assert not app.exception
    assert [said in error.value for error in app.error] == [True]
    assert "Traceback" not in app.error[0].value


@pytest.mark.lent
def test_a_template_is_filled_and_what_is_not_known_is_said() -> None:
    app = page(VILLE)
    content = modele("{{ nom }} {{ nombre de lits }} {{ mon-champ }}")
    app = app.file_uploader(key="export_modele").upload("modele.docx", content).run()
    assert not app.exception
    assert "nombre de lits" in app.warning[0].value
    assert any("modele" in label for label in saved(app))


def modele(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    content = BytesIO()
    document.save(content)
    return content.getvalue()
