"""Which communes are near others."""

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.lecture.ligne import Candidat
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.proximite import Proximite

INDEX = index_noms(donnees().referentiel)
ROYAN, SAUJON, LIMOGES, COUZEIX, TOULOUSE, SAINT_DENIS = "17306", "17421", "87085", "87050", "31555", "97411"
ALL = (ROYAN, SAUJON, LIMOGES, COUZEIX, TOULOUSE, SAINT_DENIS)


def order(*known: str) -> list[str]:
    proximite = Proximite(INDEX, known, ALL)
    return [each.code for each in proximite.sort(Candidat(code) for code in ALL if code not in known)]


def test_the_same_departement_comes_first_then_the_nearest() -> None:
    assert order(ROYAN)[:1] == [SAUJON]
    assert order(ROYAN)[-2:] == [TOULOUSE, SAINT_DENIS]
    assert order(SAINT_DENIS)[-1] != SAINT_DENIS


def test_the_order_is_kept_when_nothing_is_known() -> None:
    assert order() == list(ALL)


def test_a_commune_is_not_near_itself() -> None:
    proximite = Proximite(INDEX, [ROYAN, LIMOGES, COUZEIX], ALL)
    assert not proximite.near(ROYAN)
    assert proximite.alone(ROYAN)
    assert proximite.near(SAUJON)
    assert not proximite.near(SAUJON, sauf=ROYAN)
    assert proximite.near(LIMOGES)


def test_nothing_is_alone_when_nothing_else_is_known() -> None:
    assert not Proximite(INDEX, [ROYAN], ALL).alone(ROYAN)


def test_a_commune_whose_mairie_is_not_placed_comes_last() -> None:
    communes = donnees().referentiel.communes
    unplaced = communes.index[communes["lon"].isna() & communes["departement"].ne("17")][0]
    proximite = Proximite(INDEX, [ROYAN], [unplaced, SAINT_DENIS])
    ordered = proximite.sort([Candidat(unplaced), Candidat(SAINT_DENIS)])
    assert [each.code for each in ordered] == [SAINT_DENIS, unplaced]
