"""The pages run without an error, with and without a territory (the map itself is tried in Chromium)."""

import pytest
from streamlit.testing.v1 import AppTest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet import fichier
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT


def page(projet: Projet, vue: str = "chiffres") -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "carte.py"), default_timeout=30)
    app.session_state["session"] = Session(Dessin(Historique(projet)))
    app.session_state["vue_panneau"] = vue
    for menu in ("menu_scenarios", "menu_projet"):
        app.session_state[menu] = True
    return app.run()


def drawn(*codes: str) -> Projet:
    return Projet.nouveau(Territoire("Essai", codes))


def held(app: AppTest) -> Projet:
    session: Session = app.session_state["session"]
    return session.dessin.projet


def shown(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    for menu in ("menu_scenarios", "menu_projet"):
        app.session_state[menu] = True
    app.run()
    return next(button for button in app.button if button.label == label).click().run()


def test_empty_territory_says_what_to_do() -> None:
    app = page(Projet.nouveau())
    assert not app.exception
    assert "Dessinez votre territoire" in shown(app)
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["Sauvegarder"]


def test_figures_of_a_territory() -> None:
    app = page(drawn("31555"))
    assert not app.exception
    text = shown(app)
    assert "514\u202f819" in text
    assert "Taille 4" in text
    assert "101,8" in text, "general practitioners for 100,000 inhabitants"
    assert "Occitanie" in text
    assert "nan" not in text.lower().replace("finance", "")
    assert app.text_input(key="nom").value == "Essai"


@pytest.mark.parametrize(("code", "words"), [("97611", "n.\u00a0d."), ("15031", "sans contour")])
def test_gaps_are_said(code: str, words: str) -> None:
    app = page(drawn(code))
    assert not app.exception
    assert words in shown(app)


@pytest.mark.parametrize("vue", ["chiffres", "verifications", "et_si"])
def test_every_view_of_the_panel_runs(vue: str) -> None:
    app = page(drawn(*donnees().referentiel.codes("epci", "241700624")), vue)
    assert not app.exception


def test_name_of_the_territory_is_kept() -> None:
    app = page(drawn("31555"))
    app.text_input(key="nom").set_value("CPTS de Toulouse").run()
    assert held(app).territoire.nom == "CPTS de Toulouse"


def test_scenarios_are_copied_coloured_and_deleted() -> None:
    app = page(drawn("31555"))
    press(app, "Dupliquer ce scénario")
    assert [scenario.territoire.nom for scenario in held(app).scenarios] == ["Essai", "Essai (copie)"]
    app.session_state["menu_scenarios"] = True
    app.run().selectbox(key="couleur").set_value("vert").run()
    assert held(app).couleur.code == "vert"
    press(app, "Nouveau scénario vide")
    assert held(app).territoire.codes == ()
    press(app, "Supprimer ce scénario")
    assert len(held(app).scenarios) == 2
    assert not app.exception


def test_a_cpts_that_exists_opens_as_a_scenario() -> None:
    app = page(drawn("31555"))
    nom = "CPTS de la Riviera Française"
    app.selectbox(key="cpts_ouverte").set_value(nom).run()
    assert not app.exception
    first, opened = held(app).scenarios
    assert first.territoire == Territoire("Essai", ("31555",))
    assert opened.territoire == Territoire(nom, donnees().cpts.communes(nom))
    assert held(app).actif == opened.cle
    assert not app.session_state["menu_scenarios"]


def test_a_project_too_large_for_a_file_says_so_and_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fichier, "refus", lambda *_: "Ce projet est trop gros")
    app = page(drawn("31555"))
    assert not app.exception
    assert [warning.value for warning in app.warning] == ["Ce projet est trop gros"]
    assert "Sauvegarder" not in [button.proto.label for button in app.get("download_button")]
    assert held(app) == drawn("31555")


def test_a_browser_that_keeps_nothing_is_said_with_the_file_beside() -> None:
    app = page(drawn("31555"))
    app.session_state["session"].panne = "plein"
    app.run()
    assert "pleine" in app.warning[0].value
    labels = [button.proto.label for button in app.get("download_button")]
    assert "Sauvegarder ce projet dans un fichier" in labels


def test_reset_empties_the_project() -> None:
    app = press(page(drawn("31555")), "Tout réinitialiser")
    assert held(app).vide
    assert "Dessinez votre territoire" in shown(app)
