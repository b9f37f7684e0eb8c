"""A perimeter that is brought shows its communes, those covered in part are proposed, and work is kept."""

import pytest
import shapely
from streamlit.testing.v1 import AppTest

from cpts_geo.communes.contours import contours_of
from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.textes import litteral
from tests.outils.hostiles import HOSTILES
from tests.outils.perimetres import frame, outlines, written

ROYAN, SAUJON, AYTRE, LAGORD = "17306", "17421", "17028", "17200"
A_MOITIE = shapely.union_all([contours_of([ROYAN])[ROYAN], shapely.box(-1.2, 45, -0.93, 46)])


def page(contenu: bytes, nom: str) -> None:
    from pages.blocs.carte import liste, perimetre  # noqa: PLC0415 - what is run is this text alone

    liste.draw_perimetres(perimetre.draw(contenu, nom))


def brought(contenu: bytes) -> AppTest:
    app = AppTest.from_function(page, default_timeout=30, args=(contenu, "essai.gpkg"))
    app.session_state["session"] = Session(
        Dessin(Historique(Projet.nouveau(Territoire("Le mien", (AYTRE,)))))
    )
    app.run()
    assert not app.exception
    return app


def projet(app: AppTest) -> Projet:
    found: Projet = app.session_state["session"].dessin.projet
    return found


def press(app: AppTest, words: str) -> None:
    next(button for button in app.button if button.label.startswith(words)).click().run()
    assert not app.exception


def test_several_perimeters_are_several_scenarios() -> None:
    app = brought(written(outlines({"Rives": (ROYAN, SAUJON), "Port": (AYTRE, LAGORD)}), "GPKG"))
    press(app, "Créer 2\u00a0scénarios")
    drawn = {each.territoire.nom: set(each.territoire.codes) for each in projet(app).scenarios}
    assert drawn == {"Le mien": {AYTRE}, "Rives": {ROYAN, SAUJON}, "Port": {AYTRE, LAGORD}}


def test_one_of_several_is_added_to_the_territory() -> None:
    app = brought(written(outlines({"Rives": (ROYAN, SAUJON), "Port": (AYTRE, LAGORD)}), "KML"))
    app.selectbox[0].select_index(2).run()
    press(app, "Ajouter 1\u00a0commune")
    assert projet(app).territoire.codes == (AYTRE, LAGORD)


def test_communes_covered_in_part_are_proposed_with_their_share() -> None:
    app = brought(written(frame(["Rives"], [A_MOITIE]), "GeoJSON"))
    (parts,) = app.multiselect
    before = next(button.label for button in app.button if button.label.startswith("Ajouter"))
    shares = [int(each.rsplit("(", 1)[1].split("\u00a0")[0]) for each in parts.options]
    assert shares == sorted(shares, reverse=True)
    assert 5 <= shares[-1] <= shares[0] < 50
    assert litteral(parts.options[0]) in app.markdown[0].value
    parts.select(parts.options[0]).run()
    after = next(button.label for button in app.button if button.label.startswith("Ajouter"))
    assert before != after


@pytest.mark.parametrize("nom", HOSTILES[:8])
def test_a_name_is_never_markup(nom: str) -> None:
    app = brought(written(outlines({nom: (ROYAN,), "Autre": (SAUJON,)}), "GeoJSON"))
    assert len(app.markdown) == 1
    assert nom not in app.markdown[0].value
    # The options of a list are read as they are written.
    assert app.selectbox[0].options[1] == nom.strip()
