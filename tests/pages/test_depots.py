"""The files that people give: every place where one is given says how heavy it may be."""

import ast
import re
import tomllib

from cpts_geo.documents import logo
from cpts_geo.documents.modele_word import regles as modele_word
from cpts_geo.projet.fichier_json import declaration
from cpts_geo.saisie.fichiers.limites_tableaux import limites
from cpts_geo.socle.chemins import ROOT

MEGABYTE = 1_000_000


def uploaders() -> list[ast.Call]:
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "pages").rglob("*.py")]
    attributes = [
        (call, call.func.attr)
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    ]
    return [call for call, name in attributes if name == "file_uploader"]


def label(written: ast.expr) -> str:
    """The label as it is shown, with the weight that is declared for templates where it names it."""
    parts = written.values if isinstance(written, ast.JoinedStr) else [written]
    declared = {"regles().limites.poids": modele_word.regles().limites.poids}
    return "".join(
        part.value if isinstance(part, ast.Constant) else declared[ast.unparse(part.value)]  # type: ignore[attr-defined]
        for part in parts
    )


def test_every_place_says_how_heavy_a_file_may_be() -> None:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        most = tomllib.load(file)["server"]["maxUploadSize"]
    labels = [label(call.args[0]) for call in uploaders()]
    said = [int(found[1]) for label in labels if (found := re.search(r"(\d+)\u00a0Mo au plus", label))]
    assert len(said) == len(labels) >= 4
    assert max(said) <= most == 20


def test_what_is_said_is_what_is_refused() -> None:
    sizes = (logo.MOST_BYTES, declaration().octets_au_plus, limites().octets_au_plus)
    assert [int(size / MEGABYTE) for size in sizes] == [5, 5, 20]
