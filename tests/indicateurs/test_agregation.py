"""Adding up: masked cells frame the truth, missing ones are left out, published totals come first."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.indicateurs.agregation import Agregateur, Autour, Resultats
from cpts_geo.indicateurs.autour.references import Publiees
from cpts_geo.indicateurs.autour.zonales import Zonale
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.citations import SourceCitee

SOURCE = SourceCitee(
    code="essai",
    producteur="Insee",
    jeu="Essai",
    citation_courte="Essai",
    millesime="2024",
    licence="LO",
    adresse="",
    geographie="",
)


def indicateur(code: str, agregation: str, numerateur: tuple[str, ...], **options: object) -> Indicateur:
    values: dict[str, Any] = {
        "famille": "offre",
        "libelle": code,
        "libelle_court": code,
        "unite": "%",
        "moins": (),
        "denominateur": (),
        "facteur": 1.0,
        "decimales": 1,
        "masque": 0,
        "part": False,
        "effectif": "",
        "sens": "neutre",
        "definition": "",
        "source": SOURCE,
    }
    return Indicateur(code=code, agregation=agregation, numerateur=numerateur, **(values | options))  # type: ignore[arg-type]


INDICATEURS = (
    indicateur("medecins", "somme", ("n",)),
    indicateur(
        "densite", "rapport", ("n",), denominateur=("population",), facteur=100_000.0, effectif="médecins"
    ),
    indicateur("habitants_par", "rapport", ("population",), denominateur=("n",)),
    indicateur("apl", "moyenne_ponderee", ("apl",), denominateur=("poids",)),
    indicateur("mediane", "etendue", ("mediane",)),
    indicateur("evolution", "rapport", ("apres",), moins=("avant",), denominateur=("avant",), facteur=100.0),
    indicateur(
        "malades",
        "rapport",
        ("m",),
        denominateur=("assures",),
        facteur=100.0,
        masque=9,
        part=True,
        effectif="assurés",
    ),
    indicateur("mortalite", "departement", ("mortalite / x / y / 2023",)),
)
CATALOGUE = Catalogue(INDICATEURS, {"offre": "Offre"}, (), ())


def table(rows: list[dict[str, float | None]]) -> pd.DataFrame:
    defaults = {
        "population": 1000.0,
        "n": 0.0,
        "apl": 3.0,
        "poids": 1000.0,
        "mediane": 20_000.0,
        "avant": 100.0,
        "apres": 110.0,
        "m": 50.0,
        "m_masques": 0.0,
        "assures": 800.0,
        "departement": "31",
        "region": "76",
    }
    frame = pd.DataFrame([defaults | row for row in rows])
    return frame.set_index(pd.Index([f"{row:05}" for row in range(len(rows))], name="code"))


def aggregator(
    rows: list[dict[str, float | None]],
    references: pd.DataFrame | None = None,
    publiees: dict[str, Publiees] | None = None,
) -> Agregateur:
    communes = table(rows)
    departements = pd.DataFrame({"mortalite": [800.0, 1000.0]}, index=["31", "11"])
    zonales = {"departement": Zonale(communes["departement"].to_numpy(), departements)}
    totals = pd.DataFrame() if references is None else references
    return Agregateur(CATALOGUE, communes, totals, zonales, Autour(publiees or {}))


def everyone(agregateur: Agregateur, count: int) -> Resultats:
    return agregateur.territoire([f"{row:05}" for row in range(count)])


def test_rates_are_sums_over_sums_never_means_of_rates() -> None:
    results = everyone(aggregator([{"n": 1, "population": 100}, {"n": 1, "population": 9_900}]), 2)
    assert results["densite"].valeur == pytest.approx(20.0)
    assert results["densite"].effectif == 2
    assert results["medecins"].valeur == 2
    assert results["habitants_par"].valeur == 5000


def test_weighted_mean_uses_its_named_weight() -> None:
    results = everyone(aggregator([{"apl": 2, "poids": 900}, {"apl": 4, "poids": 100}]), 2)
    assert results["apl"].valeur == pytest.approx(2.2)


def test_nobody_to_divide_by_gives_no_value_not_zero() -> None:
    results = everyone(aggregator([{"n": 0}]), 1)
    assert results["habitants_par"].valeur is None
    assert results["densite"].valeur == 0


def test_missing_communes_are_left_out_of_both_terms_and_said() -> None:
    results = everyone(aggregator([{"apl": None, "population": 250}, {"apl": 4, "population": 750}]), 2)
    assert results["apl"].valeur == 4
    assert results["apl"].couverture == pytest.approx(75.0)
    assert results["apl"].communes_manquantes == 1
    assert results["densite"].couverture == 100


def test_nothing_known_at_all() -> None:
    result = everyone(aggregator([{"apl": None}]), 1)["apl"]
    assert (result.valeur, result.borne_basse, result.effectif, result.couverture) == (None, None, None, 0.0)


def test_median_is_a_range_without_a_value() -> None:
    result = everyone(aggregator([{"mediane": 18_000}, {"mediane": None}, {"mediane": 30_000}]), 3)["mediane"]
    assert (result.valeur, result.borne_basse, result.borne_haute) == (None, 18_000, 30_000)


def test_evolution_takes_the_former_figure_away() -> None:
    result = everyone(aggregator([{"avant": 100, "apres": 90}, {"avant": 300, "apres": 330}]), 2)["evolution"]
    assert result.valeur == pytest.approx(5.0)


def test_masked_count_is_bounded_and_its_middle_shown() -> None:
    result = everyone(aggregator([{"m": 50}, {"m": None, "m_masques": 1, "assures": 200}]), 2)["malades"]
    assert result.borne_basse == pytest.approx(5.0)
    assert result.borne_haute == pytest.approx(5.9)
    assert result.valeur == pytest.approx(5.45)
    assert (result.effectif_bas, result.effectif_haut) == (50, 59)
    assert (result.couverture, result.communes_masquees, result.communes_manquantes) == (50.0, 1, 0)
    assert result.encadre


def test_a_part_never_exceeds_its_whole() -> None:
    result = everyone(aggregator([{"m": 19, "m_masques": 1, "assures": 24}]), 1)["malades"]
    assert (result.borne_basse, result.borne_haute) == (pytest.approx(100 * 19 / 24), 100.0)


def test_bounds_too_far_apart_to_inform_give_no_value() -> None:
    result = everyone(aggregator([{"m": None, "m_masques": 1, "assures": 20}]), 1)["malades"]
    assert (result.valeur, result.borne_basse, result.borne_haute) == (None, None, None)
    assert result.trop_incertain
    assert (result.effectif_bas, result.effectif_haut) == (0, 9)


def test_people_framed_by_bounds_are_told_from_those_of_whom_nothing_is_known() -> None:
    rows: list[dict[str, float | None]] = [{"m": 50}, {"m": None, "m_masques": 1}, {"m": None}, {"m": 60}]
    result = everyone(aggregator(rows), 4)["malades"]
    assert (result.couverture, result.couverture_encadree) == (50.0, 75.0)


def test_known_part_and_masked_cells_of_a_city() -> None:
    result = everyone(aggregator([{"m": 80, "m_masques": 2}]), 1)["malades"]
    assert (result.borne_basse, result.borne_haute) == (10.0, 12.25)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(60, 500)), min_size=1, max_size=15))
def test_bounds_always_hold_the_truth(communes: list[tuple[int, int]]) -> None:
    rows: list[dict[str, float | None]] = [
        {"m": float(sick) if sick >= 10 else None, "m_masques": float(sick < 10), "assures": float(insured)}
        for sick, insured in communes
    ]
    result = everyone(aggregator(rows), len(rows))["malades"]
    truth = 100 * sum(sick for sick, _ in communes) / sum(insured for _, insured in communes)
    assert result.borne_basse - 1e-9 <= truth <= result.borne_haute + 1e-9
    assert result.effectif_bas <= sum(sick for sick, _ in communes) <= result.effectif_haut


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 5000), st.floats(0, 10, allow_subnormal=False)),
        min_size=2,
        max_size=12,
    )
)
def test_whole_is_the_sum_of_its_parts(communes: list[tuple[int, int, float]]) -> None:
    rows: list[dict[str, float | None]] = [
        {"n": float(doctors), "population": float(people), "poids": float(people), "apl": level}
        for doctors, people, level in communes
    ]
    agregateur = aggregator(rows)
    half = len(rows) // 2
    codes = [f"{row:05}" for row in range(len(rows))]
    first, second, whole = (agregateur.territoire(part) for part in (codes[:half], codes[half:], codes))
    assert whole["medecins"].valeur == first["medecins"].valeur + second["medecins"].valeur
    people = [sum(people for _, people, _ in part) for part in (communes[:half], communes[half:])]
    mean = (first["apl"].valeur * people[0] + second["apl"].valeur * people[1]) / sum(people)
    assert whole["apl"].valeur == pytest.approx(mean)


@given(st.permutations(range(5)))
def test_order_of_the_communes_does_not_matter(order: list[int]) -> None:
    agregateur = aggregator([{"n": 3.0 * row, "apl": float(row)} for row in range(5)])
    results = agregateur.territoire([f"{row:05}" for row in order])
    for code, expected in everyone(agregateur, 5).items():
        assert results[code].valeur == pytest.approx(expected.valeur)


def test_published_totals_replace_masked_sums() -> None:
    references = pd.DataFrame({"m": [70.0, np.nan], "assures": [1000.0, 9.0]}, index=["D31", "FR"])
    agregateur = aggregator([{"m": 50}, {"m": None, "m_masques": 1, "assures": 200}], references)
    result = agregateur.departement("31")["malades"]
    assert (result.valeur, result.borne_basse, result.couverture) == (7.0, 7.0, 100.0)
    assert agregateur.france()["malades"].encadre, "a total that is not published is not made up"
    assert agregateur.departement("31")["densite"].valeur == 0


def test_published_numerator_goes_with_communal_denominators_when_all_are_known() -> None:
    references = pd.DataFrame({"m": [70.0]}, index=["D31"])
    rows: list[dict[str, float | None]] = [{"m": 50}, {"m": None, "m_masques": 1, "assures": 200}]
    assert aggregator(rows, references).departement("31")["malades"].valeur == 7.0
    incomplete = aggregator([*rows, {"assures": None}], references)
    assert incomplete.departement("31")["malades"].encadre


def test_region_of_one_departement_takes_its_published_totals() -> None:
    references = pd.DataFrame({"m": [70.0], "assures": [1000.0]}, index=["D31"])
    assert aggregator([{}], references).region("76")["malades"].valeur == 7.0


def test_departemental_figure_is_weighted_by_the_inhabitants_in_each() -> None:
    rows: list[dict[str, Any]] = [
        {"population": 3000.0},
        {"population": 1000.0, "departement": "11"},
        {"population": 4000.0, "departement": "975"},
    ]
    result = everyone(aggregator(rows), 3)["mortalite"]
    assert result.valeur == pytest.approx(850.0)
    assert result.couverture == pytest.approx(50.0)


def test_main_zones_are_where_most_people_live() -> None:
    rows: list[dict[str, Any]] = [
        {"population": 10.0},
        {"population": 10.0},
        {"population": 50.0, "departement": "11", "region": "75"},
    ]
    assert aggregator(rows).zones_principales(["00000", "00001", "00002"]) == ("11", "75")


def test_a_tie_gives_a_departement_and_its_own_region() -> None:
    rows: list[dict[str, Any]] = [
        {"departement": "55", "region": "44"},
        {"departement": "01", "region": "84"},
    ]
    assert aggregator(rows).zones_principales(["00000", "00001"]) == ("01", "84")


def test_what_is_published_for_a_zone_comes_before_what_its_towns_would_give() -> None:
    published = {"apl": Publiees({"FR": 3.3, "D31": 2.0, "E243100518": 9.0})}
    agregateur = aggregator([{"apl": 5.0}], publiees=published)
    assert agregateur.france()["apl"].valeur == 3.3
    assert agregateur.france()["apl"].publie
    assert agregateur.departement("31")["apl"].valeur == 2.0
    assert agregateur.epci("243100518", ["00000"])["apl"].valeur == 9.0
    assert everyone(agregateur, 1)["apl"].valeur == 5.0


def test_without_its_own_value_a_zone_has_the_weighted_mean_of_its_departements() -> None:
    rows: list[dict[str, Any]] = [
        {"apl": None, "poids": 300.0},
        {"poids": 100.0, "departement": "11"},
        {"poids": 500.0, "departement": "09"},
    ]
    result = aggregator(rows, publiees={"apl": Publiees({"D31": 2.0, "D11": 4.0})}).region("76")["apl"]
    assert result.valeur == pytest.approx(2.5)
    assert result.couverture == pytest.approx(100 * 400 / 900)
    assert not result.publie


def test_the_range_of_its_communes_is_no_reference() -> None:
    rows: list[dict[str, Any]] = [{"mediane": 18_000}, {"mediane": 30_000, "departement": "11"}]
    agregateur = aggregator(rows, publiees={"mediane": Publiees({"D31": 21_000.0})})
    assert agregateur.departement("31")["mediane"].valeur == 21_000
    for zone in (agregateur.departement("11"), agregateur.france(), agregateur.epci("1", ["00000"])):
        assert (zone["mediane"].valeur, zone["mediane"].borne_basse) == (None, None)


def test_unknown_commune_is_refused() -> None:
    with pytest.raises(KeyError):
        aggregator([{}]).territoire(["99999"])


def test_published_totals_that_nothing_divides_are_those_of_the_departements_that_can() -> None:
    """As the foyers of the RSA: Mayotte has some, and no households to divide them by."""
    rows: list[dict[str, Any]] = [
        {"m": None, "m_masques": 1},
        {"departement": "11", "m": 30, "assures": 500},
        {"departement": "976", "region": "06", "m": 20, "assures": None},
    ]
    totals = pd.DataFrame({"m": [60.0, 30.0, 20.0, 115.0]}, index=["D31", "D11", "D976", "FR"])
    found = aggregator(rows, totals)
    france = found.france()["malades"]
    assert france.valeur == pytest.approx(100 * (60 + 30) / (800 + 500))
    assert (france.effectif, france.couverture) == (90, pytest.approx(200 / 3))
    assert (france.publie, france.par_departements) == (False, True)
    assert found.departement("31")["malades"].publie
    assert not found.departement("976")["malades"].par_departements
    assert not france.encadre
    assert found.territoire(["00000"])["malades"].encadre
