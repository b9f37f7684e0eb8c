"""A table of local figures is read whatever its form; what is not taken of it is told."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import limites
from cpts_geo.saisie.chiffres.table import Commun, DonneesInvalidesError, Fusions, Prise, TableDeChiffres
from cpts_geo.saisie.chiffres_locaux import (
    SANS_DATE,
    Importation,
    chiffre,
    first_values,
    import_chiffres,
    nombre,
    propose,
    read_table,
)
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import RETOUR, Feuille
from cpts_geo.saisie.tables.lignes import MASQUEE
from cpts_geo.saisie.tables.plan import FeuilleLue, read_plan

FRANCE = donnees().referentiel
INDEX = index_noms(FRANCE)
ENTETE = ("Code INSEE", "Commune", "Patients sans MT", "Visites")
SAUJON, ROYAN, MEDIS = ("17421", "Saujon"), ("17306", "Royan"), ("17228", "Médis")


def table(*rows: tuple[str, ...]) -> TableDeChiffres:
    return read_table(FeuilleLue(Feuille("", rows), read_plan(rows, Lecteur(INDEX))), INDEX)


def take(read: TableDeChiffres, *, annee: str = "", fusions: Fusions = "inconnu") -> Importation:
    return import_chiffres(read, Prise(propose(read, "CPAM 17", "2026"), annee, fusions=fusions))


def read(*rows: tuple[str, ...]) -> Importation:
    return take(table(*rows))


def refused(*rows: tuple[str, ...]) -> str:
    with pytest.raises(DonneesInvalidesError) as refusal:
        read(*rows)
    return str(refusal.value)


def test_a_hidden_last_row_is_told() -> None:
    rows = (ENTETE, (*SAUJON, "1", "2"), (*ROYAN, "3", "4"))
    lue = FeuilleLue(Feuille("", rows, masquees=(4,)), read_plan(rows, Lecteur(INDEX)))
    found = take(read_table(lue, INDEX))
    assert [(each.numero, each.raison) for each in found.laissees] == [(4, MASQUEE)]


def test_each_column_of_numbers_is_a_figure_and_blank_is_not_zero() -> None:
    found = read(ENTETE, (*SAUJON, "1 204", "12,5"), (*ROYAN, "nd", "0"), (*MEDIS, "", "3\u202f000"))
    patients, visites = found.donnees
    assert (patients.libelle, patients.par_commune) == ("Patients sans MT", (("17421", 1204.0),))
    assert visites.par_commune == (("17421", 12.5), ("17306", 0.0), ("17228", 3000.0))
    assert (patients.source, patients.date, patients.nature) == ("CPAM 17", "2026", "effectif")
    assert (found.laissees, found.message) == ((), "")


def test_titles_secrets_and_notes_do_not_stop_a_file() -> None:
    found = read(
        ("CartoSanté", "", ""),
        ("Référentiel géographique : France par commune", "", ""),
        ("Code", "Libellé", "Part des 75 ans et plus 2022"),
        (*ROYAN, "12,4"),
        (*SAUJON, "N/A - secret statistique"),
        (*MEDIS, "<11"),
        ("France", "", "10,2"),
        ("Note de lecture : " + "en 2022, " * 40, "", ""),
    )
    (part,) = found.donnees
    assert (part.nature, part.par_commune, part.bornes) == (
        "taux",
        (("17306", 12.4),),
        (),
    )
    assert found.laissees == ()


def test_two_rows_of_headings_make_names_that_differ() -> None:
    read_ = table(
        ("Code", "Commune", "Sans MT", "Sans MT", "ALD", "ALD"),
        ("", "", "2023", "2024", "2023", "2024"),
        (*ROYAN, "12", "13", "5", "6"),
        (*SAUJON, "15", "16", "7", "8"),
    )
    proposed = propose(read_, "CPAM")
    assert [each.libelle for each in proposed] == ["Sans MT 2023", "Sans MT 2024", "ALD 2023", "ALD 2024"]
    assert [each.commun.date for each in proposed] == ["2023", "2024", "2023", "2024"]


def test_long_headings_stay_distinct_once_cut() -> None:
    long = "Patients de dix-sept ans et plus sans médecin traitant déclaré " * 3
    read_ = table(("Commune", f"{long} A", f"{long} B"), ("Royan", "1", "2"), ("Saujon", "3", "4"))
    names = [each.libelle for each in take(read_).donnees]
    assert len(set(names)) == 2
    assert all(len(name) <= limites().longueurs.libelle for name in names)


def test_administrative_columns_are_no_figures() -> None:
    read_ = table(
        ("Code INSEE", "Commune", "Code postal", "Dép", "SIREN EPCI", "Latitude", "Téléphone", "Patients"),
        (*ROYAN, "17200", "17", "200042614", "45,62", "0546000000", "12"),
        (*SAUJON, "17600", "17", "200042614", "45,67", "0546000001", "15"),
    )
    assert [each.libelle for each in propose(read_, "CPAM")] == ["Patients"]
    assert read_.ecartees == ("Code postal", "Dép", "SIREN EPCI", "Latitude", "Téléphone")


def test_a_bad_cell_is_left_out_and_told_with_its_line() -> None:
    found = read(ENTETE, (*SAUJON, "1", "2"), (*ROYAN, "beaucoup", "3"), (*MEDIS, "4", "5"))
    assert found.donnees[0].par_commune == (("17421", 1.0), ("17228", 4.0))
    (left,) = found.laissees
    assert (left.numero, left.texte) == (3, "beaucoup")
    assert left.raison == "Patients sans MT\u00a0: «\u00a0beaucoup\u00a0» n’est pas un nombre"


def test_unknown_communes_are_told_and_others_taken() -> None:
    names = ("Commune", "Patients")
    found = read(names, ("Saujon", "1"), ("Saujonne-les-Nuages", "2"), ("Médis", "3"))
    assert dict(found.donnees[0].par_commune) == {"17421": 1.0, "17228": 3.0}
    assert [(each.numero, each.texte) for each in found.laissees] == [(3, "Saujonne-les-Nuages")]
    assert found.message == "1\u00a0ligne ou case laissée de côté."


def test_a_row_about_several_communes_gives_none_its_figure() -> None:
    for several in ("Saujon, Médis, Corme-Royal", "Saujon et Médis", "17421, 17228"):
        found = read(("Communes", "Patients"), (several, "52"), ("Royan", "12"), ("Médis", "7"))
        assert found.donnees[0].communes == {"17306": (12, 12), "17228": (7, 7)}
        assert [(each.numero, each.raison) for each in found.laissees] == [
            (2, "un chiffre pour plusieurs communes")
        ]


def test_a_row_about_several_communes_elsewhere_is_none_of_the_territory() -> None:
    read_ = table(("Communes", "Patients"), ("Saujon, Médis", "52"), ("Royan", "12"))
    found = import_chiffres(read_, Prise(propose(read_, "CPAM", "2026"), communes={"17306"}))
    assert (found.laissees, found.hors_territoire) == ((), 2)


def test_a_repeated_row_is_read_once_and_rows_that_differ_give_no_figure() -> None:
    names = ("Commune", "Patients", "Visites")
    rows = (("Saujon", "1", "7"), ("Médis", "3", "8"), ("SAUJON", "1", "7"))
    assert read(names, *rows).donnees[1].communes == {"17421": (7, 7), "17228": (8, 8)}
    for other in (("Saujon", "4", "7"), ("Saujon", "1", "nd"), ("Saujon", "1", "8")):
        found = read(names, *rows[:2], other)
        assert [each.communes for each in found.donnees] == [{"17228": (3, 3)}, {"17228": (8, 8)}]
        (left,) = found.laissees
        assert left.raison == "cette commune a plusieurs lignes, dont les chiffres sont différents"


AGES = (
    ("Code INSEE", "Commune", "Tranche d’âge", "Patients"),
    (*ROYAN, "0-16 ans", "10"),
    (*ROYAN, "17 ans et plus", "12"),
    (*SAUJON, "0-16 ans", "5"),
    (*SAUJON, "17 ans et plus", "5"),
    (*MEDIS, "17 ans et plus", "3"),
)


def test_rows_told_apart_by_a_column_are_asked_about_even_when_equal() -> None:
    assert refused(*AGES) == (
        "Ce tableau a plusieurs lignes par commune\u00a0: choisissez celles à prendre, par la colonne "
        "«\u00a0Tranche d’âge\u00a0» («\u00a00-16 ans\u00a0», «\u00a017 ans et plus\u00a0»)."
    )
    read_ = table(*AGES)
    (ages,) = read_.distinctions
    found = import_chiffres(
        read_, Prise(propose(read_, "CPAM", "2026"), gardees={ages.rang: ages.valeurs[0]})
    )
    assert found.donnees[0].communes == {"17306": (10, 10), "17421": (5, 5)}
    assert [each.raison for each in found.laissees] == [
        "cette commune n’a pas de ligne «\u00a00-16 ans\u00a0»"
    ]


def test_a_value_written_on_two_lines_is_the_same_on_one() -> None:
    rows = [[cell.replace("ans et", f"ans{RETOUR}et") for cell in row] for row in AGES]
    (ages,) = table(*map(tuple, rows)).distinctions
    assert ages.valeurs == ("0-16 ans", "17 ans et plus")


@given(some.integers(2, 4), some.integers(2, 4), some.data())
def test_whatever_tells_rows_apart_none_is_taken_for_the_whole(
    sexes: int, ages: int, data: some.DataObject
) -> None:
    figure = some.integers(0, 3).map(str)
    rows = [
        (*commune, f"sexe {sexe}", f"âge {age}", data.draw(figure))
        for commune in (ROYAN, SAUJON, MEDIS)
        for sexe in range(sexes)
        for age in range(ages)
    ]
    read_ = table(("Code INSEE", "Commune", "Sexe", "Âge", "Patients"), *rows)
    assert {each.nom for each in read_.distinctions} == {"Sexe", "Âge"}
    kept = {each.rang: each.valeurs[0] for each in read_.distinctions}
    found = import_chiffres(read_, Prise(propose(read_, "CPAM", "2026"), gardees=kept))
    first = {row[0]: float(row[4]) for row in reversed(rows) if row[2:4] == ("sexe 0", "âge 0")}
    assert dict(found.donnees[0].par_commune) == first


def test_a_code_of_figures_tells_rows_apart_too() -> None:
    rows = ((*ROYAN, "1", "10"), (*ROYAN, "2", "10"), (*SAUJON, "1", "5"), (*SAUJON, "2", "6"))
    read_ = table(("Code INSEE", "Commune", "Sexe", "Patients"), *rows)
    assert [each.nom for each in read_.distinctions] == ["Sexe"]
    assert [each.libelle for each in propose(read_, "CPAM")] == ["Patients"]


def test_one_commune_written_twice_is_told_by_the_column_that_differs() -> None:
    rows = [(code, nom, "ZIP", "1") for code, nom in (ROYAN, SAUJON, MEDIS, ("17131", "Cozes"))]
    rows += [(code, nom, "ZAC", "2") for code, nom in (("17021", "Arvert"), ("17452", "La Tremblade"))]
    found = read(("Code INSEE", "Commune", "Secteur", "Patients"), *rows, (*ROYAN, "ZAC", "1"))
    assert "17306" not in found.donnees[0].communes
    assert len(found.donnees[0].communes) == 5
    assert [each.raison for each in found.laissees] == [
        "cette commune a plusieurs lignes, que distingue la colonne «\u00a0Secteur\u00a0»"
    ]


def test_a_row_without_commune_goes_on_the_one_above_when_a_column_tells_it() -> None:
    rows = (
        ("Commune", "Profession", "Nb"),
        *(("Royan", "MG", "25"), ("", "IDE", "60"), ("Saujon", "MG", "9"), ("", "IDE", "20")),
    )
    read_ = table(*rows)
    (profession,) = read_.distinctions
    found = import_chiffres(read_, Prise(propose(read_, "CPAM", "2026"), gardees={profession.rang: "IDE"}))
    assert found.donnees[0].communes == {"17306": (60, 60), "17421": (20, 20)}
    years = table(
        ("Commune", "Année", "Nb"), ("Royan", "2023", "1"), ("", "2024", "2"), ("Saujon", "2023", "3")
    )
    assert take(years, annee="2024").donnees[0].communes == {"17306": (2, 2)}
    alone = read(("Commune", "Zone", "Nb"), ("Royan", "ZIP", "1"), ("Saujon", "ZAC", "2"), ("", "", "3"))
    assert alone.donnees[0].communes == {"17306": (1, 1), "17421": (2, 2)}


FORMER = ("93059", "Pierrefitte-sur-Seine"), ("93066", "Saint-Denis")


def test_counts_of_former_communes_add_up() -> None:
    found = read(("Code", "Commune", "Patients"), (*FORMER[0], "10"), (*FORMER[1], "<11"), (*ROYAN, "4"))
    (patients,) = found.donnees
    assert patients.par_commune == (("17306", 4.0),)
    assert patients.bornes == (("93066", 10.0, 20.0),)


def montaigu(*rows: tuple[str, ...], nature: str = "Patients") -> Importation:
    return read(("Code INSEE", "Commune", nature), *rows, ("85109", "Les Herbiers", "12"))


OF_MONTAIGU = ("85146", "Montaigu", "100"), ("85107", "La Guyonnière", "20")


@pytest.mark.parametrize("missing", ["nd", "s", "", "beaucoup"])
def test_a_missing_former_commune_is_no_zero_in_a_sum(missing: str) -> None:
    whole = montaigu(*OF_MONTAIGU, ("85217", "Saint-Georges-de-Montaigu", "30"))
    assert whole.donnees[0].communes == {"85146": (150, 150), "85109": (12, 12)}
    lacking = montaigu(*OF_MONTAIGU, ("85217", "Saint-Georges-de-Montaigu", missing))
    assert lacking.donnees[0].communes == {"85109": (12, 12)}
    assert lacking.laissees[-1].raison == "Patients\u00a0: ce chiffre manque à la somme pour Montaigu-Vendée"


def test_the_figure_of_the_present_commune_is_not_added_to_those_of_its_parts() -> None:
    found = montaigu(("85146", "Montaigu-Vendée", "150"), ("85107", "La Guyonnière", "20"))
    assert found.donnees[0].communes == {"85146": (150, 150), "85109": (12, 12)}
    assert "le chiffre de la commune actuelle est pris" in found.laissees[0].raison


def test_a_part_alone_is_not_the_whole_commune() -> None:
    found = montaigu(("85107", "La Guyonnière", "20"))
    assert found.donnees[0].communes == {"85109": (12, 12)}
    assert "n’est qu’une partie de Montaigu-Vendée" in found.laissees[0].raison


def test_rates_of_former_communes_are_asked_about() -> None:
    rows = (("Code", "Commune", "Part des 75 ans"), (*FORMER[0], "10"), (*FORMER[1], "20"), (*ROYAN, "4"))
    unknown = take(table(*rows))
    assert unknown.donnees[0].communes == {"17306": (4.0, 4.0)}
    assert "ancienne commune" in unknown.laissees[0].raison
    assert take(table(*rows), fusions="actuelle").donnees[0].communes["93066"] == (20.0, 20.0)


def test_a_column_of_years_asks_which() -> None:
    rows = (
        ("Année", "Commune", "Patients"),
        ("2023", "Royan", "1"),
        ("2024", "Royan", "2"),
        ("2024", "Médis", "3"),
    )
    read_ = table(*rows)
    assert read_.annees == ("2024", "2023")
    with pytest.raises(DonneesInvalidesError, match="Choisissez l’année"):
        take(read_)
    assert dict(take(read_, annee="2024").donnees[0].par_commune) == {"17306": 2.0, "17228": 3.0}


def test_the_communes_of_the_territory_are_kept_and_the_others_counted() -> None:
    read_ = table(ENTETE, (*SAUJON, "1", "2"), (*ROYAN, "3", "4"), (*MEDIS, "5", "6"))
    columns = propose(read_, "CPAM", "2026")
    found = import_chiffres(read_, Prise(columns, communes={"17421"}))
    assert [set(each.communes) for each in found.donnees] == [{"17421"}, {"17421"}]
    assert (found.hors_territoire, found.message) == (2, "2\u00a0communes hors du territoire.")
    with pytest.raises(DonneesInvalidesError, match="dans le territoire"):
        import_chiffres(read_, Prise(columns, communes={"2A004"}))


def test_a_percentage_is_a_rate_in_percent() -> None:
    (share,) = propose(table(("Commune", "Sans MT"), ("Royan", "12 %"), ("Saujon", "8 %")), "CPAM")
    assert share.commun == Commun("taux", "%", "CPAM", SANS_DATE)


def test_the_point_of_thousands_is_told_and_read_as_told() -> None:
    read_ = table(("Commune", "Patients"), ("Royan", "1.204"), ("Saujon", "402"))
    (column,) = propose(read_, "CPAM", "2026")
    assert column.dit == "«\u00a01.204\u00a0» lu 1\u202f204"
    assert first_values(read_, column) == "1\u202f204\u00a0· 402"
    assert take(read_).donnees[0].communes == {"17306": (1204, 1204), "17421": (402, 402)}


def test_a_column_that_nothing_settles_is_left_to_the_person() -> None:
    read_ = table(("Commune", "APL 2023"), ("Royan", "4.512"), ("Saujon", "3.201"))
    (column,) = propose(read_, "Drees")
    assert column.a_confirmer
    assert column.lectures == {".": "4\u202f512", "": "4,512"}
    assert take(read_).donnees[0].communes == {"17306": (4.512, 4.512), "17421": (3.201, 3.201)}


def test_a_masked_count_in_a_column_of_rates_is_missing() -> None:
    found = read(("Commune", "Taux ALD"), ("Royan", "<5"), ("Saujon", "12,5"), ("Médis", "14,2"))
    assert found.donnees[0].communes == {"17421": (12.5, 12.5), "17228": (14.2, 14.2)}


def test_units_of_another_size_are_left_aside() -> None:
    found = read(("Commune", "Délai"), ("Royan", "30 min"), ("Saujon", "2 h"), ("Médis", "25 min"))
    assert (found.donnees[0].unite, set(found.donnees[0].communes)) == ("min", {"17306", "17228"})
    assert "n’est pas dans l’unité des autres" in found.laissees[0].raison
    counts = read(("Commune", "Patients"), ("Royan", "12"), ("Saujon", "15 %"), ("Médis", "7"))
    assert (counts.donnees[0].nature, set(counts.donnees[0].communes)) == ("effectif", {"17306", "17228"})
    assert "est une part" in counts.laissees[0].raison


def test_a_table_without_heading_commune_or_number_is_refused() -> None:
    assert "nommer les colonnes" in refused((*SAUJON, "1"), (*ROYAN, "2"), (*MEDIS, "3"))
    assert "Aucune colonne" in refused(ENTETE[:3], (*SAUJON, "x"), (*ROYAN, "y"), (*MEDIS, "z"))


def test_nothing_is_taken_without_column_source_or_date() -> None:
    read_ = table(ENTETE, (*SAUJON, "1", "2"), (*ROYAN, "3", "4"))
    with pytest.raises(DonneesInvalidesError, match="au moins une colonne"):
        import_chiffres(read_, Prise(()))
    with pytest.raises(DonneesInvalidesError, match="la source et la date"):
        import_chiffres(read_, Prise(propose(read_, " ", "2026")))


def test_a_typed_figure_needs_a_number_a_source_and_a_date() -> None:
    commun = Commun("effectif", "patients", "CPAM", "2026")
    assert chiffre("Patients", "1 234,5", commun, 2).par_scenario == ((2, 1234.5),)
    with pytest.raises(DonneesInvalidesError, match="Valeur") as refusal:
        chiffre("", "beaucoup", Commun("effectif", "", "", ""), 2)
    assert len(refusal.value.messages) == 4
    with pytest.raises(DonneesInvalidesError, match="donnez un nombre"):
        chiffre("Patients", "<11", commun, 2)
    assert nombre("nd", "Patients") is None


def test_a_typed_figure_that_may_be_two_is_asked_about() -> None:
    commun = Commun("effectif", "", "CPAM", "2026")
    assert chiffre("Passages aux urgences", "1.254", commun, 1).par_scenario == ((1, 1254.0),)
    with pytest.raises(DonneesInvalidesError, match="écrivez 1\u202f254 ou 1,254 plutôt que"):
        chiffre("Projets", "1.254", commun, 1)
    assert chiffre("Projets", "1,254", commun, 1).par_scenario == ((1, 1.254),)


def test_a_former_name_is_that_of_the_whole_commune() -> None:
    found = read(("Commune", "Taux de recours"), ("Châlons-sur-Marne (51)", "10"), ("Reims", "20"))
    assert found.donnees[0].communes == {"51108": (10, 10), "51454": (20, 20)}
    twice = read(
        ("Commune", "Patients"),
        *(("Châlons-sur-Marne (51)", "10"), ("Châlons-en-Champagne", "10"), ("Reims", "2")),
    )
    assert twice.donnees[0].communes == {"51108": (10, 10), "51454": (2, 2)}


@pytest.mark.lent
def test_a_whole_country_is_read_and_the_territory_kept() -> None:
    communes = FRANCE.communes
    rows = [(code, nom, "12,5") for code, nom in zip(communes.index, communes["nom"], strict=True)]
    read_ = table(("Code", "Libellé", "Distance aux urgences 2024"), *rows)
    kept = FRANCE.codes("departement", "17")
    found = import_chiffres(read_, Prise(propose(read_, "Drees", "2024"), communes=set(kept)))
    assert set(found.donnees[0].communes) == set(kept)
    assert found.hors_territoire == len(communes) - len(kept)


def outcome(read: Callable[[], object]) -> object:
    """What is read, or the words of the refusal."""
    try:
        return read()
    except (ValueError, DonneesInvalidesError) as refusal:
        return str(refusal)


@given(some.lists(some.lists(some.text(max_size=8), max_size=4).map(tuple), max_size=8).map(tuple))
def test_any_table_is_read_or_refused(rows: tuple[tuple[str, ...], ...]) -> None:
    found = outcome(lambda: read(*rows))
    if isinstance(found, Importation):
        assert all(code in FRANCE for each in found.donnees for code in each.communes)
    else:
        assert found
