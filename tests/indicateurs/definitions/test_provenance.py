"""Which figures beside a territory are published, and by whom."""

from dataclasses import replace

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.citations import ReferenceCitee
from cpts_geo.indicateurs.definitions.provenance import ZoneComparee, origine, origines, origines_par_genre
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.resultat import Resultat

DATA = donnees()
CATALOGUE = DATA.catalogue
CODES = {"departement": "31", "region": "76", "france": "FR", "epci": "243100518"}
PUBLISHED = replace(DATA.agregateur.france()["ald"], publie=True)
WORKED_OUT = replace(PUBLISHED, publie=False)
UNKNOWN = replace(WORKED_OUT, valeur=None, borne_basse=None, borne_haute=None)


def with_reference(code: str, *, par_departement: bool = False) -> Indicateur:
    """An indicator that has published values beside it."""
    reference = ReferenceCitee(
        citation="Insee 2021", zones=("FR", "D01", "D02"), note="Métropole.", par_departement=par_departement
    )
    return replace(CATALOGUE[code], reference=reference)


def of(item: Indicateur | str, genre: str, resultat: Resultat) -> str:
    return origine(
        CATALOGUE[item] if isinstance(item, str) else item,
        ZoneComparee("Ici", genre, CODES.get(genre, "2"), resultat),
    )


def test_a_published_value_is_cited() -> None:
    assert of(with_reference("taux_pauvrete"), "france", PUBLISHED) == "valeur publiée, Insee 2021"
    assert of("niveau_vie_median", "epci", PUBLISHED) == "valeur publiée, Filosofi 2021 (Insee)"
    poverty = with_reference("taux_pauvrete", par_departement=True)
    assert of(poverty, "departement", PUBLISHED) == "valeur publiée, Filosofi 2021 (Insee)"


def test_without_one_it_is_the_mean_of_those_of_the_departements() -> None:
    poverty = with_reference("taux_pauvrete", par_departement=True)
    assert of(poverty, "region", WORKED_OUT).startswith("moyenne des valeurs publiées")
    assert of(poverty, "scenario", WORKED_OUT).startswith("moyenne des communes")
    assert of(with_reference("taux_pauvrete"), "region", WORKED_OUT).startswith("moyenne des communes")


def test_published_totals_are_told_from_those_added_up() -> None:
    assert of("ald", "departement", PUBLISHED).startswith("totaux publiés, Observatoire des fragilités 2024")
    assert of("part_rsa", "region", PUBLISHED) == "totaux publiés, RSA 2023 (Cnaf)"
    assert of("ald", "departement", WORKED_OUT) == "somme des communes, numérateur sur dénominateur"
    assert of("nb_maternites", "france", WORKED_OUT) == "somme des communes"
    assert of("apl_infirmiers", "france", WORKED_OUT).startswith("moyenne des communes")


def test_totals_of_a_part_of_the_departements_are_said_to_be() -> None:
    parted = DATA.agregateur.france()["part_rsa"]
    assert parted.par_departements
    assert of("part_rsa", "france", parted).startswith(
        "totaux publiés des départements qui ont les deux termes"
    )
    note = CATALOGUE["part_rsa"].reference
    assert note is not None
    assert "hors Mayotte" in note.note


def test_a_figure_of_a_departement_is_published_for_it_only() -> None:
    assert of("patho_diabete", "departement", WORKED_OUT).startswith("valeur publiée, Cartographie")
    assert of("patho_diabete", "france", WORKED_OUT).startswith("moyenne des départements")


def test_what_is_not_known_has_no_origin() -> None:
    assert of("ald", "departement", UNKNOWN) == "non connu"


def test_zones_of_one_origin_are_told_together_then_the_note() -> None:
    item = with_reference("taux_pauvrete")
    zones = [
        ZoneComparee("Ain", "departement", "01", PUBLISHED),
        ZoneComparee("Aisne", "departement", "02", PUBLISHED),
        ZoneComparee("Guyane", "departement", "973", UNKNOWN),
    ]
    assert origines(item, zones) == (
        "Ain, Aisne\u00a0: valeur publiée, Insee 2021 ; Guyane\u00a0: non connu. Métropole."
    )
    france = ZoneComparee("France", "france", "FR", PUBLISHED)
    counted = origines_par_genre(item, {"départements": zones, "France": [france]})
    assert counted == (
        "départements\u00a0: pour 2, valeur publiée, Insee 2021 ; pour 1, non connu"
        " ; France\u00a0: valeur publiée, Insee 2021. Métropole."
    )


def test_totals_published_for_a_zone_are_marked_in_the_figures() -> None:
    creuse = DATA.agregateur.departement("23")
    assert creuse["ald"].publie
    assert creuse["part_rsa"].publie
    assert not creuse["densite_infirmiers"].publie
    assert not creuse["population_municipale"].publie
    assert not DATA.agregateur.territoire(["23176"])["ald"].publie
    assert not DATA.agregateur.departement("976")["sans_medecin_traitant"].publie
