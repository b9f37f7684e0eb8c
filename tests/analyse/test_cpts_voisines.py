"""What a report says of the CPTS that exist already."""

from cpts_geo.analyse.cpts_voisines import phrases, titre
from cpts_geo.analyse.verifications import check
from cpts_geo.indicateurs.donnees import donnees

NBSP = "\u00a0"
RIVIERA = donnees().cpts.communes("CPTS de la Riviera Française")
KNOWN = (
    "Les périmètres des CPTS qui existent déjà sont connus de cet outil "
    "en Provence-Alpes-Côte d’Azur seulement"
)


def test_where_they_are_known_the_report_says_what_the_checks_find() -> None:
    first, *others = phrases(RIVIERA, donnees())
    assert first == f"{KNOWN}, et ne sont pas datés."
    messages = [each.message for each in check(RIVIERA, donnees()) if each.code.startswith("cpts")]
    assert others == messages
    assert len(others) == 3


def test_elsewhere_it_says_that_alone() -> None:
    assert phrases(["31555"], donnees()) == (f"{KNOWN}{NBSP}: pour ce territoire, demandez-les à l’ARS.",)


def test_what_is_beyond_the_region_is_told() -> None:
    *_, last = phrases([*RIVIERA, "31555", "31069"], donnees())
    assert last == f"Rien n’est connu pour 2{NBSP}communes du territoire."
    assert titre() == "CPTS voisines"
