"""The catalogue: complete, consistent, and refused when it is not."""

import shutil
from pathlib import Path

import pytest

from cpts_geo.indicateurs.catalogue import Catalogue, load_catalogue
from cpts_geo.indicateurs.plan import plan
from cpts_geo.socle.chemins import DECLARATIONS

VIDE = """
[[famille]]
code = "vide"
titre = "Vide"
[[famille.rubrique]]
code = "vide"
titre = "Vide"
"""
TEXT = (DECLARATIONS / "indicateurs.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def declared() -> Catalogue:
    return load_catalogue()


def test_every_indicator_is_told(declared: Catalogue) -> None:
    assert declared.indicateurs
    for indicateur in declared.indicateurs:
        assert indicateur.definition.endswith("."), indicateur.code
        assert indicateur.unite, indicateur.code


def test_labels_are_distinct_in_a_family(declared: Catalogue) -> None:
    for famille in declared.familles:
        labels = [(item.libelle, item.unite) for item in declared.famille(famille)]
        assert len(set(labels)) == len(labels)
        assert labels


def test_panel_is_made_of_declared_indicators(declared: Catalogue) -> None:
    assert [declared[code].code for code in declared.panneau.codes] == list(declared.panneau.codes)
    assert "densite_medecins_generalistes" in declared.panneau.densites


def test_unknown_code(declared: Catalogue) -> None:
    with pytest.raises(KeyError):
        declared["inconnu"]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('code = "densite_population"', 'code = "population_municipale"', "même code"),
        ('agregation = "somme"', 'agregation = "moyenne"', r"indicateur\.0\.agregation"),
        ('sens = "neutre"', 'sens = "droite"', r"indicateur\.0\.sens"),
        ('rubrique = "habitants"', 'rubrique = "autre"', "population_municipale.*rubrique inconnue"),
        ('source = "communes"', 'source = "autre"', "population_municipale.*source inconnue"),
        ('champ = "pathologies"', 'champ = "autre"', "patho_diabete.*champ inconnu"),
        ('citation = "RSA 2023', 'citation = "RSA {autre}', "source inconnue.*autre"),
        ('ecart_en_points = "variation"', 'ecart_en_points = "autre"', "échelle d’écart inconnue"),
        ('denominateur = ["superficie_km2"]', "", "densite_population.*dénominateur manquant"),
        (
            "colonnes = { population_2016 =",
            "colonnes = { population_2015 =",
            "des colonnes sont dites sans servir",
        ),
        ('densites = ["densite_medecins', 'densites = ["densite_', "panneau inconnu"),
    ],
)
def test_senseless_declaration_is_refused(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert before in TEXT
    for name in ("rapport.toml", "champs.toml", "references.toml"):
        shutil.copy(DECLARATIONS / name, tmp_path)
    (tmp_path / "indicateurs.toml").write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('code = "habitants"', 'code = "ages"'),
        ('d_abord = ["nb_urgences"', 'd_abord = ["nb_urgence"'),
        ("[[famille]]", VIDE + "[[famille]]"),
    ],
)
def test_a_heading_is_told_once_and_has_its_indicators(tmp_path: Path, before: str, after: str) -> None:
    report = (DECLARATIONS / "rapport.toml").read_text(encoding="utf-8")
    assert before in report
    for name in ("indicateurs.toml", "champs.toml", "references.toml"):
        shutil.copy(DECLARATIONS / name, tmp_path)
    (tmp_path / "rapport.toml").write_text(report.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"[Rr]ubrique"):
        load_catalogue(tmp_path)


def test_indicators_follow_their_blocks_under_a_heading(declared: Catalogue) -> None:
    report = plan()
    order = {item.code: rank for rank, item in enumerate(declared.indicateurs)}
    for heading, rubrique in zip(report.rubriques, declared.rubriques, strict=True):
        codes = [item.code for item in rubrique.indicateurs]
        first, rest = codes[: len(heading.d_abord)], codes[len(heading.d_abord) :]
        assert first == list(heading.d_abord)
        assert rest == sorted(rest, key=order.__getitem__)
    assert sorted(order) == sorted(item.code for each in declared.rubriques for item in each.indicateurs)
