import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpts_geo.communes.prises import TypeZone, types_zone
from cpts_geo.communes.referentiel import AncienneCommune, Commune
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.recherche import PropositionRecherche, Recherche
from tests.outils.exemples import exemples

FRANCE = donnees().referentiel
COMMUNES = st.sampled_from(FRANCE.communes.index.tolist()).map(FRANCE.__getitem__)
TYPE_NAMES = {
    "ville": "ville",
    "epci": "epci",
    "canton": "canton",
    "bassin_vie": "bassin de vie",
    "departement": "departement",
}
ZONES: list[tuple[TypeZone, str, str]] = [
    (type_zone, code, nom)
    for type_zone in types_zone()
    for code, nom in FRANCE.zones(type_zone)["nom"].items()
    if nom != "Sans objet"
]
# More than any name or code brings.
ALL = 1_000


@pytest.fixture(scope="module")
def recherche() -> Recherche:
    return Recherche(FRANCE)


def first(recherche: Recherche, query: str) -> PropositionRecherche:
    return recherche.search(query)[0]


def communes(found: list[PropositionRecherche]) -> list[PropositionRecherche]:
    return [proposition for proposition in found if proposition.type == "commune"]


def unaccented(text: str) -> str:
    text = text.replace("œ", "oe").replace("Œ", "Oe")
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def spellings(nom: str) -> list[str]:
    return [
        nom,
        nom.upper(),
        nom.lower(),
        unaccented(nom),
        nom.replace("-", " "),
        nom.replace("'", "’"),
        unicodedata.normalize("NFD", nom),
        f"  {nom} ",
    ]


@settings(max_examples=exemples(60))
@given(commune=COMMUNES)
def test_a_commune_is_found_however_its_name_is_typed(recherche: Recherche, commune: Commune) -> None:
    for spelling in spellings(commune.nom):
        assert commune.code in {found.code for found in recherche.search(spelling, ALL)}, spelling


@settings(max_examples=exemples(60))
@given(commune=COMMUNES)
def test_a_commune_is_found_by_its_codes(recherche: Recherche, commune: Commune) -> None:
    # The same digits may be the postal code of others, which come first.
    around = (FRANCE[code] for code in FRANCE.codes("departement", commune.departement))
    same = sum(commune.code in other.codes_postaux for other in around)
    found = [each.code for each in recherche.search(commune.code, ALL) if each.type == "commune"]
    assert commune.code in found[: same + 1]
    for postal in commune.codes_postaux:
        assert commune.code in {found.code for found in recherche.search(postal, ALL)}


@settings(max_examples=exemples(60))
@given(commune=COMMUNES)
def test_the_departement_tells_apart_communes_of_the_same_name(
    recherche: Recherche, commune: Commune
) -> None:
    zone = FRANCE.nom_zone("departement", commune.departement)
    for place in (commune.departement, f"({commune.departement})", zone, *commune.codes_postaux):
        codes = [found.code for found in recherche.search(f"{commune.nom} {place}", ALL)]
        assert commune.code in codes[:5], place


@settings(max_examples=exemples(100))
@given(former=st.sampled_from(FRANCE.anciennes))
def test_a_former_name_leads_to_the_present_commune(recherche: Recherche, former: AncienneCommune) -> None:
    assert former.code in {found.code for found in recherche.search(former.nom_ancien, ALL)}


@given(query=st.text(max_size=200))
def test_any_text_is_an_acceptable_query(recherche: Recherche, query: str) -> None:
    found = recherche.search(query)
    assert len(found) <= 8
    assert len({(proposition.type, proposition.code) for proposition in found}) == len(found)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("toulouse", "31555"),
        ("St Etienne", "42218"),
        ("st-denis 93", "93066"),
        ("saint denis la réunion", "97411"),
        ("Ste Maxime", "83115"),
        ("chalon s/ saone", "71076"),
        ("la rochelle", "17300"),
        ("rochelle", "17300"),
        ("havre", "76351"),
        ("l abergement clemenciat", "01001"),
        ("abergement-clémenciat", "01001"),
        ("vandoeuvre les nancy", "54547"),
        ("bagnères luchon", "31042"),
        ("Neuville (86)", "86177"),
        ("celles cantal", "15031"),
        ("toulouse haute", "31555"),
        ("31000 Toulouse", "31555"),
        ("toulouse 31000", "31555"),
        ("2a004", "2A004"),
        ("ajaccio 2A", "2A004"),
        ("31", "31555"),
    ],
)
def test_what_people_type(recherche: Recherche, query: str, code: str) -> None:
    assert first(recherche, query).code == code


@pytest.mark.parametrize(
    ("query", "code", "mention"),
    [
        ("pierrefitte sur seine", "93066", "commune déléguée\u00a0: Pierrefitte-sur-Seine"),
        ("93059", "93066", "commune déléguée\u00a0: Pierrefitte-sur-Seine"),
        ("grand vabre", "12218", "commune déléguée\u00a0: Grand-Vabre"),
    ],
)
def test_former_names_are_explained(recherche: Recherche, query: str, code: str, mention: str) -> None:
    proposition = first(recherche, query)
    assert (proposition.code, proposition.mention) == (code, mention)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("paris 13", "75113"),
        ("paris 13e", "75113"),
        ("paris 1er", "75101"),
        ("13e arrondissement paris", "75113"),
        ("75013", "75113"),
        ("75113", "75113"),
        ("Lyon 3ème", "69383"),
        ("lyon 3", "69383"),
        ("marseille 13", "13213"),
    ],
)
def test_an_arrondissement_is_found_first(recherche: Recherche, query: str, code: str) -> None:
    assert first(recherche, query).code == code


@pytest.mark.parametrize("query", ["paris", "75056", "ville de Paris"])
def test_a_city_is_one_answer(recherche: Recherche, query: str) -> None:
    found = first(recherche, query)
    assert (found.type, found.code, found.communes, found.population) == ("ville", "75056", 20, 2_103_778)


def test_a_former_commune_leads_to_its_city(recherche: Recherche) -> None:
    found = first(recherche, "69232")
    assert (found.type, found.code) == ("ville", "69123")
    assert found.mention


def test_a_postal_code_comes_before_the_same_digits(recherche: Recherche) -> None:
    assert [each.code for each in recherche.search("17200")][:3] == ["17306", "17409", "17200"]


def test_a_present_name_needs_no_explanation(recherche: Recherche) -> None:
    assert first(recherche, "paris").mention == ""
    saint_ouen = next(found for found in recherche.search("saint-ouen") if found.code == "93070")
    assert saint_ouen.mention == ""


def test_a_proposition_says_where_the_commune_is(recherche: Recherche) -> None:
    assert first(recherche, "toulouse") == PropositionRecherche(
        "31555", "Toulouse", "31", "Haute-Garonne", 514_819, ""
    )


def test_exact_names_come_first_then_the_most_peopled(recherche: Recherche) -> None:
    found = communes(recherche.search("saint-denis", 50))
    exact = [proposition.nom == "Saint-Denis" for proposition in found]
    assert exact[:4] == [True] * 4
    assert not any(exact[4:])
    beginning = [p.population for p in found[4:] if p.nom.startswith("Saint-Denis") and not p.mention]
    assert beginning == sorted(beginning, reverse=True)


def test_the_beginning_of_a_name_comes_before_the_beginning_of_a_word(recherche: Recherche) -> None:
    noms = [found.nom for found in recherche.search("toulouse")]
    assert noms.index("Toulouse-le-Château") < noms.index("Vieille-Toulouse")


@pytest.mark.parametrize(
    ("query", "type_zone", "nom"),
    [
        ("cc ile d oleron", "epci", "CC de l'Ile d'Oléron"),
        ("CC de l’Île d’Oléron", "epci", "CC de l'Ile d'Oléron"),
        ("communaute d agglomeration royan", "epci", "CA Royan Atlantique"),
        ("communauté de communes du pays de l’or", "epci", "CA du Pays de l'Or"),
        ("metropole de bordeaux", "epci", "Bordeaux Métropole"),
        ("grand poitiers", "epci", "CU du Grand Poitiers"),
        ("bassin d'arcachon nord", "epci", "CA du Bassin d'Arcachon Nord (COBAN)"),
        ("241700624", "epci", "CC de l'Ile d'Oléron"),
        ("canton de saujon", "canton", "Saujon"),
        ("canton de l'ile d'oléron", "canton", "L'Île d'Oléron"),
        ("bassin de vie royan", "bassin_vie", "Royan"),
        ("royan bassin de vie", "bassin_vie", "Royan"),
        ("charente maritime", "departement", "Charente-Maritime"),
        ("departement de la charente", "departement", "Charente"),
        ("departement 17", "departement", "Charente-Maritime"),
        ("gironde", "departement", "Gironde"),
    ],
)
def test_a_zone_is_found_by_its_name(recherche: Recherche, query: str, type_zone: str, nom: str) -> None:
    found = first(recherche, query)
    assert (found.type, found.nom) == (type_zone, nom)


@settings(max_examples=exemples(100))
@given(zone=st.sampled_from(ZONES))
def test_every_zone_is_found_when_its_type_is_named(
    recherche: Recherche, zone: tuple[TypeZone, str, str]
) -> None:
    type_zone, code, nom = zone
    found = [(each.type, each.code) for each in recherche.search(f"{TYPE_NAMES[type_zone]} {nom}", ALL)]
    assert (type_zone, code) in found[:12]


def test_a_proposition_of_a_zone_says_what_it_holds(recherche: Recherche) -> None:
    codes = FRANCE.codes("epci", "241700624")
    assert first(recherche, "cc ile d oleron") == PropositionRecherche(
        "241700624",
        "CC de l'Ile d'Oléron",
        "17",
        "Charente-Maritime",
        FRANCE.population(codes),
        type="epci",
        communes=len(codes),
        lieu="Charente-Maritime",
    )


def test_a_zone_over_two_departements_names_both_the_most_peopled_first(recherche: Recherche) -> None:
    niort = first(recherche, "bassin de vie niort")
    assert (niort.departement, niort.lieu) == ("79", "Deux-Sèvres, Charente-Maritime")


@pytest.mark.parametrize("query", ["royan", "toulouse", "brest", "saint-denis", "saujon", "17306", "31"])
def test_communes_stay_first_for_a_plain_name_or_code(recherche: Recherche, query: str) -> None:
    found = recherche.search(query)
    assert found[0].type == "commune"
    assert {proposition.type for proposition in found} > {"commune"} or query == "17306"


def test_the_zones_of_a_well_known_place_are_not_hidden_by_its_communes(recherche: Recherche) -> None:
    assert ("epci", "241700624") in {(found.type, found.code) for found in recherche.search("oleron")}


def test_communes_without_canton_make_no_canton(recherche: Recherche) -> None:
    assert all(found.nom != "Sans objet" for found in recherche.search("canton sans objet", ALL))


@pytest.mark.parametrize("query", ["", "   ", "'-", "xyzzy", "99999", "toulouse 75", "000000"])
def test_nothing_is_found_where_there_is_nothing(recherche: Recherche, query: str) -> None:
    assert recherche.search(query) == []


def test_search_follows_the_typing(recherche: Recherche) -> None:
    queries = ["s", "sa", "saint", "a", "saint-denis 974", "31", "paris 13e", "la chapelle sur erdre", "7"]
    best = min(_seconds_per_query(recherche, queries) for _ in range(5))
    assert best < 0.01


@pytest.mark.parametrize(
    "query", ["s " * 50, "a b c d e f g h i j k l m n o p", "1 " * 50, "a 1 " * 25, "canton s"]
)
def test_no_query_is_slow(recherche: Recherche, query: str) -> None:
    assert min(_seconds_per_query(recherche, [query]) for _ in range(5)) < 0.03


def _seconds_per_query(recherche: Recherche, queries: list[str]) -> float:
    start = time.process_time()
    for query in queries:
        recherche.search(query)
    return (time.process_time() - start) / len(queries)
