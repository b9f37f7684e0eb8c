"""The palette: each colour written once, read everywhere, legible in grey and by colour-blind people."""

import ast
import re
import tomllib
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from branca.colormap import linear
from matplotlib.colors import CSS4_COLORS, to_hex

from cpts_geo.dessin.classes import Choroplethe
from cpts_geo.dessin.graphiques_imprimes import HACHURES
from cpts_geo.socle.chemins import ASSETS, DECLARATIONS, ROOT
from cpts_geo.socle.declarations import DeclarationInvalideError, conforme, declaration
from cpts_geo.socle.palette import Palette, bureautique, palette, translucide

Vecteur = npt.NDArray[np.float64]

TEXTE, LIGNE = 4.5, 3.0  # contrasts that WCAG 2.2 asks for, of text (1.4.3) and of what must be seen (1.4.11)
# Two greys side by side are told apart from here on.
GRIS = 1.14
# The least distance that is noticed in CIELAB (Mahy, Van Eycken and Oosterlinck, 1994); ours is four of them.
NOTE = 2.3
ECART = 4 * NOTE
# Complete loss of the green or of the red cones: Machado, Oliveira and Fernandes (2009), in linear RGB.
VISIONS: dict[str, Vecteur] = {
    "deuteranopie": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopie": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_BLANC: Vecteur = _XYZ.sum(axis=1)

# What is written, on what.
TEXTES = [
    ("encre", ("papier", "page", "secondaire", "bande", "choisi", "pastille", "voisine", "taille_courante")),
    ("discret", ("papier", "page", "secondaire", "bande", "voisine", "colonne_territoire")),
    ("accent", ("papier", "page", "secondaire", "survol")),
    ("gris", ("papier",)),
    ("nom_commune", ("commune",)),
    ("retrait", ("papier",)),
    ("pastille_encre", ("pastille",)),
    ("a_completer_encre", ("a_completer",)),
    ("encre", ("a_completer", "alerte_fond", "commune_choisie", "colonne_territoire_tete", "taille_echelle")),
    ("commune_choisie_encre", ("commune_choisie",)),
    ("encre", ("femmes",)),
    ("papier", ("hommes",)),
    ("papier", ("encre", "accent", "commune_choisie_active", "taille_1", "taille_2", "taille_3", "taille_4")),
    ("reserve", ("papier", "page")),
    ("signale", ("papier",)),
    ("favorable", ("papier",)),
    ("defavorable", ("papier",)),
    ("mieux", ("mieux_fond",)),
    ("moins_bien", ("moins_bien_fond",)),
]
# Lines and dots, and the ground they are seen on.
LIGNES = [
    ("territoire", ("papier", "page")),
    ("departement", ("papier", "page")),
    ("region", ("papier", "page")),
    ("france", ("papier", "page", "femmes")),
    ("naissances", ("papier", "page")),
    ("deces", ("papier", "page")),
    ("limite_departement", ("commune", "voisine", "mer")),
    ("departement_ferme", ("commune",)),
    ("bord", ("papier",)),
    ("a_completer_bord", ("a_completer",)),
    ("retrait", ("commune",)),
    ("accent", ("commune",)),
]
# What stands side by side, in that order; series that are drawn with shapes of their own besides.
VOISINAGES = [
    ("territoire", "departement", "region", "france"),
    ("hommes", "femmes"),
    ("naissances", "deces"),
    ("generalistes_60_ans", "generalistes_moins_60_ans"),
    ("departement", "autres_departements"),
    ("secret", "absent"),
    ("commune", "autre_scenario"),
    ("taille_echelle", "taille_courante"),
    ("a_completer_bord", "a_completer"),
]


def light(colour: str) -> Vecteur:
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.asarray(np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4))


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(_XYZ[1] @ light(each)) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(seen: Vecteur) -> Vecteur:
    ratios = _XYZ @ seen / _BLANC
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, vision: Vecteur) -> float:
    seen = [lab(np.clip(vision @ light(each), 0, 1)) for each in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def named(name: str) -> str:
    return palette().nommees[name]


def neighbours() -> Iterator[Sequence[str]]:
    yield from ([named(name) for name in group] for group in VOISINAGES)
    yield [*palette().zonage.values()]
    yield [each.fond for each in palette().ages]


def test_the_measures_are_those_of_the_books() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert distance("#ffffff", "#000000", np.eye(3)) == pytest.approx(100, abs=1)
    for vision in VISIONS.values():
        assert distance("#808080", "#808080", vision) == 0
        assert vision.sum(axis=1) == pytest.approx(1, abs=1e-4), "greys are seen as they are"
        confused = distance("#a05a00", "#6a7a00", vision) / distance("#a05a00", "#6a7a00", np.eye(3))
        assert confused < 0.5, "red and green come near"


@pytest.mark.parametrize(("ink", "ground"), [(ink, each) for ink, grounds in TEXTES for each in grounds])
def test_text_is_read_on_its_ground(ink: str, ground: str) -> None:
    assert contrast(named(ink), named(ground)) >= TEXTE


def test_text_is_read_on_each_age() -> None:
    assert all(contrast(each.encre, each.fond) >= TEXTE for each in palette().ages)


@pytest.mark.parametrize(("line", "ground"), [(line, each) for line, grounds in LIGNES for each in grounds])
def test_lines_are_seen_on_their_ground(line: str, ground: str) -> None:
    assert contrast(named(line), named(ground)) >= LIGNE


@pytest.mark.parametrize("colours", list(neighbours()))
def test_what_stands_side_by_side_is_told_apart_in_grey(colours: Sequence[str]) -> None:
    assert min(contrast(*pair) for pair in pairwise(colours)) >= GRIS


@pytest.mark.parametrize("vision", VISIONS)
def test_colour_blind_people_tell_apart_what_stands_side_by_side(vision: str) -> None:
    for colours in neighbours():
        assert min(distance(*pair, VISIONS[vision]) for pair in pairwise(colours)) >= _least(colours)


def _least(colours: Sequence[str]) -> float:
    """White beside the lightest grey is a ground beside another: its outline tells them apart too."""
    return 2 * NOTE if named("papier") in colours else ECART


def classes(name: str) -> list[str]:
    colours = getattr(linear, f"{name}_{choroplethe().classes:02}").colors
    return [to_hex(each) for each in colours]


@pytest.mark.parametrize("name", ["secret", "absent"])
def test_what_has_no_figure_is_of_no_class_of_a_map_even_in_grey(name: str) -> None:
    assert min(contrast(named(name), each) for each in classes(choroplethe().palettes.suite)) >= GRIS


@pytest.mark.parametrize("name", ["secret", "absent"])
@pytest.mark.parametrize("vision", VISIONS)
def test_colour_blind_people_take_what_has_no_figure_for_no_class(name: str, vision: str) -> None:
    both = choroplethe().palettes
    for each in classes(both.suite) + classes(both.ecart):
        assert distance(named(name), each, VISIONS[vision]) >= 2 * NOTE


def choroplethe() -> Choroplethe:
    return declaration("choroplethe", Choroplethe)


@pytest.mark.parametrize("vision", VISIONS)
def test_no_level_of_zoning_is_taken_for_another(vision: str) -> None:
    assert (
        min(distance(*pair, VISIONS[vision]) for pair in combinations(palette().zonage.values(), 2)) >= ECART
    )


def test_each_level_of_zoning_is_seen_on_paper_and_has_its_hatching() -> None:
    assert min(contrast(each, named("papier")) for each in palette().zonage.values()) >= 1.3
    assert len(HACHURES) == len(palette().zonage)
    # In grey, only hatching tells the well provided from the ill provided.
    levels = list(zip(palette().zonage.values(), HACHURES, strict=True))
    for (one, hatched), (other, other_hatched) in combinations(levels, 2):
        assert hatched != other_hatched or contrast(one, other) >= GRIS


def test_ages_darken_from_young_to_old() -> None:
    ages = [contrast(each.fond, "#000000") for each in palette().ages]
    assert ages == sorted(ages, reverse=True)


# ---- One declaration ------------------------------------------------------------------------------------


def declared() -> dict[str, object]:
    return tomllib.loads((DECLARATIONS / "palette.toml").read_text(encoding="utf-8"))


def test_a_colour_written_twice_is_refused() -> None:
    with pytest.raises(DeclarationInvalideError, match="#0f2f2e est écrite deux fois"):
        conforme("palette", {**declared(), "gris": "#0f2f2e"}, Palette)


@pytest.mark.parametrize("colour", ["inconnue", "#fff", "white", "#GGGGGG", "#0F2F2F", "zonage"])
def test_what_is_neither_a_colour_nor_the_name_of_one_is_refused(colour: str) -> None:
    with pytest.raises(DeclarationInvalideError, match="palette"):
        conforme("palette", {**declared(), "gris": colour}, Palette)


def test_levels_of_zoning_are_those_of_the_chart_in_their_order() -> None:
    charts = tomllib.loads((DECLARATIONS / "graphiques.toml").read_text(encoding="utf-8"))
    own, other = (charts["zonages"][code]["niveaux"] for code in ("zonage", "zonage_generalistes"))
    assert list(palette().zonage) == [each["code"] for each in own]
    taken = [list(palette().zonage).index(each["couleur"]) for each in other]
    assert taken == sorted(set(taken)), "from the least to the best provided, none twice"


def test_there_is_a_colour_for_each_age_compared() -> None:
    compared = tomllib.loads((DECLARATIONS / "comparaison.toml").read_text(encoding="utf-8"))
    assert len(palette().ages) == len(compared["graphiques"]["ages"]["indicateurs"])


def test_the_theme_of_streamlit_is_of_the_palette() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    colours = {name: each for name, each in theme.items() if str(each).startswith("#")}
    assert colours == {
        "primaryColor": palette().accent,
        "backgroundColor": palette().page,
        "secondaryBackgroundColor": palette().secondaire,
        "textColor": palette().encre,
        "linkColor": palette().accent,
        "borderColor": palette().trait,
    }


def test_colours_are_written_as_each_format_wants_them() -> None:
    assert translucide("#0a0b0c", 0.5) == "rgba(10,11,12,0.5)"
    assert bureautique("#0a0b0c") == "0A0B0C"


# ---- Nothing outside it ---------------------------------------------------------------------------------

_HEX = r"#[0-9a-fA-F]{3,4}\b|#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{8}\b"
_FUNCTION = r"\b(?:rgba?|hsla?|hwb|oklch|oklab)\((?=\s*\d)"
_NAMES = "|".join(CSS4_COLORS)
# Where a literal stands in each kind of file: elsewhere "#add" is a private method, "#map" an identifier.
KINDS = {
    ".css": rf":[^;{{}}]*?(?:{_HEX}|{_FUNCTION}|(?<![\w-])(?:{_NAMES})(?![\w-]))",
    ".js": rf"[\"'`](?:{_HEX}|{_FUNCTION})|(?:color|fillColor): [\"'](?:{_NAMES})[\"']",
    ".svg": rf"{_HEX}|{_FUNCTION}|\"(?:{_NAMES})\"",
    ".typ": rf"\"(?:{_HEX})\"|{_FUNCTION}|(?:fill|stroke|paint): *(?:{_NAMES})\b|\{{ (?:{_NAMES}) \}}",
    ".html": rf"(?:style|fill|stroke)=\"[^\"]*(?:{_HEX}|{_FUNCTION}|\b(?:{_NAMES})\b)",
}
# What may be written: nothing at all, and a picture within a style, which knows no property of the page.
ALLOWED = {"rgba(0,0,0,0)"}
PICTURES = re.compile(r"url\(\"data:[^\"]*\"\)")


def sources() -> Iterator[Path]:
    for folder in (ROOT / "cpts_geo", ROOT / "pages"):
        yield from folder.rglob("*.py")
    for kind in (".css", ".js", ".typ"):
        yield from ASSETS.rglob(f"*{kind}")
    # The logo and the icon are pictures, drawn as they are.
    yield from (each for each in (ASSETS / "templates").rglob("*") if each.suffix in {".svg", ".html"})


def literals(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return [each for each in strings(text) if is_colour(each) and each not in ALLOWED]
    return [found.group() for found in re.finditer(KINDS[path.suffix], PICTURES.sub("", text))]


def strings(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def is_colour(text: str) -> bool:
    whole = rf"{_HEX}|{_NAMES}|(?=.*[0-9])(?=.*[A-F])[0-9A-F]{{6}}|(?:rgba?|hsla?)\([^)]*\)"
    return re.fullmatch(whole, text) is not None


def test_no_colour_is_written_outside_the_palette() -> None:
    found = {str(path.relative_to(ROOT)): each for path in sources() if (each := literals(path))}
    assert not found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'x = "#0f766e"'),
        ("a.py", "f(color='white')"),
        ("a.py", 'x = "E8F3F1"'),
        ("a.py", 'x = "rgb(1, 2, 3)"'),
        ("a.css", "a { color: #fff; }"),
        ("a.css", "a {\n  border: 1px solid black;\n}"),
        ("a.css", "a { box-shadow: 0 0 1px rgb(0 0 0 / 10%); }"),
        ("a.js", 'const x = { color: "#0f766e" };'),
        ("a.js", "const x = { fillColor: 'red' };"),
        ("a.svg", '<path fill="#fff"/>'),
        ("a.svg", '<path fill="white"/>'),
        ("a.typ", '#let a = rgb("#fff9e6")'),
        ("a.typ", "fill: white"),
        ("a.html", '<b style="color: red">'),
    ],
)
def test_a_colour_written_outside_is_found(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert literals(tmp_path / name)


def test_a_picture_in_a_style_is_of_the_palette() -> None:
    for path in ASSETS.rglob("*.css"):
        for picture in PICTURES.findall(path.read_text(encoding="utf-8")):
            written = {f"#{each}" for each in re.findall(r"%23([0-9a-f]{6})", picture)}
            assert written <= set(palette().nommees.values()), path.name


def test_each_colour_is_read_somewhere_and_each_one_read_is_declared() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    styles = {each.replace("-", "_") for each in re.findall(r"var\(--([a-z0-9-]+)\)", text)}
    others = set(re.findall(r"(?:palette\(\)|PALETTE|palette|couleurs)\.([a-z][a-z_0-9]*)", text))
    assert set(palette().nommees) - styles - others == set()
    script = set(re.findall(r"PALETTE\.([a-z_0-9]+)", text))
    assert script <= set(palette().nommees)
    local = {each.replace("-", "_") for each in re.findall(r"--([a-z0-9-]+):", text)}
    assert {each for each in styles - local if not each.startswith("st_")} <= set(palette().nommees)


def test_scenarios_and_structures_are_seen_on_the_map() -> None:
    scenarios = tomllib.loads((DECLARATIONS / "projet.toml").read_text(encoding="utf-8"))["couleurs"]
    structures = tomllib.loads((DECLARATIONS / "structures.toml").read_text(encoding="utf-8"))["type"]
    for colour in [each["trait"] for each in scenarios] + [each["couleur"] for each in structures]:
        assert contrast(colour, palette().commune) >= LIGNE
