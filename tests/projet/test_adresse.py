"""The address of the page holds the whole project, and older addresses still open."""

from dataclasses import replace

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import adresse, lien
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire

LIMOGES = Projet.nouveau(Territoire("Limousin", ("87085", "19272")))
VARIANTS = (
    LIMOGES.duplicate(1).draw_territoire(Territoire("Sans Tulle", ("87085",))).colour(2, "mauve").activate(1)
)


@pytest.mark.parametrize("projet", [LIMOGES, VARIANTS, LIMOGES.colour(1, "bleu"), Projet.nouveau()])
def test_what_is_written_is_read_back(projet: Projet) -> None:
    assert adresse.read(adresse.write(projet), donnees().referentiel).projet == projet


def test_an_empty_project_leaves_the_address_bare() -> None:
    assert adresse.write(Projet.nouveau()) == {}


def test_one_scenario_is_written_as_in_the_first_version() -> None:
    assert adresse.write(LIMOGES) == {"communes": lien.encode(["87085", "19272"]), "nom": "Limousin"}
    assert set(adresse.write(VARIANTS)) == {"projet"}


def test_only_our_own_parameters_are_read() -> None:
    assert adresse.own({"communes": "1.", "utm_source": "x"}) == {"communes": "1."}


def test_former_communes_lead_to_the_present_one_and_unknown_codes_are_named() -> None:
    former = replace(
        LIMOGES, scenarios=(replace(LIMOGES[1], territoire=Territoire("A", ("93059", "98999"))),)
    )
    lecture = adresse.read(adresse.write(former), donnees().referentiel)
    assert lecture.projet.territoire == Territoire("A", ("93066",))
    assert lecture.message == "Codes inconnus dans ce lien, laissés de côté\u00a0: 98999."
