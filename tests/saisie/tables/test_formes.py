"""The forms in which people write tables of several CPTS: each gives the territories that it names.

Names and figures are made up; communes are of Charente-Maritime.
"""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import RETOUR, Feuille
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.codes_en_deux import joined
from cpts_geo.saisie.tables.plan import FeuilleLue, read_plan
from cpts_geo.saisie.tables.territoires import Territoires

INDEX = index_noms(donnees().referentiel)
LECTEUR = Lecteur(INDEX)
RIVES, PORT = "CPTS des Rives", "CPTS du Port"
BOTH = {RIVES: {"17306", "17421"}, PORT: {"17028"}}


def sheet(text: str, nom: str = "") -> Feuille:
    """Rows written with a bar between cells; "/" begins a line in a cell."""
    rows = (line.strip().strip("|").split("|") for line in text.strip().splitlines())
    return Feuille(nom, tuple(tuple(cell.strip().replace("/", RETOUR) for cell in row) for row in rows))


def opened(*sheets: Feuille) -> list[FeuilleLue]:
    return [
        FeuilleLue(each, read_plan(each.rangees, LECTEUR)) for each in territoires.useful(sheets, LECTEUR)
    ]


def matched(found: Territoires) -> dict[str, tuple[Rapprochement, ...]]:
    return {part.nom: bring_together(part.lignes, INDEX) for part in found.parts}


def communes(*sheets: Feuille) -> dict[str, set[str]]:
    """The communes taken, by territory; whatever is asked about makes the form fail."""
    found = matched(territoires.read(opened(*sheets), LECTEUR))
    assert not [line for lines in found.values() for line in lines if line.a_preciser]
    return {nom: {line.code for line in lines if line.code} for nom, lines in found.items()}


FORMES = {
    "une colonne par CPTS": """
        CPTS des Rives | CPTS du Port
        Royan          | Aytré
        Saujon         |
    """,
    "deux tableaux côte à côte": """
        CPTS des Rives |        | CPTS du Port |
        Code           | Commune| Code         | Commune
        17306          | Royan  | 17028        | Aytré
        17421          | Saujon |              |
    """,
    "des croix": """
        Code  | Commune | CPTS des Rives | CPTS du Port
        17306 | Royan   | X              |
        17421 | Saujon  | x              | non
        17028 | Aytré   |                | ✓
    """,
    "une CPTS par ligne": """
        CPTS des Rives | Royan | Saujon
        CPTS du Port   | Aytré |
    """,
    "plusieurs lignes dans une case": """
        CPTS           | Communes
        CPTS des Rives | Royan/Saujon
        CPTS du Port   | Aytré
    """,
    "plusieurs colonnes de communes": """
        CPTS           | Commune 1 | Commune 2
        CPTS des Rives | Royan     | Saujon
        CPTS du Port   | Aytré     |
    """,
    "le siège et les communes couvertes": """
        CPTS           | Adresse       | CP    | Ville | Communes couvertes
        CPTS des Rives | 1 rue du Port | 17200 | Royan | Royan ; Saujon
        CPTS du Port   | 2 rue du Quai | 17440 | Aytré | Aytré
    """,
    "deux colonnes de CPTS": """
        Commune | CPTS 1         | CPTS 2
        Royan   | CPTS des Rives |
        Saujon  | CPTS des Rives |
        Aytré   |                | CPTS du Port
    """,
    "un numéro et un nom": """
        CPTS n° | Nom            | Communes
        1       | CPTS des Rives | Royan, Saujon
        2       | CPTS du Port   | Aytré
    """,
    "un territoire plus large à côté": """
        Territoire de santé   | CPTS           | Commune
        Charente-Maritime Sud | CPTS des Rives | Royan
        Charente-Maritime Sud | CPTS des Rives | Saujon
        Charente-Maritime Sud | CPTS du Port   | Aytré
    """,
    "des tableaux empilés": """
        CPTS des Rives |
        Code  | Commune
        17306 | Royan
        17421 | Saujon
        CPTS du Port |
        Code  | Commune
        17028 | Aytré
    """,
    "des titres et leurs totaux": """
        Étiquettes de lignes | Somme de Population
        CPTS des Rives       | 26865
        Royan                | 19425
        Saujon               | 7440
        CPTS du Port         | 9746
        Aytré                | 9746
        Total général        | 36611
    """,
    "des mots qui disent aucune CPTS": """
        CPTS           | Commune
        CPTS des Rives | Royan
        CPTS des Rives | Saujon
        CPTS du Port   | Aytré
        #N/A           | Cozes
        Zone blanche   | Médis
    """,
}


@pytest.mark.parametrize("forme", FORMES)
def test_each_form_gives_its_territories(forme: str) -> None:
    assert communes(sheet(FORMES[forme])) == BOTH


def test_a_sheet_of_sums_brings_no_commune() -> None:
    sums = sheet(
        "CPTS | Nb communes | Population \n CPTS des Rives | 2 | 30022 \n CPTS du Port | 1 | 17548",
        "Synthèse",
    )
    detail = sheet(
        "CPTS | Commune\n CPTS des Rives | Royan\n CPTS des Rives | Saujon\n CPTS du Port | Aytré", "Détail"
    )
    assert communes(sums, detail) == BOTH


def test_a_sheet_that_names_no_territory_beside_one_that_does_is_told() -> None:
    detail = sheet(
        "CPTS | Commune\n CPTS des Rives | Royan\n CPTS des Rives | Saujon\n CPTS du Port | Aytré", "CPTS"
    )
    other = sheet("Commune | Nb MG\n Royan | 12\n Saujon | 4", "Médecins")
    found = territoires.read(opened(detail, other), LECTEUR)
    assert {part.nom for part in found.parts} == set(BOTH)
    told = [line.ecartee for line in found.autres if not line.ignoree]
    assert told == [territoires.FEUILLE_SANS_TERRITOIRE] * 2


def test_a_sheet_whose_name_says_nothing_is_named_by_its_title() -> None:
    rives = sheet("CPTS des Rives |\n Code | Commune\n 17306 | Royan\n 17421 | Saujon", "Feuil1")
    port = sheet("CPTS du Port |\n Code | Commune\n 17028 | Aytré", "Feuil2")
    assert communes(rives, port) == BOTH


@pytest.mark.parametrize("heading", ["Secteur", "Groupe", "Lot", "Regroupement"])
@pytest.mark.parametrize("values", [("Nord", "Sud"), ("1", "2"), ("A", "B"), ("Landes", "Vienne")])
def test_a_column_that_may_part_the_communes_is_asked_about(heading: str, values: tuple[str, str]) -> None:
    one, other = values
    rows = f"Commune | {heading}\n Royan | {one}\n Saujon | {one}\n Aytré | {other}\n Lagord | {other}"
    found = territoires.read(opened(sheet(rows)), LECTEUR)
    assert found.douteuses == (heading,)


@pytest.mark.parametrize(
    "beside",
    [
        "CPTS des Rives",
        "CA Royan Atlantique",
        "Charente-Maritime",
        "Nouvelle-Aquitaine",
        "France",
        "Canton de Saujon",
    ],
)
def test_a_misspelt_commune_is_asked_about_whatever_stands_beside_it(beside: str) -> None:
    rows = f"Zone | Commune\n {beside} | Royan\n {beside} | Saujeon"
    found = territoires.read(opened(sheet(rows)), LECTEUR)
    (asked,) = [line for lines in matched(found).values() for line in lines if line.a_preciser]
    assert asked.propositions[0].code == "17421"


@pytest.mark.parametrize(
    "row", ["86 | Vienne | 400", "40 | Landes | 380", "974 | La Réunion | 900", "42 | Loire | 700"]
)
def test_a_row_about_a_departement_is_no_commune_of_its_name(row: str) -> None:
    found = territoires.read(
        opened(sheet(f"Code | Libellé | Nb MG\n 17306 | Royan | 25\n 17421 | Saujon | 9\n {row}")), LECTEUR
    )
    lines = [line for each in matched(found).values() for line in each]
    assert {line.code for line in lines if line.code} == {"17306", "17421"}
    assert lines[-1].statut == Statut.IGNOREE


def test_rows_at_another_scale_are_comparisons() -> None:
    rows = """
        Niveau géographique | Code  | Libellé
        Commune             | 17306 | Royan
        Bassin de vie       | 17421 | Saujon
        EPCI                | 241700640 | CA Royan Atlantique
    """
    found = territoires.read(opened(sheet(rows)), LECTEUR)
    (lines,) = matched(found).values()
    assert [line.code for line in lines if line.code] == ["17306"]
    assert [line.mention for line in lines[2:]] == ["ligne de comparaison"] * 2


@pytest.mark.parametrize("code", ["1720", "241700640", "17999"])
def test_the_code_of_something_else_makes_its_row_doubtful(code: str) -> None:
    found = territoires.read(
        opened(sheet(f"Code INSEE | Commune\n 17306 | Royan\n {code} | La Tremblade")), LECTEUR
    )
    (lines,) = matched(found).values()
    assert (lines[-1].statut, lines[-1].code) == (Statut.AMBIGUE, None)
    assert "17452" in {each.code for each in lines[-1].propositions}


def test_names_that_are_not_those_of_the_codes_are_asked_about() -> None:
    rows = "Code INSEE | Commune\n 17306 | Saujon\n 17421 | Aytré\n 17028 | Médis\n 17228 | Royan"
    (lines,) = matched(territoires.read(opened(sheet(rows)), LECTEUR)).values()
    assert [line.statut for line in lines[1:]] == [Statut.AMBIGUE] * 4


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (
            "DEP | COM | PMUN\n 17 | 306 | 19425\n 17 | 421 | 7440\n 01 | 004 | 15934",
            ["17306", "17421", "01004"],
        ),
        ("Code commune | Département\n 028 | 17\n 4 | 2A", ["17028", "2A004"]),
        ("DEP | COM\n 971 | 105\n 971 | 05\n 974 | 411", ["97105", "97105", "97411"]),
    ],
)
def test_codes_in_two_columns_are_put_together(rows: str, codes: list[str]) -> None:
    read = joined(sheet(rows))
    column = next(
        rank for rank, head in enumerate(read.rangees[0]) if head.lower().endswith(("com", "commune"))
    )
    assert [row[column] for row in read.rangees[1:]] == codes


@pytest.mark.parametrize(
    "rows", ["DEP | COM\n 17 | Royan\n 17 | Saujon", "Code commune | Nb\n 306 | 2\n 421 | 3", "Royan\nSaujon"]
)
def test_other_columns_are_left_as_they_are(rows: str) -> None:
    assert joined(sheet(rows)) == sheet(rows)


def test_headings_may_take_three_rows() -> None:
    rows = """
        Code  | Commune | Offre | Offre | Offre | Offre
        Code  | Commune | MG    | MG    | IDE   | IDE
        Code  | Commune | 2023  | 2024  | 2023  | 2024
        17306 | Royan   | 12    | 13    | 40    | 41
        17421 | Saujon  | 4     | 5     | 9     | 8
    """
    plan = read_plan(sheet(rows).rangees, LECTEUR)
    assert plan
    assert plan.noms[2:] == ["Offre MG 2023", "Offre MG 2024", "Offre IDE 2023", "Offre IDE 2024"]
