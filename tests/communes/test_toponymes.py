"""Places are said in French: départements and régions by a list written by hand, communes by rule."""

import re

import pytest

from cpts_geo.communes.prises import TypeZone
from cpts_geo.communes.toponymes import Toponyme, dans, de, toponyme_commune, toponyme_zone
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.textes import sans_accents, typographie
from tests.outils.lieux import DEPARTEMENTS, REGIONS, Lieu


@pytest.mark.parametrize(
    ("type_zone", "expected", "count"), [("departement", DEPARTEMENTS, 101), ("region", REGIONS, 18)]
)
def test_every_departement_and_region_is_said_as_people_say_it(
    type_zone: TypeZone, expected: dict[str, Lieu], count: int
) -> None:
    zones = donnees().referentiel.zones(type_zone)
    assert len(expected) == count
    said = {code: toponyme_zone(type_zone, code, typographie(nom)) for code, nom in zones["nom"].items()}
    assert said == {code: Toponyme(*place) for code, place in expected.items()}


@pytest.mark.parametrize(
    ("nom", "lieu", "complement"),
    [
        ("Agen", "à Agen", "d’Agen"),
        ("Évreux", "à Évreux", "d’Évreux"),
        ("Œuilly", "à Œuilly", "d’Œuilly"),
        ("Yvetot", "à Yvetot", "d’Yvetot"),
        ("Y", "à Y", "d’Y"),
        ("Limoges", "à Limoges", "de Limoges"),
        ("Le Havre", "au Havre", "du Havre"),
        ("Les Herbiers", "aux Herbiers", "des Herbiers"),
        ("Aux Marais", "aux Marais", "des Marais"),
        ("La Rochelle", "à La Rochelle", "de La Rochelle"),
        ("L'Haÿ-les-Roses", "à L'Haÿ-les-Roses", "de L'Haÿ-les-Roses"),
        ("L'Isle-Adam", "à L'Isle-Adam", "de L'Isle-Adam"),
        ("Los Masos", "à Los Masos", "de Los Masos"),
        ("Hyères", "à Hyères", "d’Hyères"),
        ("Hendaye", "à Hendaye", "d’Hendaye"),
        ("Hirson", "à Hirson", "d’Hirson"),
        ("Haguenau", "à Haguenau", "de Haguenau"),
        ("Honfleur", "à Honfleur", "de Honfleur"),
        ("Hem", "à Hem", "de Hem"),
        ("Hauteville", "à Hauteville", "de Hauteville"),
        ("Lesparre-Médoc", "à Lesparre-Médoc", "de Lesparre-Médoc"),
        ("Lançon-Provence", "à Lançon-Provence", "de Lançon-Provence"),
    ],
)
def test_a_commune_contracts_and_elides(nom: str, lieu: str, complement: str) -> None:
    assert nom in set(donnees().referentiel.communes["nom"])
    assert toponyme_commune(nom) == Toponyme(nom, lieu, complement)


@pytest.mark.parametrize(
    ("code", "sujet", "lieu", "complement"),
    [
        (
            "241700624",
            "la CC de l'Ile d'Oléron",
            "dans la CC de l'Ile d'Oléron",
            "de la CC de l'Ile d'Oléron",
        ),
        ("243300316", "Bordeaux Métropole", "dans Bordeaux Métropole", "de Bordeaux Métropole"),
        ("244500468", "Orléans Métropole", "dans Orléans Métropole", "d’Orléans Métropole"),
        (
            "246700488",
            "l’Eurométropole de Strasbourg",
            "dans l’Eurométropole de Strasbourg",
            "de l’Eurométropole de Strasbourg",
        ),
        ("200046977", "la Métropole de Lyon", "dans la Métropole de Lyon", "de la Métropole de Lyon"),
    ],
)
def test_an_epci_has_the_article_of_its_kind(code: str, sujet: str, lieu: str, complement: str) -> None:
    assert donnees().referentiel.toponyme("epci", code) == Toponyme(sujet, lieu, complement)


def test_blanks_of_a_name_are_single() -> None:
    """The CA ECLA is named with two blanks by its source."""
    named = (
        donnees().referentiel.toponyme("epci", str(code))
        for code in donnees().referentiel.zones("epci").index
    )
    assert [place.sujet for place in named if "  " in place.sujet] == []


def test_a_canton_and_a_bassin_are_named_with_their_kind() -> None:
    canton = donnees().referentiel.communes.loc["31555", "canton"]
    nom = donnees().referentiel.nom_zone("canton", canton)
    assert donnees().referentiel.toponyme("canton", canton).complement == f"du canton «\u00a0{nom}\u00a0»"
    assert donnees().referentiel.toponyme("bassin_vie", "76351").lieu == "dans le bassin de vie du Havre"


def test_no_name_of_a_commune_or_an_epci_makes_a_hiatus() -> None:
    """No "de" or "la" before a vowel, no "à Le", no "de Les"; the name itself is always there, whole."""
    communes = donnees().referentiel.communes["nom"]
    epci = donnees().referentiel.zones("epci")
    places = [(nom, toponyme_commune(nom)) for nom in communes.unique()]
    places += [(nom, toponyme_zone("epci", str(code), nom)) for code, nom in epci["nom"].items()]
    assert len(places) > 30_000
    for nom, place in places:
        kept = re.sub(r"^(Le|Les|Aux) ", "", nom)
        for said in (place.sujet, place.lieu, place.complement):
            assert said.endswith(kept), said
            plain = sans_accents(said)
            assert not re.match(r"(de|le|la|de la) [aeiouy]", plain), said
            assert not re.match(r"(?:à|a|de) (?:le|les|aux) ", plain), said
        assert not re.match(r"d’[^aeiouyh]", sans_accents(place.complement)), place.complement


@pytest.mark.parametrize(
    ("codes", "where", "of"),
    [
        ("23", "dans la Creuse", "de la Creuse"),
        ("87", "en Haute-Vienne", "de la Haute-Vienne"),
        ("23 87", "dans la Creuse et la Haute-Vienne", "de la Creuse et de la Haute-Vienne"),
        ("24 33", "en Dordogne et en Gironde", "de la Dordogne et de la Gironde"),
        ("32 40", "dans le Gers et les Landes", "du Gers et des Landes"),
        (
            "33 40 47",
            "dans la Gironde, les Landes et le Lot-et-Garonne",
            "de la Gironde, des Landes et du Lot-et-Garonne",
        ),
        ("75 92", "à Paris et dans les Hauts-de-Seine", "de Paris et des Hauts-de-Seine"),
        ("974 976", "à La Réunion et à Mayotte", "de La Réunion et de Mayotte"),
        ("28 78", "dans l’Eure-et-Loir et les Yvelines", "d’Eure-et-Loir et des Yvelines"),
    ],
)
def test_places_are_enumerated(codes: str, where: str, of: str) -> None:
    places = [donnees().referentiel.toponyme("departement", code) for code in codes.split()]
    assert (dans(places), de(places)) == (where, of)
