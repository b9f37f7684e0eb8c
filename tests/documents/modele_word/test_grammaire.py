"""Whatever is written between braces, a template gives a document or a refusal in French."""

from io import BytesIO

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cpts_geo.documents.modele_word.document import fill_fields
from cpts_geo.documents.modele_word.passage import DemandeRemplissage, DonneesModele, Liste
from cpts_geo.documents.modele_word.regles import ModeleRefuseError, regles

DONNEES = DonneesModele(
    {"nom": "CPTS de l’Île & <co>", "population": "26\u202f429", "vide": ""},
    {"tableau_communes": Liste(("nom", "code"), (("Blagnac", "31069"), ("Toulouse", "31555")))},
    carte=False,
)
PIECES = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "{{ nom }}", "{% endfor %}", "{% endif %}"),
        *(
            "{% for c in tableau_communes %}",
            "{%tr for c in tableau_communes %}",
            "{% if nom %}",
            "{%- raw -%}",
        ),
        *(
            "nom",
            "c.nom",
            "c.nb",
            "carte",
            "tableau_communes",
            "loop",
            "loop.index",
            "self",
            "cycler",
            "range(9)",
        ),
        *(
            "__class__",
            ".",
            "|",
            "upper",
            "attr('x')",
            "(",
            ")",
            "[",
            "]",
            "'",
            '"',
            "”",
            "’",
            "%",
            "*",
            "/",
            "-",
        ),
        *(
            "==",
            "~",
            " ",
            "\u00a0",
            "\n",
            "\t",
            "if",
            "else",
            "for",
            "in",
            "is",
            "not",
            "set",
            "macro",
            "1",
            "9e9",
        ),
        *(
            "&",
            "<",
            ">",
            "]]>",
            "<!DOCTYPE x>",
            "\U0010fffc",
            "médecins",
            "nombre de lits",
            "colspan",
            "vm",
            "hm",
        ),
    ]
)
CONTROLS = [chr(each) for each in range(32) if chr(each) not in "\t\n\r"]
TYPED = st.text(st.characters(codec="utf-8", exclude_characters=CONTROLS, exclude_categories=["Cs"]))


def written(*paragraphs: str) -> bytes:
    document = docx.Document()
    for each in paragraphs:
        document.add_paragraph(each)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def filled(*paragraphs: str) -> str:
    made = fill_fields(DemandeRemplissage(written(*paragraphs), DONNEES, None))
    return "\n".join(each.text for each in docx.Document(BytesIO(made.contenu)).paragraphs)


def test_what_is_documented_is_filled() -> None:
    assert filled("{{ nom | upper }}") == "CPTS DE L’ÎLE & <CO>"
    assert filled("{{ vide | default('—', true) }}") == "—"
    assert filled("{% if population == “26\u202f429” and not vide %}oui{% else %}non{% endif %}") == "oui"
    loop = "{{ loop.index }} {{ c.nom }}{% if not loop.last %}, {% endif %}"
    assert filled("{% for c in tableau_communes %}" + loop + "{% endfor %}") == "1 Blagnac, 2 Toulouse"


@settings(deadline=5_000)
@given(st.lists(st.lists(PIECES | TYPED, max_size=8).map("".join), max_size=3))
@example(["{{ (((((" * 400])
@example(["{{ " + "not " * 5_000 + "nom }}"])
@example(["{% if " + "(" * 5_000 + "nom" + ")" * 5_000 + " %}x{% endif %}"])
@example(["{{ nom" + " | upper" * 5_000 + " }}"])
@example(["{{ nom" + ".a" * 5_000 + " }}"])
@example(["{% if nom %}" * 200 + "{% endif %}" * 200])
def test_a_document_or_a_refusal(paragraphs: list[str]) -> None:
    try:
        fill_fields(DemandeRemplissage(written(*paragraphs), DONNEES, None))
    except ModeleRefuseError as error:
        assert str(error).endswith(".")  # noqa: PT017 — a refusal is one outcome, a document the other


@settings(deadline=5_000)
@given(st.lists(PIECES, min_size=1, max_size=6).map(" ".join))
def test_an_expression_is_filled_left_or_refused(inside: str) -> None:
    try:
        made = filled("{{ " + inside + " }}")
    except ModeleRefuseError:
        return
    texts = set(DONNEES.textes.values())
    outcomes = texts | {each.upper() for each in texts}
    assert made in outcomes or {"{", "}"} & set(made)


@pytest.mark.parametrize(
    "word", ["macro", "import", "include", "set", "call", "filter", "block", "raw", "with", "do"]
)
def test_words_that_are_not_declared_are_refused_by_name(word: str) -> None:
    with pytest.raises(
        ModeleRefuseError,
        match=f"« {{% {word} x %}} » est mal écrit".replace(" »", "\u00a0»").replace("« ", "«\u00a0"),
    ):
        filled("{% " + word + " x %}")


def test_loops_are_bounded() -> None:
    many = Liste(("nom",), (("x",),) * 200)
    donnees = DonneesModele({}, {"a": many}, carte=False)
    nested = "{% for c in a %}{% for d in a %}x{% endfor %}{% endfor %}"
    with pytest.raises(ModeleRefuseError, match="trop grand"):
        fill_fields(DemandeRemplissage(written(nested), donnees, None))
    deep = regles().limites.boucles_imbriquees_au_plus + 1
    with pytest.raises(ModeleRefuseError, match="les unes dans les autres"):
        filled("{% for c in tableau_communes %}" * deep + "{% endfor %}" * deep)


def test_what_a_loop_writes_is_bounded() -> None:
    donnees = DonneesModele({"long": "x" * 100_000}, {"a": Liste(("nom",), (("x",),) * 1_000)}, carte=False)
    with pytest.raises(ModeleRefuseError, match="trop grand"):
        fill_fields(DemandeRemplissage(written("{% for c in a %}{{ long }}{% endfor %}"), donnees, None))
