import re
from io import BytesIO
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cpts_geo.dessin import carte_imprimee
from cpts_geo.dessin.carte_imprimee import HAUTEUR, LARGEUR, carte_choroplethe, carte_territoire
from cpts_geo.dessin.etiquettes import Boite, NomPlace, place
from cpts_geo.dessin.polices import largeur
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Couleur
from cpts_geo.projet.territoire import Territoire
from tests.outils.dossiers import TERRITOIRES

SVG = "{http://www.w3.org/2000/svg}"
COULEUR = Couleur("vert", "Vert", "#123456", "#000000")
sizes = st.floats(50, 200)
noms = st.builds(
    NomPlace, st.text("abcé -", min_size=1, max_size=30), st.floats(0, 5000), st.floats(0, 3000), sizes
)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - drawn by us


def overlap(one: Boite, other: Boite) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(st.lists(noms, max_size=40))
def test_names_never_overlap_nor_leave_the_frame(names: list[NomPlace]) -> None:
    frame, taken = (0.0, 0.0, 5000.0, 3000.0), (0.0, 0.0, 900.0, 700.0)
    boxes = [each.boite for each in place(names, frame, [taken])]
    assert not any(overlap(one, other) for one, other in combinations([taken, *boxes], 2))
    assert all(x0 >= 0 and y0 >= 0 and x1 <= 5000 and y1 <= 3000 for x0, y0, x1, y1 in boxes)


@pytest.mark.parametrize("name", TERRITOIRES)
def test_the_map_says_what_it_shows(name: str) -> None:
    territoire = TERRITOIRES[name]
    drawn = carte_territoire(territoire, donnees().referentiel)
    assert drawn
    assert f"{len(territoire)}\u00a0communes" in drawn.texte
    assert territoire.nom in drawn.texte
    written = texts(drawn.svg)
    assert {"N"} <= set(written)
    assert any(text.endswith("km") for text in written)
    assert any("IGN" in text for text in written)
    biggest = donnees().referentiel.communes.loc[list(territoire.codes)].sort_values("population").iloc[-1]
    assert biggest["nom"] in written
    assert "nan" not in re.findall(r"\w+", drawn.svg.lower())


def test_what_could_not_be_named_is_counted() -> None:
    drawn = carte_territoire(TERRITOIRES["grand"], donnees().referentiel)
    assert drawn
    names = set(donnees().referentiel.communes.loc[list(TERRITOIRES["grand"].codes), "nom"])
    missing = len(names - set(texts(drawn.svg)))
    assert "<circle" not in drawn.svg, "a dot is for a place much larger than a département"
    assert missing > 0
    assert f"{missing}\u00a0communes non nommées" in drawn.texte


@pytest.mark.parametrize("code", ["ald", "apl_medecins_generalistes", "part_75_ans"])
def test_an_indicator_has_its_key_and_its_source(code: str) -> None:
    item = donnees().catalogue[code]
    drawn = carte_choroplethe(TERRITOIRES["rural"], item, donnees().agregateur, donnees().referentiel)
    assert drawn
    written = " ".join(texts(drawn.svg))
    assert item.libelle.split()[0] in written
    assert " à " in written
    assert item.citation_courte in written
    counts = sum(map(int, re.findall(r", (\d+)\u00a0communes?(?= ;|\.|\u00a0;)", drawn.texte)))
    assert counts == 35
    assert "nan" not in re.findall(r"\w+", drawn.svg.lower())


def test_an_indicator_that_few_people_bear_says_so() -> None:
    creuse = Territoire("Creuse", donnees().referentiel.codes("departement", "23"))
    item = donnees().catalogue["taux_pauvrete"]
    drawn = carte_choroplethe(creuse, item, donnees().agregateur, donnees().referentiel)
    assert drawn
    words = "Connu pour 20\u00a0% des habitants seulement."
    assert words in drawn.texte
    assert words in " ".join(texts(drawn.svg))


def test_an_indicator_of_the_departement_is_not_said_by_commune() -> None:
    item = donnees().catalogue["mortalite_toutes_causes"]
    drawn = carte_choroplethe(TERRITOIRES["rural"], item, donnees().agregateur, donnees().referentiel)
    assert drawn
    assert drawn.titre == f"{item.libelle} ({item.unite}), chiffre du département"
    assert "Chiffre du département\u00a0: ses communes n’ont pas le leur." in drawn.texte


def test_names_are_text_never_markup() -> None:
    drawn = carte_territoire(Territoire("<script>&", ("31555",)), donnees().referentiel)
    assert drawn
    assert "<script>" not in drawn.svg
    assert "<script>&" in (ET.fromstring(drawn.svg).findtext(f"{SVG}title") or "")  # noqa: S314 - drawn by us


def test_no_contour_no_map() -> None:
    undrawn = donnees().referentiel.communes.query("not a_contour").index[0]
    assert carte_territoire(Territoire("x", (undrawn,)), donnees().referentiel) is None


@pytest.mark.parametrize("codes", [("97411", "97415"), ("2A004",), ("31555", "59350")])
def test_any_place_can_be_drawn(codes: tuple[str, ...]) -> None:
    drawn = carte_territoire(Territoire("x", codes), donnees().referentiel)
    assert drawn
    with Image.open(BytesIO(carte_imprimee.png(drawn))) as picture:
        assert picture.format == "PNG"
        assert picture.size == (1920, 1920 * HAUTEUR // LARGEUR)


@pytest.mark.parametrize("codes", [("31555", "59350"), ("97411", "97105", "31555"), ("2B033", "29155")])
def test_communes_far_apart_are_shown_and_named(codes: tuple[str, ...]) -> None:
    drawn = carte_territoire(Territoire("x", codes), donnees().referentiel)
    assert drawn
    dots = list(ET.fromstring(drawn.svg).iter(f"{SVG}circle"))  # noqa: S314 - drawn by us
    assert len(dots) == len(codes)
    assert {donnees().referentiel[code].nom for code in codes} <= set(texts(drawn.svg))


def test_every_commune_is_shown_where_departements_are_small() -> None:
    paris = donnees().referentiel.codes("epci", "200054781")
    drawn = carte_territoire(Territoire("x", paris), donnees().referentiel, COULEUR)
    assert drawn
    svg = ET.fromstring(drawn.svg)  # noqa: S314 - drawn by us
    (shapes,) = (each.get("d", "") for each in svg.iter(f"{SVG}path") if each.get("fill") == "#123456")
    assert shapes.count("M") >= len(paris)
    assert "Paris 15e" in texts(drawn.svg)


def test_what_could_not_be_drawn_is_counted() -> None:
    undrawn = donnees().referentiel.communes.query("not a_contour").index[0]
    drawn = carte_territoire(Territoire("x", (undrawn, "15138")), donnees().referentiel)
    assert drawn
    assert "1\u00a0commune non dessinée faute de contour." in drawn.texte
    assert any("faute de contour" in text for text in texts(drawn.svg))


def test_the_line_of_sources_is_never_cut() -> None:
    longest = sorted(donnees().catalogue.indicateurs, key=lambda item: len(item.citation_courte))[-3:]
    for item in longest:
        drawn = carte_choroplethe(TERRITOIRES["grand"], item, donnees().agregateur, donnees().referentiel)
        assert drawn
        line = list(ET.fromstring(drawn.svg).iter(f"{SVG}text"))[-1]  # noqa: S314 - drawn by us
        assert largeur(line.text or "") * int(line.get("font-size", "0")) <= LARGEUR - 120
        assert "Populations municipales" in (line.text or "")


@pytest.mark.parametrize("epci", ["200043974", "200069037", "244400644"])
def test_simplified_outlines_that_touch_themselves_are_drawn(epci: str) -> None:
    territoire = Territoire("x", donnees().referentiel.codes("epci", epci))
    for item in (None, donnees().catalogue["ald"], donnees().catalogue["part_75_ans"]):
        drawn = (
            carte_territoire(territoire, donnees().referentiel)
            if item is None
            else carte_choroplethe(territoire, item, donnees().agregateur, donnees().referentiel)
        )
        assert drawn
        assert "N" in texts(drawn.svg)
