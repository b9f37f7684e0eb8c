"""A figure is put in words that are true of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpts_geo.analyse.mots import Chiffre, singulier
from cpts_geo.analyse.synthese import SyntheseDeclaree
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.declarations import declaration

PRES = "proche de la moyenne nationale"


def result(
    low: float | None, high: float | None, count: float | None = None, covered: float = 100.0
) -> Resultat:
    middle = None if low is None or high is None else (low + high) / 2
    return Resultat(middle, low, high, count, count, count, covered, 0, 0, covered)


def figure(here: Resultat, there: Resultat, code: str = "ald") -> Chiffre:
    words = declaration("synthese", SyntheseDeclaree).positions
    return Chiffre(donnees().catalogue[code], here, there, words)


@given(some.floats(0.1, 1e6), some.floats(0.1, 1e6))
def test_more_and_less_mirror_each_other(value: float, reference: float) -> None:
    said = figure(result(value, value), result(reference, reference)).position
    above = value > reference
    if said != PRES:
        assert ("au-dessus" in said) == above
        assert ("au-dessous" in said) == (not above)


def test_masked_values_that_leave_the_position_open_give_no_word() -> None:
    assert figure(result(5, 15), result(10, 10)).position == ""
    assert figure(result(10, 10.1), result(10, 10)).position == PRES
    assert figure(result(10, 10), result(None, None)).position == ""


def test_a_figure_that_communes_do_not_have_is_not_compared() -> None:
    assert figure(result(1_200, 1_200), result(900, 900), "mortalite_toutes_causes").position == ""


def test_a_reference_that_stands_for_too_few_people_is_no_reference() -> None:
    chiffre = figure(result(10, 10), result(20, 20, covered=79.9))
    assert (chiffre.position, chiffre.france(" %")) == ("", "")


def test_bounds_are_framed_by_words() -> None:
    framed = figure(result(12, 14.5), result(10, 10))
    assert (framed.valeur, framed.nue, framed.encadre) == ("de 12,0 à 14,5", "12,0 à 14,5", True)
    exact = figure(result(12.01, 12.04), result(10, 10))
    assert (exact.valeur, exact.nue, exact.encadre) == ("12,0", "12,0", False)


@pytest.mark.parametrize(
    ("covered", "said"),
    [
        (100.0, " (France : 10,0 %)"),
        (99.96, " (France : 10,0 %)"),
        (99.7, " (France : 10,0 % ; chiffre connu pour 99\u00a0% des habitants)"),
        (80.0, " (France : 10,0 % ; chiffre connu pour 80\u00a0% des habitants)"),
    ],
)
def test_who_stands_behind_a_figure_is_said_when_some_do_not(covered: float, said: str) -> None:
    assert figure(result(12, 12, covered=covered), result(10, 10)).france(" %") == said


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("médecins généralistes libéraux", "médecin généraliste libéral"),
        ("lieux d’exercice d’infirmiers libéraux", "lieu d’exercice d’infirmier libéral"),
        ("sages-femmes", "sage-femme"),
        ("masseurs-kinésithérapeutes", "masseur-kinésithérapeute"),
    ],
)
def test_what_is_counted_has_a_singular(plural: str, singular: str) -> None:
    assert singulier(plural) == singular


def test_one_or_none_is_not_plural() -> None:
    code = "densite_infirmiers"
    one, none, two = (figure(result(9, 9, count), result(9, 9), code) for count in (1, 0, 2))
    item = donnees().catalogue[code]
    assert one.compte == f"1 {singulier(item.effectif)}"
    assert two.compte == f"2 {item.effectif}"
    assert (one.nul, none.nul) == (False, True)
    assert figure(result(1.9, 1.9), result(3, 3)).accord("consultation") == "consultation"
    assert figure(result(2, 2), result(3, 3)).accord("consultation") == "consultations"


@pytest.mark.parametrize(
    ("here", "other", "word"),
    [(13, 13, "et"), (13, 7, "mais"), (13, 10, "mais"), (10, 10, "et"), (8, 7, "et")],
)
def test_two_measures_are_opposed_when_they_part(here: float, other: float, word: str) -> None:
    mine, beside = (figure(result(each, each), result(10, 10)) for each in (here, other))
    assert mine.lien(beside) == word


def test_a_share_is_that_of_a_count_when_the_counts_agree() -> None:
    share = figure(result(75, 75, 3), result(30, 30), "part_generalistes_60_ans")
    four, five = (
        figure(result(9, 9, count), result(9, 9), "densite_medecins_generalistes") for count in (4, 5)
    )
    assert share.est_part_de(four)
    assert not share.est_part_de(five)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0,0 % des habitants"),
        (0.04, "moins de 0,1\u00a0% des habitants"),
        (64, "64,0 % des habitants"),
        (99.96, "plus de 99,9\u00a0% des habitants"),
        (100, "tous les habitants"),
    ],
)
def test_nobody_and_everybody_are_said_when_they_are(value: float, said: str) -> None:
    chiffre = figure(result(value, value), result(10, 10), "zonage_generalistes_zip")
    assert chiffre.habitants == said
    assert (chiffre.rien, chiffre.tous) == (value == 0, value == 100)


def test_everybody_is_not_said_when_some_are_not_known() -> None:
    chiffre = figure(result(100, 100, covered=92), result(10, 10), "zonage_generalistes_zip")
    assert (chiffre.habitants, chiffre.couvert) == (
        "100,0 % des habitants",
        " (chiffre connu pour 92\u00a0% des habitants)",
    )
