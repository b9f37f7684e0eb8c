"""Professionals of whole départements beside their places of practice: counted once, said, never applied."""

from pathlib import Path

import pandas as pd
import pytest

from cpts_geo.indicateurs.autour.liberaux import Effectifs, Liberaux, dits, load_effectifs
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE

CATALOGUE, FIGURES = donnees().catalogue, donnees().agregateur
NURSES, SPEECH = CATALOGUE["densite_infirmiers"], CATALOGUE["densite_orthophonistes"]
MERIGNAC, MONTEREAU = "33281", "77305"
DEPARTEMENTS = pd.read_parquet(BUNDLE / "departements.parquet")


def test_professionals_of_several_departements_add_up_or_are_not_known() -> None:
    known = Effectifs({"33": 3_034.0, "40": 906.0})
    assert known.total(["33", "40"]) == 3_940
    assert known.total(["33", "98"]) is None
    assert known.total([]) is None


def test_they_are_those_of_cnam_and_of_the_whole_departements() -> None:
    found = FIGURES.liberaux(NURSES, ["33"])
    assert found == Liberaux(("33",), 3_034, 3_272)
    both = FIGURES.liberaux(NURSES, ["33", "77"])
    apart = FIGURES.liberaux(NURSES, ["77"])
    assert apart
    assert both == Liberaux(("33", "77"), 3_034 + apart.professionnels, 3_272 + apart.lieux)


@pytest.mark.parametrize(
    "code", ["densite_medecins_generalistes", "densite_pharmacies", "population_municipale"]
)
def test_what_counts_no_places_has_none_beside_it(code: str) -> None:
    assert FIGURES.liberaux(CATALOGUE[code], ["33"]) is None


def test_they_are_told_with_how_many_a_place_has() -> None:
    assert dits(NURSES, Liberaux(("33",), 3_034, 3_272), ["Gironde"]) == (
        "Gironde, département entier\u00a0: 3\u202f034 infirmiers libéraux (Cnam 2024) pour 3\u202f272"
        " lieux d’exercice (BPE 2024), soit 0,93 par lieu"
    )


def test_places_of_another_year_are_told_without_a_share() -> None:
    text = dits(SPEECH, Liberaux(("33", "40"), 850, 800), ["Gironde", "Landes"])
    assert text.startswith(
        "Gironde et Landes, départements entiers\u00a0: 850 orthophonistes libéraux (Cnam 2024)"
    )
    assert text.endswith("800 lieux d’exercice (BPE 2019)")


def test_where_there_is_no_place_there_is_no_share() -> None:
    assert "par lieu" not in dits(NURSES, Liberaux(("976",), 3, 0), ["Mayotte"])


def test_many_departements_are_counted_rather_than_named() -> None:
    text = dits(NURSES, Liberaux(("1", "2", "3", "4"), 8, 9), ["Ain", "Aisne", "Allier", "Var"])
    assert text.startswith("Les 4 départements du territoire, entiers\u00a0: ")


def test_a_profession_that_the_table_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="Infirmiers"):
        load_effectifs(DEPARTEMENTS[DEPARTEMENTS["libelle"] != "Infirmiers"])


def test_every_profession_known_by_places_of_this_year_has_its_professionals_beside_it() -> None:
    linked = set(load_effectifs(DEPARTEMENTS))
    assert linked <= {item.code for item in CATALOGUE.indicateurs}
    counted = {item.code for item in CATALOGUE.indicateurs if item.effectif.startswith("lieux d’exercice")}
    # Neither psychologists nor audioprothésistes are in the table of Cnam; specialists are salaried too.
    left = {"densite_psychologues", "densite_audioprothesistes"}
    assert {code for code in counted - left if "_rpps_" not in code} == linked


# What definitions say of France, in whole percent.
@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("densite_infirmiers", 4),
        ("densite_masseurs_kinesitherapeutes", 10),
        ("densite_sages_femmes", 10),
        ("densite_pedicures_podologues", 24),
    ],
)
def test_definitions_say_how_many_more_places_france_has(code: str, more: int) -> None:
    people = load_effectifs(DEPARTEMENTS)[code].total(["FR"])
    places = FIGURES.france()[code].effectif
    assert people
    assert places
    assert round(100 * (places / people - 1)) == more
    for each in (code, code.replace("densite_", "habitants_par_")):
        assert f"la BPE compte {more} % de lieux de plus que la Cnam" in CATALOGUE[each].definition


def test_the_words_are_declared(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_effectifs(DEPARTEMENTS, tmp_path)
