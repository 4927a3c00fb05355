"""Lists as CSV, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify

# A cell that begins with one of these is run as a formula by spreadsheet programs (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MARK = "\ufeff"  # without it, spreadsheet programs take UTF-8 for the machine's old code page


class _Line:
    """A file that hands back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def harmless(cell: object) -> object:
    """The cell, with an apostrophe before what would be run as a formula. Numbers stay numbers."""
    if isinstance(cell, (int, float)):
        return cell
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_response(
    name: str, header: Iterable[object], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """Streams the rows, so that a long list costs no memory. The file's name carries today's date."""
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    filename = f"{slugify(name)}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _lines(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield _MARK + writer.writerow([harmless(cell) for cell in header])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
