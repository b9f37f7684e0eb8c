"""No text goes to a place where Streamlit reads Markdown unless it is ours, or made literal.

Streamlit reads Markdown in labels, captions, messages, and in the options of some widgets. What the pages
write themselves is markup; what comes from elsewhere (people, files, links, data) goes through
`textes.litteral`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpts_geo.socle.chemins import ROOT

PAGES = sorted((ROOT / "pages").rglob("*.py"))
# What reads Markdown, by the name of its argument; the first one has none.
FIRST = frozenset(
    [
        "markdown",
        "caption",
        "write",
        "info",
        "warning",
        "error",
        "success",
        "toast",
        "subheader",
        "header",
        "title",
        "metric",
        "dialog",
        "button",
        "download_button",
        "form_submit_button",
        "link_button",
        "expander",
        "popover",
        "checkbox",
        "toggle",
        "radio",
        "selectbox",
        "multiselect",
        "segmented_control",
        "pills",
        "text_input",
        "text_area",
        "number_input",
        "file_uploader",
        "slider",
    ]
)
SECOND = frozenset(["progress"])
NAMED = frozenset(["label", "body", "help", "caption", "text"])
# Widgets whose options are Markdown too.
OPTIONS = frozenset(["radio", "segmented_control", "pills"])
# Widgets that show their options as they are: made literal, a name would be shown with backslashes.
PLAIN = frozenset(["selectbox"])
# What makes a text literal, or gives but a number in words of ours.
LITERAL = frozenset(["litteral", "pluriel", "entier", "decimal", "len", "libelle_ajout", "bilan"])
# Texts of our own, declared in the project: not one of them holds what a person typed.
OURS = {
    "secours.py": {"ANNULER", "TELECHARGER", "SANS_ANNULER", "otherwise"},
    "comparaison_figures.py": {"trace.titre", "trace.legende"},
    "comparaison_communes.py": {"label"},  # "De", "À"
    "et_si.py": {"TRIS[tri]", "unit", "count"},
    "export_apercu.py": {"shown", "count"},
    "export_choix.py": {"label", "each.nom", "each.explication", "offered.get(code, '')"},
    "export_fichiers.py": {"before"},
    "export_modele.py": {"names", "regles().limites.poids"},
    "fichier_dialogue.py": {"ouverture.jour", "described(scenario)", "etat.VERROUILLE"},
    "focus.py": {
        "apart",
        "label(code, counts)",
        "donnees().structures.source(kind, codes)",
        "methodes()[methode]",
    },
    "incident.py": {"EXCUSE"},
    "liste.py": {"already", "rest", "said", "given", "told", "why", "title", "etat.VERROUILLE"},
    "locales.py": {"NATURES[each]"},
    "memoire.py": {"why"},
    "perimetre.py": {"reference.compte(each.codes)", "count", "half", "least", "in_part(covered)"},
    "projet.py": {"label"},
    "rapport.py": {"noms.get(view, '')"},
    "carte.py": {"noms.get(view, '')"},
    "rapport_communes.py": {"html_rapport.aide(mesure)", "mesure.titre", "MASQUES"},
    "sauvegarde.py": {"label", "why"},
    "verifications.py": {"ICONES[constat.niveau]"},
    "comparer.py": {"SECOND"},
}


def expressions(tree: ast.AST) -> Iterator[ast.expr]:
    """What goes where Markdown is read."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        name = call.func.attr
        if name in FIRST | SECOND | {"image", "NumberColumn", "TextColumn", "ButtonColumn"}:
            yield from call.args[1:2] if name in SECOND else call.args[:1] if name in FIRST else ()
            yield from (word.value for word in call.keywords if word.arg in NAMED)
    yield from options(tree, OPTIONS)


def options(tree: ast.AST, widgets: frozenset[str]) -> Iterator[ast.expr]:
    """What some widgets show as their options, when it is written where they are called."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in widgets:
            shown = [word.value for word in call.keywords if word.arg == "format_func"]
            yield from (each.body for each in shown if isinstance(each, ast.Lambda))


def foreign(expression: ast.expr) -> list[str]:
    """The parts of an expression that are not ours for sure."""
    if isinstance(expression, ast.Constant) or is_literal(expression):
        return []
    parts = parts_of(expression)
    return [found for part in parts for found in foreign(part)] if parts else [ast.unparse(expression)]


def parts_of(expression: ast.expr) -> list[ast.expr]:
    """The texts that an expression puts together, if it does."""
    match expression:
        case ast.JoinedStr(values=parts):
            return parts
        case ast.FormattedValue(value=part) | ast.GeneratorExp(elt=part):
            return [part]
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return [one, other]
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[joined]):
            return [joined]
        case _:
            return []


def is_literal(expression: ast.expr) -> bool:
    """Whether a text went through what makes it literal."""
    match expression:
        case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id="litteral"), _]):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in LITERAL
        case _:
            return False


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_only_our_own_texts_are_markup(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    found = {part for expression in expressions(tree) for part in foreign(expression)}
    assert found <= OURS.get(path.name, set())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_options_that_are_shown_as_they_are_are_not_made_literal(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not [ast.unparse(shown) for shown in options(tree, PLAIN) if "litteral" in ast.unparse(shown)]


def test_a_text_that_is_not_ours_is_found() -> None:
    tree = ast.parse('st.error(f"Non : {litteral(a)} {b}")\nst.image(x, caption=nom)\nst.button("Oui")')
    assert [part for expression in expressions(tree) for part in foreign(expression)] == ["b", "nom"]
