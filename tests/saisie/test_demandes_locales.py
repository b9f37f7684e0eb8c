"""Local figures given on a command line, for each territory its own."""

from pathlib import Path

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.demandes import Demande, DemandeInvalideError
from cpts_geo.saisie.demandes_locales import ChiffresDemandes, ConsignesLocales, complete, left_out, read
from cpts_geo.saisie.noms import index_noms

INDEX = index_noms(donnees().referentiel)
TABLE = (
    "Code INSEE;Commune;Code postal;Patients 2025\n17306;Royan;17200;12\n17421;Saujon;17600;<11\n99999;x;;3\n"
)


def given(folder: Path, text: str, consignes: ConsignesLocales = ConsignesLocales()) -> ChiffresDemandes:  # noqa: B008 - nothing of it can be changed
    path = folder / "patients.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, INDEX, consignes)


def demande(*codes: str) -> Demande:
    return Demande("Essai", Projet.nouveau(Territoire("Essai", codes)))


def test_each_territory_has_the_figures_of_its_communes(tmp_path: Path) -> None:
    chiffres = given(tmp_path, TABLE)
    done, taken = complete(demande("17421"), chiffres)
    assert done.projet
    (patients,) = done.projet.locales
    assert (patients.libelle, patients.communes) == ("Patients 2025", {"17421": (0.0, 10.0)})
    assert (patients.source, patients.date) == ("fichier patients.csv", "2025")
    assert taken
    assert left_out([taken, taken]) == [
        "Données locales, ligne 4 «\u00a099999\u00a0» laissée de côté\u00a0: nom ou code inconnu."
    ]


def test_how_the_file_was_read_is_said(tmp_path: Path) -> None:
    said = given(tmp_path, TABLE, ConsignesLocales("CPAM 17", "2026")).lecture
    assert "chiffres «\u00a0Patients 2025\u00a0»" in said
    assert said.endswith("colonnes non utilisées «\u00a0Code postal\u00a0»")


def test_how_doubtful_figures_were_read_is_said(tmp_path: Path) -> None:
    text = "Commune;Patients;Coût\nRoyan;1.204;1.204\nSaujon;402;2.402\n"
    said = given(tmp_path, text).lecture
    assert "«\u00a0Patients\u00a0» («\u00a01.204\u00a0» lu 1\u202f204)" in said
    assert "«\u00a0Coût\u00a0» («\u00a01.204\u00a0» lu 1,204)" in said


def test_the_rows_to_take_are_given_by_the_column_that_tells_them_apart(tmp_path: Path) -> None:
    text = "Commune;Sexe;Patients\nRoyan;H;5\nRoyan;F;5\nSaujon;H;2\nSaujon;F;1\n"
    done, _ = complete(demande("17306"), given(tmp_path, text, ConsignesLocales(lignes=("sexe=F",))))
    assert done.projet
    assert done.projet.locales[0].communes == {"17306": (5, 5)}
    with pytest.raises(DemandeInvalideError, match="--lignes-locales"):
        given(tmp_path, text, ConsignesLocales(lignes=("sexe=Autre",)))


def test_a_territory_without_any_figure_is_as_it_was(tmp_path: Path) -> None:
    alone = demande("2A004")
    assert complete(alone, given(tmp_path, TABLE)) == (alone, None)
    failed = Demande("Essai", probleme="illisible")
    assert complete(failed, given(tmp_path, TABLE)) == (failed, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Commune;Avis\nRoyan;bon\n", "Aucune colonne"),
        ("Commune;Année;Patients\nRoyan;2023;1\nRoyan;2024;2\n", "--annee-locale"),
        ("Commune;Sexe;Patients\nRoyan;H;5\nRoyan;F;5\nSaujon;H;2\nSaujon;F;1\n", "--lignes-locales"),
        ("", "vide"),
    ],
)
def test_what_cannot_be_taken_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(DemandeInvalideError, match=words):
        given(tmp_path, text)
