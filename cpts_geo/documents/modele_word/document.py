"""A template filled in memory: docxtpl does it, once every tag has been read and found to be data only."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.parser import element_class_lookup
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from lxml import etree

from cpts_geo.documents.modele_word.archive import check
from cpts_geo.documents.modele_word.balises import hide_text, hide_unknown, show
from cpts_geo.documents.modele_word.grammaire import CARTE, Environnement, LectureChamp
from cpts_geo.documents.modele_word.passage import DemandeRemplissage, DonneesModele, Remplissage
from cpts_geo.documents.modele_word.regles import ModeleRefuseError

_LARGEUR_CARTE_CM = 16
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_MAL_PLACE = (
    *(ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError),
    *(etree.LxmlError, OpcError, PythonDocxError),
)
_PARSER_WORD = etree.XMLParser(resolve_entities=False, no_network=True)
_PARSER_WORD.set_element_class_lookup(element_class_lookup)
_ABIME = "Ce document Word est abîmé\u00a0: enregistrez-le à nouveau."
# docxtpl puts no picture there.
_SANS_CARTE = "footnotes"
# Those that docxtpl fills, and where Word shows them.
_PROPRIETES = {
    "author": "auteur",
    "comments": "commentaires",
    "identifier": "identifiant",
    "language": "langue",
    "subject": "objet",
    "title": "titre",
}


def fill_fields(demande: DemandeRemplissage) -> Remplissage:
    """Fill a template.

    Raises:
        ModeleRefuseError: it is no DOCX, is too large, or holds more than fields.
    """
    template = _open(check(demande.modele), demande.donnees)
    context = demande.donnees.contexte()
    if demande.carte is not None:
        context[CARTE] = _image(template, demande.carte)
    written = BytesIO()
    try:
        template.render(context, Environnement(demande.donnees))
        template.save(written)
    except TemplateError as error:
        raise ModeleRefuseError("Un champ de ce modèle est mal écrit.") from error
    except RecursionError as error:
        raise ModeleRefuseError(
            "Un champ de ce modèle est trop compliqué\u00a0: un champ est un nom seul."
        ) from error
    except _MAL_PLACE as error:
        raise ModeleRefuseError(
            "Ce modèle ne peut pas être rempli\u00a0: un champ, une boucle ou la carte y est à une place "
            "où Word n’attend pas de texte."
        ) from error
    return Remplissage(written.getvalue(), tuple(sorted(template.remplis)), tuple(sorted(template.inconnus)))


class _Image:
    """A picture that can only be written: nothing can be reached on it."""

    __slots__ = ("__html__",)

    def __init__(self, write: Callable[[], str]) -> None:
        self.__html__ = write


def _image(template: DocxTemplate, carte: bytes) -> _Image:
    return _Image(InlineImage(template, BytesIO(carte), width=Cm(_LARGEUR_CARTE_CM)).__html__)


class _Modele(DocxTemplate):  # type: ignore[misc]
    """A template whose unknown fields are hidden from jinja, and shown again once the others are filled."""

    def __init__(self, content: bytes, donnees: DonneesModele) -> None:
        super().__init__(BytesIO(content))
        self.remplis: set[str] = set()
        self.inconnus: set[str] = set()
        self._donnees = donnees
        self._sans_carte = replace(donnees, carte=False)

    def patch_xml(self, src_xml: str) -> str:
        """Read what is written in a part before docxtpl makes one text of it."""
        root = etree.fromstring(src_xml.encode(), _PARSER)
        has_place = etree.QName(root).localname != _SANS_CARTE
        unknown = self._note_down(*hide_unknown(root, self._donnees if has_place else self._sans_carte))
        text = etree.tostring(root, encoding="unicode") if unknown else src_xml
        return str(super().patch_xml(text))

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:  # noqa: ANN401
        """Fill a part."""
        return show(super().render_xml_part(src_xml, part, context, jinja_env))

    def fix_tables(self, xml: str) -> Any:  # noqa: ANN401
        """Mend the tables of the filled body, put back where it stands in the document."""
        whole = etree.tostring(self.docx.element, encoding="unicode")
        before, after = whole[: whole.index("<w:body")], whole[whole.rindex("</w:body>") + len("</w:body>") :]
        # Its names are those of the document, which declares them.
        return super().fix_tables(before + re.sub(r"^<w:body[^>]*>", "<w:body>", xml) + after)

    def map_tree(self, tree: Any) -> None:  # noqa: ANN401
        """Take the filled document: to move its body into the former one takes the square of the time."""
        self.docx._element = self.docx._part._element = etree.fromstring(etree.tostring(tree), _PARSER_WORD)  # noqa: SLF001

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:  # noqa: ANN401
        """Fill the title of the document and what stands beside it, where a map has no place."""
        texts = {name: text for name, text in context.items() if name != CARTE}
        properties = self.docx.core_properties
        for name, label in _PROPRIETES.items():
            written = getattr(properties, name)
            place = f"dans les propriétés du document ({label})"
            text, read, unknown = hide_text(written, place, self._sans_carte)
            if self._note_down(read, unknown):
                setattr(properties, name, text)
        jinja_env.autoescape = False
        super().render_properties(texts, jinja_env)
        jinja_env.autoescape = True
        for name in _PROPRIETES:
            filled = getattr(properties, name)
            if filled != show(filled):
                setattr(properties, name, show(filled))

    def _note_down(self, read: LectureChamp, unknown: set[str]) -> set[str]:
        self.remplis |= read.remplis
        self.inconnus |= unknown
        return unknown


def _open(content: bytes, donnees: DonneesModele) -> _Modele:
    template = _Modele(content, donnees)
    try:
        template.init_docx()
    except (KeyError, ValueError, SyntaxError, OpcError, PythonDocxError) as error:
        raise ModeleRefuseError(_ABIME) from error
    return template
