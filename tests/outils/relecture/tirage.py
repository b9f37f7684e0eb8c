"""Territories drawn at random, and the sentences that the application writes of them.

They are those of the synthesis, of the three templates of documents, of the checks and proposals of the map,
and what stands under the charts and the tables, on screen and in documents.
"""

import random
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cpts_geo.analyse.et_si import en_un_morceau, prochaine_taille
from cpts_geo.analyse.series.toutes import familles, series_de
from cpts_geo.analyse.verifications import check
from cpts_geo.documents.blocs import Cases, Paragraphe, Tableau
from cpts_geo.documents.diagnostic import Options, compose, modeles
from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from tests.outils.relecture import phrases_carte, phrases_synthese
from tests.outils.relecture.calcul import communes
from tests.outils.relecture.lecteur import FORMES, Lecteur
from tests.outils.relecture.legendes import Figures, Legendes

GRAINE = 12
_ESSAIS = 20
JOUR = date(2026, 1, 31)
# Out of a hundred territories, how many of each kind.
TIRAGE = {
    "epci": 27,
    "canton": 20,
    "commune": 20,
    "outre-mer": 10,
    "departement": 6,
    "bassin_vie": 6,
    "dispersé": 9,
    "grande ville": 2,
}
GRANDES_VILLES = (
    ("75056",),
    ("69123",),
    ("13055",),
    ("75056", "92012"),
    ("13055", "13001"),
    ("75113",),
    ("69383", "69386", "69266"),
)
# A module declares its forms as it is read.
assert {phrases_carte.__name__, phrases_synthese.__name__} == {form.check.__module__ for form in FORMES}
_TITLES = ("CPTS voisines", "Le territoire", "La population", "Les besoins de santé", "L’offre de soins")


class Bilan(NamedTuple):
    """What has been read: sentences by territory and kind, and what is wrong in some of them."""

    lues: list[tuple[str, str]]
    erreurs: list[tuple[str, str, str]]
    sujets: Counter[str]


def draw(count: int, seed: int = GRAINE) -> list[tuple[str, tuple[str, ...]]]:
    """So many territories, by kind: a name and its communes; never none."""
    # Nothing secret is drawn.
    chance = random.Random(seed)  # noqa: S311
    kinds = [kind for kind, share in TIRAGE.items() for _ in range(share)]
    order = [kinds[rank * len(kinds) // count % len(kinds)] for rank in range(count)] if count else []
    drawn: dict[tuple[str, ...], str] = {}
    named = []
    for rank, kind in enumerate(order, 1):
        codes = _another(kind, chance, drawn)
        drawn[codes] = kind
        named.append((f"{kind} {rank}", codes))
    return named


def read(territoires: Sequence[tuple[str, tuple[str, ...]]]) -> Bilan:
    """Read every sentence of these territories."""
    bilan = Bilan([], [], Counter())
    figures = Figures(dict(territoires))
    for nom, codes in territoires:
        legends = Legendes(nom, codes, figures)
        for text in _texts(nom, codes, legends):
            bilan.lues.extend((nom, sentence) for sentence in text.sentences)
            bilan.erreurs.extend((nom, *error) for error in text.lecteur.errors)
            bilan.sujets.update(text.lecteur.subjects.keys())
        bilan.lues.extend((nom, text) for text in legends.lues)
        bilan.erreurs.extend((nom, *error) for error in legends.errors)
        bilan.sujets["légendes et notes"] += len(legends.lues)
    return bilan


class _Texte(NamedTuple):
    sentences: list[str]
    lecteur: Lecteur


def _texts(nom: str, codes: tuple[str, ...], legends: Legendes) -> Iterator[_Texte]:
    dossier = Dossier.open_projet(Projet.nouveau(Territoire(nom, codes)), JOUR, donnees())
    yield _read(nom, codes, _lines(dossier.synthese), once=True)
    written = dict.fromkeys(
        sentence
        for code in modeles()
        for section in compose(dossier, Options(code, cartes=False, graphiques=False)).sections
        for bloc in section.blocs
        for sentence in _sentences(bloc, dossier.synthese)
        if not legends.read_note(sentence)
    )
    for famille in sorted(familles()):
        for series in series_de(famille, dossier.contexte):
            legends.read_chart(series)
    yield _read(nom, codes, list(written), whole=True)
    proposed = (prochaine_taille(codes, donnees()), en_un_morceau(codes, donnees()))
    messages = [constat.message for constat in check(codes, donnees())]
    yield _read(nom, codes, [*messages, *(each.message for each in proposed if each)])


def _read(
    nom: str, codes: tuple[str, ...], sentences: list[str], *, once: bool = False, whole: bool = False
) -> _Texte:
    lecteur = Lecteur(nom, codes)
    for sentence in sentences:
        before = dict(lecteur.subjects)
        lecteur.read(sentence)
        if once and len(before) == len(lecteur.subjects):
            lecteur.wrong("deux phrases sur un même sujet")
    if once or whole:
        lecteur.finish()
    if once and "aucun généraliste" in lecteur.subjects and not sentences[0].startswith("Aucun "):
        lecteur.wrong("l’absence de généraliste n’est pas dite d’abord")
    return _Texte(sentences, lecteur)


def _lines(synthese: str) -> list[str]:
    lines = [line for line in synthese.split("\n") if line and line not in _TITLES]
    return [line.removeprefix("– ") for line in lines]


def _sentences(bloc: object, synthese: str) -> Iterator[str]:
    """The sentences of a block; those of the synthesis are read on their own."""
    if isinstance(bloc, Paragraphe) and bloc.texte != synthese:
        yield from _lines(bloc.texte)
    if isinstance(bloc, Tableau | Cases):
        yield from bloc.notes


def _another(kind: str, chance: random.Random, drawn: Container[tuple[str, ...]]) -> tuple[str, ...]:
    """One that has not been drawn yet, as long as there is one."""
    tries = (_one(kind, chance) for _ in range(_ESSAIS))
    return next((codes for codes in tries if codes not in drawn), _one(kind, chance))


def _one(kind: str, chance: random.Random) -> tuple[str, ...]:
    table = communes()
    if kind == "commune":
        return (str(chance.choice(list(table.index))),)
    if kind == "grande ville":
        chosen = chance.choice(GRANDES_VILLES)
        return tuple(code for each in chosen for code in donnees().referentiel.unites(each))
    if kind == "dispersé":
        return tuple(chance.sample(sorted(table.index), chance.randint(2, 40)))
    if kind == "outre-mer":
        away = table[table["departement"].str.startswith("97")]
        zone = chance.choice(["epci", "canton", "departement"])
        code = chance.choice(sorted(away[zone].dropna().unique()))
        return tuple(sorted(away.index[away[zone] == code]))
    code = chance.choice(sorted(table[kind].dropna().unique()))
    return tuple(sorted(table.index[table[kind] == code]))
