"""The pages run without an error, with and without a territory (the map itself is tried in Chromium)."""

import pytest
from streamlit.testing.v1 import AppTest

from cpts_geo.chemins import ROOT
from cpts_geo.territoire import Territoire


def page(*codes: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "carte.py"), default_timeout=30)
    app.session_state["territoire"] = Territoire("Essai", codes)
    return app.run()


def shown(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_empty_territory_says_what_to_do() -> None:
    app = page()
    assert not app.exception
    assert "Dessinez votre territoire" in shown(app)
    assert not app.get("download_button")


def test_figures_of_a_territory() -> None:
    app = page("31555")
    assert not app.exception
    text = shown(app)
    assert "514\u202f819" in text
    assert "Taille 4" in text
    assert "106,6" in text, "general practitioners for 100,000 inhabitants"
    assert "Occitanie" in text
    assert "nan" not in text.lower().replace("finance", "")
    assert app.text_input(key="nom").value == "Essai"


@pytest.mark.parametrize(("code", "words"), [("97611", "n.\u00a0d."), ("15031", "sans contour")])
def test_gaps_are_said(code: str, words: str) -> None:
    app = page(code)
    assert not app.exception
    assert words in shown(app)


def test_name_of_the_territory_is_kept() -> None:
    app = page("31555")
    app.text_input(key="nom").set_value("CPTS de Toulouse").run()
    assert app.session_state["territoire"].nom == "CPTS de Toulouse"


def test_reset_empties_the_territory() -> None:
    app = page("31555")
    next(button for button in app.button if button.label == "Oui, tout retirer").click().run()
    assert app.session_state["territoire"].codes == ()
    assert "Dessinez votre territoire" in shown(app)
