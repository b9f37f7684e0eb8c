"""A fault in each layer, on each page: one French box, the work kept, nothing else."""

import pytest
from streamlit import error_util
from streamlit.testing.v1 import AppTest

from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from pages.blocs import incident

HELD = Projet.nouveau(Territoire("Essai", ("87085", "19272")))
PAGES = ("carte", "rapport", "comparer", "exporter", "sources")
# Where it fails on a page: one function of each layer that the page calls.
FAULTS = [
    *((page, "cpts_geo.interface.etat.follow_lien") for page in PAGES),
    *((page, "cpts_geo.projet.adresse.write") for page in PAGES),
    ("carte", "cpts_geo.communes.referentiel.Referentiel.population"),
    ("carte", "cpts_geo.analyse.verifications.check"),
    ("carte", "pages.blocs.carte.chiffres.draw_synthese"),
    ("carte", "cpts_geo.interface.carte.show"),
    ("rapport", "cpts_geo.analyse.rapport.rapport"),
    ("rapport", "cpts_geo.interface.html.html_rapport.famille"),
    ("comparer", "cpts_geo.analyse.comparaison.compare_scenarios"),
    ("comparer", "cpts_geo.dessin.carte_vignette.planche"),
    ("exporter", "cpts_geo.documents.dossier.Dossier.open_projet"),
    ("sources", "cpts_geo.interface.html.html_sources.contenu"),
]


class PanneError(Exception):
    """What nobody foresaw."""


def fail(*_: object, **__: object) -> None:
    raise PanneError("/srv/secret")


@pytest.fixture(autouse=True)
def apologies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors go where `app.py` sends them."""
    monkeypatch.setattr(error_util, "invoke_script_error_handler", lambda error, _: incident.apologise(error))


def opened(page: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["session"] = Session(Dessin(Historique(HELD)))
    return app


def expect_one_box(app: AppTest) -> None:
    assert [box.value for box in app.error] == [incident.EXCUSE]
    assert not app.exception
    assert [button.label for button in app.button if button.label == "Reprendre"]
    held: Session = app.session_state["session"]
    assert held.dessin.projet == HELD
    assert "/srv" not in str(list(app.main))


@pytest.mark.parametrize(("page", "where"), FAULTS)
def test_a_fault_is_one_french_box_and_the_work_is_kept(
    monkeypatch: pytest.MonkeyPatch, page: str, where: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(where, fail)
        app = opened(page).run()
        expect_one_box(app)
    app.run()
    assert not app.error, "the page is whole again"


def test_a_fault_of_what_a_button_does_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.blocs.carte.projet.act", fail)
    app = opened("carte")
    for menu in ("menu_scenarios", "menu_projet"):
        app.session_state[menu] = True
    app.run()
    next(button for button in app.button if button.label == "Nouveau scénario vide").click().run()
    expect_one_box(app)


def test_a_fault_in_a_dialog_is_said_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.blocs.carte.liste.feuille_collee", fail)
    app = opened("carte")
    app.session_state["liste_texte"] = "Limoges"
    app.run()
    next(button for button in app.button if button.label == "Ajouter une liste").click().run()
    expect_one_box(app)
