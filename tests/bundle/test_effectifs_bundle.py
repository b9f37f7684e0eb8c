"""Headcounts an ARS would sign: general practitioners are people, all others are places and say so."""

import re

import pandas as pd
import pytest

from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.definitions.provenance import ZoneComparee, origine
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.socle.textes import typographie

CATALOGUE, FIGURES = donnees().catalogue, donnees().agregateur
GENERALISTES, PAR_GENERALISTE = "densite_medecins_generalistes", "habitants_par_medecins_generalistes"
LIEUX = "densite_lieux_generalistes"
BORDEAUX_OUEST = ("33281", "33318", "33273", "33422")


def count(code: str, *communes: str) -> float | None:
    return FIGURES.territoire(communes)[code].effectif


@pytest.mark.parametrize(
    ("communes", "doctors", "places"),
    [
        (BORDEAUX_OUEST, 170, 241),
        (("33422",), 7, 64),
        (("33051",), 13, 73),
        (("33023",), 0, 52),
        (donnees().referentiel.codes("departement", "77"), 767, 1_065),
        (tuple(donnees().referentiel.communes.index), 55_210, 60_573),
    ],
    ids=["Mérignac et Pessac", "Saint-Jean-d'Illac", "Biganos", "Ayguemorte", "Seine-et-Marne", "France"],
)
def test_general_practitioners_and_their_places(communes: tuple[str, ...], doctors: int, places: int) -> None:
    assert count(GENERALISTES, *communes) == doctors
    assert count(LIEUX, *communes) == places


def test_those_aged_60_and_more_are_among_them() -> None:
    share = FIGURES.territoire(BORDEAUX_OUEST)["part_generalistes_60_ans"]
    assert share.effectif == 44
    assert share.valeur == pytest.approx(100 * 44 / 170)


def test_references_add_up_the_communes_and_say_what_is_published() -> None:
    """A zone is counted as a territory is, in every indicator of doctors."""
    zones = {"FR": FIGURES.france(), "D77": FIGURES.departement("77"), "R75": FIGURES.region("75")}
    for doctors, results in zip((55_210, 767, 5_747), zones.values(), strict=True):
        assert results[GENERALISTES].effectif == doctors
        people = results["population_municipale"].valeur
        assert people
        assert results[PAR_GENERALISTE].valeur == pytest.approx(people / doctors, rel=1e-3)
    note = typographie(CATALOGUE[GENERALISTES].champ.note)
    assert "les communes font 55\u202f210 médecins, la ligne nationale 55\u202f222" in note


@pytest.mark.parametrize(("zone", "more"), [("49", 8), ("69", 2), ("12", 2), ("31", 0), ("971", 0)])
def test_doctors_of_no_commune_are_told_beside_those_of_the_others(zone: str, more: int) -> None:
    """Orée d'Anjou, Porte des Pierres Dorées, Conques-en-Rouergue: twelve in all."""
    found = FIGURES.departement(zone)[GENERALISTES]
    assert found.non_repartis == more
    said = origine(CATALOGUE[GENERALISTES], ZoneComparee("Ici", "departement", zone, found))
    assert ("de plus, sans dire dans quelle commune" in said) == bool(more)
    assert not more or f"la source en compte {more} de plus" in said
    assert FIGURES.france()[GENERALISTES].non_repartis == 12


def test_a_territory_that_holds_a_commune_left_out_says_for_whom_its_count_stands() -> None:
    mauges = donnees().referentiel.codes("epci", donnees().referentiel["49126"].epci or "")
    found = FIGURES.territoire(mauges)[GENERALISTES]
    told = "non disponible dans 1 commune ; exact pour 86 % des habitants"
    assert affichage.reserve(found).replace("\u00a0", " ") == told
    alone = FIGURES.territoire(["49126"])[GENERALISTES]
    assert affichage.reserve(alone) == "chiffre non publié pour ce territoire"


def test_no_commune_has_more_doctors_than_cnam_counts() -> None:
    figures = pd.read_parquet(BUNDLE / "indicateurs.parquet").set_index("code")["generalistes_liberaux"]
    shown = FIGURES.effectif_par_commune(CATALOGUE[GENERALISTES], list(figures.index))
    assert (shown["borne_haute"].fillna(0) <= figures.fillna(0)).all()
    marks = donnees().structures.comptes(["33422"])
    assert marks["medecins_generalistes"] == 7, "the marks of the map count the same"


def test_a_commune_without_doctor_has_none_rather_than_nothing_known() -> None:
    results = FIGURES.territoire(["33023"])
    assert results[GENERALISTES].valeur == results[GENERALISTES].effectif == 0
    assert results[PAR_GENERALISTE].valeur is None
    assert results[PAR_GENERALISTE].couverture == 100


def test_a_commune_that_the_file_leaves_out_is_not_said_to_be_without_doctor() -> None:
    """Orée d'Anjou and two more have an empty row: the twelve doctors of the national total are theirs."""
    for code in ("49126", "69114", "12218"):
        result = FIGURES.territoire([code])[GENERALISTES]
        assert result.valeur is result.effectif is None, code
        assert result.communes_manquantes == 1
    left_out = FIGURES.france()[GENERALISTES]
    assert left_out.communes_manquantes == 3
    published = (
        pd.read_parquet(BUNDLE / "references.parquet").set_index("zone").loc["FR", "generalistes_liberaux"]
    )
    assert published == 55_210 + 12 == 55_222


@pytest.mark.parametrize(
    ("communes", "density"),
    [
        (BORDEAUX_OUEST, 51.2),
        # Two bassins of as many inhabitants of the territory each, then two of 4,978 and 1,277.
        (("55533", "01005"), (25.1 + 74.2) / 2),
        (("23176", "23076"), 17.6 * 4_978 / 6_255),
    ],
)
def test_speech_therapists_of_2024_are_those_of_the_bassins(
    communes: tuple[str, ...], density: float
) -> None:
    item = CATALOGUE["densite_orthophonistes_bassins"]
    assert FIGURES.territoire(communes)[item.code].valeur == pytest.approx(density)
    assert "bassins de vie" in item.libelle
    assert "2024" in item.libelle


def test_what_is_counted_by_places_never_says_that_it_is_people() -> None:
    """Columns of BPE on professionals and those of RPPS, in the names, the words and the formulas."""
    professions = {
        "infirmiers",
        "masseurs_kinesitherapeutes",
        "chirurgiens_dentistes",
        "orthophonistes",
        "sages_femmes",
        "pedicures_podologues",
        "medecins_generalistes",
        "psychologues",
        "orthoptistes",
        "audioprothesistes",
    }
    found = [
        item
        for item in CATALOGUE.indicateurs
        if any(
            name in professions or name.startswith("rpps_") for name in item.numerateur + item.denominateur
        )
    ]
    assert len(found) >= 30
    for item in found:
        assert re.search(r"[Ll]ieux? d’exercice", item.libelle), item.code
        assert "ieux d’exercice" in item.definition, item.code
        assert item.effectif.startswith("lieux d’exercice") or item.effectif == "habitants", item.code
        assert "lieux d’exercice" in item.champ.compte, item.code
