"""A fault in each layer, on each page: one French box, the work kept, nothing else."""

from datetime import date

import pytest
from streamlit import error_util
from streamlit.testing.v1 import AppTest

from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from pages.blocs import incident, secours

HELD = Projet.nouveau(Territoire("Essai", ("87085", "19272")))
BEFORE = HELD.draw_territoire(Territoire("Essai", ("87085",)))
CHANGED = Historique(BEFORE).hold(HELD, "ajout de Tulle")
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


def opened(page: str, historique: Historique[Projet] = CHANGED, *, verrou: bool = False) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["session"] = Session(Dessin(historique, verrou))
    return app


def labels(app: AppTest) -> set[str]:
    return {button.label for button in (*app.button, *app.download_button)}


def fail_on_second(codes: tuple[str, ...], *_: object) -> list[object]:
    """Two communes make it fail, one does not."""
    if len(codes) > 1:
        raise PanneError("/srv/secret")
    return []


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
        assert labels(app) >= {secours.ANNULER, secours.TELECHARGER}
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


# ---- Ways out that keep the work --------------------------------------------------------------------------


def test_a_change_that_makes_the_page_fail_is_undone_and_the_page_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cpts_geo.analyse.verifications.check", fail_on_second)
    app = opened("carte").run()
    expect_one_box(app)
    next(button for button in app.button if button.label == secours.ANNULER).click().run()
    assert not app.error
    assert app.session_state["session"].dessin.projet == BEFORE


def test_nothing_is_offered_that_there_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cpts_geo.projet.adresse.write", fail)
    assert secours.ANNULER not in labels(opened("rapport", Historique(HELD)).run())
    assert secours.ANNULER not in labels(opened("rapport", verrou=True).run())
    empty = labels(opened("rapport", Historique(Projet.nouveau())).run())
    assert "Reprendre" in empty
    assert not empty & {secours.ANNULER, secours.TELECHARGER}


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("cpts_geo.projet.fichier.encode", secours.SANS_FICHIER),
        ("cpts_geo.projet.fichier.nom_fichier", secours.SANS_FICHIER),
        ("cpts_geo.interface.etat.to_undo", secours.SANS_ANNULER),
    ],
)
def test_a_way_out_that_fails_too_is_said_beside_the_apology(
    monkeypatch: pytest.MonkeyPatch, where: str, said: str
) -> None:
    monkeypatch.setattr("cpts_geo.interface.etat.follow_lien", fail)
    monkeypatch.setattr(where, fail)
    app = opened("sources").run()
    expect_one_box(app)
    assert [box.value for box in app.warning] == [said]
    assert len(labels(app) & {secours.ANNULER, secours.TELECHARGER}) == 1


def test_an_undo_that_fails_is_said_and_leaves_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("cpts_geo.interface.etat.follow_lien", fail)
        broken.setattr("cpts_geo.interface.etat.undo", fail)
        app = opened("sources").run()
        next(button for button in app.button if button.label == secours.ANNULER).click().run()
        expect_one_box(app)


def test_the_file_is_written_without_names_when_the_data_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secours, "donnees", fail)
    content = secours.content(HELD, date(2026, 1, 31))
    assert b'{"code": "87085"}' in content
