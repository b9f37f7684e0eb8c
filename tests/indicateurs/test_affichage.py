"""What is read on the page: French numbers, bounds in words, gaps said."""

from dataclasses import replace

import pytest

from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.resultat import Resultat

PART = donnees().catalogue["sans_medecin_traitant"]


def resultat(low: float | None, high: float | None, couverture: float = 100.0, **gaps: int) -> Resultat:
    middle = None if low is None or high is None else (low + high) / 2
    return Resultat(
        valeur=middle,
        borne_basse=low,
        borne_haute=high,
        effectif=middle,
        effectif_bas=low,
        effectif_haut=high,
        couverture=couverture,
        communes_masquees=gaps.get("masquees", 0),
        communes_manquantes=gaps.get("manquantes", 0),
        couverture_encadree=couverture,
    )


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (14.13, 14.13, "14,1"),
        (13.84, 14.42, "13,8 à 14,4"),
        (14.11, 14.12, "14,1"),
    ],
)
def test_value(low: float, high: float, text: str) -> None:
    assert affichage.valeur(PART, resultat(low, high)) == text


def test_what_is_unknown_is_not_what_has_nothing_to_be_divided_by() -> None:
    unknown, nobody = resultat(None, None, 0.0, manquantes=2), replace(resultat(None, None), sans_objet=True)
    assert (affichage.valeur(PART, unknown), affichage.dite(PART, unknown)) == (
        "n.\u00a0d.",
        "non disponible",
    )
    assert affichage.valeur(PART, nobody) == affichage.dite(PART, nobody) == "sans objet"
    assert affichage.reserve(nobody) == ""


def test_count() -> None:
    assert affichage.effectif(resultat(1200, 1267)) == "1\u202f200 à 1\u202f267"
    assert affichage.effectif(resultat(1200, 1200)) == "1\u202f200"


def test_nothing_is_said_of_a_figure_that_stands_for_everyone() -> None:
    assert affichage.reserve(resultat(1, 1)) == ""


def test_unknown_figure_is_said_to_be_unpublished() -> None:
    assert (
        affichage.reserve(resultat(None, None, 0.0, manquantes=2)) == "chiffre non publié pour ce territoire"
    )


def test_gaps_are_said() -> None:
    text = affichage.reserve(resultat(1, 2, 82.4, masquees=1, manquantes=3))
    assert "secret statistique dans 1\u00a0commune" in text
    assert "non disponible dans 3\u00a0communes" in text
    assert text.endswith("exact pour 82\u00a0% des habitants")


def test_what_too_few_people_bear_is_not_shown_and_its_share_is() -> None:
    partial = resultat(12, 14, 62.9, manquantes=3)
    assert affichage.valeur(PART, partial) == affichage.effectif(partial) == "n.\u00a0d."
    words = "connu pour 62\u00a0% des habitants seulement"
    assert affichage.reserve(partial) == affichage.absence(partial) == affichage.dite(PART, partial) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (79.99, "connu pour 79\u00a0% des habitants seulement"),
        (0.4, "connu pour moins de 1\u00a0% des habitants"),
        (0.0, "non disponible"),
    ],
)
def test_a_share_never_reads_as_the_one_that_is_enough(share: float, words: str) -> None:
    assert affichage.absence(resultat(1, 1, share, manquantes=1)) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(82.4, "82\u00a0%"), (99.0, "99\u00a0%"), (99.6, "plus de 99\u00a0%"), (99.94, "plus de 99\u00a0%")],
)
def test_nobody_is_forgotten_by_rounding(share: float, words: str) -> None:
    assert affichage.exacte_pour(resultat(1, 1, share)) == f"exact pour {words} des habitants"


def test_bounds_too_far_apart_are_no_figure() -> None:
    doubtful = replace(resultat(None, None, 0.0, masquees=2), trop_incertain=True, couverture_encadree=100)
    assert affichage.valeur(PART, doubtful) == "non connu"
    assert affichage.dite(PART, doubtful) == "non connu, secret statistique"
    assert affichage.reserve(doubtful).endswith("fourchette trop large pour informer")


def test_what_can_be_shown_is_said_as_it_is() -> None:
    assert affichage.absence(resultat(12, 14, 80)) == ""
    assert affichage.dite(PART, resultat(12, 14, 80)) == "12,0 à 14,0"


def test_nobody_is_not_a_partial_coverage() -> None:
    assert affichage.valeur(PART, resultat(0, 0, 0.0)) == "0,0"
    assert affichage.reserve(resultat(0, 0, 0.0)) == ""


def test_the_figure_of_whole_zones_bears_their_mark() -> None:
    item = donnees().catalogue["mortalite_toutes_causes"]
    assert affichage.marquee(item, resultat(856.25, 856.25)) == "856,3\u00a0(dép.)"
    assert affichage.marquee(item, resultat(None, None, 0.0)) == "n.\u00a0d."
    assert affichage.mention(item) == "chiffre du département"
    assert affichage.echelle(item) == "département"
    assert affichage.marquee(PART, resultat(14.1, 14.1)) == "14,1"
    assert (affichage.marque(PART), affichage.mention(PART), affichage.echelle(PART)) == (
        "",
        "",
        "territoire",
    )
    by_bassin = replace(item, agregation="bassin")
    assert (affichage.marque(by_bassin), affichage.echelle(by_bassin)) == ("bassins", "bassins de vie")
