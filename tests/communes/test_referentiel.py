import pytest

from cpts_geo.communes.referentiel import CommuneInconnueError, Referentiel
from cpts_geo.indicateurs.donnees import donnees


@pytest.fixture(scope="module")
def france() -> Referentiel:
    return donnees().referentiel


def test_every_commune_is_there(france: Referentiel) -> None:
    assert len(france) == 34_875 - 3 + 45
    assert france.population(france.communes.index) == 68_350_798


def test_a_commune_bears_its_identity(france: Referentiel) -> None:
    toulouse = france["31555"]
    assert (toulouse.nom, toulouse.departement, toulouse.region) == ("Toulouse", "31", "76")
    assert (toulouse.population, toulouse.millesime_population) == (514_819, 2023)
    assert "31000" in toulouse.codes_postaux
    assert toulouse.a_contour
    assert france.nom_epci(toulouse) == "Toulouse Métropole"


def test_what_is_not_known_is_none(france: Referentiel) -> None:
    celles = france["15031"]
    assert not celles.a_contour
    assert (celles.lon, celles.lat) == (None, None)
    without_epci = france.communes.index[france.communes["epci"].isna()]
    assert [france.nom_epci(france[code]) for code in without_epci] == [None] * 4


def test_mayotte_has_its_own_vintage(france: Referentiel) -> None:
    assert {france[code].millesime_population for code in france.codes("departement", "976")} == {2017}


@pytest.mark.parametrize(
    ("type_zone", "count"),
    [
        ("departement", 101),
        ("region", 18),
        ("epci", 1_255),
        ("canton", 2_044),
        ("bassin_vie", 1_707),
        ("ville", 3),
    ],
)
def test_zones_part_the_communes(france: Referentiel, type_zone: str, count: int) -> None:
    zones = france.zones(type_zone)  # type: ignore[arg-type]
    belonging = france.communes[type_zone].dropna()
    assert len(zones) == count
    assert set(belonging) <= set(zones.index)
    assert (zones["lon_min"] < zones["lon_max"]).all()


def test_communes_of_a_zone(france: Referentiel) -> None:
    haute_garonne = france.codes("departement", "31")
    assert "31555" in haute_garonne
    assert all(code.startswith("31") for code in haute_garonne)
    assert france.codes("departement", "20") == ()
    with pytest.raises(KeyError):
        france.nom_zone("departement", "20")


@pytest.mark.parametrize(
    ("former", "present"),
    [("93059", "93066"), ("75113", "75113"), ("75056", "75056"), ("69232", "69123"), ("31555", "31555")],
)
def test_a_former_code_leads_to_the_present_commune(france: Referentiel, former: str, present: str) -> None:
    assert france.present(former) == present


def test_a_city_is_its_arrondissements(france: Referentiel) -> None:
    paris = france.villes["75056"]
    assert (paris.population, paris.en_toutes_lettres) == (2_103_778, "Paris (20\u00a0arrondissements)")
    assert france.unites("75056") == paris.arrondissements == tuple(f"751{rank:02}" for rank in range(1, 21))
    assert france.unites("69232") == france.villes["69123"].arrondissements
    assert france.unites("75113") == ("75113",)
    assert france.unites("00000") == ()
    assert "75056" not in france
    assert (france["75113"].nom, france["75113"].ville) == ("Paris 13e", "75056")
    assert france["69383"].epci == france["69266"].epci, "as Villeurbanne"


def test_an_unknown_code_leads_nowhere(france: Referentiel) -> None:
    assert france.present("00000") is None


def test_codes_of_present_communes_are_accepted_as_they_are(france: Referentiel) -> None:
    assert france.validate(iter(["2A004", "31555"])) == ("2A004", "31555")


def test_other_codes_are_refused_by_name(france: Referentiel) -> None:
    with pytest.raises(CommuneInconnueError, match=r"actuelle : 93059 \(aujourd’hui 93066 Saint-Denis\)\.$"):
        france.validate(["31555", "93059"])
    with pytest.raises(CommuneInconnueError, match=r"actuelles : 0, 1, 2, 3, 4 et 4 autres\.$"):
        france.validate(str(number) for number in range(9))
    with pytest.raises(CommuneInconnueError):
        france["31555 "]


def test_no_former_code_stands_for_a_present_commune_that_does_not_exist(france: Referentiel) -> None:
    present = {*france.communes.index, *france.villes}
    assert {former.code for former in france.anciennes} <= present
