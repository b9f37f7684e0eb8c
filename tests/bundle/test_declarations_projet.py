"""Every file of declarations is of its form, read by one module, and a mistake in any of them is refused."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from cpts_geo.analyse.comparaison import DeclarationComparaison as Comparaison
from cpts_geo.analyse.decoupages import DecoupagesDeclares
from cpts_geo.analyse.series.declares import Graphiques
from cpts_geo.analyse.synthese import SyntheseDeclaree
from cpts_geo.analyse.taille import Bareme
from cpts_geo.analyse.verifications import ReglesVerification
from cpts_geo.communes.prises import CarteDeclaree
from cpts_geo.communes.toponymes import FrancaisDeclare
from cpts_geo.dessin.classes import Choroplethe
from cpts_geo.documents.modele_word.regles import ReglesModele as ModeleWord
from cpts_geo.documents.trame import Trame
from cpts_geo.indicateurs.autour.liberaux import LiberauxDeclares
from cpts_geo.indicateurs.autour.references import ReferencesDeclarees
from cpts_geo.indicateurs.catalogue import IndicateursDeclares
from cpts_geo.indicateurs.definitions.champ import ChampsDeclares
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.formules import ColonnesPartagees
from cpts_geo.indicateurs.glossaire import Glossaire
from cpts_geo.indicateurs.plan import Plan
from cpts_geo.indicateurs.structures import StructuresDeclarees
from cpts_geo.interface.service.coque import TextesPage
from cpts_geo.projet.donnees_locales import LimitesLocales
from cpts_geo.projet.fichier_json import DeclarationFichier as FichierProjet
from cpts_geo.projet.projet import ReglesProjet as Projet
from cpts_geo.saisie.fichiers.encodages import EncodagesDeclares
from cpts_geo.saisie.fichiers.limites_tableaux import LimitesTableau as Tableaux
from cpts_geo.saisie.lecture.variantes import Abreviations
from cpts_geo.saisie.perimetres.regles import ReglesPerimetres
from cpts_geo.saisie.tables.vocabulaire import EntetesDeclares
from cpts_geo.saisie.valeurs import ValeursDeclarees
from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.declarations import DeclarationInvalideError, Declare, conforme, declaration
from cpts_geo.socle.palette import Palette
from cpts_geo.sources.declaration import SourcesDeclarees
from cpts_geo.sources.editions import EditionsDeclarees
from cpts_geo.sources.geographie.assemblage import Mairies
from cpts_geo.sources.lecteurs.cpts import CptsDeclarees

FORMES: dict[str, type[Declare]] = {
    "abreviations_communes": Abreviations,
    "actualisation": EditionsDeclarees,
    "carte": CarteDeclaree,
    "champs": ChampsDeclares,
    "choroplethe": Choroplethe,
    "colonnes": ColonnesPartagees,
    "comparaison": Comparaison,
    "cpts_paca": CptsDeclarees,
    "decoupages": DecoupagesDeclares,
    "diagnostic": Trame,
    "donnees_locales": LimitesLocales,
    "encodages": EncodagesDeclares,
    "entetes_apportes": EntetesDeclares,
    "fichier_projet": FichierProjet,
    "francais": FrancaisDeclare,
    "glossaire": Glossaire,
    "graphiques": Graphiques,
    "indicateurs": IndicateursDeclares,
    "liberaux": LiberauxDeclares,
    "mairies": Mairies,
    "modele_docx": ModeleWord,
    "page": TextesPage,
    "palette": Palette,
    "projet": Projet,
    "rapport": Plan,
    "references": ReferencesDeclarees,
    "sources": SourcesDeclarees,
    "structures": StructuresDeclarees,
    "synthese": SyntheseDeclaree,
    "perimetres": ReglesPerimetres,
    "tableaux": Tableaux,
    "taille": Bareme,
    "valeurs_apportees": ValeursDeclarees,
    "verifications": ReglesVerification,
}
FAUTE = "faute_de_frappe"

Place = tuple[str | int, ...]


def content(nom: str) -> dict[str, Any]:
    return tomllib.loads((DECLARATIONS / f"{nom}.toml").read_text(encoding="utf-8"))


def tables(value: object, place: Place = ()) -> Iterator[Place]:
    """Where there is a table; of those in a list, the last one stands for all."""
    if isinstance(value, dict):
        yield place
        for key, each in value.items():
            yield from tables(each, (*place, key))
    elif isinstance(value, list) and value:
        yield from tables(value[-1], (*place, len(value) - 1))


def table(whole: dict[str, Any], place: Place) -> dict[str, Any]:
    found: Any = whole
    for key in place:
        found = found[key]
    assert isinstance(found, dict)
    return found


def places() -> list[tuple[str, Place]]:
    return [(nom, place) for nom in FORMES for place in tables(content(nom))]


def named(value: object) -> Iterator[str]:
    """The codes of indicators that a declaration names."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ("indicateurs", "indicateur", "requiert", "indicateurs_offre", "d_abord"):
                yield from [each] if isinstance(each, str) else filter(lambda code: type(code) is str, each)
            yield from named(each)
    elif isinstance(value, list):
        for each in value:
            yield from named(each)


def test_every_indicator_that_is_named_is_declared() -> None:
    known = {item.code for item in donnees().catalogue.indicateurs}
    unknown = {nom: set(named(content(nom))) - known for nom in FORMES}
    assert {nom: codes for nom, codes in unknown.items() if codes} == {}
    assert sum(bool(set(named(content(nom)))) for nom in FORMES) >= 5


def test_every_file_has_its_form() -> None:
    assert {path.stem for path in DECLARATIONS.iterdir()} == set(FORMES)


@pytest.mark.parametrize("nom", FORMES)
def test_every_file_is_of_its_form(nom: str) -> None:
    assert isinstance(declaration(nom, FORMES[nom]), FORMES[nom])


@pytest.mark.parametrize(("nom", "place"), places(), ids=str)
def test_a_word_that_nobody_reads_is_refused_and_its_place_named(nom: str, place: Place) -> None:
    whole = deepcopy(content(nom))
    table(whole, place)[FAUTE] = True
    with pytest.raises(DeclarationInvalideError) as caught:
        conforme(nom, whole, FORMES[nom])
    said = str(caught.value)
    assert said.startswith(f"{nom}.toml\u00a0: ")
    assert all(str(each) in said for each in (*place, FAUTE))


@pytest.mark.parametrize("nom", FORMES)
def test_a_mistyped_word_is_refused_and_its_place_named(nom: str) -> None:
    whole = content(nom)
    first = next(iter(whole))
    mistyped = {first + "x" if key == first else key: value for key, value in whole.items()}
    with pytest.raises(DeclarationInvalideError, match=first):
        conforme(nom, mistyped, FORMES[nom])


@pytest.mark.parametrize(
    ("nom", "place", "key"),
    [
        ("synthese", ("positions",), "-1"),
        ("verifications", ("constats",), "enclave"),
        ("choroplethe", ("methodes",), "quantiles"),
        ("structures", ("groupes",), "structures"),
        ("diagnostic", ("blocs",), "tout"),
        ("rapport", ("sens",), "haut"),
        ("rapport", ("titres",), "epci"),
        ("comparaison", ("graphiques",), "ages"),
        ("graphiques", ("graphique",), "apl"),
    ],
)
def test_what_is_missing_is_refused(nom: str, place: Place, key: str) -> None:
    whole = deepcopy(content(nom))
    del table(whole, place)[key]
    with pytest.raises(DeclarationInvalideError):
        conforme(nom, whole, FORMES[nom])


@pytest.mark.parametrize(
    ("nom", "place", "key", "value"),
    [
        ("choroplethe", ("ecarts",), "bornes", [-5, -20, 5, 20]),
        ("choroplethe", ("ecarts",), "bornes", [-5, 5]),
        ("rapport", ("ecarts", "niveaux", 0), "niveau", 2),
        ("diagnostic", ("annexe", 0), "blocs", ["inconnu"]),
        ("diagnostic", ("blocs", "graphique_apl"), "graphique", "inconnu"),
        ("structures", ("type", 0), "code", "ssiad"),
        ("structures", ("type", 0), "groupe", "autre"),
        ("projet", (), "couleurs", []),
    ],
)
def test_what_does_not_fit_together_is_refused(nom: str, place: Place, key: str, value: object) -> None:
    whole = deepcopy(content(nom))
    changed = table(whole, place)
    assert key in changed
    changed[key] = value
    with pytest.raises(DeclarationInvalideError):
        conforme(nom, whole, FORMES[nom])
