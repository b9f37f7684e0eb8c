"""A table of local figures is read whatever its form; what is not taken of it is told."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import limites
from cpts_geo.saisie.chiffres_locaux import (
    SANS_DATE,
    Commun,
    DonneesInvalidesError,
    Fusions,
    Importation,
    Prise,
    TableDeChiffres,
    chiffre,
    import_chiffres,
    nombre,
    propose,
    read_table,
)
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille
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
        (("17228", 0.0, 10.0),),
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


def test_a_commune_with_two_figures_has_none_unless_they_are_the_same() -> None:
    names = ("Commune", "Patients", "Visites")
    found = read(names, ("Saujon", "1", "7"), ("Médis", "3", "8"), ("Saujon", "4", "7"))
    patients, visites = found.donnees
    assert dict(patients.par_commune) == {"17228": 3.0}
    assert dict(visites.par_commune) == {"17421": 7.0, "17228": 8.0}
    assert "plusieurs chiffres différents" in found.laissees[0].raison


FORMER = ("93059", "Pierrefitte-sur-Seine"), ("93066", "Saint-Denis")


def test_counts_of_former_communes_add_up() -> None:
    found = read(("Code", "Commune", "Patients"), (*FORMER[0], "10"), (*FORMER[1], "<11"), (*ROYAN, "4"))
    (patients,) = found.donnees
    assert patients.par_commune == (("17306", 4.0),)
    assert patients.bornes == (("93066", 10.0, 20.0),)


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


def test_points_part_thousands_where_the_column_has_commas() -> None:
    found = read(("Commune", "Coût"), ("Royan", "1.204"), ("Saujon", "12,5"))
    assert dict(found.donnees[0].par_commune) == {"17306": 1204.0, "17421": 12.5}


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
    assert nombre("nd") is None


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
