from io import BytesIO

import docx
import pytest

from cpts_geo.dessin.typst_moteur import image
from cpts_geo.documents import docx_modele
from cpts_geo.documents.docx_modele import ModeleInvalideError, remplir
from cpts_geo.documents.dossier import Dossier
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from tests.outils.dossiers import HOSTILES, JOUR, RURAL, dossier, hostile


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
    made = remplir(
        template("{{ nom }} : {{ population }} habitants", "{{ densite_infirmiers }}"), dossier(RURAL)
    )
    assert made.inconnus == ()
    assert made.remplis == ("densite_infirmiers", "nom", "population")
    assert "CPTS du Lauragais : 26\u202f429 habitants" in text(made.contenu)
    assert "{{" not in text(made.contenu)


def test_unknown_fields_are_said_and_stay_as_they_were() -> None:
    made = remplir(template("{{ president }} et {{ bureau.membres }} à {{ nom }}"), dossier(RURAL))
    assert made.inconnus == ("bureau", "president")
    assert "{{ president }} et {{ bureau.membres }} à CPTS du Lauragais" in text(made.contenu)


def test_lists_have_one_row_by_commune_and_by_local_figure() -> None:
    donnee = DonneeLocale("Gardes", "médecins", "effectif", "ARS", "2025", par_scenario=((1, 7.5),))
    own = Dossier.ouvrir(Projet.nouveau(Territoire("x", ("31555", "31069"))).completer(donnee), JOUR)
    made = remplir(
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
    made = remplir(template("{{ carte }}"), dossier(RURAL), picture)
    assert len(docx.Document(BytesIO(made.contenu)).inline_shapes) == 1


def test_hostile_texts_come_out_as_they_are() -> None:
    made = remplir(template("{{ nom }}", "{{ synthese }}"), hostile())
    for shown in HOSTILES[:3]:
        assert shown in text(made.contenu)
    assert "{{ 7*7 }}" in text(made.contenu)
    assert "49" not in text(made.contenu).split("{{ 7*7 }}")[0]


@pytest.mark.parametrize("line", ["{{ nom", "{% if %}", "{{ nom | inconnu }}"])
def test_a_field_badly_written_is_refused(line: str) -> None:
    with pytest.raises(ModeleInvalideError, match="mal écrit"):
        remplir(template(line), dossier(RURAL))


def test_a_template_cannot_reach_the_machine() -> None:
    with pytest.raises(ModeleInvalideError):
        remplir(template("{{ nom.__class__.__mro__[1].__subclasses__() }}"), dossier(RURAL))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * (docx_modele.MOST_BYTES + 1)])
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(ModeleInvalideError):
        remplir(content, dossier(RURAL))


def test_the_documentation_names_every_field_that_is_not_an_indicator() -> None:
    written = (ROOT / "docs" / "modele-docx.md").read_text(encoding="utf-8")
    own = dossier(RURAL)
    codes = tuple(item.code for item in own.catalogue.indicateurs)
    named = [name for name in docx_modele.champs(own) if not name.startswith(codes)]
    assert [name for name in [*named, "carte"] if f"`{name}`" not in written] == []
