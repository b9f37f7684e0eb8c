"""Lines that say more than the name of a commune."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpts_geo.communes.referentiel import Commune
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.decoupage import lignes_du_texte
from cpts_geo.saisie.lecture.ligne_melee import names_among
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together
from cpts_geo.saisie.noms import index_noms
from tests.outils.exemples import exemples

FRANCE = donnees().referentiel
INDEX = index_noms(FRANCE)
# What a list around the line holds.
AROUND = ("Saujon", "Médis", "Semussac", "Cozes")
COMMUNES = st.sampled_from(FRANCE.communes.index.tolist()).map(FRANCE.__getitem__)


def one(line: str) -> Rapprochement:
    """What the line is, after a few communes around Royan."""
    return bring_together(lignes_du_texte("\n".join((*AROUND, line))), INDEX)[len(AROUND)]


@pytest.mark.parametrize(
    "line",
    [
        "Royan;17306;19425;Charente-Maritime",
        '"Royan","17306","Charente-Maritime"',
        "Royan, Charente-Maritime, France",
        "Royan | Nouvelle-Aquitaine | 18 393 hab.",
        "Royan - 18 393 hab. (2022)",
        "a) Royan",
        "IV. Royan",
        "[x] Royan",
        "Royan¹",
        "Ro\u00adyan",
        "Roy\u200ban",
        "FR-17200 Royan",
        "Royan n°17306",
        "COM17306",
        "n° 17306",
        "code_insee: 17306",
        "17306 (INSEE)",
        "Code : 17306",
        "Mairie de Royan - 80 avenue de Pontaillac 17200 Royan",
        "BP 12 - 17200 ROYAN CEDEX",
    ],
)
def test_what_agrees_with_the_name_is_read_beside_it(line: str) -> None:
    found = one(line)
    assert (found.statut, found.code) == (Statut.TROUVEE, "17306")


@pytest.mark.parametrize("aside", ["(siège)", "(en partie)", "(PACA)", "(depuis 2019)", "[pôle]"])
def test_what_is_left_unread_in_brackets_is_said(aside: str) -> None:
    found = one(f"Royan {aside}")
    assert (found.statut, found.code) == (Statut.TROUVEE, "17306")
    assert found.mention == f"lu sans «\u00a0{aside}\u00a0»"


@pytest.mark.parametrize(
    "line",
    [
        "Dr Dupont, Royan",
        "MSP de Royan",
        "une partie de Royan",
        "Royan, sauf le centre",
        "Royan depuis 2019",
        "Royan;oui;non",
        "Royan\tGénéraliste\t12",
        "Royan : pôle",
    ],
)
def test_a_name_among_words_that_are_not_understood_is_proposed_first(line: str) -> None:
    found = one(line)
    assert found.statut == Statut.INCONNUE
    assert found.propositions[0].code == "17306"


def test_the_place_named_in_the_line_comes_first() -> None:
    assert one("St Denis de la Réunion").propositions[0].code == "97411"


@pytest.mark.parametrize("line", ["Royan;17421;Saujon", "Royan, Landes, Gironde"])
def test_cells_that_do_not_agree_are_never_one_commune(line: str) -> None:
    found = bring_together(lignes_du_texte(line), INDEX)
    assert [each.statut for each in found] != [Statut.TROUVEE]


@settings(max_examples=exemples(150))
@given(commune=COMMUNES, separator=st.sampled_from((";", "\t", " | ", ", ")))
def test_a_row_of_a_table_is_its_commune(commune: Commune, separator: str) -> None:
    place = FRANCE.nom_zone("departement", commune.departement)
    row = separator.join((commune.nom, commune.code, str(commune.population), place))
    (found,) = bring_together(lignes_du_texte(row), INDEX)
    assert commune.code in {found.code, *(each.code for each in found.propositions)}


@settings(max_examples=exemples(150))
@given(commune=COMMUNES)
def test_any_name_is_found_among_words(commune: Commune) -> None:
    likely, others = names_among(INDEX, f"Maison de santé de {commune.nom}, cabinet 12", {commune.code})
    assert commune.code in {each.code for each in (*likely, *others)}


def test_a_part_of_a_longer_name_found_is_not_proposed() -> None:
    likely, others = names_among(INDEX, "cabinet de Saint-Georges-de-Didonne", ())
    assert [each.code for each in (*likely, *others)] == ["17333"]
