"""The report page runs, with and without a territory (clicks in the table are tried in Chromium)."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.textes import litteral

RURAL = (
    *donnees().referentiel.codes("departement", "23")[:30],
    *donnees().referentiel.codes("departement", "87")[:25],
)


def page(projet: Projet, vue: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "rapport.py"), default_timeout=30)
    app.session_state["session"] = Session(Dessin(Historique(projet)))
    if vue:
        app.session_state["vue_rapport"] = vue
    return app.run()


def drawn(*codes: str) -> Projet:
    return Projet.nouveau(Territoire("Essai", codes))


def shown(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def heads(app: AppTest) -> list[str]:
    """Names of the columns of the table of a family."""
    return re.findall(r'<th scope="col" title="([^"]*)"', shown(app))


@pytest.mark.parametrize("vue", [*donnees().catalogue.familles, "communes", "locales", "synthese"])
@pytest.mark.parametrize(
    "codes", [("31555",), RURAL, ("97105", "97120"), ("75113", "75114", "93066"), ("97611",)]
)
def test_every_view_of_every_territory_runs(vue: str, codes: tuple[str, ...]) -> None:
    app = page(drawn(*codes), vue)
    assert not app.exception
    assert "Essai" in shown(app)


def test_empty_territory_says_what_to_do() -> None:
    app = page(Projet.nouveau())
    assert not app.exception
    assert "Choisissez-les sur la carte" in shown(app)
    assert [button.label for button in app.button] == ["Dessiner le territoire sur la carte"]


def test_the_first_family_is_beside_departement_region_and_france() -> None:
    app = page(drawn("31555"))
    assert heads(app) == ["Territoire", "Haute-Garonne", "Occitanie", "France"]
    assert "514\u202f819" in shown(app)
    assert "Taille 4" in shown(app)
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["Télécharger tout le rapport (CSV)"]


def test_each_departement_of_the_territory_can_be_shown() -> None:
    app = page(drawn(*RURAL))
    box = app.multiselect(key="rapport_departements")
    assert box.value == ["87"]
    box.set_value(["87", "23"]).run()
    assert heads(app) == ["Territoire", "Haute-Vienne", "Creuse", "Nouvelle-Aquitaine", "France"]
    app.multiselect(key="rapport_departements").set_value(["23"]).run()
    assert heads(app)[1:2] == ["Creuse"]


def test_other_zones_and_scenarios_are_put_beside() -> None:
    projet = (
        Projet.nouveau(Territoire("Autre", ("87085",))).duplicate(1).draw_territoire(Territoire("Ici", RURAL))
    )
    app = page(projet)
    chosen = ["scenario:1", "epci:248719312", "region:76"]
    app.multiselect(key="rapport_autres").set_value(chosen).run()
    assert not app.exception
    assert heads(app)[-3:] == ["Autre", "CU Limoges Métropole", "Occitanie"]


def test_a_zone_already_there_is_not_repeated() -> None:
    app = page(drawn("31555"))
    app.multiselect(key="rapport_autres").set_value(["departement:31", "departement:32"]).run()
    assert heads(app) == ["Territoire", "Haute-Garonne", "Occitanie", "France", "Gers"]


def test_the_scenario_chosen_becomes_the_one_being_drawn() -> None:
    projet = (
        Projet.nouveau(Territoire("Ville", ("31555",)))
        .duplicate(1)
        .draw_territoire(Territoire("Champs", RURAL))
    )
    app = page(projet)
    app.selectbox(key="rapport_scenario").set_value(1).run()
    session: Session = app.session_state["session"]
    assert session.dessin.projet.actif == 1
    assert "<h1>Ville</h1>" in shown(app)
    assert heads(app) == ["Territoire", "Haute-Garonne", "Occitanie", "France"]


def test_columns_and_search_of_the_communes() -> None:
    app = page(drawn(*RURAL), "communes")
    app.multiselect(key="rapport_colonnes").set_value(["population_municipale", "nb_urgences"]).run()
    app.text_input(key="rapport_recherche").set_value("beissat").run()
    assert not app.exception
    (table,) = app.dataframe
    assert table.value["Commune"].tolist() == ["Beissat"]
    assert {"population_municipale", "nb_urgences"} <= set(table.value.columns)
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["Télécharger le tableau (CSV)", "Télécharger ces découpages (CSV)"]
    assert "Le territoire ne prend en entier aucun" in shown(app)


def test_a_search_that_finds_nothing_shows_no_table() -> None:
    app = page(drawn("31555"), "communes")
    app.text_input(key="rapport_recherche").set_value("nulle part").run()
    assert not app.exception
    assert not app.dataframe


# ---- Charts, local figures, synthesis -------------------------------------------------------------------


def held(app: AppTest) -> Projet:
    session: Session = app.session_state["session"]
    return session.dessin.projet


@pytest.mark.lent
@pytest.mark.parametrize("vue", ["population", "missions", "offre"])
@pytest.mark.parametrize(
    "codes", [("31555",), RURAL, ("97105", "97120"), ("75113", "75114", "93066"), ("97611",)]
)
def test_every_chart_of_every_territory_runs(vue: str, codes: tuple[str, ...]) -> None:
    app = page(drawn(*codes), vue)
    app.session_state["forme_rapport"] = "Graphiques"
    app.run()
    assert not app.exception
    assert len(app.get("plotly_chart")) >= 1


def typed(app: AppTest, valeur: str, source: str = "CPAM 31") -> AppTest:
    app.selectbox(key="locale_nom").set_value("Passages aux urgences")
    app.text_input(key="locale_valeur").set_value(valeur)
    app.text_input(key="locale_source").set_value(source)
    app.text_input(key="locale_date").set_value("2025")
    return next(button for button in app.button if button.label == "Ajouter").click().run()


def test_a_typed_figure_is_kept_shown_and_taken_off() -> None:
    app = typed(page(drawn("31555"), "locales"), "12 345,5")
    (kept,) = held(app).locales
    assert (kept.par_scenario, kept.unite, kept.source) == (((1, 12345.5),), "passages par an", "CPAM 31")
    assert "12\u202f345,5" in shown(app)
    chooser = next(box for box in app.selectbox if box.label == "Supprimer une donnée locale")
    chooser.set_value("Passages aux urgences").run()
    next(button for button in app.button if button.label == "Supprimer").click().run()
    assert held(app).locales == ()


@pytest.mark.parametrize(
    ("valeur", "source", "words"),
    [("beaucoup", "CPAM", "n’est pas un nombre"), ("", "CPAM", "donnez un nombre"), ("3", "", "Source")],
)
def test_a_bad_figure_is_said_and_not_kept(valeur: str, source: str, words: str) -> None:
    app = typed(page(drawn("31555"), "locales"), valeur, source)
    assert words in app.error[0].value
    assert held(app).locales == ()


def give(app: AppTest, content: bytes) -> AppTest:
    """Give a table of local figures, with its source and date."""
    app.file_uploader(key="locales_fichier").upload("patients.csv", content, "text/csv").run()
    for field, text in (("locales_source", "CPAM 31"), ("locales_date", "2025")):
        if any(box.key == field for box in app.text_input):
            app.text_input(key=field).set_value(text)
    return app.run()


def test_what_is_left_aside_is_said_before_a_table_is_taken() -> None:
    content = b"Code INSEE;Patients;*Avis*\n31555;12;bon\n31069;3;moyen\n99999;4;\n17306;8;\n"
    app = give(page(drawn("31555", "31069"), "locales"), content)
    assert any(each.value.endswith(f"{litteral('*Avis*')}.") for each in app.caption)
    taken, left = (
        "1\u00a0chiffre pour 2\u00a0communes.",
        "1\u00a0commune hors du territoire, 1\u00a0ligne ou case",
    )
    assert any(litteral(f"{taken} {left}") in each.value for each in app.markdown)
    assert held(app).locales == ()
    next(button for button in app.button if button.label == "Importer").click().run()
    (patients,) = held(app).locales
    assert (patients.libelle, patients.par_commune) == ("Patients", (("31555", 12.0), ("31069", 3.0)))
    assert (patients.source, patients.date) == ("CPAM 31", "2025")


def test_rows_and_thousands_that_nothing_settles_are_asked_about() -> None:
    rows = ("31555;H;1.204;2.500", "31555;F;3;4.125", "31069;H;5;1.750", "31069;F;5;2.125")
    content = "\n".join(["Code INSEE;Sexe;Patients;Coût", *rows]).encode()
    app = give(page(drawn("31555", "31069"), "locales"), content)
    asked = [radio for radio in app.radio if radio.label.startswith("Que vaut")]
    assert [(radio.value, radio.options) for radio in asked] == [
        (".", ["1\u202f204", "1,204"]),
        (None, ["2\u202f500", "2,5"]),
    ]
    assert any("Dites ce que vaut" in each.value for each in app.warning)
    asked[1].set_value(".").run()
    assert any("plusieurs lignes par commune" in each.value for each in app.warning)
    next(box for box in app.selectbox if box.label.startswith("Lignes à prendre")).set_value("H").run()
    next(button for button in app.button if button.label == "Importer").click().run()
    assert [each.communes for each in held(app).locales] == [
        {"31555": (1204, 1204), "31069": (5, 5)},
        {"31555": (2500, 2500), "31069": (1750, 1750)},
    ]


def test_a_column_is_a_figure_when_the_person_says_so() -> None:
    content = b"Code INSEE;Patients;Rang\n31555;12;3\n31069;3;secret\n"
    app = give(page(drawn("31555", "31069"), "locales"), content)
    roles = {box.label.split("**")[1]: box for box in app.selectbox if "_role_" in (box.key or "")}
    assert {nom: box.value for nom, box in roles.items()} == {
        "Code INSEE": Role.CODE_INSEE,
        "Patients": Role.CHIFFRE,
        "Rang": Role.ECARTEE,
    }
    roles["Patients"].select(Role.ECARTEE.nom)
    roles["Rang"].select(Role.CHIFFRE.nom).run()
    next(button for button in app.button if button.label == "Importer").click().run()
    (taken,) = held(app).locales
    assert (taken.libelle, taken.par_commune) == ("Rang", (("31555", 3.0),))


def test_a_long_table_with_a_long_note_is_taken() -> None:
    rows = [f"{code};1" for code in donnees().referentiel.communes.index[:5_500]]
    content = "\n".join(["Code INSEE;Patients", *rows, f"Note : {'x' * 300};"]).encode()
    app = give(page(drawn("01004"), "locales"), content)
    next(button for button in app.button if button.label == "Importer").click().run()
    assert held(app).locales[0].par_commune == (("01004", 1.0),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Code INSEE;Patients\n31555;beaucoup\n", "Aucune colonne"),
        (b"Patients;Visites\n12;13\n14;15\n", "commune"),
        (b"\x00\x01\x02", "fichier"),
    ],
)
def test_a_table_that_cannot_be_taken_is_said_and_keeps_the_work(content: bytes, words: str) -> None:
    app = give(page(drawn("31555"), "locales"), content)
    assert not app.exception
    assert words in app.error[0].value
    assert held(app).locales == ()


def test_what_people_write_replaces_the_synthesis_until_they_take_it_back() -> None:
    app = page(drawn("31555"), "synthese")
    given = app.text_area(key="synthese").value
    assert "compte 1\u00a0commune" in given
    app.text_area(key="synthese").set_value("Une ville.").run()
    assert held(app)[1].synthese == "Une ville."
    next(button for button in app.button if button.label.startswith("Revenir")).click().run()
    assert held(app)[1].synthese == ""
    assert app.text_area(key="synthese").value == given
