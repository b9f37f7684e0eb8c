"""Tables of communes as spreadsheets hold them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bilan, bring_together
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille, Rangees
from cpts_geo.saisie.tables.choix import Choix, ChoixContradictoiresError
from cpts_geo.saisie.tables.lignes import hors_tableau, lignes
from cpts_geo.saisie.tables.plan import FeuilleLue, Plan, corrected, non_utilisees, read_plan, score
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
    return taken(rangees, read_plan(rangees, LECTEUR, choix))


def taken(rangees: Rangees, plan: Plan | None, *prises: int) -> tuple[Rapprochement, ...]:
    lue = FeuilleLue(Feuille("", rangees), plan, frozenset(prises))
    return bring_together(lignes(lue, LECTEUR), INDEX)


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
    chosen = Choix(roles={1: Role.ECARTEE})
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


# ---- What is corrected ------------------------------------------------------------------------------------

CPTS: Rangees = (("CPTS", "Commune", "Code INSEE"), ("Rives", "Royan", "17306"), ("Port", "Aytré", "17028"))
PAIRES = (("Royan", "Aytré"), ("Saujon", "Lagord"), ("Médis", "Angoulins"))
PORT = ("17028", "17200", "17010")
NOM, CODE, POSTAL, LIEU = Role.NOM, Role.CODE_INSEE, Role.CODE_POSTAL, Role.DEPARTEMENT


def test_what_is_said_as_it_was_read_corrects_nothing() -> None:
    read = plan(CPTS)
    assert read.usages == (Role.CPTS, NOM, CODE)
    assert corrected(read, read.usages) == Choix()


def test_of_several_columns_that_may_name_territories_one_is_said_to() -> None:
    rows = (("Code CPTS", "Nom CPTS", "Commune"), ("1", "Rives", "Royan"), ("2", "Port", "Aytré"))
    read = plan(rows)
    assert read.usages == (Role.ECARTEE, Role.CPTS, NOM)
    other = corrected(read, (Role.CPTS, Role.ECARTEE, NOM))
    assert plan(rows, other).cpts == 0
    none = corrected(read, (Role.ECARTEE, Role.ECARTEE, NOM))
    assert plan(rows, none).cpts is None


@pytest.mark.parametrize(
    ("usages", "words"),
    [
        ((Role.CPTS, Role.CPTS, CODE), "gardez «\u00a0CPTS\u00a0» ou «\u00a0Commune\u00a0»"),
        ((Role.CPTS, Role.ECARTEE, Role.ECARTEE), "de quelle commune parle chaque ligne"),
    ],
)
def test_roles_that_contradict_each_other_are_refused_in_words(usages: tuple[Role, ...], words: str) -> None:
    with pytest.raises(ChoixContradictoiresError, match=words):
        corrected(plan(CPTS), usages)


@given(st.data())
def test_a_table_is_read_by_the_roles_that_the_person_gives(data: st.DataObject) -> None:
    rangees = table("nom", "code", "codes_postaux", "departement", "canton", "population")
    read = plan(rangees)
    usages = tuple(data.draw(st.sampled_from(Role), label=nom) for nom in read.noms)
    try:
        choix = corrected(read, usages)
    except ChoixContradictoiresError:
        assert usages.count(Role.CPTS) > 1 or not {NOM, CODE, POSTAL} & set(usages)
        return
    again = plan(rangees, choix)
    assert again.usages == usages
    assert usages[again.retenue] in {NOM, CODE, POSTAL}
    assert {again.avant, again.apres, *again.secours, *again.aussi} <= {
        None,
        *(rank for rank, role in enumerate(usages) if role in {NOM, CODE, POSTAL, LIEU}),
    }


def test_the_column_that_the_person_names_is_read_before_any_guess() -> None:
    rows = (("Siège", "Membre"), ("Royan", "Saujon"), ("Royan", "Médis"), ("Royan", "Cozes"))
    chosen = Choix(roles={0: NOM})
    assert (plan(rows).retenue, plan(rows, chosen).retenue) == (1, 0)


def test_what_is_not_corrected_stays_as_it_was_read() -> None:
    rows = (("A", "B", "C"), *((nom, autre, str(rank)) for rank, (nom, autre) in enumerate(PAIRES)))
    read = plan(rows, Choix(entete=0))
    assert read.usages[:2] == (NOM, Role.ECARTEE)
    again = plan(rows, replace(corrected(read, (NOM, NOM, read.usages[2])), entete=0))
    assert again.usages[:2] == (NOM, NOM)
    assert {each.code for each in taken(rows, again) if each.code} == {"17306", "17421", "17228", *PORT}


def test_other_communes_of_a_row_are_told_or_taken() -> None:
    rows = (("CPTS", "Commune", "Avec"), *(("Rives", *pair) for pair in PAIRES), ("Rives", "", "Cozes"))
    told = [each for each in match(rows) if each.statut is Statut.ECARTEE]
    assert [each.texte for each in told[:3]] == ["Aytré", "Lagord", "Angoulins"]
    assert "«\u00a0Avec\u00a0»" in told[0].mention
    read = plan(rows)
    both = taken(rows, plan(rows, corrected(read, (Role.CPTS, NOM, NOM))))
    assert {each.code for each in both if each.code} == {"17306", "17421", "17228", *PORT, "17131"}
    assert not [each for each in both if each.statut is Statut.ECARTEE]


def test_a_departement_said_settles_even_where_it_agrees_with_few_rows() -> None:
    rows = (("Commune", "Lieu"), ("Breuillet", "91"), ("Royan", ""), ("Saujon", ""), ("Médis", ""))
    found = match(rows, Choix(roles={1: LIEU}))
    assert [each.code for each in found[1:]] == ["91105", "17306", "17421", "17228"]


def test_rows_set_apart_by_their_place_may_be_taken() -> None:
    rows = (("Royan", ""), ("Commune", "Code"), ("Saujon", "17421"), ("Commune", "Code"), ("Médis", "17228"))
    read = plan(rows)
    apart = hors_tableau(Feuille("", rows), read, LECTEUR)
    assert [(each.numero, each.ignoree) for each in apart] == [(1, "titre"), (4, "en-tête répété")]
    assert [each.code for each in taken(rows, read, 1) if each.code] == ["17306", "17421", "17228"]


def test_the_columns_that_are_not_used_are_said_or_counted() -> None:
    rows = (("Commune", "Canton", "Population"), ("Royan", "Royan", "19000"), ("Saujon", "Saujon", "7000"))
    assert plan(rows).resume_complet() == (
        "en-têtes ligne 1, nom de commune «\u00a0Commune\u00a0», colonnes non utilisées "
        "«\u00a0Canton\u00a0», «\u00a0Population\u00a0»"
    )
    assert plan(CPTS).resume_complet() == plan(CPTS).resume()
    assert non_utilisees([str(rank) for rank in range(20)]).endswith(" et 12\u00a0autres")
