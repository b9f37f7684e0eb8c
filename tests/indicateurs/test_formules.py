"""Formulas in words, over the whole catalogue."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.citations import load_sources_citees
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.formules import (
    ColonnesPartagees,
    codes_sources,
    colonnes,
    denominateur,
    formule,
    load_colonnes,
    masques,
    methode,
)
from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.declarations import declaration

MILLE = "\u202f"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("part_75_ans", "100 × habitants de 75 ans et plus ÷ habitants au recensement de 2022"),
        ("densite_population", "population municipale ÷ superficie en km²"),
        (
            "evolution_population",
            (
                "100 × (population municipale de 2022 − population municipale de 2016)"
                " ÷ population municipale de 2016"
            ),
        ),
        (
            "part_c2s",
            (
                "100 × (bénéficiaires de la C2S gratuite + bénéficiaires de la C2S avec participation)"
                " ÷ assurés du régime général"
            ),
        ),
        (
            "densite_infirmiers",
            f"100{MILLE}000 × lieux d’exercice d’infirmiers libéraux ÷ population municipale",
        ),
        (
            "minutes_urgences",
            (
                "somme de (minutes de trajet depuis la commune × population municipale)"
                " ÷ somme de population municipale"
            ),
        ),
        (
            "zonage_infirmiers_sur_dotee",
            "100 × habitants en zone « sur-dotée » (infirmiers) ÷ habitants de toutes les zones (infirmiers)",
        ),
        ("nb_maternites", "somme sur toutes les communes\u00a0: maternités"),
        (
            "niveau_vie_median",
            "niveau de vie médian\u00a0: de la commune la plus basse à la commune la plus haute",
        ),
        (
            "patho_diabete",
            (
                "chiffre du département (Diabète, tous sexes, 2023)\u00a0; sur plusieurs départements,"
                " moyenne pondérée par leurs habitants dans le territoire"
            ),
        ),
    ],
)
def test_formula_in_words(code: str, expected: str) -> None:
    assert formule(donnees().catalogue[code]) == expected


@pytest.mark.parametrize("item", donnees().catalogue.indicateurs, ids=lambda item: item.code)
def test_every_indicator_has_a_formula_and_its_sources(item: Indicateur) -> None:
    written = formule(item)
    assert "_" not in written, "the name of a column"
    assert codes_sources(item)[0] == item.source.code
    assert set(codes_sources(item)) <= set(load_sources_citees())


def test_formulas_tell_indicators_apart() -> None:
    written = [formule(item) for item in donnees().catalogue.indicateurs]
    assert len(set(written)) == len(written)


def test_the_source_of_an_indicator_gives_one_of_its_columns() -> None:
    for item in donnees().catalogue.indicateurs:
        if item.par_commune:
            used = (*item.numerateur, *item.moins, *item.denominateur)
            assert item.source.code in {colonnes().sources[name] for name in used}, item.code


def test_no_column_is_declared_in_vain_or_twice() -> None:
    used = {
        name
        for item in donnees().catalogue.indicateurs
        if item.agregation != "departement"
        for name in (*item.numerateur, *item.moins, *item.denominateur)
    }
    assert set(colonnes().libelles) == used
    assert set().union(*colonnes().ensembles) <= used


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("plus_65_ans_2022 = ", "population_rp_2022 = ", "deux fois.*population_rp_2022"),
        ('colonnes = { ald = "assurés en ALD" }\n', "", "que rien ne dit.*ald"),
    ],
)
def test_a_column_is_told_in_one_place(tmp_path: Path, before: str, after: str, message: str) -> None:
    text = (DECLARATIONS / "indicateurs.toml").read_text(encoding="utf-8")
    assert before in text
    shutil.copy(DECLARATIONS / "colonnes.toml", tmp_path)
    (tmp_path / "indicateurs.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_colonnes(tmp_path)


def test_what_indicators_share_is_told_apart() -> None:
    """A column of one indicator, from its own source, is told in its block."""
    takers = Counter(
        name
        for item in donnees().catalogue.indicateurs
        if item.par_commune
        for name in {*item.numerateur, *item.moins, *item.denominateur}
    )
    shared = declaration("colonnes", ColonnesPartagees).source
    alone = [(source, name) for source, names in shared.items() for name in names if takers[name] == 1]
    owners = {
        name: item.source.code
        for item in donnees().catalogue.indicateurs
        for name in (*item.numerateur, *item.moins, *item.denominateur)
    }
    assert [name for source, name in alone if owners[name] == source] == []


def test_sources_of_a_ratio_of_two_sources() -> None:
    assert codes_sources(donnees().catalogue["densite_orthophonistes"]) == ("bpe_2019", "communes")
    assert codes_sources(donnees().catalogue["mortalite_tumeurs"]) == ("departements",)


def test_what_a_figure_is_divided_by_and_its_masked_values_are_told() -> None:
    catalogue = donnees().catalogue
    assert denominateur(catalogue["densite_infirmiers"]) == "population municipale"
    assert denominateur(catalogue["nb_maternites"]) == ""
    assert "de 0 à 4 foyers" in masques(catalogue["part_rsa"])
    assert "de 0 à 9 assurés" in masques(catalogue["ald"])
    assert masques(catalogue["densite_infirmiers"]) == ""
    assert methode(catalogue["part_rsa"])[-1] == masques(catalogue["part_rsa"])
    assert len(methode(catalogue["densite_infirmiers"])) == 1
