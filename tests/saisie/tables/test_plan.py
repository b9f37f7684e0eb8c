"""Tables of communes as spreadsheets hold them."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bilan, bring_together
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille, Rangees
from cpts_geo.saisie.tables.lignes import lignes
from cpts_geo.saisie.tables.plan import Choix, Plan, Reponses, answers, corrected, read_plan, score
from cpts_geo.saisie.tables.vocabulaire import Role

INDEX = index_noms(donnees().referentiel)
LECTEUR = Lecteur(INDEX)
OLERON = donnees().referentiel.communes.query("epci == '241700624'")


def table(*columns: str, header: bool = True) -> Rangees:
    """A table of the communes of Île d'Oléron, with some of the columns of the référentiel."""
    names = {
        "nom": "Commune",
        "code": "Code INSEE",
        "codes_postaux": "Code postal",
        "population": "Population",
    }
    rows = [
        tuple(str(row[column]) if column != "rang" else str(rank) for column in columns)
        for rank, (_, row) in enumerate(OLERON.reset_index().iterrows(), start=1)
    ]
    head = [tuple(names.get(column, column) for column in columns)] if header else []
    return (*head, *rows)


def plan(rangees: Rangees, choix: Choix | None = None) -> Plan:
    found = read_plan(rangees, LECTEUR, choix)
    assert found is not None
    return found


def match(rangees: Rangees, choix: Choix | None = None) -> tuple[Rapprochement, ...]:
    return bring_together(lignes(Feuille("", rangees), read_plan(rangees, LECTEUR, choix), LECTEUR), INDEX)


@pytest.mark.parametrize(
    "columns",
    [
        ("nom", "code"),
        ("code", "nom", "population"),
        ("rang", "nom", "bassin_vie", "canton"),
        ("departement", "nom"),
        ("population", "epci", "code"),
        ("codes_postaux", "nom"),
        ("nom", "departement", "population", "superficie_km2"),
    ],
)
@pytest.mark.parametrize("header", [True, False])
def test_the_communes_of_a_table_are_found_whatever_its_columns(
    columns: tuple[str, ...], *, header: bool
) -> None:
    found = match(table(*columns, header=header))
    assert [each.code for each in found if each.code] == OLERON.index.tolist()
    assert [each.statut for each in found].count(Statut.IGNOREE) == header


def test_codes_are_preferred_to_names_and_names_to_postal_codes() -> None:
    assert plan(table("nom", "code")).retenue == 1
    assert plan(table("codes_postaux", "nom")).retenue == 1


def test_columns_are_named_by_the_header_or_by_their_letter() -> None:
    assert [each.nom for each in plan(table("nom", "code")).colonnes] == ["Commune", "Code INSEE"]
    assert [each.nom for each in plan(table("nom", "code", header=False)).colonnes] == [
        "Colonne A",
        "Colonne B",
    ]


def test_the_person_may_choose_another_column() -> None:
    rangees = table("nom", "code")
    chosen = Choix(communes=0)
    assert plan(rangees, chosen).retenue == 0
    _, *found = match(rangees, chosen)
    assert [each.code for each in found] == OLERON.index.tolist()


@pytest.mark.parametrize(
    "columns", [("code", "nom"), ("nom", "code"), ("nom", "departement"), ("departement", "nom")]
)
def test_another_column_settles_between_homonyms(columns: tuple[str, str]) -> None:
    rows = [
        {"code": "17064", "nom": "Breuillet", "departement": "17"},
        {"code": "17311", "nom": "Saint-Augustin", "departement": "17"},
        {"code": "17306", "nom": "Royan", "departement": "17"},
        {"code": "91105", "nom": "Breuillet", "departement": "91"},
    ]
    rangees = tuple(tuple(row[column] for column in columns) for row in rows)
    assert [each.code for each in match(rangees)] == [row["code"] for row in rows]


def test_a_code_that_contradicts_its_name_is_put_to_the_person() -> None:
    found = match((("17306", "Royan"), ("17421", "Saujon"), ("17306", "La Tremblade"), ("17228", "Médis")))
    assert [each.statut for each in found].count(Statut.AMBIGUE) == 1
    assert {candidat.code for candidat in found[2].propositions} == {"17306", "17452"}


def test_a_numbering_and_the_name_of_the_canton_settle_nothing() -> None:
    rangees = (
        ("16", "Médis", "Saujon"),
        ("17", "Saint-Augustin", "La Tremblade"),
        ("18", "Cozes", "Saintonge"),
    )
    chosen = plan(rangees)
    assert (chosen.retenue, chosen.avant, chosen.apres) == (1, None, None)


def test_a_row_without_commune_is_said() -> None:
    found = match((("Royan", "19425"), ("", "total des autres"), ("", "12"), ("Saujon", "7450")))
    assert [(each.numero, each.statut, each.mention) for each in found[1:3]] == [
        (2, Statut.IGNOREE, "total"),
        (3, Statut.ECARTEE, "aucune commune dans la ligne"),
    ]


def test_a_first_row_that_is_no_header_is_put_to_the_person() -> None:
    found = match((("Roayn", "19425"), ("Saujon", "7450"), ("Médis", "3000")))
    assert (found[0].statut, found[0].propositions[0].code) == (Statut.INCONNUE, "17306")


def test_names_side_by_side_are_a_list() -> None:
    rangees = (("Royan", "Saujon"), ("Médis", "Arvert"), ("Cozes", "Arces"))
    assert read_plan(rangees, LECTEUR) is None
    assert [each.code for each in match(rangees)] == ["17306", "17421", "17228", "17021", "17131", "17015"]


def test_one_row_is_a_list() -> None:
    assert bilan(match((("Royan", "Saujon", "Médis"),))) == "3\u00a0communes reconnues"


def test_one_column_is_a_list() -> None:
    assert bilan(match((("Royan",), ("Saujon",)))) == "2\u00a0communes reconnues"


def test_the_sheet_of_communes_has_the_best_score() -> None:
    notes = Feuille("Notes", (("Réunion du 5",), ("Présents", "12")))
    assert score(Feuille("Communes", table("nom", "code")), LECTEUR) > score(notes, LECTEUR)


def test_answers_that_change_nothing_correct_nothing() -> None:
    read = plan((("CPTS", "Commune", "Code INSEE"), ("Rives", "Royan", "17306"), ("Port", "Aytré", "17028")))
    assert answers(read) == Reponses(1, 2, Role.CODE_INSEE, 0)
    assert corrected(read, answers(read)) == Choix()


def test_answers_become_what_is_corrected() -> None:
    read = plan((("CPTS", "Commune", "Code INSEE"), ("Rives", "Royan", "17306"), ("Port", "Aytré", "17028")))
    assert corrected(read, Reponses(0, 1, Role.NOM, None)) == Choix(-1, 1, {0: Role.ECARTEE})
    assert corrected(read, Reponses(1, 2, Role.CODE_POSTAL, 0)) == Choix(roles={2: Role.CODE_POSTAL})
