"""Figures of arrondissements that are known for their city only are told, and only then."""

import pytest

from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.donnees import donnees

FRANCE = donnees().referentiel
AGREGATEUR = donnees().agregateur
PARIS, LYON = FRANCE.villes["75056"], FRANCE.villes["69123"]
OF_THE_CITY = "taux_chomage"


def item(code: str):  # noqa: ANN201 - an indicator of the catalogue
    return next(each for each in donnees().catalogue.indicateurs if each.code == code)


def test_a_figure_of_the_city_is_told_for_a_part_of_it() -> None:
    results = AGREGATEUR.territoire(["69383", "69386"])
    assert results[OF_THE_CITY].villes == ("Lyon",)
    whole = AGREGATEUR.territoire(LYON.arrondissements)[OF_THE_CITY]
    assert results[OF_THE_CITY].valeur == pytest.approx(whole.valeur)
    assert "Lyon en entier" in affichage.reserve(results[OF_THE_CITY])
    assert affichage.marquee(item(OF_THE_CITY), results[OF_THE_CITY]).endswith("(ville)")


def test_a_whole_city_has_its_own_figures() -> None:
    for ville in FRANCE.villes.values():
        results = AGREGATEUR.territoire(ville.arrondissements)
        assert not [code for code, each in results.items() if each.villes]


def test_what_arrondissements_have_of_their_own_is_no_estimate() -> None:
    results = AGREGATEUR.territoire(["75113"])
    own = ("population_municipale", "densite_medecins_generalistes", "apl_medecins_generalistes", "ald")
    for code in own:
        assert results[code].villes == ()
        assert results[code].valeur is not None


def test_other_communes_have_nothing_of_a_city() -> None:
    assert not [each for each in AGREGATEUR.territoire(["17306"]).values() if each.villes]
