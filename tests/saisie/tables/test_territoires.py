"""A file that describes several territories gives them all, and says what is of none."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.decoupage import lignes_du_texte
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import bring_together
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille, Rangees
from cpts_geo.saisie.tables.territoires import Territoires, key, of_lines, open_sheets, read

INDEX = index_noms(donnees().referentiel)
LECTEUR = Lecteur(INDEX)
RIVES, PORT = {"17306", "17421"}, {"17028", "17200"}


def territoires(*feuilles: Feuille) -> Territoires:
    return read(open_sheets(feuilles, LECTEUR), LECTEUR)


def sheet(
    *rows: tuple[str, ...], nom: str = "", fichier: str = "", masquees: tuple[int, ...] = ()
) -> Feuille:
    return Feuille(nom, rows, masquees, fichier)


def communes(found: Territoires) -> dict[str, set[str]]:
    return {
        part.nom: {each.code for each in bring_together(part.lignes, INDEX) if each.code}
        for part in found.parts
    }


BOTH: Rangees = (
    ("CPTS des Rives", "Royan"),
    ("CPTS des Rives", "Saujon"),
    ("CPTS du Port", "Aytré"),
    ("CPTS du Port", "Lagord"),
)
EXPECTED = {"CPTS des Rives": RIVES, "CPTS du Port": PORT}


@pytest.mark.parametrize(
    "heading",
    [
        "CPTS",
        "Nom CPTS",
        "Libellé CPTS",
        "Intitulé de la CPTS",
        "Projet de CPTS",
        "Territoire",
        "Nom du projet",
    ],
)
def test_any_sensible_heading_names_the_territories(heading: str) -> None:
    assert communes(territoires(sheet((heading, "Commune"), *BOTH))) == EXPECTED


def test_a_title_above_the_headings_changes_nothing() -> None:
    found = territoires(sheet(("CPTS de Charente-Maritime au 01/01/2026",), ("Nom CPTS", "Commune"), *BOTH))
    assert communes(found) == EXPECTED
    assert [line.ignoree for line in found.autres] == ["titre", "en-tête"]


def test_without_heading_values_that_name_cpts_are_enough() -> None:
    assert communes(territoires(sheet(*BOTH))) == EXPECTED


def test_spellings_of_one_territory_are_one() -> None:
    rows = (
        ("CPTS", "Commune"),
        ("Rives", "Royan"),
        ("RIVES ", "Saujon"),
        ("rivés", "Aytré"),
        ("Rives", "Lagord"),
    )
    assert communes(territoires(sheet(*rows))) == {"Rives": RIVES | PORT}
    assert key("CPTS  de l’Île") == key("cpts de l'ile")


def test_names_written_once_stand_for_the_rows_below() -> None:
    rows = (("CPTS", "Commune"), ("Rives", "Royan"), ("", "Saujon"), ("Port", "Aytré"), ("", "Lagord"))
    assert communes(territoires(sheet(*rows))) == {"Rives": RIVES, "Port": PORT}


def test_a_commune_without_territory_is_told() -> None:
    rows = (("CPTS", "Commune"), ("Rives", "Royan"), ("Rives", "Saujon"), ("", "Médis"), ("Port", "Aytré"))
    found = territoires(sheet(*rows))
    assert communes(found) == {"Rives": RIVES, "Port": {"17028"}}
    assert [(line.numero, line.texte, line.ecartee) for line in found.autres if line.ecartee] == [
        (4, "Médis", "aucun territoire n’est nommé sur cette ligne")
    ]


def test_hidden_rows_are_told_and_not_read() -> None:
    rows = (("CPTS", "Commune"), ("Rives", "Royan"), ("Rives", "Saujon"), (), ())
    found = territoires(sheet(*rows, masquees=(4, 5)))
    assert communes(found) == {"Rives": RIVES}
    assert [line.numero for line in found.autres if line.ecartee] == [4, 5]


def test_a_column_that_may_name_territories_is_asked_about() -> None:
    rows = tuple((nom.removeprefix("CPTS "), commune) for nom, commune in BOTH)
    found = territoires(sheet(("Secteur", "Commune"), *rows))
    assert found.douteuses == ("Secteur",)
    assert communes(found) == {"": RIVES | PORT}


@pytest.mark.parametrize("heading", ["Canton", "EPCI", "Département", "Bassin de vie", "Région"])
def test_columns_that_name_known_zones_are_not(heading: str) -> None:
    rows = tuple((nom, commune) for (_, commune), nom in zip(BOTH, ("A", "A", "B", "B"), strict=True))
    assert not territoires(sheet((heading, "Commune"), *rows)).douteuses


def test_rows_of_title_name_the_territories_below_them() -> None:
    text = "CPTS des Rives\nRoyan\nSaujon\n\nCPTS du Port :\nAytré\nLagord"
    assert communes(of_lines(lignes_du_texte(text))) == EXPECTED
    rows = (("Commune", "Code"), ("CPTS des Rives", ""), ("Royan", "17306"), ("Saujon", "17421"))
    more = (("CPTS du Port", ""), ("Aytré", "17028"), ("Lagord", "17200"))
    found = territoires(sheet(*rows, *more))
    assert communes(found) == EXPECTED
    assert [line.ignoree for line in found.autres] == ["en-tête"]


def test_one_title_names_no_parts() -> None:
    (part,) = of_lines(lignes_du_texte("CPTS des Rives\nRoyan\nSaujon")).parts
    assert part.nom == ""


def test_each_sheet_is_a_territory() -> None:
    one = sheet(("Commune", "Code"), ("Royan", "17306"), ("Saujon", "17421"), nom="CPTS des Rives")
    other = sheet(("Commune", "Code"), ("Aytré", "17028"), ("Lagord", "17200"), nom="CPTS du Port")
    notes = sheet(("Ordre du jour",), ("Présents : 12",), nom="Notes")
    assert communes(territoires(one, notes, other)) == EXPECTED


def test_each_file_of_an_archive_is_a_territory() -> None:
    one = sheet(("Commune",), ("Royan",), ("Saujon",), nom="Feuil1", fichier="dossier/CPTS des Rives.xlsx")
    other = sheet(("Commune",), ("Aytré",), ("Lagord",), fichier="CPTS du Port.csv")
    assert communes(territoires(one, other)) == EXPECTED


def test_one_territory_over_several_sheets_is_one() -> None:
    one = sheet(("CPTS", "Commune"), ("Rives", "Royan"), nom="17")
    other = sheet(("CPTS", "Commune"), ("rives", "Saujon"), ("Port", "Aytré"), nom="suite")
    assert communes(territoires(one, other)) == {"Rives": RIVES, "Port": {"17028"}}
