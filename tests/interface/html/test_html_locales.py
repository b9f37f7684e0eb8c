"""Local figures are shown as they were typed, marked as local, as text."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.html.html_locales import nombre, tableau
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire

PROJET = Projet.nouveau(Territoire("Essai", ("17421", "17306")))


def shown(*locales: DonneeLocale) -> str:
    return tableau(PROJET.complete(*locales), donnees().referentiel)


def test_without_local_figures_there_is_nothing() -> None:
    assert tableau(PROJET, donnees().referentiel) == ""


def test_a_rate_is_framed_and_a_gap_is_said() -> None:
    rate = DonneeLocale("Taux", "%", "taux", "ARS", "2025", (("17421", 2.5), ("17306", 8.0)))
    assert "2,5 à 8 selon les communes" in shown(rate)
    elsewhere = DonneeLocale("Ailleurs", "", "effectif", "ARS", "2025", (("31555", 3.0),))
    assert "aucune commune du territoire" in shown(elsewhere)
    assert "n.\u00a0d." in shown(elsewhere)


def test_what_people_typed_is_text() -> None:
    page = shown(DonneeLocale("<b>x</b>", "<i>", "effectif", "<script>", "", par_scenario=((1, 1.0),)))
    assert "<b>" not in page
    assert "<script>" not in page
    assert "locale</span>" in page


@pytest.mark.parametrize(("value", "text"), [(4.0, "4"), (2.5, "2,5"), (1 / 3, "0,33"), (None, "n.\u00a0d.")])
def test_figures_keep_the_decimals_they_have(value: float | None, text: str) -> None:
    assert nombre(value) == text
