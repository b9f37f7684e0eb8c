"""A heading says whether its figures add up, and whether they are whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.saisie.chiffres.natures import is_count, is_rate

RATES = [
    *("Hospitalisations pour 1000 habitants", "Décès pour 100 000 hab.", "Médecins pour 10 000 habitants"),
    *("IDE / 100000 hab", "Dens. MG /100 000", "Recours aux urgences (p. 1000)", "MG pour 100.000 hab"),
    *("Nb de MG/10 000 hab", "‰ naissances", "% ALD", "Part des 75 ans et plus", "Médecins Part", "Pct ALD"),
    *("Nombre de patients par MG", "Patients par médecin", "Actes par habitant", "Patients/MG", "hab/km²"),
    *("Actes par an et par habitant", "Personnes par ménage", "Dépense par bénéficiaire"),
    *(
        "Tx std mortalité",
        "Taux standardisé",
        "Taux de recours",
        "Densité de population",
        "Population Densité",
    ),
    *("Prévalence diabète", "Incidence cancer", "ICM", "Indice de vieillissement", "Quotient familial"),
    *("Rapport de dépendance", "Ratio", "Score FDep", "APL 2023", "Espérance de vie", "Mortalité prématurée"),
    *("Délai d’accès (jours)", "Distance aux urgences", "Temps d’accès", "Âge", "Âge moyen des patients"),
    *("Revenu médian", "Niveau de vie médian", "Médiane du niveau de vie 2021", "MED21", "Revenus"),
    *(
        "Consommation moyenne",
        "Nombre moyen d’actes",
        "Population moyenne",
        "Évolution 2015-2021",
        "Proportion",
    ),
]
COUNTS = [
    *(
        "Nombre de patients",
        "Nb patients sans MT",
        "Effectif",
        "Population municipale",
        "Bénéficiaires du C2S",
    ),
    *(
        "Patients par tranche d’âge 75 ans",
        "Population de niveau supérieur",
        "Personnes âgées de 75 ans et plus",
    ),
    *("Nombre de ménages à bas revenu", "Habitants à plus de 30 min", "Population comptée à part"),
    *("Médecins généralistes à temps plein", "Passages aux urgences par an", "Patients au 31/12/2024"),
    *("Consultations au 01/10/2024", "Médecins", "Naissances 2024", "Dont 75 ans et +", "P21_POP"),
]


@pytest.mark.parametrize("entete", RATES)
def test_what_does_not_add_up_is_a_rate(entete: str) -> None:
    assert is_rate(entete)
    assert not is_count(entete)


@pytest.mark.parametrize("entete", COUNTS)
def test_what_is_counted_is_no_rate(entete: str) -> None:
    assert not is_rate(entete)


@pytest.mark.parametrize(
    "entete", ["Nombre de patients", "Population", "Médecins", "Naissances 2024", "Nb MG"]
)
def test_people_and_things_are_counted_whole(entete: str) -> None:
    assert is_count(entete)


@pytest.mark.parametrize(
    "entete", ["Médecins (ETP)", "Coût des actes", "Superficie", "Valeur", "Honoraires en €"]
)
def test_what_is_measured_or_not_said_may_have_decimals(entete: str) -> None:
    assert not is_count(entete)


@given(
    some.sampled_from(COUNTS), some.sampled_from(["pour 1 000 habitants", "/ 100 000", "par habitant", "(%)"])
)
def test_any_count_for_so_many_people_is_a_rate(entete: str, per: str) -> None:
    assert is_rate(f"{entete} {per}")
