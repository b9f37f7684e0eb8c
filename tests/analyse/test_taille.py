from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.analyse.taille import Bareme, load_bareme
from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.declarations import declaration

POPULATIONS = st.integers(min_value=0, max_value=70_000_000)


@pytest.mark.parametrize(
    ("population", "numero"),
    [
        (0, 1),
        (39_999, 1),
        (40_000, 2),
        (40_001, 2),
        (79_999, 2),
        (80_000, 3),
        (80_001, 3),
        (174_999, 3),
        (175_000, 3),
        (175_001, 4),
        (68_350_798, 4),
    ],
)
def test_class_at_each_threshold(population: int, numero: int) -> None:
    assert load_bareme().rank(population).numero == numero


def test_amounts_are_declared_with_their_source() -> None:
    bareme = load_bareme()
    assert [classe.montant for classe in bareme.classes] == [50_000, 60_000, 75_000, 90_000]
    assert "2019" in bareme.source_montants
    assert bareme.mention_montants == "à titre indicatif"


def test_each_class_says_its_bounds() -> None:
    bareme = load_bareme()
    assert bareme.rank(10_000).intervalle == "moins de 40\u202f000\u00a0habitants"
    assert bareme.rank(495_662).intervalle == "plus de 175\u202f000\u00a0habitants"
    assert [classe.libelle for classe in bareme.classes] == ["Taille 1", "Taille 2", "Taille 3", "Taille 4"]


def test_a_negative_population_is_refused() -> None:
    with pytest.raises(ValueError, match="négative"):
        load_bareme().rank(-1)


@pytest.mark.parametrize("seuil", [40_000, 80_000, 175_000])
def test_close_means_within_one_per_cent_of_a_threshold(seuil: int) -> None:
    near = seuil // 100
    proche = {
        offset: load_bareme().rank(seuil + offset).proche for offset in (-near - 1, -near, 0, near, near + 1)
    }
    assert list(proche.values()) == [False, True, True, True, False]


def test_the_warning_names_the_threshold_and_the_class_chosen_at_equality() -> None:
    avertissement = load_bareme().rank(174_000).avertissement
    assert "175\u202f000" in avertissement
    assert avertissement.endswith("comptée ici en Taille\u00a03.")
    assert load_bareme().rank(60_000).avertissement == ""


@given(POPULATIONS)
def test_margins_lead_to_the_thresholds_of_the_class(population: int) -> None:
    classement = load_bareme().rank(population)
    assert (classement.marge_bas is None) == (classement.numero == 1)
    assert (classement.marge_haut is None) == (classement.numero == 4)
    assert classement.marge_bas is None or 0 <= classement.marge_bas == population - (
        classement.seuil_bas or 0
    )
    assert (
        classement.marge_haut is None
        or 0 <= classement.marge_haut == (classement.seuil_haut or 0) - population
    )
    assert 0 <= classement.position <= 1


@given(POPULATIONS, POPULATIONS)
def test_more_people_never_lower_the_class_nor_the_gauge(one: int, other: int) -> None:
    low, high = (load_bareme().rank(population) for population in sorted((one, other)))
    assert (low.numero, low.position) <= (high.numero, high.position)


def test_the_gauge_fills_from_one_threshold_to_the_next() -> None:
    positions = [
        load_bareme().rank(population).position for population in (0, 20_000, 60_000, 175_000, 350_000)
    ]
    assert positions == [0, 0.5, 0.5, 1, 0.5]


@pytest.mark.parametrize(
    ("former", "latter", "message"),
    [("valeur = 80_000", "valeur = 30_000", "croître"), ("egalite = 2", "egalite = 4", "voisine")],
)
def test_a_scale_that_does_not_hold_together_is_refused(
    tmp_path: Path, former: str, latter: str, message: str
) -> None:
    altered = tmp_path / "taille.toml"
    altered.write_text((DECLARATIONS / "taille.toml").read_text("utf-8").replace(former, latter), "utf-8")
    with pytest.raises(ValueError, match=message):
        declaration("taille", Bareme, tmp_path)
