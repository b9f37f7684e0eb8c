"""The census of 2022, counted or estimated; births and deaths that are missing rather than none."""

import pandas as pd
import pytest

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.lecteurs.population import (
    COMPTES_2022,
    YEARS_ETAT_CIVIL,
    read_comparateur_2021,
    read_etat_civil,
    read_rp_2022,
    words_of_rp_2022,
)
from tests.sources.lecteurs.conftest import Depose

# ---- Census of 2022 ---------------------------------------------------------------------------------------

BLANK = ("p80p_seul", "men_seul", "men_mono")


def counted(
    code: str, people: int, couverture: float | None = 1.0, **counts: int | None
) -> dict[str, object]:
    """A row of the census by IRIS: a tenth of the people in each count, but for those that are given."""
    return {
        "code": code,
        **dict.fromkeys(COMPTES_2022, people // 10),
        "pop": people,
        **counts,
        "couverture": couverture,
    }


@pytest.fixture
def census(depose: Depose) -> Brut:
    rows = [
        counted("01001", 100),
        counted("01002", 50, p80p=0, p80p_seul=None, men=0, men_seul=None, men_mono=None),
        counted("69381", 100, None),
        counted("69382", 300, None),
        counted("93066", 770, 0.77),
    ]
    table = pd.DataFrame(rows).astype(dict.fromkeys(COMPTES_2022, "Int32"))
    depose("population/rp2022_ages_menages_csp.parquet", table)
    shares = pd.DataFrame(
        {
            "code": ["01001", "69123", "93066", "97401"],
            "population": [100.0, 400.0, 1000.0, 200.0],
            "part65plus": [99.0, 99.0, 10.6, 12.5],
            "partMoins15": [99.0, 99.0, 21.7, 22.1],
            "tauxChomage": [7.5, 10.5, 18.0, 30.2],
        }
    )
    depose("population/rp_2022_commune.parquet", shares)
    return depose(
        "population/rp2022_75plus_mono_fedi.csv",
        "codgeo,part_75p_rp2022,part_fam_mono_rp2022,fedi_2021\n01001,99,20,-1.5\n93066,4.3,29,9\n93059,,,18\n97401,4.9,40,\n",
    )


def test_ages_are_counted_in_metropole(census: Brut, pays: Passage) -> None:
    found = read_rp_2022(census, pays).loc["01001"]
    ages = ["moins_15_ans_2022", "plus_65_ans_2022", "plus_75_ans_2022", "plus_80_ans_2022"]
    assert found[ages].tolist() == [10, 10, 10, 10], "not the shares of 99 %"
    assert found["population_rp_2022"] == 100


def test_a_city_is_the_sum_of_its_arrondissements(census: Brut, pays: Passage) -> None:
    found = read_rp_2022(census, pays).loc["69123"]
    assert found["population_rp_2022"] == 400
    assert found["plus_80_ans_seuls_2022"] == 40
    assert found["csp_cadres_2022"] == 40


def test_a_commune_counted_in_part_is_never_taken_for_the_whole(census: Brut, pays: Passage) -> None:
    found = read_rp_2022(census, pays).loc["93066"]
    assert found["population_rp_2022"] == 1000
    assert found["plus_65_ans_2022"] == 106, "estimated from the share of the whole commune"
    assert found["plus_75_ans_2022"] == 43
    unknown = [
        "plus_80_ans_2022",
        "menages_2022",
        "csp_cadres_2022",
        "population_csp_2022",
        "ages_25_54_2022",
    ]
    assert found[unknown].isna().all(), "neither the part nor the part made larger"


def test_overseas_ages_are_estimated_and_the_rest_is_missing(census: Brut, pays: Passage) -> None:
    found = read_rp_2022(census, pays).loc["97401"]
    assert (found["moins_15_ans_2022"], found["plus_65_ans_2022"]) == (44.2, 25)
    assert found[["plus_80_ans_2022", "menages_2022"]].isna().all()
    assert found["taux_chomage_2022"] == 30.2


def test_of_nobody_nobody_lives_alone(census: Brut, pays: Passage) -> None:
    found = read_rp_2022(census, pays).loc["01002"]
    parts = ["plus_80_ans_seuls_2022", "menages_une_personne_2022", "menages_monoparentaux_2022"]
    assert found[parts].tolist() == [0, 0, 0]


def test_groups_that_are_blank_make_no_population(depose: Depose, census: Brut, pays: Passage) -> None:
    groups = [name for name in COMPTES_2022 if name.startswith("csp_")]
    table = pd.DataFrame([counted("01001", 8, **dict.fromkeys(groups))])
    depose("population/rp2022_ages_menages_csp.parquet", table.astype(dict.fromkeys(COMPTES_2022, "Int32")))
    assert pd.isna(read_rp_2022(census, pays).loc["01001", "population_csp_2022"])


def test_groups_add_up_to_those_of_fifteen_and_over(census: Brut, pays: Passage) -> None:
    found = read_rp_2022(census, pays)
    groups = found[[name for name in COMPTES_2022.values() if name.startswith("csp_")]]
    assert found.loc["01001", "population_csp_2022"] == groups.loc["01001"].sum() == 80


def test_active_people_weigh_unemployment(depose: Depose, pays: Passage) -> None:
    raw = depose(
        "population/comparateur_2021.csv",
        "insee_com,menages_2021,pop_15_64_active_2021\n01001,40,45\n01001,40,45\n97601,0,0\n",
    )
    communes = pays.communes.append(pd.Index(["97601"]))
    found = read_comparateur_2021(raw, Passage(communes, pays.arrondissements, pays.anciens))
    assert found.loc["01001"].tolist() == [40, 45], "once, whatever its postal codes"
    assert found.loc["97601"].isna().all(), "Mayotte is written 0"


# ---- Births and deaths ------------------------------------------------------------------------------------

PEOPLE = pd.Series({"01001": 60_000, "01002": 3_000, "01003": 90, "01004": 40, "97601": 300})


def registers(**events: dict[int, tuple[int, int]]) -> pd.DataFrame:
    """Births and deaths by commune and year: 1 % of the people each, one at least, but for what is given."""
    rows = []
    for code, people in PEOPLE.items():
        given, usual = events.get(f"c{code}", {}), max(people // 100, 1)
        row: dict[str, object] = {"id": code.lstrip("0")}
        for year in YEARS_ETAT_CIVIL:
            births, deaths = given.get(year, (usual, usual))
            row |= {f"naiss{year % 100:02}": births, f"dec{year % 100:02}": deaths}
        rows.append(row)
    return pd.DataFrame(rows)


def read(depose: Depose, table: pd.DataFrame, *moves: str) -> pd.DataFrame:
    """The events, after these moves of communes: kind, date, code before, code after."""
    lines = ["MOD,DATE_EFF,COM_AV,COM_AP,TYPECOM_AV,TYPECOM_AP", *(f"{each},COM,COM" for each in moves)]
    depose("zonages/mvtcommunes_2025.csv", "\n".join(lines))
    raw = depose("population/naissances_deces_2008_2023.parquet", table)
    return read_etat_civil(raw, Passage(pd.Index(PEOPLE.index, name="code"), {}, {}), PEOPLE)


def every_year(events: tuple[int, int], years: range = YEARS_ETAT_CIVIL) -> dict[int, tuple[int, int]]:
    return dict.fromkeys(years, events)


def test_a_year_without_anyone_born_or_dead_in_a_town_is_missing(depose: Depose) -> None:
    found = read(depose, registers(c01002={2012: (0, 0)})).loc["01002"]
    assert found[["naissances_2012", "deces_2012"]].isna().all()
    assert (found["naissances_2011"], found["deces_2013"]) == (30, 30)


def test_no_birth_or_no_death_alone_is_believed(depose: Depose) -> None:
    found = read(depose, registers(c01002={2012: (0, 9), 2013: (9, 0)})).loc["01002"]
    assert (found["naissances_2012"], found["deces_2013"]) == (0, 0)


def test_a_quiet_year_in_a_village_is_a_true_zero(depose: Depose) -> None:
    found = read(depose, registers(c01003={2012: (0, 0)})).loc["01003"]
    assert (found["naissances_2012"], found["deces_2012"]) == (0, 0)


def test_a_village_where_nothing_ever_happens_is_missing(depose: Depose) -> None:
    found = read(depose, registers(c01003=every_year((0, 0)), c01004=every_year((0, 0))))
    assert found.loc["01003"].isna().all(), "some 29 births and deaths were to be expected"
    # Forty inhabitants: some 13 in sixteen years.
    assert found.loc["01004"].isna().all()


def test_a_departement_without_any_is_missing_that_year_only(depose: Depose) -> None:
    """However few its inhabitants: a village of that size may have a quiet year elsewhere."""
    before = range(YEARS_ETAT_CIVIL.start, 2020)
    found = read(depose, registers(c97601=every_year((0, 0), before))).loc["97601"]
    assert found[[f"naissances_{year}" for year in before]].isna().all()
    assert found["naissances_2020"] == 3


def test_two_communes_counted_as_one_for_a_time_are_missing_then(depose: Depose) -> None:
    """As Bihorel and Bois-Guillaume, one commune in 2012 and 2013."""
    found = read(
        depose,
        registers(c01003=every_year((0, 0), range(2012, 2014))),
        "32,2012-01-01,01003,01002",
        "21,2014-01-01,01002,01003",
        "21,2014-01-01,01002,01002",
    )
    years = pd.Index(YEARS_ETAT_CIVIL)
    for code in ("01002", "01003"):
        known = found.loc[code, [f"naissances_{year}" for year in years]].notna().to_numpy()
        assert years[~known].tolist() == [2012, 2013], code
    assert found.loc["01001"].notna().all()


def test_the_file_may_come_late_to_a_commune_that_left(depose: Depose) -> None:
    """As Saint-Lucien, re-created in 2017, whose first births and deaths are of 2020."""
    late = registers(c01003=every_year((0, 0), range(2008, 2020)))
    found = read(depose, late, "32,1973-01-01,01003,01002", "21,2017-01-01,01002,01003")
    assert found.loc["01002", [f"deces_{year}" for year in range(2008, 2020)]].isna().all()
    assert found.loc["01002", "deces_2020"] == 30
    assert found.loc["01003", "naissances_2020"] == 1


def test_what_left_after_the_file_leaves_the_other_as_it_was(depose: Depose) -> None:
    found = read(depose, registers(c01003=every_year((0, 0))), "21,2025-01-01,01002,01003")
    assert found.loc["01002"].notna().all()
    assert found.loc["01003"].isna().all()


def test_estimated_communes_are_counted_and_the_largest_is_named() -> None:
    figures = pd.DataFrame({"menages_2022": [40, None, None, None], "plus_65_ans_2022": [20, 10, 30, 5]})
    communes = pd.DataFrame(
        {
            "nom": ["Ici", "Petite", "Grande", "Loin"],
            "departement": ["01"] * 3 + ["974"],
            "population": [9, 1, 3, 9],
        }
    )
    assert words_of_rp_2022(figures, communes) == {"communes_estimees": "2", "plus_grande_estimee": "Grande"}
