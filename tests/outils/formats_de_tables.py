"""One table written in every format that people bring, with merged cells and hidden rows."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
_NS = "urn:oasis:names:tc:opendocument:xmlns:"


def write_xlsx(rows: Rows, hidden: Sequence[int] = (), merged: Sequence[str] = ()) -> bytes:
    """A workbook of Excel; rows are numbered from 1."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(["" if cell is None else cell for cell in row])
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for span in merged:
        sheet.merge_cells(span)
    return _saved(book.save)


def write_strict(rows: Rows, hidden: Sequence[int] = (), merged: Sequence[str] = ()) -> bytes:
    """The same in the strict form of Open XML, by its names."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_xlsx(rows, hidden, merged))) as old,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            for transitional, strict in STRICT.items():
                # Packages keep the relations of their own.
                if not name.endswith("_rels/.rels"):
                    part = part.replace(transitional, strict)
            new.writestr(name, part)
    return saved.getvalue()


def write_xls(rows: Rows, hidden: Sequence[int] = (), merged: Sequence[str] = ()) -> bytes:
    """A workbook of Excel before 2007; only columns from A to Z can be merged."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Feuil1")
    spans = {_span(span)[:2]: _span(span) for span in merged}
    for rank, row in enumerate(rows):
        for column, cell in enumerate(row):
            if (rank, column) in spans:
                top, left, bottom, right = spans[rank, column]
                sheet.write_merge(top, bottom, left, right, cell)
            elif cell is not None:
                sheet.write(rank, column, cell)
    for number in hidden:
        sheet.row(number - 1).hidden = True
    return _saved(book.save)


def write_ods(rows: Rows, hidden: Sequence[int] = (), merged: Sequence[str] = ()) -> bytes:
    """A workbook of LibreOffice."""
    spans = {_span(span)[:2]: _span(span) for span in merged}
    lines = []
    for rank, row in enumerate(rows):
        state = ' table:visibility="filter"' if rank + 1 in hidden else ""
        cells = "".join(_ods_cell(cell, spans.get((rank, column))) for column, cell in enumerate(row))
        lines.append(f"<table:table-row{state}>{cells}</table:table-row>")
    names = " ".join(f'xmlns:{name}="{_NS}{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="Feuille1">{"".join(lines)}</table:table>'
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>{table}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return saved.getvalue()


def _ods_cell(cell: object, span: tuple[int, int, int, int] | None) -> str:
    merged = ""
    if span is not None:
        top, left, bottom, right = span
        wide, high = right - left + 1, bottom - top + 1
        merged = f' table:number-rows-spanned="{high}" table:number-columns-spanned="{wide}"'
    if cell is None:
        return "<table:covered-table-cell/>"
    if isinstance(cell, int | float):
        return f'<table:table-cell{merged} office:value-type="float" office:value="{cell}"/>'
    text = escape(str(cell))
    return f'<table:table-cell{merged} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _span(written: str) -> tuple[int, int, int, int]:
    """Ranks of the first and last row and column of "A2:B4": top, left, bottom, right."""
    first, last = written.split(":")
    return int(first[1:]) - 1, ord(first[0]) - 65, int(last[1:]) - 1, ord(last[0]) - 65


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    saved = io.BytesIO()
    save(saved)
    return saved.getvalue()


CLASSEURS: dict[str, Callable[..., bytes]] = {
    "xlsx": write_xlsx,
    "strict": write_strict,
    "xls": write_xls,
    "ods": write_ods,
}


def write_page(rows: Rows, hidden: Sequence[int] = (), merged: Sequence[str] = ()) -> bytes:
    """A web page, as those that are named ".xls"."""
    spans = {_span(span)[:2]: _span(span) for span in merged}
    inside = {place for span in spans.values() for place in _places(span)} - set(spans)
    lines = []
    for rank, row in enumerate(rows):
        cells = "".join(
            f"<td{_page_span(spans.get((rank, column)))}>{escape('' if cell is None else str(cell))}</td>"
            for column, cell in enumerate(row)
            if (rank, column) not in inside
        )
        style = " style='display:none'" if rank + 1 in hidden else ""
        lines.append(f"<tr{style}>{cells}</tr>")
    page = f"<html><head><title>Export</title></head><body><table>{''.join(lines)}</table></body></html>"
    return page.encode("cp1252", errors="xmlcharrefreplace")


def _places(span: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    top, left, bottom, right = span
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _page_span(span: tuple[int, int, int, int] | None) -> str:
    if span is None:
        return ""
    top, left, bottom, right = span
    return f' rowspan="{bottom - top + 1}" colspan="{right - left + 1}"'


def write_text(rows: Rows, separator: str, encoding: str, end: str = "\r\n", said: str = "") -> bytes:
    """A text, after what is said of it; œ, that DOS has not, is written in two letters."""
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=separator, lineterminator=end).writerows(rows)
    text = said + saved.getvalue()
    if encoding == "cp850":
        text = text.replace("œ", "oe").replace("Œ", "OE").replace("Ÿ", "Y").replace("’", "'")
    return text.encode(encoding)


def _zipped(content: bytes, name: str) -> bytes:
    """An archive as a Mac makes it, with what a spreadsheet leaves beside."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"dossier/{name}", content)
        archive.writestr(f"__MACOSX/dossier/._{name}", b"\x00\x05\x16\x07")
        archive.writestr(f"dossier/~${name}", b"verrou")
    return saved.getvalue()


_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso8859-15",
    "mac_roman",
    "cp850",
)
_SEPARATORS = {"point-virgule": ";", "virgule": ",", "tabulation": "\t", "barre": "|"}
# Excel's way to say the separator, in a first line of its own.
_SAID = "sep="
_ENDS = {"crlf": "\r\n", "lf": "\n", "cr": "\r"}

# Formats that have merged cells and hidden rows.
A_RELIEF: dict[str, Callable[..., bytes]] = {**CLASSEURS, "page": write_page}
_EXTENSIONS = {"strict": "xlsx", "page": "xls"}
FORMES: tuple[str, ...] = (
    *A_RELIEF,
    *(f"{forme} zippé" for forme in A_RELIEF),
    *(
        f"texte {separator} {encoding} {end}"
        for separator in _SEPARATORS
        for encoding in _ENCODINGS
        for end in _ENDS
    ),
    f"texte point-virgule utf-8 {_SAID}",
)


def ecrire(
    rangees: Rows, forme: str, *, masquees: Sequence[int] = (), fusions: Sequence[str] = ()
) -> tuple[bytes, str]:
    """A table in a form of `FORMES`, and the name of its file.

    Args:
        rangees: its rows; None in the cells that others cover.
        forme: how it is written.
        masquees: the numbers of rows to hide, from 1, and
        fusions: the spans to merge, as "A2:A4": in the forms of `A_RELIEF` only, zipped or not.
    """
    if forme.startswith("texte "):
        _, separator, encoding, end = forme.split()
        said = "sep=;\r\n" if end == _SAID else ""
        return write_text(
            rangees, _SEPARATORS[separator], encoding, _ENDS.get(end, "\r\n"), said
        ), "table.csv"
    kind, _, packed = forme.partition(" ")
    content = A_RELIEF[kind](rangees, masquees, fusions)
    name = f"table.{_EXTENSIONS.get(kind, kind)}"
    return (_zipped(content, name), "tables.zip") if packed else (content, name)
