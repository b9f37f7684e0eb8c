"""The address of the page holds the whole project, and older addresses still open."""

from dataclasses import replace

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import adresse, lien
from cpts_geo.projet.donnees_locales import DonneeLocale
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


def test_the_identity_stands_beside_the_territory_and_another_form_is_left_aside() -> None:
    known = replace(VARIANTS, identite="aZ09aZ09aZ09")
    written = adresse.write(known)
    assert written == {**adresse.write(VARIANTS), "id": "aZ09aZ09aZ09"}
    assert adresse.read(written, donnees().referentiel).projet.identite == "aZ09aZ09aZ09"
    assert adresse.read({**written, "id": "../x"}, donnees().referentiel).projet.identite == ""


def test_figures_without_a_territory_are_found_again_by_their_identity() -> None:
    left = replace(Projet.nouveau(), locales=(figure("Patients"),), identite="aZ09aZ09aZ09")
    assert adresse.write(left) == {"id": "aZ09aZ09aZ09"}
    assert adresse.read(adresse.write(left), donnees().referentiel).projet == Projet.nouveau()
    assert adresse.write(replace(Projet.nouveau(), identite="aZ09aZ09aZ09")) == {}


def test_what_the_address_does_not_carry_is_said() -> None:
    assert adresse.omis(VARIANTS) == ""
    assert adresse.omis(LIMOGES.complete(figure("A"))) == "votre donnée locale"
    both = LIMOGES.complete(figure("A"), figure("B")).write_synthese(1, "Rural.")
    assert adresse.omis(both) == "vos 2\u00a0données locales ni votre synthèse"
    assert adresse.omis(VARIANTS.write_synthese(1, "A").write_synthese(2, "B")) == "vos 2\u00a0synthèses"


def figure(libelle: str) -> DonneeLocale:
    return DonneeLocale(libelle, "", "effectif", "CPAM", "2026", (("87085", 3.0),))
