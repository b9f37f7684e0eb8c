"""What is read on the page: French numbers, bounds in words, gaps said."""

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
        (None, None, "n.\u00a0d."),
    ],
)
def test_value(low: float | None, high: float | None, text: str) -> None:
    assert affichage.valeur(PART, resultat(low, high)) == text


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
