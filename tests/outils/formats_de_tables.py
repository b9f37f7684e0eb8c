"""One table written in every format that people bring, with merged cells and hidden rows."""

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
    with zipfile.ZipFile(saved, "w") as archive:
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
