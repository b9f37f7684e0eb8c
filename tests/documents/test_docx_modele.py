import json
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest

from cpts_geo.dessin.typst_moteur import image
from cpts_geo.documents import docx_modele
from cpts_geo.documents.docx_modele import ModeleInvalideError, fill_template
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.modele_word.passage import DemandeRemplissage, DonneesModele, Liste, Remplissage
from cpts_geo.documents.modele_word.regles import ModeleRefuseError, regles
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from tests.outils.dossiers import HOSTILES, JOUR, RURAL, dossier, hostile

pytestmark = pytest.mark.lent


def template(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def text(content: bytes) -> str:
    return "\n".join(each.text for each in docx.Document(BytesIO(content)).paragraphs)


def test_fields_are_filled() -> None:
    made = fill_template(
        template("{{ nom }} : {{ population }} habitants", "{{ densite_infirmiers }}"), dossier(RURAL)
    )
    assert made.inconnus == ()
    assert made.remplis == ("densite_infirmiers", "nom", "population")
    assert "CPTS du Lauragais : 26\u202f429 habitants" in text(made.contenu)
    assert "{{" not in text(made.contenu)


def test_unknown_fields_are_said_and_stay_as_they_were() -> None:
    made = fill_template(template("{{ president }} et {{ bureau.membres }} à {{ nom }}"), dossier(RURAL))
    assert made.inconnus == ("bureau", "president")
    assert "{{ president }} et {{ bureau.membres }} à CPTS du Lauragais" in text(made.contenu)


def test_lists_have_one_row_by_commune_and_by_local_figure() -> None:
    donnee = DonneeLocale("Gardes", "médecins", "effectif", "ARS", "2025", par_scenario=((1, 7.5),))
    own = Dossier.open_projet(
        Projet.nouveau(Territoire("x", ("31555", "31069"))).complete(donnee), JOUR, donnees()
    )
    made = fill_template(
        template(
            "{% for c in tableau_communes %}{{ c.nom }} ({{ c.population }}) {% endfor %}",
            "{% for d in donnees_locales %}{{ d.libelle }} {{ d.valeur }} {{ d.source }}{% endfor %}",
        ),
        own,
    )
    assert "Toulouse (514\u202f819) Blagnac" in text(made.contenu)
    assert "Gardes 7,5 ARS" in text(made.contenu)


def test_the_map_takes_its_place() -> None:
    picture = image("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>", 100)
    made = fill_template(template("{{ carte }}"), dossier(RURAL), picture)
    assert len(docx.Document(BytesIO(made.contenu)).inline_shapes) == 1


def test_hostile_texts_come_out_as_they_are() -> None:
    made = fill_template(template("{{ nom }}", "{{ synthese }}"), hostile())
    for shown in HOSTILES[:3]:
        assert shown in text(made.contenu)
    assert "{{ 7*7 }}" in text(made.contenu)
    assert "49" not in text(made.contenu).split("{{ 7*7 }}")[0]


@pytest.mark.parametrize("line", ["{{ nom", "{% if %}", "{{ nom | inconnu }}"])
def test_a_field_badly_written_is_refused(line: str) -> None:
    with pytest.raises(ModeleInvalideError, match="mal écrit"):
        fill_template(template(line), dossier(RURAL))


REFUSED = [
    "{{ carte.tpl.save('@') }}",
    "{{ carte.tpl.replace_zipname('word/fontTable.xml', '@') }}",
    "{{ carte.tpl.docx.save('@') }}",
    "{{ carte.__html__.__self__.tpl.save('@') }}",
    "{{ carte.__html__() }}",
    "{{ carte['tpl'] }}",
    "{{ carte | attr('tpl') }}",
    "{{ carte | upper }}",
    "{{ nom.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ nom.__class__ }}",
    "{{ nom.upper() }}",
    "{{ nom[0] }}",
    "{{ nom | attr('__class__') }}",
    "{{ nom | map('upper') | list }}",
    "{{ nom | replace('a', 'b') }}",
    "{{ nom | pprint }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum(n=9999) }}",
    "{{ self._TemplateReference__context }}",
    "{{ 1/0 }}",
    "{{ nom + nom }}",
    "{{ 2 ** 99999999 }}",
    "{{ 'x'*1000000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ nom ~ nom }}",
    "{{ nom is defined | int }}",
    "{{ tableau_communes }}",
    "{{ [nom] }}",
    "{{ {'a': nom} }}",
    "{% for a in range(90000) %}{% for b in range(90000) %}x{% endfor %}{% endfor %}",
    "{% for c in communes %}x{% endfor %}",
    "{% for c in inconnu %}x{% endfor %}",
    "{% for c in 'abc' %}x{% endfor %}",
    "{% for c in tableau_communes if c.nom %}x{% endfor %}",
    "{% for c in tableau_communes recursive %}{{ loop(tableau_communes) }}{% endfor %}",
    "{% for a, b in tableau_communes %}x{% endfor %}",
    "{% for loop in tableau_communes %}x{% endfor %}",
    "{% if inconnu %}x{% endif %}",
    "{% if nom > 1 %}x{% endif %}",
    "{% if nom in communes %}x{% endif %}",
    "{% if nom is string %}x{% endif %}",
    "{% if carte.tpl.save('@') %}x{% endif %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% set x = nom %}",
    "{% include '@' %}",
    "{% import '@' as x %}",
    "{% extends '@' %}",
    "{% with x = nom %}x{% endwith %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block x %}x{% endblock %}",
    "{% raw %}{{ nom }}{% endraw %}",
    "{% autoescape false %}{{ nom }}{% endautoescape %}",
    "{% inconnu %}",
    "{% endfor %}",
    "{% for c in tableau_communes %}",
    "{% if nom %}{% endfor %}",
    "{% %}",
    "{{ }}",
    "{{ nom",
    "{{ nom }",
    "{% if nom",
    "{# nom",
    "{{ {{ nom }} }}",
]
LEFT = [
    "{{ nom if nom else nom }}",
    "{{ cycler }}",
    "{{ lipsum }}",
    "{{ self }}",
    "{{ range }}",
    "{{ carte.tpl }}",
    "{{ nom.upper }}",
    "{{ loop }}",
]
# The process as it runs, all that it tries to reach being written down from the moment it has its data.
WATCHED = """
import json, sys
from cpts_geo.documents.modele_word import enfant
reached, lock = [], enfant._lock_up
def watch(event, args):
    if armed and event.startswith(enfant._INTERDITS):
        reached.append([event, repr(args)])
def lock_then_watch():
    global armed
    armed = False
    sys.addaudithook(watch)
    lock()
    armed = True
enfant._lock_up = lock_then_watch
enfant.execute(sys.stdin.buffer, sys.stdout.buffer)
sys.stderr.write(json.dumps(reached))
"""
PNG = image("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>", 100)
DONNEES = DonneesModele(
    {"nom": "CPTS", "communes": "Blagnac"},
    {"tableau_communes": Liste(("nom", "population"), (("Blagnac", "26"), ("Toulouse", "514")))},
    carte=True,
)


def watched(content: bytes) -> tuple[Remplissage | str, list[list[str]]]:
    """The outcome, and what the process tried to open, start or call while it filled."""
    asked = DemandeRemplissage(content, DONNEES, PNG).write()
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], input=asked, capture_output=True, cwd=ROOT, check=True
    )
    reached = json.loads(done.stderr)
    try:
        return Remplissage.read(done.stdout), reached
    except ModeleRefuseError as error:
        return str(error), reached


@pytest.mark.parametrize("attack", REFUSED)
def test_what_is_more_than_data_is_refused_and_nothing_is_reached(attack: str, tmp_path: Path) -> None:
    aimed = tmp_path / "ecrit.docx"
    outcome, reached = watched(template("Notre projet", attack.replace("@", str(aimed)), "Fin"))
    assert isinstance(outcome, str)
    assert "est mal écrit" in outcome
    assert reached == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("attack", LEFT)
def test_a_name_that_is_none_of_ours_is_left_as_written_and_nothing_is_reached(attack: str) -> None:
    outcome, reached = watched(template(f"Avant {attack} après {{{{ nom }}}}"))
    assert isinstance(outcome, Remplissage)
    assert text(outcome.contenu) == f"Avant {attack} après CPTS"
    assert outcome.inconnus == (attack.strip("{} "),)
    assert reached == []


def test_an_ordinary_template_is_filled_without_reaching_anything() -> None:
    document = docx.Document()
    document.core_properties.title = "Projet de {{ nom }}"
    document.sections[0].header.paragraphs[0].text = "{{ nom }} {{ carte }}"
    document.add_paragraph("{{ carte }}")
    document.add_paragraph("{% for c in tableau_communes %}{{ c.nom | upper }} {% endfor %}")
    written = BytesIO()
    document.save(written)
    outcome, reached = watched(written.getvalue())
    assert isinstance(outcome, Remplissage)
    assert reached == []
    assert "BLAGNAC TOULOUSE" in text(outcome.contenu)


def test_the_process_that_fills_can_open_nothing() -> None:
    tried = """
import socket
from lxml import etree
from cpts_geo.documents.modele_word import enfant
enfant._lock_up()
for attempt in (lambda: open("/etc/hosts"), lambda: socket.socket(), lambda: etree.parse("/etc/hosts")):
    try:
        attempt()
    except OSError:
        print("refused")
"""
    done = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == ["refused"] * 3


@pytest.mark.parametrize("attack", ["{{ 1/0 }}", "{{ nom", "{% macro m() %}{% endmacro %}"])
def test_a_refusal_names_the_field_and_where_it_stands(attack: str) -> None:
    place = "dans le paragraphe qui commence par «\u00a0Les élus de la CPTS"
    with pytest.raises(ModeleInvalideError) as refused:
        fill_template(template("Avant", f"Les élus de la CPTS : {attack}", "Après"), dossier(RURAL))
    assert place in str(refused.value)
    assert attack.partition(" %}")[0] in str(refused.value)


def test_a_refusal_tells_headers_footers_cells_and_properties_apart() -> None:
    def told(place: str) -> str:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "{{ 1/0 }}" if place == "header" else ""
        document.sections[0].footer.paragraphs[0].text = "{{ 1/0 }}" if place == "footer" else ""
        document.add_table(1, 1).cell(0, 0).text = "{{ 1/0 }}" if place == "cell" else ""
        document.core_properties.title = "{{ 1/0 }}" if place == "title" else ""
        written = BytesIO()
        document.save(written)
        with pytest.raises(ModeleInvalideError) as refused:
            fill_template(written.getvalue(), dossier(RURAL))
        return str(refused.value)

    assert "dans l’en-tête" in told("header")
    assert "dans le pied de page" in told("footer")
    assert "dans la cellule de tableau" in told("cell")
    assert "dans les propriétés du document (titre)" in told("title")


@pytest.mark.parametrize(
    "name",
    [
        "nombre de lits",
        "Nombre d’habitants (2022)",
        "taux %",
        "date/heure",
        "à compléter : nom du pilote",
        "✅ fait",
        "l’offre & soins",
        "…",
        "2025",
        "mon-champ",
        "médecins traitants",
        "l’adresse",
        "nom-population",
        "n°",
        "not nom",
        "mon champ.x",
    ],
)
def test_unknown_fields_in_plain_words_are_said_and_stay_as_they_were(name: str) -> None:
    made = fill_template(template(f"A {{{{ {name} }}}} b {{{{{name}}}}} {{{{ nom }}}}"), dossier(RURAL))
    assert made.inconnus == (name,)
    assert text(made.contenu) == f"A {{{{ {name} }}}} b {{{{{name}}}}} CPTS du Lauragais"


def test_unknown_columns_of_a_loop_are_said_and_stay_as_they_were() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).text = "{%tr for c in tableau_communes %}"
    table.cell(1, 0).text = "{{ c.nom }}"
    table.cell(1, 1).text = "{{ c.medecins }} et {{ c.nombre de lits }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    written = BytesIO()
    document.save(written)
    made = fill_template(written.getvalue(), dossier(Territoire("x", ("31555", "31069"))))
    assert made.inconnus == ("c.medecins", "c.nombre de lits")
    (filled,) = docx.Document(BytesIO(made.contenu)).tables
    kept = "{{ c.medecins }} et {{ c.nombre de lits }}"
    assert [[cell.text for cell in row.cells] for row in filled.rows] == [
        ["Toulouse", kept],
        ["Blagnac", kept],
    ]


def test_columns_are_known_even_when_a_table_is_empty() -> None:
    made = fill_template(
        template("{% for d in donnees_locales %}{{ d.libelle }}{{ d.autre }}{% endfor %}"), dossier(RURAL)
    )
    assert made.inconnus == ("d.autre",)


def test_an_unknown_field_cut_in_runs_keeps_its_runs() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    pieces = ["Il y a {", "{ nombre ", "de lits", " }", "} et {{ no", "m }}"]
    for rank, piece in enumerate(pieces):
        paragraph.add_run(piece).bold = rank % 2 == 0
    written = BytesIO()
    document.save(written)
    made = fill_template(written.getvalue(), dossier(RURAL))
    assert made.inconnus == ("nombre de lits",)
    assert text(made.contenu) == "Il y a {{ nombre de lits }} et CPTS du Lauragais"
    (kept,) = docx.Document(BytesIO(made.contenu)).paragraphs
    assert [run.text for run in kept.runs][:4] == pieces[:4]


def test_properties_of_the_document_are_text_and_not_markup() -> None:
    document = docx.Document()
    document.core_properties.title = "{{ nom }}, {{ mon titre }}"
    written = BytesIO()
    document.save(written)
    made = fill_template(written.getvalue(), dossier(Territoire("L'Île & Ré", RURAL.codes)))
    assert docx.Document(BytesIO(made.contenu)).core_properties.title == "L'Île & Ré, {{ mon titre }}"


def test_a_link_to_another_file_stays_hers_and_is_not_followed() -> None:
    document = docx.Document()
    document.add_paragraph("{{ nom }}")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    document.part.relate_to("file:///etc/hosts", kind + "image", is_external=True)
    document.part.relate_to("https://exemple.fr/p.dotx", kind + "attachedTemplate", is_external=True)
    written = BytesIO()
    document.save(written)
    outcome, reached = watched(written.getvalue())
    assert isinstance(outcome, Remplissage)
    assert reached == []
    targets = {each.target_ref for each in docx.Document(BytesIO(outcome.contenu)).part.rels.values()}
    assert {"file:///etc/hosts", "https://exemple.fr/p.dotx"} <= targets


def test_too_heavy_a_template_is_refused_before_any_process_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_modele, "_ENFANT", "cpts_geo.aucun")
    with pytest.raises(ModeleInvalideError, match="20\u00a0Mo au plus"):
        fill_template(b"x" * (regles().limites.octets_au_plus + 1), dossier(RURAL))


def test_a_loop_over_rows_that_stands_outside_a_table_is_said() -> None:
    lines = ("{%tr for c in tableau_communes %}", "{{ c.nom }}", "{%tr endfor %}")
    with pytest.raises(ModeleInvalideError, match="seul dans une ligne de tableau"):
        fill_template(template(*lines), dossier(RURAL))


def test_the_text_beside_a_picture_is_filled_too() -> None:
    document = docx.Document()
    shown = document.add_picture(BytesIO(PNG))
    shown._inline.docPr.set("descr", "Carte de {{ nom }}, {{ mon champ }} & co")  # noqa: SLF001
    written = BytesIO()
    document.save(written)
    made = fill_template(written.getvalue(), dossier(RURAL))
    (shown,) = docx.Document(BytesIO(made.contenu)).inline_shapes
    assert shown._inline.docPr.get("descr") == "Carte de CPTS du Lauragais, {{ mon champ }} & co"  # noqa: SLF001


def test_a_process_that_does_not_end_is_stopped_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_modele, "_ENFANT", "timeit")
    monkeypatch.setattr(docx_modele, "_secondes", lambda: 0.01)
    with pytest.raises(ModeleInvalideError, match="trop de temps"):
        fill_template(template("{{ nom }}"), dossier(RURAL))


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limit")
def test_a_process_at_the_end_of_its_time_ends_for_that_reason() -> None:
    endless = "from cpts_geo.documents.modele_word.enfant import _limit\n_limit(2**34, 1)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", endless], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGXCPU


def test_a_process_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_modele, "_ENFANT", "cpts_geo.aucun")
    with pytest.raises(ModeleInvalideError, match="n’a pas pu être rempli"):
        fill_template(template("{{ nom }}"), dossier(RURAL))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * (regles().limites.octets_au_plus + 1)]
)
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(ModeleInvalideError):
        fill_template(content, dossier(RURAL))


def test_the_documentation_names_every_field_that_is_not_an_indicator() -> None:
    written = (ROOT / "docs" / "modele-docx.md").read_text(encoding="utf-8")
    own = dossier(RURAL)
    codes = tuple(item.code for item in own.catalogue.indicateurs)
    named = [name for name in docx_modele.champs(own) if not name.startswith(codes)]
    assert [name for name in [*named, "carte"] if f"`{name}`" not in written] == []
