"""The dialog that opens a project: refuses in French, shows what it found, replaces the work on demand."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.etat import VERROUILLE
from cpts_geo.interface.session import Session
from cpts_geo.projet import fichier
from cpts_geo.projet.fichier import decode
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.nombres import entier
from cpts_geo.socle.textes import litteral

V1 = (ROOT / "tests" / "donnees" / "projet_v1.json").read_bytes()
TRAVAIL = Projet.nouveau(Territoire("Travail", ("87085",)))


def dialogue() -> None:
    from pages.blocs.carte import fichier_dialogue  # noqa: PLC0415 - the text of this function is the page

    fichier_dialogue.open_projet()


def after_upload(content: bytes, *, verrou: bool = False, projet: Projet = TRAVAIL) -> AppTest:
    app = AppTest.from_function(dialogue, default_timeout=30)
    app.session_state["session"] = Session(Dessin(Historique(projet), verrou))
    app.run()
    return app.file_uploader(key="fichier_projet").upload("projet.json", content, "application/json").run()


def held(app: AppTest) -> Dessin:
    session: Session = app.session_state["session"]
    return session.dessin


def texts(app: AppTest) -> str:
    shown = [*app.markdown, *app.caption, *app.error, *app.warning, *app.info]
    return " ".join(element.value for element in shown).replace("\u00a0", " ").replace("\\", "")


def test_what_the_file_holds_is_shown_before_it_is_opened() -> None:
    app = after_upload(V1)
    assert not app.exception
    assert "Enregistré le 31/01/2026." in texts(app)
    population = entier(donnees().referentiel.population(["49138", "49194", "49307"]))
    assert f"**Avec Beaufort** : 3 communes, {population} habitants" in texts(app)
    assert "**Scénario 3** : 0 commune, 0 habitant" in texts(app)
    assert "Avec 2 données locales." in texts(app)
    assert "Fontaine-Milon (49139) est aujourd’hui Mazé-Milon" in texts(app)
    assert "Annuler" in texts(app)
    assert held(app).projet == TRAVAIL


def test_the_project_takes_the_place_of_the_work_which_can_be_brought_back() -> None:
    app = after_upload(V1)
    app.button[0].click().run()
    assert not app.exception
    assert held(app).projet == decode(V1, donnees().referentiel).projet
    assert held(app).undo().projet == TRAVAIL


@pytest.mark.parametrize("content", [b"Tulle\nLimoges", V1[:300], b'{"format": "cpts-geo", "version": 9}'])
def test_what_cannot_be_opened_leaves_the_work_as_it_was(content: bytes) -> None:
    app = after_upload(content)
    assert not app.exception
    assert len(app.error) == 1
    assert "Votre travail en cours n’a pas changé." in texts(app)
    assert not app.button
    assert held(app) == Dessin(Historique(TRAVAIL))


def test_a_locked_project_is_not_replaced() -> None:
    app = after_upload(V1, verrou=True)
    assert app.button[0].disabled
    assert VERROUILLE.replace("\u00a0", " ") in texts(app)


def test_a_name_is_shown_as_it_is_typed() -> None:
    nom = "[lien](http://x) **gras** <b>"
    content = fichier.encode(Projet.nouveau(Territoire(nom)), date(2026, 1, 31), donnees().fiches)
    shown = " ".join(element.value for element in after_upload(content, projet=Projet.nouveau()).markdown)
    assert f"**{litteral(nom)}**" in shown
