"""How a table is read is shown before anything is taken, and every guess can be changed, wrongly too."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.socle.textes import litteral

CPTS = (
    "Nom CPTS\tCommune\tCode INSEE\tSecteur\n"
    "Rives\tRoyan\t17306\tNord\nRives\tSaujon\t17421\tSud\nPort\tAytré\t17028\tNord\nPort\tLagord\t17200\tSud"
)
CREER = "Créer 2\u00a0scénarios"
NON = Role.ECARTEE.nom


def page() -> None:
    from pages.blocs.carte import liste  # noqa: PLC0415 - what is run is this text alone

    liste.pasted()


def pasted(text: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=30)
    app.session_state["session"] = Session(Dessin(Historique(Projet.nouveau())))
    app.run()
    app.text_area(key="liste_texte").set_value(text).run()
    assert not app.exception
    return app


def say(app: AppTest, **roles: str) -> AppTest:
    """Say what columns are, by the first word of their names."""
    for nom, role in roles.items():
        next(box for box in app.selectbox if box.label.startswith(f"**{nom}")).select(role)
    app.run()
    assert not app.exception
    return app


def read_as(app: AppTest) -> dict[str, str]:
    boxes = (box for box in app.selectbox if "_role_" in (box.key or ""))
    return {box.label.split("**")[1]: box.options[box.index or 0] for box in boxes}


def doubtful(app: AppTest) -> Selectbox:
    return next(box for box in app.selectbox if box.label.startswith("Ligne"))


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_what_each_column_is_read_as_is_shown() -> None:
    app = pasted(CPTS)
    assert read_as(app) == {
        "Nom CPTS": "CPTS",
        "Commune": "Nom de commune",
        "Code INSEE": "Code Insee",
        "Secteur": NON,
    }
    assert any(box.label.endswith(litteral("17306\u00a0· 17421\u00a0· 17028")) for box in app.selectbox)
    assert CREER in buttons(app)


def test_another_column_may_name_the_territories_or_none() -> None:
    app = say(pasted(CPTS), Nom=NON, Secteur="CPTS")
    assert CREER in buttons(app)
    (parts,) = (each for each in app.selectbox if "territoires" in each.label)
    assert parts.options[1:] == ["Nord", "Sud"]
    app = say(app, Secteur=NON)
    assert "Ajouter 4\u00a0communes" in buttons(app)


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({"Secteur": "CPTS"}, "Une seule colonne"),
        ({"Commune": NON, "Code": NON}, "Aucune colonne ne dit plus"),
    ],
)
def test_roles_that_contradict_each_other_are_said_and_keep_the_work(
    roles: dict[str, str], words: str
) -> None:
    app = say(pasted(CPTS.replace("Aytré\t17028", "Breuillet\t")), Secteur=NON)
    doubtful(app).select_index(0).run()
    app = say(app, **roles)
    assert [words in error.value for error in app.error] == [True]
    assert CREER in buttons(app)
    assert doubtful(app).value == "17064"
    back = {"Secteur": NON, "Commune": "Nom de commune", "Code": "Code Insee"}
    assert not say(app, **{nom: back[nom] for nom in roles}).error


def test_a_row_set_apart_may_be_taken() -> None:
    app = pasted("Royan\t\n" + CPTS)
    (apart,) = app.multiselect
    apart.select("Ligne 1 (titre)\u00a0: Royan").run()
    app = say(app, Nom=NON)
    assert "Ajouter 4\u00a0communes" in buttons(app)


def test_a_list_in_columns_may_be_read_as_a_table() -> None:
    app = pasted("Royan\tSaujon\nMédis\tArvert\nCozes\tArces")
    assert "Ajouter 6\u00a0communes" in buttons(app)
    (whole,) = app.checkbox
    whole.check().run()
    app = say(app, Colonne=NON)
    assert "Ajouter 3\u00a0communes" in buttons(app)
