"""Series of the population, straight from the files."""

import pandas as pd
import pytest

from cpts_geo.analyse.series import population
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE
from tests.outils.contextes import of

OLERON = donnees().referentiel.codes("epci", "241700624")
FIGURES = pd.read_parquet(BUNDLE / "indicateurs.parquet").set_index("code")


def test_every_zone_has_its_curve_from_the_same_first_year() -> None:
    context = of(*OLERON)
    made = population.evolution(context, "evolution")
    assert [zone for zone, _ in made.courbes] == list(context.zones)
    first = made.table.iloc[0]
    assert first["Année"] == 2006
    assert first["Territoire"] == FIGURES.loc[list(OLERON), "population_2006"].sum()
    assert all(chronique.indices[0] == 100 for _, chronique in made.courbes)
    last = made.courbes[0].chronique.indices[-1]
    assert f"Territoire +{last - 100:.1f}".replace(".", ",") in made.texte
    assert made.mention == ""


def test_what_is_not_known_says_so() -> None:
    made = population.evolution(of("97611"), "evolution")
    assert made.absence == "Pour ce territoire\u00a0: non disponible."
    assert made.texte == ""
    assert [zone.nom for zone, _ in made.courbes] == ["France"], "Mayotte has no curve either"


def test_what_too_few_people_bear_is_not_drawn() -> None:
    made = population.evolution(of(*OLERON, "97611"), "evolution")
    assert made.absence == "Pour ce territoire\u00a0: connu pour 24\u00a0% des habitants seulement."
    ages = population.pyramide(of(*OLERON, "97611"), "pyramide")
    assert ages.absence == made.absence


def test_the_pyramid_holds_everybody() -> None:
    made = population.pyramide(of(*OLERON), "pyramide")
    men, women = made.cotes
    assert sum(men.parts) + sum(women.parts) == pytest.approx(100)
    assert sum(men.parts_france) + sum(women.parts_france) == pytest.approx(100)
    whole = FIGURES.loc[list(OLERON)].filter(regex=r"^(hommes|femmes)_.*_2019$").sum().sum()
    assert made.table[["Hommes", "Femmes"]].sum().sum() == pytest.approx(whole)
    assert women.effectifs == tuple(made.table["Femmes"])
    assert made.titre.endswith("en 2019")
    assert "2019" in made.mention
    assert "2022" in made.mention, "the tables have another census"


def test_births_and_deaths_are_those_of_the_territory() -> None:
    made = population.etat_civil(of(*OLERON), "etat_civil")
    year = made.naissances.annees[-1]
    row = made.table.iloc[-1]
    assert (row["Année"], row["Naissances"]) == (year, FIGURES.loc[list(OLERON), f"naissances_{year}"].sum())
    assert row["Décès"] == made.deces.valeurs[-1]


@pytest.mark.parametrize(
    ("code", "mention"),
    [
        ("97608", "Non disponible\u00a0: 2008 à 2019."),
        ("76095", "Non disponible\u00a0: 2011 à 2013."),
    ],
)
def test_years_without_births_and_deaths_are_gaps(code: str, mention: str) -> None:
    made = population.etat_civil(of(code), "etat_civil")
    gaps = FIGURES.loc[code].filter(regex=r"^naissances_\d+$").isna().tolist()
    assert [value is None for value in made.naissances.valeurs] == gaps
    assert made.table["Décès"].isna().tolist() == gaps
    assert made.mention == mention
    assert 0 not in made.naissances.valeurs


@pytest.mark.parametrize("code", ["49126", "69114"])
def test_births_and_deaths_known_in_no_year_are_not_drawn(code: str) -> None:
    made = population.etat_civil(of(code), "etat_civil")
    assert made.absence == "Pour ce territoire\u00a0: non disponible."
    assert made.texte == ""


def test_births_and_deaths_say_whom_they_cover() -> None:
    # Porte des Pierres Dorées beside Villefranche-sur-Saône.
    made = population.etat_civil(of("69264", "69114"), "etat_civil")
    assert made.connue
    assert made.mention == "Chiffres connus pour 90\u00a0% des habitants du territoire."
    assert made.table["Naissances"].iloc[-1] == FIGURES.loc["69264", "naissances_2023"]
