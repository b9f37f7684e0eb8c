"""Workbooks of a few bytes that readers would make endless things of."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from xlrd.compdoc import CompDoc

from tests.outils.formats_de_tables import write_ods, write_xls, write_xlsx

_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = b"\xd0\xc9\xea\x79\xf9\xba\xce\x11\x8c\x82\x00\xaa\x00\x4b\xa9\x0b\x02\x00\x00\x00"
# A formula stands before the rank of the text.
_CELL = '<c r="{}{}" t="s"><f>1</f><v>0</v></c>'
_EOF = b"\x0a\x00\x00\x00"


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive, one of its parts changed, or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    return saved.getvalue()


def shared_text(cell: str = _CELL) -> bytes:
    """One long text that many cells share: copied for each, 3 GB."""
    text = f'<sst xmlns="{_MAIN}"><si><t>{"a" * 32_000}</t></si></sst>'.encode()
    cells = "".join(
        f'<row r="{row}">{"".join(cell.format(column, row) for column in "ABCDEFGHIJKLMNOPQRST")}</row>'
        for row in range(1, 5001)
    )
    book = with_part(write_xlsx([["Royan"]]), "xl/sharedStrings.xml", lambda _: text)
    return with_part(book, _SHEET, lambda part: _rows(part, cells))


def far_apart() -> bytes:
    """The far cell is said before the near one, in the first row."""
    cells = '<row r="1"><c r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c></row>'
    return with_part(write_xlsx([["Royan"]]), _SHEET, lambda part: _rows(part, cells))


def same_part() -> bytes:
    """A thousand sheets that are the same part."""

    def repeated(part: bytes) -> bytes:
        start, end = part.index(b"<sheets>") + len(b"<sheets>"), part.index(b"</sheets>")
        sheets = (part[start:end].replace(b'"Sheet"', f'"Feuille {rank}"'.encode()) for rank in range(1000))
        return part[:start] + b"".join(sheets) + part[end:]

    return with_part(write_xlsx([["Royan"]]), "xl/workbook.xml", repeated)


def repeated_text(*, rows: str = "30000", columns: str = "90", namespace: bytes = b"") -> bytes:
    """A text repeated in all the cells of a table of LibreOffice: 80 GB, and the process ends."""

    def repeated(part: bytes) -> bytes:
        part = part.replace(
            b"<table:table-row>", f'<table:table-row table:number-rows-repeated="{rows}">'.encode()
        )
        part = part.replace(
            b"<table:table-cell ", f'<table:table-cell table:number-columns-repeated="{columns}" '.encode()
        )
        own = b"urn:oasis:names:tc:opendocument:xmlns:table:1.0"
        return part.replace(own, namespace or own)

    return with_part(write_ods([["R" * 30_000]]), "content.xml", repeated)


def repeated_spaces() -> bytes:
    """Spaces told by their number."""
    return with_part(
        write_ods([["Royan"]]),
        "content.xml",
        lambda part: part.replace(b"Royan", b'Royan<text:s text:c="4000000000"/>'),
    )


def link_everywhere() -> bytes:
    """A link over all the cells of an old sheet, noted for each of 16 million."""
    content = write_xls([["Royan"]])
    memory, start, length = CompDoc(content, logfile=io.StringIO()).locate_named_stream("Workbook")
    stream = memory[start : start + length]
    body = struct.pack("<HHHH", 0, 65535, 0, 255) + _LINK + struct.pack("<i", 0)
    record = struct.pack("<HH", 0x1B8, len(body)) + body
    end = stream.rindex(_EOF)
    linked = (stream[:end] + record + _EOF).ljust(length, b"\0")
    if len(linked) > length:
        raise ValueError("no room for the link in the workbook")
    return bytes(content[:start] + linked + content[start + length :])


_STARTS = range(0, 2_000_000, 20_000)
_FAR = (
    f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
).encode()


def lax_part() -> bytes:
    """A sheet whose name is that of no XML, and that strict readers give up before its far cells."""
    return _moved("worksheets/sheet1.dat", _FAR.replace(b"<sheetData>", b"<x b=1/><sheetData>"))


def hidden_in_another() -> bytes:
    """Far cells in the part that says the styles, of which the workbook makes its sheet."""
    return _moved("styles.xml", _FAR)


def in_utf_16() -> bytes:
    """A part that is a text of signs of China in UTF-16, and far cells to those who take it for UTF-8."""
    far = _FAR + b" " * (len(_FAR) % 2)
    return with_part(
        write_xlsx([["Royan"]]),
        _SHEET,
        lambda _: b"\xff\xfe" + "<a>".encode("utf-16-le") + far + "</a>".encode("utf-16-le"),
    )


def beyond_its_size() -> bytes:
    """A part longer than it says, whose sum is that of what it says: the far cells are beyond."""
    honest = f'<worksheet xmlns="{_MAIN}">'.encode()
    content = bytearray(with_part(write_xlsx([["Royan"]]), _SHEET, lambda _: _FAR))
    named = _SHEET.encode()
    told = struct.pack("<I", zlib.crc32(honest)), struct.pack("<I", len(honest))
    for signature, crc, size, name in ((b"PK\x01\x02", 16, 24, 46), (b"PK\x03\x04", 14, 22, 30)):
        place = content.find(signature)
        while content[place + name : place + name + len(named)] != named:
            place = content.find(signature, place + 4)
        content[place + crc : place + crc + 4], content[place + size : place + size + 4] = told
    return bytes(content)


def many_names() -> bytes:
    """Attributes by millions, no two of the same name."""
    names = (" ".join(f"a{rank}='1'" for rank in range(start, start + 20_000)) for start in _STARTS)
    tags = "".join(f"<x {each}/>" for each in names)
    return with_part(
        write_xlsx([["Royan"]]),
        _SHEET,
        lambda part: part.replace(b"<sheetData>", f"{tags}<sheetData>".encode()),
    )


def hidden_rows() -> bytes:
    """Hidden rows by millions, a few of them written."""
    row = '<table:table-row table:visibility="collapse" table:number-rows-repeated="39999">'
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    rows = f"{row}{cell}</table:table-row>" * 2_000
    return with_part(
        write_ods([["Royan"]]),
        "content.xml",
        lambda part: part.replace(b"</table:table>", f"{rows}</table:table>".encode()),
    )


def _moved(target: str, part: bytes) -> bytes:
    """A workbook whose sheet is another part."""
    book = with_part(write_xlsx([["Royan"]]), f"xl/{target}", lambda _: part)
    relations = "xl/_rels/workbook.xml.rels"
    return with_part(
        book, relations, lambda each: each.replace(b"/xl/worksheets/sheet1.xml", f"/xl/{target}".encode())
    )


def _rows(part: bytes, written: str) -> bytes:
    return part[: part.index(b"<row")] + written.encode() + part[part.index(b"</sheetData>") :]


REFUSEES: dict[str, bytes] = {
    "shared text.xlsx": shared_text(),
    "shared text, more after.xlsx": shared_text('<c r="{}{}" t="s"><v>0</v>7<x>8</x></c>'),
    "shared text, twice.xlsx": shared_text('<c r="{}{}" t="s"><v>9</v><v>0</v></c>'),
    "shared text, in pieces.xlsx": shared_text('<c r="{}{}" t="s"><v> <!-- --><![CDATA[0]]>\n</v></c>'),
    "far apart.xlsx": far_apart(),
    "same part.xlsx": same_part(),
    "repeated text.ods": repeated_text(),
    "other namespace.ods": repeated_text(rows="1000000", namespace=b"urn:x"),
    "signed.ods": repeated_text(rows="+000001000000", columns="16000"),
    "spaces.ods": repeated_spaces(),
    "lax.xlsx": lax_part(),
    "styles.xlsx": hidden_in_another(),
    "utf-16.xlsx": in_utf_16(),
    "beyond its size.xlsx": beyond_its_size(),
    "names.xlsx": many_names(),
    "hidden rows.ods": hidden_rows(),
}
