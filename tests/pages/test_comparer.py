"""The page that compares scenarios runs without an error, whatever the project."""

import re
import time

import pytest
from streamlit.testing.v1 import AppTest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT

LIMOGES_METROPOLE = donnees().referentiel.codes("epci", "248719312")
PAYS_BASQUE = donnees().referentiel.codes("epci", "200067106")
TOUT = Territoire("Tout", LIMOGES_METROPOLE)
SANS = TOUT.remove("87050", "87113").rename("Sans deux communes")
# What the page may take, in seconds, on a busy machine too; the brief is 1.5 with everything on the screen.
LONGEST_S = 1.5


def page(*territoires: Territoire) -> AppTest:
    projet = Projet.nouveau()
    for rank, territoire in enumerate(territoires):
        projet = (projet.create() if rank else projet).draw_territoire(territoire)
    app = AppTest.from_file(str(ROOT / "pages" / "comparer.py"), default_timeout=60)
    app.session_state["session"] = Session(Dessin(Historique(projet)))
    return app.run()


def shown(app: AppTest) -> str:
    assert not app.exception
    text = " ".join(element.proto.body for element in app.get("html"))
    # Without the images, whose encoding may spell anything.
    return re.sub(r'src="data:[^"]*"', "", text)


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_an_empty_project_says_what_to_do() -> None:
    app = page(Territoire("Mon territoire"))
    assert "pas encore de commune" in shown(app)
    assert "Dupliquer" in app.info[0].value
    assert charts(app) == 0
    assert not app.get("download_button")


def test_a_single_scenario_is_shown_and_the_page_says_how_to_make_another() -> None:
    app = page(TOUT)
    text = shown(app)
    assert "207\u202f707" in text
    assert "Dupliquer" in app.info[0].value
    assert charts(app) == 4
    assert 'data-mesure="ecart"' not in text
    assert "Communes aux deux" not in text
    assert not app.multiselect


def test_two_scenarios_are_compared_with_the_first() -> None:
    app = page(TOUT, SANS)
    text = shown(app)
    assert not app.info
    assert charts(app) == 4
    removed = f"{donnees().referentiel.population(['87050', '87113']):,}".replace(",", "\u202f")
    assert f'data-mesure="ecart">−{removed}<' in text
    assert f'data-mesure="perdues">2\u00a0communes, {removed}\u00a0habitants<' in text


def test_the_reference_and_the_two_territories_can_be_chosen() -> None:
    app = page(TOUT, SANS)
    app.selectbox(key="reference_comparaison").set_value(2).run()
    removed = f"{donnees().referentiel.population(['87050', '87113']):,}".replace(",", "\u202f")
    assert f'data-mesure="ecart">+{removed}<' in shown(app)
    app.selectbox(key="scenario_avant").set_value(2)
    app.selectbox(key="scenario_apres").set_value(1).run()
    assert f'data-mesure="gagnees">2\u00a0communes, {removed}\u00a0habitants<' in shown(app)


def test_every_indicator_is_a_click_away() -> None:
    app = page(TOUT, SANS)
    assert shown(app).count("data-indicateur=") < 40
    app.toggle(key="tous_les_indicateurs").set_value(True).run()
    assert shown(app).count("data-indicateur=") == len(donnees().catalogue.indicateurs)


def test_four_scenarios_of_six_are_shown_and_others_can_be_chosen() -> None:
    app = page(*(Territoire(f"N° {rank}", LIMOGES_METROPOLE[rank:]) for rank in range(1, 7)))
    assert app.multiselect(key="scenarios_compares").value == [1, 2, 3, 4]
    assert "N° 5" not in shown(app)
    app.multiselect(key="scenarios_compares").set_value([6, 1]).run()
    text = shown(app)
    assert text.index("N° 6") < text.index("N° 1")
    app.multiselect(key="scenarios_compares").set_value([]).run()
    assert "Choisissez" in app.info[0].value
    assert not app.exception


def test_empty_scenarios_stand_beside_the_others() -> None:
    app = page(TOUT, Territoire("À dessiner"), SANS)
    text = shown(app)
    assert text.count("pas encore de commune") == 1
    assert charts(app) == 4
    assert app.selectbox(key="reference_comparaison").options == ["Tout", "Sans deux communes"]


def test_scenarios_far_apart_or_hardly_known_show_no_nan() -> None:
    app = page(
        TOUT,
        Territoire("Mayotte", donnees().referentiel.codes("departement", "976")),
        Territoire("Celles", ("15031",)),
        Territoire("<script>alert(1)</script>", ("97302",)),
    )
    app.toggle(key="tous_les_indicateurs").set_value(True).run()
    text = shown(app)
    assert "a sa propre échelle" in text
    assert "n.\u00a0d." in text
    assert not re.search(r"\b(nan|None|inf)\b", text)
    assert "<script>" not in text


def test_a_deleted_scenario_is_no_longer_compared() -> None:
    app = page(TOUT, SANS, Territoire("Limoges", ("87085",)))
    session = app.session_state["session"]
    fewer = session.dessin.projet.delete(2)
    session.dessin = Dessin(Historique(fewer))
    app.run()
    assert app.multiselect(key="scenarios_compares").value == [1, 3]
    assert "Sans deux communes" not in shown(app)


@pytest.mark.parametrize("tous", [False, True], ids=["chosen", "all_indicators"])
def test_four_large_scenarios_are_drawn_fast(tous: bool) -> None:  # noqa: FBT001 - of a test
    app = page(*(Territoire(f"N° {rank}", PAYS_BASQUE[rank:]) for rank in range(4)))
    app.toggle(key="tous_les_indicateurs").set_value(tous)
    begun = time.process_time()
    app.run()
    assert time.process_time() - begun < LONGEST_S
    assert not app.exception
