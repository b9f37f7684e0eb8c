"""What comes from the network is a file, or is refused with a sentence; nothing leaves this machine here."""

import json
import zipfile
from pathlib import Path

import httpx2
import pytest

from cpts_geo.sources import telechargement
from cpts_geo.sources.editions import CatalogueEditions
from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.telechargement import fetch, latest_address

# Path → status, headers, body.
Answers = dict[str, tuple[int, dict[str, str], bytes]]


def test_file_is_fetched_whole(tmp_path: Path, site: str, answers: Answers) -> None:
    body = b"CODGEO;MED21\n" + b"01001;25820\n" * 50_000
    answers["/filosofi.csv"] = (200, {}, body)
    path = fetch(f"{site}/filosofi.csv", tmp_path, maximum_mo=2)
    assert path.read_bytes() == body
    assert path.parent == tmp_path


def test_redirection_is_followed(tmp_path: Path, site: str, answers: Answers) -> None:
    answers["/r/1"] = (302, {"Location": f"{site}/donnees.csv"}, b"")
    answers["/donnees.csv"] = (200, {}, b"COM;PMUN\n")
    assert fetch(f"{site}/r/1", tmp_path, 1).read_bytes() == b"COM;PMUN\n"


@pytest.mark.parametrize(
    "target", ["http://example.invalid/a.csv", "ftp://127.0.0.1/a.csv", "file:///etc/hostname"]
)
def test_redirection_elsewhere_is_refused(tmp_path: Path, site: str, answers: Answers, target: str) -> None:
    answers["/r/1"] = (302, {"Location": target}, b"")
    with pytest.raises(ErreurSource):
        fetch(f"{site}/r/1", tmp_path, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["http://www.insee.fr/a.csv", "ftp://www.insee.fr/a.csv", "file:///etc/hosts"]
)
def test_address_must_be_secure(tmp_path: Path, address: str) -> None:
    with pytest.raises(ErreurSource, match="Adresse refusée"):
        fetch(address, tmp_path, 1)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Service indisponible</body></html>",
        b"\xef\xbb\xbf  <html></html>",
        b'{"error": "not found"}',
    ],
)
def test_page_in_place_of_the_file_is_refused(
    tmp_path: Path, site: str, answers: Answers, body: bytes
) -> None:
    answers["/a.xlsx"] = (200, {"Content-Type": "application/vnd.ms-excel"}, body)
    with pytest.raises(ErreurSource, match="page ou un message d’erreur"):
        fetch(f"{site}/a.xlsx", tmp_path, 1)


def test_missing_file_and_empty_file_are_refused(tmp_path: Path, site: str, answers: Answers) -> None:
    with pytest.raises(ErreurSource, match="répond 404"):
        fetch(f"{site}/absent.csv", tmp_path, 1)
    answers["/vide.csv"] = (200, {}, b"\n\n")
    with pytest.raises(ErreurSource, match="Fichier vide"):
        fetch(f"{site}/vide.csv", tmp_path, 1)
    with pytest.raises(ErreurSource, match="Fichier absent"):
        fetch(str(tmp_path / "jamais.csv"), tmp_path, 1)


def test_oversized_file_is_refused_whether_it_says_its_size_or_not(
    tmp_path: Path, site: str, answers: Answers
) -> None:
    body = b"x" * 1_100_000
    answers["/dit.csv"] = (200, {}, body)
    answers["/tait.csv"] = (200, {"Content-Length": ""}, body)
    for name in ("dit", "tait"):
        with pytest.raises(ErreurSource, match="trop gros"):
            fetch(f"{site}/{name}.csv", tmp_path, 1)
    (tmp_path / "local.csv").write_bytes(body)
    with pytest.raises(ErreurSource, match="trop gros"):
        fetch(str(tmp_path / "local.csv"), tmp_path, 1)


def test_archive_that_swells_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bombe.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("donnees_communes.csv", b"0" * 61_000_000)
    with pytest.raises(ErreurSource, match="Archive refusée"):
        fetch(str(bomb), tmp_path, 1)


def test_truncated_archive_is_refused(tmp_path: Path, site: str, answers: Answers) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr("donnees_communes.csv", "COM;PMUN\n" * 1000)
    answers["/ensemble.zip"] = (200, {}, whole.read_bytes()[:-200])
    with pytest.raises(ErreurSource, match="tronqué"):
        fetch(f"{site}/ensemble.zip", tmp_path, 1)


def test_answer_does_not_choose_where_it_is_written(tmp_path: Path, site: str, answers: Answers) -> None:
    answers["/..%2F..%2Fetc%2Fpasswd"] = (200, {}, b"COM;PMUN\n")
    path = fetch(f"{site}/..%2F..%2Fetc%2Fpasswd", tmp_path, 1)
    assert path.parent == tmp_path


def test_no_network_is_said(tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    free = site.rsplit(":", 1)[0] + ":1"
    with pytest.raises(ErreurSource, match="pas de connexion"):
        fetch(f"{free}/a.csv", tmp_path, 1)

    def slow(*_: object, **__: object) -> None:
        raise httpx2.ReadTimeout("")

    monkeypatch.setattr(telechargement.httpx2.Client, "stream", slow)
    with pytest.raises(ErreurSource, match="ne répond pas"):
        fetch(f"{site}/a.csv", tmp_path, 1)


def test_newest_file_of_a_catalogue(site: str, answers: Answers) -> None:
    names = ["20250703-0338", "20260511-0343", "20260311-0343"]
    resources = [{"url": f"https://static.example/x/etalab-cs1100507-stock-{name}.csv"} for name in names]
    resources.append({"url": "https://static.example/x/etalab-cs1100502-stock-20270101-0000.csv"})
    answers["/api"] = (200, {}, json.dumps({"resources": resources}).encode())
    catalogue = CatalogueEditions(f"{site}/api", r"etalab-cs1100507-stock-\d{8}-\d{4}\.csv$")
    assert latest_address(catalogue).endswith("stock-20260511-0343.csv")
    with pytest.raises(ErreurSource, match="ne propose plus"):
        latest_address(CatalogueEditions(f"{site}/api", "autre"))
    answers["/api"] = (200, {}, b"<html></html>")
    with pytest.raises(ErreurSource, match="n’a pas la forme"):
        latest_address(catalogue)
