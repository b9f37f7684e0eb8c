"""Series of places: every département, the communes of the territory."""

import pytest

from cpts_geo.analyse.series import lieux
from cpts_geo.indicateurs.donnees import donnees
from tests.outils.contextes import of

OLERON = donnees().referentiel.codes("epci", "241700624")
CREUSE = donnees().referentiel.codes("departement", "23")


def test_causes_of_death_show_every_departement() -> None:
    made = lieux.causes_deces(of(*OLERON), "causes_deces")
    assert len(made.table) == 101
    own = made.table.loc[made.table["Département"] == "Charente-Maritime"].iloc[0, 1]
    assert own == pytest.approx(donnees().agregateur.departement("17")["mortalite_toutes_causes"].valeur)
    assert made.valeurs[0]["17"] == own
    assert made.departement == "17"
    assert made.mention.endswith("Charente-Maritime.")


VINTAGE = "Distance aux urgences 2024 (CartoSanté)."


def test_the_farthest_communes_are_shown_and_all_are_in_the_table() -> None:
    made = lieux.urgences(of(*CREUSE), "urgences")
    far = donnees().agregateur.par_commune(made.indicateur, CREUSE)["borne_basse"].dropna()
    assert len(made.montres) == lieux.MOST_COMMUNES < len(made.table) == len(far)
    assert made.montres[0].km == far.max()
    shown = [each.km for each in made.montres]
    assert shown == sorted(shown, reverse=True)
    assert made.mention == f"{VINTAGE} Les 30 communes les plus éloignées, sur {len(far)}."


def test_communes_without_a_figure_are_counted() -> None:
    made = lieux.urgences(of("76095", "49126"), "urgences")
    assert [each.commune for each in made.trajets] == ["Bihorel"]
    assert made.mention == f"{VINTAGE} Non disponible dans 1\u00a0commune."
    assert "Ici connu pour 32\u00a0% des habitants seulement" in made.texte


def test_few_communes_are_all_shown() -> None:
    made = lieux.urgences(of(*OLERON), "urgences")
    assert len(made.montres) == len(made.table) <= len(OLERON)
    assert made.mention == VINTAGE


def test_what_is_known_nowhere_says_so() -> None:
    made = lieux.urgences(of("49126"), "urgences")
    assert made.absence == "Pour ce territoire\u00a0: non disponible."
