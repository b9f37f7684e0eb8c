"""The glossary explains every sigle that the texts of the application use, and names real indicators."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpts_geo.indicateurs.citations import load_manifest
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.glossaire import glossaire
from cpts_geo.socle.chemins import ASSETS, DECLARATIONS
from cpts_geo.socle.declarations import DeclarationInvalideError
from cpts_geo.socle.textes import sans_accents

SIGLE = re.compile(r"\b(?:[A-Z]{2,}[A-Z0-9]*|[A-Z]-[A-Z]{3}|[A-Z]\d[A-Z])\b")
MARKUP = re.compile(r"<[^>]*>|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
# Publishers and data sets that are written in small letters too.
NOMS = ("Cnaf", "Cnam", "Cnav", "CépiDc", "DGFiP", "Filosofi", "Inserm", "Insee")
ATTENDUS = (
    "CPTS",
    "ACI",
    "ARS",
    "CPAM",
    "EPCI",
    "APL",
    "ALD",
    "C2S",
    "MSP",
    "ESP",
    "ESCAP",
    "MG",
    "IDE",
    "MK",
    "ZIP",
    "ZAC",
    "SNP",
    "PDSA",
    "SAS",
    "HAD",
    "SSIAD",
    "EHPAD",
    "FINESS",
    "RPPS",
    "BPE",
    "QPV",
    "DREES",
)


# Numbers of the chapters of the report.
CHAPITRES = {"II", "III", "IV", "VI"}


def texts_of(value: object) -> Iterator[str]:
    """Every text of several words in a declaration: a code is a single one."""
    if isinstance(value, str):
        yield from [value] if " " in value else []
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of(each)


def shown() -> dict[str, str]:
    """What the application shows, by the file it comes from."""
    declared = {
        path.name: " ".join(texts_of(tomllib.loads(path.read_text(encoding="utf-8"))))
        for path in DECLARATIONS.glob("*.toml")
    }
    templates = {
        path.name: MARKUP.sub(" ", path.read_text(encoding="utf-8"))
        for path in (ASSETS / "templates").glob("*.html")
    }
    return declared | templates | {"manifest.json": " ".join(texts_of(load_manifest()["sources"]))}


@pytest.mark.parametrize("name", sorted(shown()))
def test_every_sigle_shown_is_explained(name: str) -> None:
    explained = {sigle.sigle.upper() for sigle in glossaire().sigles}
    used = set(SIGLE.findall(shown()[name]))
    assert used - explained - CHAPITRES == set()


def test_sigles_are_looked_for_where_there_are_some() -> None:
    found = {sigle for text in shown().values() for sigle in SIGLE.findall(text)}
    assert found >= {"ALD", "APL", "C2S", "CPTS", "EPCI", "F-EDI", "SSIAD"}


@pytest.mark.parametrize("sigle", [*NOMS, *ATTENDUS])
def test_expected_sigles_are_there(sigle: str) -> None:
    assert sigle in {each.sigle for each in glossaire().sigles}


def test_sigles_are_sorted_and_each_is_explained_once() -> None:
    sigles = [each.sigle for each in glossaire().sigles]
    assert sigles == sorted(set(sigles), key=sans_accents)
    assert all(each.texte and each.texte != each.sigle for each in glossaire().sigles)


def test_structures_name_indicators_of_the_catalogue() -> None:
    known = {item.code for item in donnees().catalogue.indicateurs}
    named = [code for structure in glossaire().structures for code in structure.indicateurs]
    assert set(named) <= known
    assert set(named) >= {item.code for item in donnees().catalogue.famille("structures")}


def test_every_entry_says_something() -> None:
    declared = glossaire()
    entries = (*declared.structures, *declared.methodes, *declared.phases, *declared.absences)
    assert all(text for each in entries for _, text in each if isinstance(text, str))
    assert [phase.nom for phase in declared.phases] == ["Émergence", "Conception", "Contractualisation"]


def test_an_incomplete_declaration_is_refused(tmp_path: Path) -> None:
    text = (DECLARATIONS / "glossaire.toml").read_text(encoding="utf-8")
    path = tmp_path / "glossaire.toml"
    path.write_text(text.replace('demander = "MSA (GéoMSA)"\n', ""), encoding="utf-8")
    with pytest.raises(DeclarationInvalideError, match="demander"):
        glossaire(tmp_path)
