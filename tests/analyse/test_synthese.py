"""The synthesis says what the figures say, in French, and nothing it does not know."""

import re

import pytest

from cpts_geo.analyse.synthese import SyntheseDeclaree, write_synthese
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.declarations import declaration

OLERON = "241700624"


def write(nom: str, *codes: str) -> str:
    return write_synthese(
        Territoire(nom, codes),
        donnees().agregateur,
        donnees().catalogue,
        donnees().referentiel,
        load_bareme(),
    )


def test_the_figures_of_an_island() -> None:
    codes = donnees().referentiel.codes("epci", OLERON)
    text = write("CPTS d’Oléron", *codes)
    population = sum(donnees().referentiel[code].population for code in codes)
    assert f"{len(codes)}\u00a0communes et {population:,}\u00a0habitants".replace(",", "\u202f") in text
    results = donnees().agregateur.territoire(codes)
    doctors = results["densite_medecins_generalistes"]
    assert f"Le territoire compte {doctors.effectif:.0f} médecins généralistes" in text
    assert f"{results['ald'].valeur:.1f}\u00a0% des assurés".replace(".", ",") in text


@pytest.mark.parametrize("code", ["97611", "2A004", "75113", "15031", "23030"])
def test_any_commune_has_a_synthesis_without_gaps(code: str) -> None:
    text = write("Essai", code)
    one = "1\u00a0arrondissement" if code == "75113" else "1\u00a0commune"
    assert f"– Le territoire «\u00a0Essai\u00a0» compte {one} et " in text
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
    assert "– Le territoire compte 1 lieu d’exercice d’infirmier libéral, soit " in write("Essai", alone)


def test_an_empty_territory_is_refused() -> None:
    with pytest.raises(ValueError, match="sans commune"):
        write("Vide")


def test_each_degree_of_distance_has_its_own_words() -> None:
    words = declaration("synthese", SyntheseDeclaree).positions.values()
    assert len(set(words)) == len(words)


# ---- Said only when true --------------------------------------------------------------------------------


def test_no_doctor_at_all_is_said_before_all_else() -> None:
    alone = first_without_doctor()
    first, second, *_ = write("Essai", alone).split("\n")
    assert (first, second[:16]) == ("Le territoire", "– Aucun médecin ")
    assert second.endswith(" n’exerce dans le territoire.")


def test_the_part_of_a_count_is_said_of_this_count_only() -> None:
    """In no commune: "5 médecins", then "75 % d’entre eux" which would be of 4."""
    for code in sampled(200):
        text = write("Essai", code)
        whole = re.search(r"compte (\d+) médecins? généralistes?", text)
        part = re.search(r"– (\d+) d’entre eux, soit ([\d,]+)\u00a0%", text)
        if part:
            assert whole
            share = 100 * int(part[1]) / int(whole[1])
            assert f"{share:.1f}".replace(".", ",") == part[2], code


def test_a_figure_of_too_few_people_is_not_said() -> None:
    """Poverty is published for 2 of the communes of the département of Lozère that have most people."""
    codes = donnees().referentiel.codes("departement", "48")
    covered = donnees().agregateur.territoire(codes)["taux_pauvrete"].couverture_encadree
    assert covered < 80
    text = write("Lozère", *codes)
    assert "Le taux de pauvreté est de" not in text
    assert "Le taux de pauvreté n’est pas publié pour assez de communes du territoire. Parmi les EPCI" in text


def test_two_measures_of_one_thing_are_one_sentence() -> None:
    codes = donnees().referentiel.codes("epci", OLERON)
    (line,) = [each for each in write("Oléron", *codes).split("\n") if "accessibilité" in each]
    assert re.search(r"^– La densité de .* de la moyenne nationale, (mais|et) l’accessibilité ", line)


def test_a_figure_of_the_departement_says_so_and_is_not_compared() -> None:
    codes = donnees().referentiel.codes("epci", OLERON)
    (line,) = [each for each in write("Oléron", *codes).split("\n") if "mortalité" in each]
    assert line.startswith("– Dans le département de la Charente-Maritime, la mortalité")
    assert "(chiffre du département\u00a0; " in line
    assert "moyenne nationale" not in line


def test_bounds_are_said_from_one_to_the_other() -> None:
    text = write("Creuse", *donnees().referentiel.codes("departement", "23"))
    assert re.search(r"– De \d\d,\d à \d\d,\d\u00a0% des assurés du régime général", text)
    assert "Les fourchettes tiennent au secret statistique" in text
    assert "fourchettes" not in write("Toulouse", "31555")


def first_without_doctor() -> str:
    item = donnees().catalogue["densite_medecins_generalistes"]
    codes = list(donnees().referentiel.communes.index)
    counts = donnees().agregateur.effectif_par_commune(item, codes)["borne_haute"]
    return str(counts.index[counts == 0][0])


def sampled(count: int) -> list[str]:
    return list(donnees().referentiel.communes.sample(count, random_state=12).index)
