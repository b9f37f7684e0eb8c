import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cpts_geo.documents.formats import FORMATS, Fichiers
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.commande import DES_ECHECS, DES_LIGNES_LAISSEES, RIEN, TOUT_FAIT, main
from cpts_geo.projet import adresse, fichier
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.demandes import Consignes, DemandeInvalideError, read
from cpts_geo.socle.chemins import ROOT
from tests.outils.dossiers import HOSTILES, JOUR, RURAL

CODES = ("31555", "11076", "17306", "2A004", "97411", "75056", "31069", "59350")
TABLEAU = "CPTS;Code;Commune\nNord;31555;Toulouse\nNord;31069;Blagnac\nSud;11076;Castelnaudary\n"


def run(out: Path, *arguments: str) -> int:
    return main(["diagnostic", "--format", "csv", "--out", str(out), "--communes", *arguments])


def names(out: Path) -> set[str]:
    return {each.name.rsplit("-", 3)[0] for each in out.iterdir()}


def codes(text: str, nom: str = "") -> list[tuple[str, ...]]:
    return [
        each.projet.territoire.codes if each.projet else ()
        for each in read(text, donnees().referentiel, Consignes(nom))
    ]


def link(projet: Projet) -> str:
    return "http://localhost:8501/?" + "&".join(
        f"{name}={value.replace(' ', '+')}" for name, value in adresse.write(projet).items()
    )


@pytest.mark.parametrize("text", ["31555,31069", "31555 31069", "31555, 31069;"])
def test_codes(text: str) -> None:
    assert codes(text) == [("31555", "31069")]


def test_cpts_that_exist_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["diagnostic", "--format", "projet", "--out", str(tmp_path), "--cpts"]
    assert main([*asked, "cpts du pays d'apt", "CPTS de Nulle Part"]) == DES_ECHECS
    assert "CPTS de Nulle Part. Cette CPTS n’est pas connue." in capsys.readouterr().err
    (file,) = tmp_path.iterdir()
    opened = fichier.decode(file.read_bytes(), donnees().referentiel).projet
    assert opened.territoire == Territoire(
        "CPTS du Pays d’Apt", donnees().cpts.communes("CPTS du Pays d’Apt")
    )


def test_either_communes_or_cpts_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["diagnostic", "--out", "ailleurs"])
    assert "il manque l’une des options --cpts --communes." in capsys.readouterr().err


def test_codes_that_are_not_those_of_communes_are_said() -> None:
    (demande,) = read("31555,00000", donnees().referentiel)
    assert demande.projet is None
    assert "00000" in demande.probleme


def test_a_link_and_a_file_of_links(tmp_path: Path) -> None:
    links = [link(Projet.nouveau(RURAL)), link(Projet.nouveau(Territoire("Deux", ("2A004",))))]
    (demande,) = read(links[0], donnees().referentiel)
    assert demande.projet
    assert demande.projet.territoire == RURAL
    file = tmp_path / "liens.txt"
    file.write_text("\n".join(links), encoding="utf-8")
    assert [each.nom for each in read(str(file), donnees().referentiel)] == ["CPTS du Lauragais", "Deux"]


def test_a_damaged_link_is_said() -> None:
    (demande,) = read("http://a.fr/?communes=1.@@@", donnees().referentiel)
    assert demande.projet is None
    assert demande.probleme


def test_a_list_is_named_after_its_file(tmp_path: Path) -> None:
    file = tmp_path / "CPTS du Nord.txt"
    file.write_text("Toulouse\nBlagnac (31)\n", encoding="utf-8")
    (demande,) = read(str(file), donnees().referentiel)
    assert demande.nom == "CPTS du Nord"
    assert codes(str(file)) == [("31555", "31069")]


def test_a_project_brings_its_local_figures(tmp_path: Path) -> None:
    projet = Projet.nouveau(RURAL).write_synthese(1, "Notre texte")
    file = tmp_path / "projet.json"
    file.write_bytes(fichier.encode(projet, JOUR, donnees().fiches))
    (demande,) = read(str(file), donnees().referentiel)
    assert demande.projet
    assert demande.projet[1].synthese == "Notre texte"


def test_a_table_has_one_territory_by_name(tmp_path: Path) -> None:
    file = tmp_path / "toutes.csv"
    file.write_text(TABLEAU, encoding="utf-8")
    out = tmp_path / "out"
    assert run(out, str(file)) == TOUT_FAIT
    assert names(out) == {"rapport-cpts-nord", "communes-cpts-nord", "rapport-cpts-sud", "communes-cpts-sud"}


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "toutes.csv"
    file.write_text(TABLEAU + "Est;99999;Nulle part\nOuest;17306;Royan\n", encoding="utf-8")
    out = tmp_path / "out"
    assert run(out, str(file)) == DES_ECHECS
    assert {"rapport-cpts-nord", "rapport-cpts-ouest"} <= names(out)
    said = capsys.readouterr()
    assert "Échec\u00a0: Est." in said.err
    assert "ligne 5" in said.err
    assert "3\u00a0territoires" in said.out


def test_unknown_communes_can_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Code;Commune\n31555;Toulouse\n99999;Nulle part\n31069;Blagnac\n", encoding="utf-8")
    out = tmp_path / "out"
    assert run(out, str(file)) == RIEN
    assert main(
        [
            "diagnostic",
            "--communes",
            str(file),
            "--ignorer-inconnues",
            "--format",
            "projet",
            "--out",
            str(out),
        ]
    ) == (DES_LIGNES_LAISSEES)
    assert (
        "ligne 3 «\u00a099999\u00a0» laissée de côté\u00a0: nom ou code inconnu." in capsys.readouterr().err
    )


def test_two_territories_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    assert run(tmp_path, "31555", "11076") == TOUT_FAIT
    assert len(list(tmp_path.iterdir())) == 4


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    lists = tmp_path / "listes"
    lists.mkdir()
    (lists / "a.txt").write_text("Toulouse", encoding="utf-8")
    (lists / "b.csv").write_text("Code;Commune\n11076;Castelnaudary\n31555;Toulouse\n", encoding="utf-8")
    (lists / "c.pdf").write_bytes(b"%PDF")
    assert [each.nom for each in read(str(lists), donnees().referentiel)] == ["a", "b"]


def test_what_is_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DemandeInvalideError, match="ni un fichier"):
        read("nulle/part", donnees().referentiel)
    assert run(tmp_path, "nulle/part") == RIEN
    assert "Erreur" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diagnostic", "--out", "x"], "il manque"),
        (["diagnostic", "--communes", "31555", "--out", "x", "--format", "doc"], "format inconnu"),
        (["diagnostic", "--communes", "31555", "--out", "x", "--modele", "autre"], "choix inconnu"),
    ],
)
def test_bad_arguments_are_said_in_french(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == RIEN
    assert message in capsys.readouterr().err


@pytest.mark.lent
def test_several_processes_write_the_same(tmp_path: Path) -> None:
    asked = ["--communes", *CODES, "--format", "geojson", "--nom", HOSTILES[1]]
    for count in ("1", "2"):
        out = ["--out", str(tmp_path / count), "--processus", count]
        command = [sys.executable, "-m", "cpts_geo", "diagnostic", *asked, *out]
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert made.returncode == TOUT_FAIT, made.stderr
        assert f"{len(CODES)}\u00a0territoires" in made.stdout
    first, second = (sorted((tmp_path / count).iterdir()) for count in ("1", "2"))
    assert [each.name for each in first] == [each.name for each in second]
    assert [each.read_bytes() for each in first] == [each.read_bytes() for each in second]


def broken(*_: object) -> Fichiers:
    raise RuntimeError("English words")


@pytest.mark.parametrize(("formats", "code"), [("csv,geojson", DES_ECHECS), ("geojson", RIEN)])
def test_a_format_that_fails_is_said_and_the_others_are_written(
    formats: str,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(FORMATS, "geojson", replace(FORMATS["geojson"], write=broken))
    assert main(["diagnostic", "--communes", "31555", "--format", formats, "--out", str(tmp_path)]) == code
    said = capsys.readouterr()
    assert "GeoJSON\u00a0: ce fichier n’a pas pu être fait" in said.err
    assert "English" not in said.err + said.out
    assert str(tmp_path / "erreurs.log") in said.err
    assert "English words" in (tmp_path / "erreurs.log").read_text(encoding="utf-8")
    assert len(list(tmp_path.glob("*.csv"))) == (2 if "csv" in formats else 0)


@pytest.mark.lent
def test_the_command_line_needs_nothing_of_the_screen() -> None:
    script = (
        "import sys, cpts_geo.interface.commande; print({'plotly', 'streamlit', 'folium'} & {*sys.modules})"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "set()\n"


def test_definitions_are_written_where_they_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "definitions.md"
    assert main(["definitions", "--out", str(out)]) == TOUT_FAIT
    assert out.read_text(encoding="utf-8").startswith("# Définitions des indicateurs")
    assert str(out) in capsys.readouterr().out


def test_local_figures_are_joined_and_what_is_left_out_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "patients.csv"
    table.write_text("Commune;Patients 2025\nToulouse;12\nBlagnac;<11\nNulle part;3\n", encoding="utf-8")
    out = tmp_path / "out"
    done = main(
        [
            *("diagnostic", "--communes", "31555,31069", "--donnees-locales", str(table)),
            *("--format", "projet", "--out", str(out)),
        ]
    )
    assert done == DES_LIGNES_LAISSEES
    said = capsys.readouterr().err
    assert "chiffres «\u00a0Patients 2025\u00a0»" in said
    assert "ligne 4 «\u00a0Nulle part\u00a0» laissée de côté" in said
    (written,) = out.iterdir()
    (patients,) = fichier.decode(written.read_bytes(), donnees().referentiel).projet.locales
    assert patients.communes == {"31555": (12.0, 12.0), "31069": (0.0, 10.0)}
