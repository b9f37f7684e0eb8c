"""Every sentence written of territories drawn at random is read again, and the reader misses nothing."""

import re
from dataclasses import replace
from functools import cache

import pytest

from cpts_geo.analyse.series.contexte import contexte
from cpts_geo.analyse.series.declares import declares
from cpts_geo.analyse.series.forme import Series
from cpts_geo.analyse.series.toutes import familles, series_de
from cpts_geo.analyse.synthese import write_synthese
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.documents.blocs import Tableau
from cpts_geo.documents.diagnostic import Options, compose, modeles
from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from tests.outils.lieux import DEPARTEMENTS
from tests.outils.relecture.francais import NBSP, faults, faults_of_place
from tests.outils.relecture.lecteur import Lecteur
from tests.outils.relecture.legendes import Figures, Legendes
from tests.outils.relecture.tirage import JOUR, TIRAGE, draw, read

# An island, masked figures, a commune without a doctor, two départements, Paris, Mayotte.
TEMOINS = {
    "Oléron": donnees().referentiel.codes("epci", "241700624"),
    "Creuse": donnees().referentiel.codes("departement", "23"),
    "Cazats": ("33116",),
    "Adour Madiran": donnees().referentiel.codes("epci", "200072106"),
    "Paris": donnees().referentiel.unites("75056"),
    "Lyon 3e et 6e": ("69383", "69386"),
    "Mayotte": donnees().referentiel.codes("departement", "976"),
}
# No zone bears the name of the territory.
ESSAI = "CPTS à l’essai"
PYRAMIDE = declares().graphique["pyramide"].mention
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
    assert len(bilan.lues) > 7_000
    assert bilan.sujets["légendes et notes"] > 5_000
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


@pytest.mark.lent
@pytest.mark.parametrize("nom", ["Oléron", "Cazats", "Mayotte"])
def test_no_figure_of_a_caption_can_be_changed_unseen(nom: str) -> None:
    """Under charts, and in their words."""
    data = donnees()
    territoire = Territoire(f"{ESSAI} {nom}", TEMOINS[nom])
    own = contexte(territoire, data.agregateur, data.catalogue, data.referentiel, data.chroniques)
    changes = 0
    for made in (series for famille in sorted(familles()) for series in series_de(famille, own)):
        assert errors(nom, made) == []
        for part in ("texte", "mention"):
            text = getattr(made, part)
            for each in list(re.finditer(r"\d(?!\d)", text))[::7]:
                changed = f"{text[: each.start()]}{(int(each[0]) + 1) % 10}{text[each.end() :]}"
                changes += 1
                # What a chart declares wherever the territory is holds no figure of it.
                declared = part == "mention" and made.code == "pyramide" and each.start() < len(PYRAMIDE)
                assert declared or errors(nom, replace(made, **{part: changed})), changed
    assert changes > 15


@pytest.mark.lent
def test_no_figure_of_a_note_can_be_changed_unseen() -> None:
    nom, codes = f"{ESSAI} Creuse", TEMOINS["Creuse"]
    dossier = Dossier.open_projet(Projet.nouveau(Territoire(nom, codes)), JOUR, donnees())
    shown = compose(dossier, Options(next(iter(modeles())), cartes=False, graphiques=False))
    blocs = [bloc for section in shown.sections for bloc in section.blocs if isinstance(bloc, Tableau)]
    with_figures = re.compile(r"(?!Références).*(?:% des habitants|par lieu|EPCI .* %)", re.DOTALL)
    told = [note for bloc in blocs for note in bloc.notes if with_figures.match(note)]
    assert len(told) > 5
    for note in told:
        head, colon, said = note.partition(f"{NBSP}: ")
        assert noted(nom, codes, note) == []
        for each in re.finditer(r"\d(?!\d)", said):
            changed = f"{said[: each.start()]}{(int(each[0]) + 1) % 10}{said[each.end() :]}"
            dated = re.search(r"\((?:Cnam|BPE) \d*$", said[: each.start()])
            assert dated or noted(nom, codes, f"{head}{colon}{changed}"), changed


@cache
def worked_out() -> Figures:
    return Figures({f"{ESSAI} {nom}": codes for nom, codes in TEMOINS.items()})


def errors(nom: str, series: Series) -> list[tuple[str, str]]:
    reading = Legendes(f"{ESSAI} {nom}", TEMOINS[nom], worked_out())
    reading.read_chart(series)
    return reading.errors


def noted(nom: str, codes: tuple[str, ...], note: str) -> list[tuple[str, str]]:
    reading = Legendes(nom, codes, worked_out())
    assert reading.read_note(note)
    return reading.errors


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
