"""The lines of the map page are those of the report."""

import pytest

from cpts_geo.analyse.panneau import lignes_du_panneau
from cpts_geo.analyse.rapport import comparaisons_usuelles, rapport
from cpts_geo.indicateurs.donnees import donnees

CATALOGUE = donnees().catalogue


def test_the_panel_shows_what_is_declared_beside_the_region_and_france() -> None:
    shown = lignes_du_panneau(["31555", "11076"], donnees().agregateur, CATALOGUE, donnees().referentiel)
    for lines, codes in (
        (shown.densites, CATALOGUE.panneau.densites),
        (shown.lieux, CATALOGUE.panneau.lieux),
        (shown.reperes, CATALOGUE.panneau.reperes),
    ):
        assert tuple(ligne.indicateur.code for ligne in lines) == codes
    assert shown.region == "Occitanie"
    generalistes = shown.densites[0]
    assert generalistes.indicateur.code == "densite_medecins_generalistes"
    _, region, france = (cellule.resultat for cellule in generalistes.cellules)
    assert region == donnees().agregateur.region("76")["densite_medecins_generalistes"]
    assert france.effectif == 55_210


@pytest.mark.parametrize(
    "codes", [("31555",), ("23176", "23097"), ("97105",), ("2A004", "2B033")], ids=lambda codes: codes[0]
)
def test_the_panel_and_the_report_say_the_same(codes: tuple[str, ...]) -> None:
    usual = comparaisons_usuelles(codes, donnees().agregateur, donnees().referentiel)
    whole = rapport(codes, usual, donnees().agregateur, CATALOGUE, donnees().referentiel)
    lines = {
        ligne.indicateur.code: ligne
        for famille in whole.familles
        for groupe in famille.groupes
        for ligne in groupe.lignes
    }
    panel = lignes_du_panneau(codes, donnees().agregateur, CATALOGUE, donnees().referentiel)
    assert panel.region == whole.colonnes[2].nom
    for ligne in panel.lignes:
        same = lines[ligne.indicateur.code]
        own, _, *beside = same.cellules
        assert ligne.cellules == (own, *beside)
        assert (ligne.ecart, ligne.note) == (same.ecart, same.note)


def test_places_of_practice_stand_apart_from_people() -> None:
    declared = CATALOGUE.panneau
    for code in (*declared.densites, *declared.lieux):
        assert CATALOGUE[code].effectif.startswith("lieux d’exercice") == (code in declared.lieux)


def test_an_empty_territory_has_no_lines() -> None:
    with pytest.raises(ValueError, match="sans commune"):
        lignes_du_panneau([], donnees().agregateur, CATALOGUE, donnees().referentiel)
