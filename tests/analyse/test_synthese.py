"""The synthesis says what the figures say, in French, and nothing it does not know."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.analyse.synthese import SyntheseDeclaree, position, write_synthese
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.declarations import declaration

OLERON = "241700624"
ALD = donnees().catalogue["ald"]


def write(nom: str, *codes: str) -> str:
    return write_synthese(
        Territoire(nom, codes),
        donnees().agregateur,
        donnees().catalogue,
        donnees().referentiel,
        load_bareme(),
    )


def result(low: float | None, high: float | None) -> Resultat:
    middle = None if low is None or high is None else (low + high) / 2
    return Resultat(middle, low, high, None, None, None, 100.0, 0, 0, 100.0)


def test_the_figures_of_an_island() -> None:
    codes = donnees().referentiel.codes("epci", OLERON)
    text = write("CPTS d’Oléron", *codes)
    population = sum(donnees().referentiel[code].population for code in codes)
    assert f"{len(codes)}\u00a0communes et {population:,} habitants".replace(",", "\u202f") in text
    results = donnees().agregateur.territoire(codes)
    doctors = results["densite_medecins_generalistes"]
    assert f"{doctors.effectif:.0f} médecins généralistes" in text
    assert f"{results['ald'].valeur:.1f}\u00a0% des assurés".replace(".", ",") in text


@pytest.mark.parametrize("code", ["97611", "2A004", "75056", "15031", "23030"])
def test_any_commune_has_a_synthesis_without_gaps(code: str) -> None:
    text = write("Essai", code)
    assert text.startswith("Le territoire\n– Essai réunit 1\u00a0commune")
    assert not re.search(r"nan|None|n\.\u00a0d\.|\{|\}| [:;%]", text)


def test_what_is_not_known_is_left_out() -> None:
    assert "pauvreté" not in write("Mayotte", "97611")
    assert "pauvreté" in write("Limoges", "87085")


def test_one_professional_is_singular() -> None:
    alone = next(
        code
        for code in donnees().referentiel.communes.index
        if donnees().agregateur.territoire([code])["densite_infirmiers"].effectif == 1
    )
    assert "– 1 infirmier\u00a0:" in write("Essai", alone)


def test_an_empty_territory_is_refused() -> None:
    with pytest.raises(ValueError, match="sans commune"):
        write("Vide")


@given(some.floats(0.1, 1e6), some.floats(0.1, 1e6))
def test_more_and_less_mirror_each_other(value: float, reference: float) -> None:
    said = position(ALD, result(value, value), result(reference, reference))
    above = value > reference
    if said != "proche de la moyenne nationale":
        assert ("au-dessus" in said) == above
        assert ("au-dessous" in said) == (not above)


def test_masked_values_that_leave_the_position_open_give_no_word() -> None:
    assert position(ALD, result(5, 15), result(10, 10)) == ""
    assert position(ALD, result(10, 10.1), result(10, 10)) == "proche de la moyenne nationale"
    assert position(ALD, result(None, None), result(10, 10)) == ""


def test_each_degree_of_distance_has_its_own_words() -> None:
    words = declaration("synthese", SyntheseDeclaree).positions.values()
    assert len(set(words)) == len(words)
