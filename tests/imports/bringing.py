"""Files as people bring them, and the same door for all: read the file, then its rows."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from undersigned.imports.sheets import Limits, Row, Sheet, read

ROSTER = "Number,Name,Unit\n7,Mary Poe,Parks\n8,Ann Roe,Roads\n"

OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
TABLE = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def bring(folder: Path, content: str | bytes, name: str = "list.csv", limits: Limits | None = None) -> Sheet:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, limits=limits or Limits())


def rows_of(sheet: Sheet) -> list[Row]:
    return list(sheet.rows())


def cells_of(sheet: Sheet) -> list[list[str]]:
    return [list(row.cells.values()) for row in sheet.rows()]


def said(sheet: Sheet) -> list[tuple[int | None, str]]:
    """What the sheet reports, after all its rows were read: the row and the first sentence."""
    rows_of(sheet)
    return [(problem.row, problem.what) for problem in sheet.problems]


def xlsx(path: Path, worksheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name, lines in worksheets.items():
            worksheet = workbook.add_worksheet(name)
            for number, cells in enumerate(lines):
                worksheet.write_row(number, 0, cells)
    return path


def ods(path: Path, table: str) -> Path:
    content = (
        f"<office:document-content {OFFICE} {TABLE} {TEXT}><office:body><office:spreadsheet>"
        f'<table:table table:name="List">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(*cells: str, repeated: int = 1) -> str:
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


def _biff(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls(path: Path, lines: Sequence[Sequence[str]]) -> Path:
    """A workbook of Excel 97 (MS-XLS, MS-CFB): one stream in one compound file, texts as LABEL records."""
    name = b"\x04\x00List"
    start = 34 + len(name)
    globals_ = _biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    sheet_entry = _biff(0x85, struct.pack("<IBB", start, 0, 0) + name)
    sheet = _biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            label = struct.pack("<HHHHB", row, column, 0, len(cell), 1) + cell.encode("utf-16-le")
            sheet += _biff(0x204, label)
    stream = globals_ + sheet_entry + _biff(0xA, b"") + sheet + _biff(0xA, b"")
    path.write_bytes(_compound(stream))
    return path


def _compound(stream: bytes) -> bytes:
    stream += b"\0" * (max(4096, -(-len(stream) // 512) * 512) - len(stream))
    sectors = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return header[:512] + struct.pack("<128I", *fat) + directory.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    fixed = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, none, none, child)
    return fixed + b"\0" * 36 + struct.pack("<IQ", start, size)
