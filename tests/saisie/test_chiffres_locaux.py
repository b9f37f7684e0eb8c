"""A table of local figures is taken whole or not at all, and what is wrong is said where it is."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.chiffres_locaux import (
    MOST_MESSAGES,
    Commun,
    DonneesInvalidesError,
    Importation,
    import_chiffres,
    nombre,
)
from cpts_geo.saisie.noms import index_noms

COMMUN = Commun("effectif", "patients", "CPAM de Charente-Maritime", "janvier 2026")
ENTETE = ("Code INSEE", "Commune", "Patients sans MT", "Visites")
SAUJON, ROYAN, MEDIS = ("17421", "Saujon"), ("17306", "Royan"), ("17228", "Médis")


def read(*rows: tuple[str, ...]) -> Importation:
    return import_chiffres(rows, index_noms(donnees().referentiel), COMMUN)


def refused(*rows: tuple[str, ...]) -> str:
    with pytest.raises(DonneesInvalidesError) as refusal:
        read(*rows)
    return str(refusal.value)


def test_each_column_of_numbers_is_a_figure_and_blank_is_not_zero() -> None:
    found = read(ENTETE, (*SAUJON, "1 204", "12,5"), (*ROYAN, "nd", "0"), (*MEDIS, "", "3\u202f000 %"))
    patients, visites = found.donnees
    assert (patients.libelle, patients.par_commune) == ("Patients sans MT", (("17421", 1204.0),))
    assert visites.par_commune == (("17421", 12.5), ("17306", 0.0), ("17228", 3000.0))
    assert (patients.source, patients.date, patients.unite) == (COMMUN.source, COMMUN.date, "patients")


def test_a_column_of_words_is_left_aside_and_named() -> None:
    found = read((*ENTETE[:3], "Remarque"), (*SAUJON, "1", "à voir"), (*ROYAN, "2", ""), (*MEDIS, "3", "ok"))
    assert [each.libelle for each in found.donnees] == ["Patients sans MT"]
    assert found.ignorees == ("Remarque",)
    assert found.message == "1\u00a0colonne sans nombre laissée de côté\u00a0: «\u00a0Remarque\u00a0»."


def test_many_columns_left_aside_are_counted_and_none_is_said_of_none() -> None:
    words = tuple(f"Remarque {rank}" for rank in range(MOST_MESSAGES + 2))
    rest = ("mot",) * len(words)
    found = read((*ENTETE[:3], *words), (*SAUJON, "1", *rest), (*ROYAN, "2", *rest), (*MEDIS, "3", *rest))
    assert found.message.startswith(f"{len(words)}\u00a0colonnes sans nombre laissées de côté\u00a0: ")
    assert found.message.endswith("et 2\u00a0autres.")
    assert read(ENTETE[:3], (*SAUJON, "1"), (*ROYAN, "2"), (*MEDIS, "3")).message == ""


def test_a_bad_cell_is_named_by_line_and_column_and_nothing_is_taken() -> None:
    message = refused(ENTETE, (*SAUJON, "1", "2"), (*ROYAN, "beaucoup", "3"), (*MEDIS, "4", "1e400"))
    assert (
        "Ligne 3, colonne C (Patients sans MT)\u00a0: «\u00a0beaucoup\u00a0» n’est pas un nombre." in message
    )
    assert "Ligne 4, colonne D (Visites)" in message


def test_unknown_and_repeated_communes_are_named_by_line() -> None:
    names = ("Commune", "Patients")
    message = refused(names, ("Saujon", "1"), ("Saujonne-les-Nuages", "2"), ("Médis", "3"), ("Saujon", "4"))
    assert "Ligne 3 («\u00a0Saujonne-les-Nuages\u00a0»)\u00a0: commune inconnue." in message
    assert "Ligne 5 («\u00a0Saujon\u00a0»)\u00a0: cette commune a déjà une ligne." in message


def test_a_table_without_header_or_without_numbers_is_refused() -> None:
    assert "nommer les colonnes" in refused((*SAUJON, "1"), (*ROYAN, "2"), (*MEDIS, "3"))
    assert "Aucune colonne" in refused(ENTETE[:3], (*SAUJON, "x"), (*ROYAN, "y"), (*MEDIS, "z"))
    assert "Colonne D\u00a0: donnez-lui un nom" in refused(
        (*ENTETE[:3], ""), (*SAUJON, "1", "2"), (*ROYAN, "3", "4")
    )


def test_many_problems_are_summed_up() -> None:
    codes = donnees().referentiel.codes("departement", "17")[:30]
    rows = [
        (code, donnees().referentiel[code].nom, "1" if rank == 0 else "x") for rank, code in enumerate(codes)
    ]
    lines = refused(ENTETE[:3], *rows).splitlines()
    assert len(lines) == 11
    assert lines[-1] == "Et 19 autres problèmes."


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 234,5", 1234.5), ("12 %", 12.0), ("−3", -3.0), ("0", 0.0), ("nd", None), ("s", None), ("", None)],
)
def test_numbers_are_read_as_the_french_write_them(text: str, value: float | None) -> None:
    assert nombre(text) == value


def outcome(read: Callable[[], object]) -> object:
    """What is read, or the words of the refusal."""
    try:
        return read()
    except (ValueError, DonneesInvalidesError) as refusal:
        return str(refusal)


@given(some.text(max_size=20))
def test_any_text_is_a_number_nothing_or_refused(text: str) -> None:
    value = outcome(lambda: nombre(text))
    assert value is None or (isinstance(value, float) and abs(value) <= 1e12) or value


@given(some.lists(some.lists(some.text(max_size=8), max_size=4).map(tuple), max_size=8).map(tuple))
def test_any_table_is_read_or_refused(rows: tuple[tuple[str, ...], ...]) -> None:
    found = outcome(lambda: import_chiffres(rows, index_noms(donnees().referentiel), COMMUN))
    if isinstance(found, Importation):
        assert all(code in donnees().referentiel for each in found.donnees for code, _ in each.par_commune)
    else:
        assert found
