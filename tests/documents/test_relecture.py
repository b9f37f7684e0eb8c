"""Every sentence written of territories drawn at random is read again, and the reader misses nothing."""

import re

import pytest

from cpts_geo.analyse.synthese import write_synthese
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire
from tests.outils.lieux import DEPARTEMENTS
from tests.outils.relecture.francais import faults, faults_of_place
from tests.outils.relecture.lecteur import Lecteur
from tests.outils.relecture.tirage import TIRAGE, draw, read

# An island, masked figures, a commune without a doctor, two départements, Paris, Mayotte.
TEMOINS = {
    "Oléron": donnees().referentiel.codes("epci", "241700624"),
    "Creuse": donnees().referentiel.codes("departement", "23"),
    "Cazats": ("33116",),
    "Adour Madiran": donnees().referentiel.codes("epci", "200072106"),
    "Paris": ("75056",),
    "Mayotte": donnees().referentiel.codes("departement", "976"),
}
OPPOSITES = (
    ("nettement", "légèrement"),
    ("légèrement", "nettement"),
    ("au-dessus", "au-dessous"),
    ("au-dessous", "au-dessus"),
    (", mais ", ", et "),
    (", et ", ", mais "),
    ("augmenté", "diminué"),
    ("tous les", "aucun des"),
    ("compte aucun", "compte un"),
)


def sentences(nom: str) -> list[str]:
    data = donnees()
    text = write_synthese(
        Territoire(nom, TEMOINS[nom]), data.agregateur, data.catalogue, data.referentiel, load_bareme()
    )
    return [line.removeprefix("– ") for line in text.split("\n") if line.startswith("–")]


def wrong(nom: str, sentence: str) -> list[tuple[str, str]]:
    lecteur = Lecteur(nom, TEMOINS[nom])
    lecteur.read(sentence)
    return lecteur.errors


@pytest.mark.lent
def test_every_sentence_of_territories_drawn_at_random_is_true() -> None:
    bilan = read(draw(60))
    assert len(bilan.lues) > 1_500
    assert bilan.erreurs == []
    assert {"aucun généraliste", "écart des listes", "répartition", "taille proposée"} <= set(bilan.sujets)


def test_territories_of_every_kind_are_drawn_and_the_same_each_time() -> None:
    drawn = draw(100)
    assert drawn == draw(100)
    assert {nom.rsplit(" ", 1)[0] for nom, _ in drawn} == set(TIRAGE)
    assert all(codes for _, codes in drawn)
    assert draw(100, 1) != drawn


@pytest.mark.parametrize("nom", TEMOINS)
def test_no_figure_can_be_changed_unseen(nom: str) -> None:
    lecteur = Lecteur(nom, TEMOINS[nom])
    for sentence in sentences(nom):
        assert wrong(nom, sentence) == []
        for each in re.finditer(r"\d(?!\d)", sentence):
            changed = f"{sentence[: each.start()]}{(int(each[0]) + 1) % 10}{sentence[each.end() :]}"
            lecteur.errors.clear()
            lecteur.read(changed)
            assert lecteur.errors, changed


@pytest.mark.parametrize("nom", TEMOINS)
def test_no_claim_can_be_turned_around_unseen(nom: str) -> None:
    turned = [
        sentence.replace(word, other, 1)
        for sentence in sentences(nom)
        for word, other in OPPOSITES
        if word in sentence
    ]
    assert len(turned) > 10
    assert [sentence for sentence in turned if not wrong(nom, sentence)] == []


def test_what_is_said_of_a_territory_is_not_true_of_another() -> None:
    told = [each for each in sentences("Oléron") if "Dans le département" not in each]
    assert [each for each in told if not wrong("Creuse", each)] == []


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("47 infirmiers\u00a0: 120 pour 100\u202f000.", "sans verbe"),
        ("Il se trouve à Le Havre.", "article non contracté"),
        ("Il est de Agen.", "élision manquante"),
        ("Il est d’Limoges.", "élision de trop"),
        ("Il en compte 100 000.", "espace sécable dans un nombre"),
        ("Il en compte 12345.", "milliers collés"),
        ("Il est de 12 %.", "espace sécable avant %"),
        ("Il est de 12.5.", "virgule décimale manquante"),
        ("Il est de de 12.", "mot répété"),
        ("Le taux est n. d.", "donnée absente"),
        ("il est de 12.", "majuscule manquante"),
        ("Il est de 12", "point final manquant"),
        ("L'Ain est ici.", "apostrophe droite"),
    ],
)
def test_bad_french_is_seen(sentence: str, fault: str) -> None:
    assert fault in faults(sentence)


@pytest.mark.parametrize(
    ("said", "codes", "right"),
    [
        ("dans la Creuse et la Haute-Vienne", "23 87", True),
        ("en Dordogne et en Gironde", "24 33", True),
        ("à Paris et dans les Hauts-de-Seine", "75 92", True),
        ("en Lot-et-Garonne", "47", False),
        ("dans la Creuse et Haute-Vienne", "23 87", False),
        ("dans la Creuse", "23 87", False),
        ("dans la Creuse et la Haute-Vienne", "23", False),
        ("la Creuse", "23", False),
    ],
)
def test_where_is_read(said: str, codes: str, right: bool) -> None:  # noqa: FBT001
    assert (faults_of_place(said, [DEPARTEMENTS[code] for code in codes.split()]) == []) == right
