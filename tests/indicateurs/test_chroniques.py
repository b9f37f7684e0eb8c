"""Yearly figures are sums over the communes that are known, and say whom they cover."""

import duckdb
import pandas as pd
import pytest

from cpts_geo.indicateurs.chroniques import AGES, Chroniques
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE

OLERON = donnees().referentiel.codes("epci", "241700624")
TOULOUSE = donnees().referentiel.codes("epci", "243100518")
INDICATEURS = str(BUNDLE / "indicateurs.parquet")


def total(column: str, codes: tuple[str, ...]) -> float:
    query = f"select sum({column}) from read_parquet(?) where code in (select unnest(?))"  # noqa: S608 - our names
    with duckdb.connect() as base:
        ((found,),) = base.execute(query, [INDICATEURS, list(codes)]).fetchall()
    return float(found)


@pytest.mark.parametrize(
    ("prefixe", "debut", "fin"),
    [("population", 2006, 2022), ("naissances", 2008, 2023), ("deces", 2008, 2023)],
)
def test_each_year_is_the_sum_of_the_communes(prefixe: str, debut: int, fin: int) -> None:
    chronique = donnees().chroniques.par_annee(prefixe, OLERON)
    assert (chronique.annees[0], chronique.annees[-1]) == (debut, fin)
    assert chronique.valeurs[0] == total(f"{prefixe}_{debut}", OLERON)
    assert chronique.valeurs[-1] == total(f"{prefixe}_{fin}", OLERON)
    assert chronique.couverture == 100
    assert chronique.indices[0] == 100


def test_a_commune_without_figures_is_left_out_and_counted_as_not_covered() -> None:
    both = donnees().chroniques.par_annee("population", (*TOULOUSE, "97611"))
    alone = donnees().chroniques.par_annee("population", TOULOUSE)
    assert both.valeurs == alone.valeurs
    people = donnees().referentiel.population
    assert both.couverture == pytest.approx(100 * people(TOULOUSE) / people((*TOULOUSE, "97611")))
    assert both.couverture > 80


def test_what_too_few_people_bear_has_no_value_and_says_its_share() -> None:
    few = donnees().chroniques.par_annee("population", (*OLERON, "97611"))
    assert set(few.valeurs) == {None}
    assert 0 < few.couverture < 80
    assert (few.indices, few.connues) == ((), ())
    unknown = donnees().chroniques.par_annee("population", ("97611",))
    assert (unknown.couverture, unknown.indices) == (0, ())


def test_years_that_too_few_have_are_gaps_and_the_others_count_the_same_communes() -> None:
    figures = pd.DataFrame(
        {
            "population": [60, 30, 10],
            "naissances_2020": [6.0, 3.0, None],
            "naissances_2021": [None, 3.0, 1.0],
            "naissances_2022": [5.0, 2.0, 1.0],
        },
        index=["A", "B", "C"],
    )
    found = Chroniques(figures).par_annee("naissances", ["A", "B", "C"])
    assert found.valeurs == (9, None, 7), "C is left out of every year"
    assert found.couverture == 90
    assert found.lacunes == (2021,)
    assert found.connues == ((2020, 9), (2022, 7))
    assert found.indices == (100, None, pytest.approx(700 / 9))


def test_a_first_year_without_a_value_is_no_base() -> None:
    figures = pd.DataFrame({"population": [9], "deces_2020": [None], "deces_2021": [2.0]}, index=["A"])
    assert Chroniques(figures).par_annee("deces", ["A"]).indices == ()


def test_the_pyramid_adds_up_to_the_population_of_its_year() -> None:
    pyramide = donnees().chroniques.pyramide(OLERON)
    assert pyramide.ages == tuple(AGES.values())
    assert sum(pyramide.hommes) + sum(pyramide.femmes) == pytest.approx(
        total("population_rp_2019", OLERON), rel=0.01
    )
    assert pyramide.femmes[-1] == total("femmes_75p_2019", OLERON)
