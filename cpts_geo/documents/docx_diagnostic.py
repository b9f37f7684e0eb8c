"""A document as an editable DOCX: Word's own styles, table of contents, captions, fields to complete."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from io import BytesIO
from itertools import zip_longest
from typing import Any

import docx as python_docx
from babel.dates import format_date
from docx.document import Document as DocumentWord
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cpts_geo.documents.blocs import Bloc, Cases, Champ, Document, Illustration, Paragraphe, Tableau
from cpts_geo.documents.mise_en_page import ANNEXES, FeuilleDePage, insecable, largeurs, lignes
from cpts_geo.socle.palette import bureautique, palette
from cpts_geo.socle.textes import visible

Image = Callable[[Illustration], bytes]

# Space under a table or a picture, its notes included.
_APRES = Pt(12)
MARGE_CM, LARGEUR_CM, IMAGE_CM = 2.0, 17.0, 16.4
ENCRE, ACCENT = bureautique(palette().encre), bureautique(palette().accent)
DISCRET, FILET = bureautique(palette().discret), bureautique(palette().filet)
FOND, FOND_VIDE = bureautique(palette().secondaire), bureautique(palette().a_completer)
POLICE = "Arial"
_TWIPS_PER_CM = 567
_COCHEE, _VIDE = "☒", "☐"
# One word: it goes to the next line whole.
_POINTILLES = "\u00a0…………………"
# The letters of Arial are wider than those of our own font.
_FEUILLE = FeuilleDePage(largeur=Cm(LARGEUR_CM).pt, entre=10.8, taille=9, petite_taille=7, chasse=1.12)
_STYLE_TABLEAU = "Tableau cpts-geo"


def docx(document: Document, image: Image) -> bytes:
    """The file, that Word and LibreOffice open as it is.

    Args:
        document: what it says; every text is plain text.
        image: gives the picture of a map or a chart, as a PNG.
    """
    word = python_docx.Document()
    _Redacteur(word, image).write(document)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


@dataclass
class _Redacteur:
    """Writes blocks one after the other, and numbers their captions."""

    word: DocumentWord
    image: Image
    numeros: dict[str, int] = field(default_factory=dict)

    def write(self, document: Document) -> None:
        _prepare(self.word, document)
        self._cover(document)
        self._contents(document)
        for section in document.sections:
            heading = self.word.add_heading(visible(section.titre), section.niveau)
            heading.paragraph_format.page_break_before = section.code in ANNEXES
            for bloc, following in zip_longest(section.blocs, section.blocs[1:]):
                self._bloc(bloc, document)
                if isinstance(bloc, Paragraphe) and isinstance(following, Tableau):
                    self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        self._note(f"{document.textes['lien']}\u00a0: {document.lien}")

    def _cover(self, document: Document) -> None:
        if document.logo:
            self.word.add_picture(BytesIO(document.logo), height=Cm(2.2))
            _describe(self.word, f"Logo du territoire «\u00a0{document.nom}\u00a0»")
        self.word.add_paragraph(visible(document.titre), "Subtitle")
        self.word.add_paragraph(visible(document.nom), "Title")
        self.word.add_paragraph(visible(document.resume))
        self._note(_day(document))

    def _contents(self, document: Document) -> None:
        """The table of contents: a field that Word can update, filled with the headings meanwhile."""
        self.word.add_paragraph("Sommaire", "TOC Heading")
        titles = [(section.titre, section.niveau) for section in document.sections]
        for rank, (title, level) in enumerate(titles):
            line = self.word.add_paragraph(style=f"TOC {level}")
            if rank == 0:
                _field_start(line, 'TOC \\o "1-2" \\h \\z \\u')
            line.add_run(visible(title))
            if rank == len(titles) - 1:
                _field_end(line)

    @singledispatchmethod
    def _bloc(self, bloc: Bloc, _: Document) -> None:
        raise TypeError(bloc)

    @_bloc.register
    def _(self, bloc: Paragraphe, _: Document) -> None:
        for ligne in lignes(bloc.texte):
            line = self.word.add_paragraph(style="List Bullet" if ligne.puce else "Normal")
            line.add_run(visible(ligne.texte)).bold = ligne.titre
            line.paragraph_format.keep_with_next = ligne.titre

    @_bloc.register
    def _(self, bloc: Tableau, _: Document) -> None:
        self._caption("Tableau", bloc.titre).paragraph_format.keep_with_next = True
        together = insecable(bloc)
        self.word.element.body.insert(-1, _table(bloc, together=together))
        for note in bloc.notes[:-1]:
            self._note(note).paragraph_format.keep_with_next = together
        self._note(bloc.notes[-1] if bloc.notes else "").paragraph_format.space_after = _APRES

    @_bloc.register
    def _(self, bloc: Illustration, _: Document) -> None:
        self.word.add_picture(BytesIO(self.image(bloc)), width=Cm(IMAGE_CM))
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        _describe(self.word, bloc.texte)
        caption = self._caption("Carte" if bloc.genre == "carte" else "Graphique", bloc.titre)
        if bloc.note:
            caption.paragraph_format.keep_with_next = True
        last = self._note(bloc.note) if bloc.note else caption
        last.paragraph_format.space_after = _APRES

    @_bloc.register
    def _(self, bloc: Champ, document: Document) -> None:
        line = self.word.add_paragraph(style="Champ")
        _shade(line, FOND if bloc.valeur else FOND_VIDE)
        line.add_run(f"{visible(bloc.libelle)}\u00a0: ").bold = True
        if bloc.valeur:
            line.add_run(visible(bloc.valeur))
        else:
            line._p.append(_to_complete(document.textes["a_completer"], bloc.libelle))  # noqa: SLF001
        line.add_run().add_break()
        ou = bloc.origine or f"{document.textes['ou_trouver']}\u00a0: {bloc.ou}"
        small = line.add_run(visible(ou))
        small.italic, small.font.size = True, Pt(8.5)

    @_bloc.register
    def _(self, bloc: Cases, _: Document) -> None:
        title = self.word.add_paragraph(style="Normal")
        title.add_run(visible(bloc.titre)).bold = True
        title.paragraph_format.keep_with_next = True
        for text, ticked in bloc.cases:
            line = self.word.add_paragraph()
            line.paragraph_format.left_indent = Cm(0.6)
            line.paragraph_format.keep_with_next = True
            line.add_run(f"{_COCHEE if ticked else _VIDE}  {visible(text)}").bold = ticked
        for note in bloc.notes:
            self._note(note)

    def _note(self, text: str) -> Paragraph:
        return self.word.add_paragraph(visible(text), "Note")

    def _caption(self, kind: str, title: str) -> Paragraph:
        """A caption, numbered by a field that Word keeps up to date."""
        self.numeros[kind] = self.numeros.get(kind, 0) + 1
        line = self.word.add_paragraph(f"{kind} ", "Caption")
        _field_start(line, f"SEQ {kind} \\* ARABIC")
        line.add_run(str(self.numeros[kind]))
        _field_end(line)
        line.add_run(f" – {visible(title)}")
        return line


# ---- Page, styles, properties ---------------------------------------------------------------------------


def _prepare(word: DocumentWord, document: Document) -> None:
    _properties(word, document)
    _styles(word)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGE_CM)
    section.top_margin = section.bottom_margin = Cm(MARGE_CM)
    header = section.header.paragraphs[0]
    header.style = word.styles["Note"]
    header.add_run(f"{visible(document.nom)}\u2002·\u2002{visible(document.titre)}")
    footer = section.footer.paragraphs[0]
    footer.style = word.styles["Note"]
    footer.add_run(f"{_day(document)}\u2002·\u2002Page ")
    _field(footer, "PAGE", "1")
    footer.add_run(" sur ")
    _field(footer, "NUMPAGES", "1")


def _properties(word: DocumentWord, document: Document) -> None:
    held = word.core_properties
    held.title = visible(f"{document.titre} – {document.nom}")[:255]
    held.author, held.last_modified_by, held.language = "cpts-geo", "cpts-geo", "fr-FR"
    held.comments, held.subject, held.keywords = "", "Diagnostic territorial de CPTS", "CPTS"
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    for language in word.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "fr-FR")


def _styles(word: DocumentWord) -> None:
    styles = word.styles
    _look(styles["Normal"], 10.5, ENCRE)
    styles["Normal"].paragraph_format.space_after = Pt(5)
    _look(styles["Title"], 24, ENCRE)
    _look(styles["Subtitle"], 12, ACCENT)
    _look(styles["Heading 1"], 16, ACCENT)
    _look(styles["Heading 2"], 13, ENCRE)
    _look(styles["Caption"], 9.5, ENCRE)
    for name, size in (("Note", 8), ("Champ", 10.5), ("TOC 1", 10.5), ("TOC 2", 10.5)):
        style = styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        _look(style, size, DISCRET if name == "Note" else ENCRE)
        style.paragraph_format.space_after = Pt(2)
    styles["TOC 2"].paragraph_format.left_indent = Cm(0.8)
    styles["Champ"].paragraph_format.space_before = Pt(4)
    styles["Champ"].paragraph_format.space_after = Pt(6)
    styles["Champ"].paragraph_format.keep_together = True
    _look(styles["TOC Heading"], 14, ACCENT)
    table = styles.add_style(_STYLE_TABLEAU, 3)
    table.base_style = styles["Table Grid"]


def _look(style: Any, size: float, colour: str) -> None:  # noqa: ANN401 - styles of python-docx are not typed
    style.font.name = POLICE
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _day(document: Document) -> str:
    return f"Établi le {format_date(document.jour, 'd MMMM y', locale='fr')} avec cpts-geo"


# ---- Tables ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Allure:
    """How the cells of a row look: size in half-points, and whether the row stays with the next one."""

    size: int
    tete: bool = False
    gras: bool = False
    suit: bool = False


def _table(bloc: Tableau, *, together: bool) -> Any:  # noqa: ANN401 - an lxml element
    """The table, made of bare elements: cell by cell, python-docx would take seconds."""
    widths = _widths(bloc)
    row = _Allure(round(2 * _FEUILLE.taille_de(bloc)), suit=together)
    table = _element("w:tbl")
    properties = _element("w:tblPr")
    properties.append(_element("w:tblStyle", val=_STYLE_TABLEAU.replace(" ", "")))
    properties.append(_element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(_borders())
    properties.append(_element("w:tblLayout", type="fixed"))
    properties.append(_element("w:tblCaption", val=visible(bloc.titre)[:200]))
    grid = _element("w:tblGrid")
    grid.extend(_element("w:gridCol", w=str(width)) for width in widths)
    table.extend([properties, grid])
    table.append(_row(bloc.entetes, widths, bloc.textes, replace(row, tete=True, gras=True, suit=True)))
    last = len(bloc.rangees) - 1
    for rank, rangee in enumerate(bloc.rangees):
        look = replace(row, gras=bloc.gras and rank == last)
        table.append(_row(rangee, widths, bloc.textes, look))
    return table


def _widths(bloc: Tableau) -> list[int]:
    shares = largeurs(bloc, _FEUILLE)
    whole = LARGEUR_CM * _TWIPS_PER_CM
    return [int(whole * share / sum(shares)) for share in shares]


def _row(cells: Sequence[str], widths: Sequence[int], words: int, look: _Allure) -> Any:  # noqa: ANN401 - an lxml element
    row = _element("w:tr")
    properties = _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    if look.tete:
        properties.append(_element("w:tblHeader"))
    row.append(properties)
    for rank, (text, width) in enumerate(zip(cells, widths, strict=True)):
        row.append(_cell(text, width, look, right=rank >= words))
    return row


def _cell(text: str, width: int, look: _Allure, *, right: bool) -> Any:  # noqa: ANN401 - an lxml element
    cell, properties = _element("w:tc"), _element("w:tcPr")
    properties.append(_element("w:tcW", w=str(width), type="dxa"))
    if look.tete:
        properties.append(_element("w:shd", val="clear", color="auto", fill=FOND))
    paragraph, shape = _element("w:p"), _element("w:pPr")
    if look.suit:
        shape.append(_element("w:keepNext"))
    shape.append(_element("w:spacing", before="20", after="20"))
    if right:
        shape.append(_element("w:jc", val="right"))
    shape.append(_letters(look.size))  # the size of an empty line too
    paragraph.append(shape)
    paragraph.append(_run(text, look.size, bold=look.gras))
    cell.extend([properties, paragraph])
    return cell


def _borders() -> Any:  # noqa: ANN401 - an lxml element
    """Lines between rows, none between columns; Word wants the sides in this order."""
    line = {"val": "single", "sz": "4", "space": "0", "color": FILET}
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        drawn = side in {"top", "bottom", "insideH"}
        borders.append(_element(f"w:{side}", **(line if drawn else {"val": "nil"})))
    return borders


# ---- Elements -------------------------------------------------------------------------------------------


def _element(tag: str, **attributes: str) -> Any:  # noqa: ANN401 - an lxml element
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _run(text: str, size: int | None = None, *, bold: bool = False) -> Any:  # noqa: ANN401 - an lxml element
    """A run of text; the size is in half-points."""
    run, properties = _element("w:r"), _letters(size, bold=bold)
    content = _element("w:t")
    content.text = visible(text)
    content.set(qn("xml:space"), "preserve")
    run.extend([properties, content])
    return run


def _letters(size: int | None, *, bold: bool = False) -> Any:  # noqa: ANN401 - an lxml element
    properties = _element("w:rPr")
    if bold:
        properties.append(_element("w:b"))
    if size:
        properties.append(_element("w:sz", val=str(size)))
    return properties


def _to_complete(blank: str, libelle: str) -> Any:  # noqa: ANN401 - an lxml element
    """A box to type in, that shows what is missing until someone does."""
    box, properties, content = _element("w:sdt"), _element("w:sdtPr"), _element("w:sdtContent")
    properties.append(_element("w:alias", val=visible(libelle)[:64]))
    properties.append(_element("w:showingPlcHdr"))
    properties.append(_element("w:text"))
    content.append(_run(blank.replace(" ", "\u00a0") + _POINTILLES))
    box.extend([properties, content])
    return box


def _shade(line: Paragraph, colour: str) -> None:
    line._p.get_or_add_pPr().append(_element("w:shd", val="clear", color="auto", fill=colour))  # noqa: SLF001


def _describe(word: DocumentWord, text: str) -> None:
    """Say in words what the last picture shows."""
    drawn = word.inline_shapes[len(word.inline_shapes) - 1]
    drawn._inline.docPr.set("descr", visible(text))  # noqa: SLF001 - python-docx has no other way


def _field(line: Paragraph, code: str, shown: str) -> None:
    _field_start(line, code)
    line.add_run(shown)
    _field_end(line)


def _field_start(line: Paragraph, code: str) -> None:
    instruction = _element("w:instrText")
    instruction.text = code
    instruction.set(qn("xml:space"), "preserve")
    for part in (_element("w:fldChar", fldCharType="begin"), instruction, _separator()):
        line.add_run()._r.append(part)  # noqa: SLF001 - python-docx has no fields


def _separator() -> Any:  # noqa: ANN401 - an lxml element
    return _element("w:fldChar", fldCharType="separate")


def _field_end(line: Paragraph) -> None:
    line.add_run()._r.append(_element("w:fldChar", fldCharType="end"))  # noqa: SLF001 - the same
