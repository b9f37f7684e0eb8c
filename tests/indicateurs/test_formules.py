"""Formulas in words, over the whole catalogue."""

import pytest

from cpts_geo.indicateurs.catalogue import Indicateur, catalogue
from cpts_geo.indicateurs.citations import load_sources_citees
from cpts_geo.indicateurs.formules import codes_sources, colonnes, formule

MILLE = "\u202f"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("taux_chomage", "100 × chômeurs de 15 à 64 ans ÷ actifs de 15 à 64 ans"),
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
        ("densite_infirmiers", f"100{MILLE}000 × infirmiers ÷ population municipale"),
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
    assert formule(catalogue()[code]) == expected


@pytest.mark.parametrize("item", catalogue().indicateurs, ids=lambda item: item.code)
def test_every_indicator_has_a_formula_and_its_sources(item: Indicateur) -> None:
    written = formule(item)
    assert "_" not in written, "the name of a column"
    assert codes_sources(item)[0] == item.source.code
    assert set(codes_sources(item)) <= set(load_sources_citees())


def test_formulas_tell_indicators_apart() -> None:
    written = [formule(item) for item in catalogue().indicateurs]
    assert len(set(written)) == len(written)


def test_the_source_of_an_indicator_gives_one_of_its_columns() -> None:
    for item in catalogue().indicateurs:
        if item.par_commune:
            used = (*item.numerateur, *item.moins, *item.denominateur)
            assert item.source.code in {colonnes().sources[name] for name in used}, item.code


def test_no_column_is_declared_in_vain_or_twice() -> None:
    used = {
        name
        for item in catalogue().indicateurs
        if item.par_commune
        for name in (*item.numerateur, *item.moins, *item.denominateur)
    }
    assert set(colonnes().libelles) == used
    assert set().union(*colonnes().ensembles) <= used


def test_sources_of_a_ratio_of_two_sources() -> None:
    assert codes_sources(catalogue()["densite_orthophonistes"]) == ("bpe_2019", "communes")
    assert codes_sources(catalogue()["mortalite_tumeurs"]) == ("departements",)
