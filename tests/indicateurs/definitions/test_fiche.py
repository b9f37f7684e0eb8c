"""What is told of each indicator, against the bundle."""

import duckdb
import pytest

from cpts_geo.indicateurs.definitions.fiche import FicheIndicateur
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE

FICHES = {each.indicateur.code: each for famille in donnees().definitions for each in famille.fiches}


def covered(condition: str) -> float:
    """Share (%) of the inhabitants who live in communes that meet a condition, straight from the files."""
    sql = """select 100 * sum(population) filter ({}) / sum(population)
             from read_parquet(?) join read_parquet(?) using (code)"""
    files = [str(BUNDLE / "communes.parquet"), str(BUNDLE / "indicateurs.parquet")]
    row = duckdb.execute(sql.format(condition), files).fetchone()
    assert row is not None
    return float(row[0])


def limits(code: str) -> str:
    return " ".join(FICHES[code].limites)


def test_every_indicator_has_its_own_in_its_family() -> None:
    assert set(FICHES) == {item.code for item in donnees().catalogue.indicateurs}
    for famille in donnees().definitions:
        assert {each.indicateur.famille for each in famille.fiches} == {famille.code}
        assert [each for _, fiches in famille.groupes for each in fiches] == list(famille.fiches)


@pytest.mark.parametrize("fiche", FICHES.values(), ids=FICHES)
def test_every_indicator_is_told_in_full(fiche: FicheIndicateur) -> None:
    assert fiche.formule
    assert fiche.sens
    assert fiche.groupe
    assert fiche.references.startswith("départements")
    assert "France" in fiche.references
    assert 0 < fiche.couverture <= 100
    assert fiche.france not in ("", "n.\u00a0d.")
    assert fiche.sources[0] == fiche.indicateur.source
    assert all(source.licence for source in fiche.sources)


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("taux_pauvrete", "taux_pauvrete_2021 is not null and personnes_menages_fiscaux_2021 is not null"),
        ("ald", "ald is not null and ald_masques = 0 and assures is not null"),
        ("apl_infirmiers", "apl_infirmiers is not null and population_standardisee is not null"),
        ("densite_infirmiers", "true"),
    ],
)
def test_coverage_over_france(code: str, condition: str) -> None:
    assert FICHES[code].couverture == pytest.approx(covered(condition))


def test_coverage_of_a_figure_known_by_departement() -> None:
    assert FICHES["patho_diabete"].couverture == pytest.approx(covered("departement < '97'"))
    assert "Guadeloupe, Martinique, Guyane, La Réunion, Mayotte" in limits("patho_diabete")
    assert "par département seulement" in limits("patho_diabete")


def test_masked_values_are_told() -> None:
    masked = duckdb.execute(
        "select count(*) from read_parquet(?) where ald_masques > 0", [str(BUNDLE / "indicateurs.parquet")]
    ).fetchone()
    assert masked is not None
    assert f"{masked[0]:,}".replace(",", "\u202f") + "\u00a0communes" in limits("ald")
    assert "de 0 à 9" in limits("ald")
    assert "de 0 à 4" in limits("part_rsa")


def test_what_is_missing_is_told() -> None:
    assert "Départements sans aucune valeur : Mayotte." in limits("apl_medecins_generalistes")
    assert "Départements sans aucune valeur : Guyane, Mayotte." in limits("sans_medecin_traitant")
    assert "Grandes villes sans valeur : Lyon, Marseille." in limits("minutes_urgences")
    assert "sans aucune valeur" not in limits("densite_infirmiers")
    assert "L’effectif est une estimation." in limits("part_eloignee_soins")


def test_vintages_that_differ_are_told() -> None:
    assert "BPE 2019 (Insee) ; Populations municipales 2023 (Insee)" in limits("densite_orthophonistes")
    assert "sources ou d’années différentes" not in limits("ald")
