"""Where the header of a table stands, what its columns are called, and which cell belongs to which.

People put titles above a header, leave column names out, or use one twice; and rows come longer or shorter
than the header says.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from undersigned.imports.row import Findings, Limits, Record, Row, Unreadable, empty, too_many_rows
from undersigned.imports.text import clean, from_export, without_hidden

SAMPLE_ROWS = 200
SHORTENED_NUMBER = re.compile(r"\d([.,]\d+)?E\+\d+")
HEADER_WITHIN = 30
LOOKS_LIKE_DATA = re.compile(r"://|^[^@\s]+@[^@\s]+\.\w+$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$")


@dataclass(frozen=True, slots=True)
class Layout:
    """The names of the columns in order, with None for one that is empty and has no name.

    ``header`` is the row that holds the names, or 0 when the table has none and every row is data.
    """

    header: int
    names: tuple[str | None, ...]
    labels: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name is not None)


def layout(sample: list[Record], findings: Findings, limits: Limits) -> Layout:
    """Find the header among the first records. Raises Unreadable for an empty table or one far too wide."""
    filled = [record for record in sample if any(cell.strip() for cell in record.cells)]
    if not filled:
        raise empty()
    widest = max(_extent(record.cells) for record in filled)
    if widest > limits.columns:
        raise _too_wide(widest, limits)
    header = _header(filled)
    labels = tuple(" ".join(without_hidden(cell).split()) for cell in header.cells)
    if any(LOOKS_LIKE_DATA.search(label) for label in labels):
        return _without_header(header, widest, findings)
    if header is not filled[0]:
        _report_above(filled, header, findings)
    data = [record for record in filled if record.number > header.number]
    return Layout(header.number, _names(labels, data, header.number, findings), labels)


def _extent(cells: list[str]) -> int:
    """How many cells a row has up to its last that is not blank."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _header(filled: list[Record]) -> Record:
    """The first row that fills more than half of what the fullest does: a title fills a cell or two.

    The fullest is passed over when it stands alone, as a row with stray separators does.
    """
    counts = [sum(1 for cell in record.cells if cell.strip()) for record in filled[:HEADER_WITHIN]]
    second, fullest = sorted([0, *counts])[-2:]
    usual = second if len(counts) > 2 and fullest > second * 1.5 else fullest
    return next(record for record, count in zip(filled, counts, strict=False) if count > usual / 2)


def _report_above(filled: list[Record], header: Record, findings: Findings) -> None:
    above = [record.number for record in filled if record.number < header.number]
    said = _("Row %(header)d is taken for the column names. What stands above it was not read.")
    findings.add(above[0], said % {"header": header.number})


def _without_header(first: Record, width: int, findings: Findings) -> Layout:
    said = _(
        "The first row looks like data, not like column names, so the columns are numbered. "
        "Add a row with names at the top, or say which column means what."
    )
    findings.add(first.number, said)
    return Layout(0, tuple(_numbered(place) for place in range(1, width + 1)), ())


def _numbered(place: int) -> str:
    return _("column %(number)d") % {"number": place}


def _names(
    labels: tuple[str, ...], data: list[Record], header: int, findings: Findings
) -> tuple[str | None, ...]:
    used = {place for record in data for place, cell in enumerate(record.cells) if cell.strip()}
    names: list[str | None] = []
    for place, label in enumerate(labels):
        if label:
            names.append(_unique(label, names, header, findings))
        elif place in used:
            names.append(_unnamed(place, header, findings))
        else:
            names.append(None)
    return tuple(names)


def _unnamed(place: int, header: int, findings: Findings) -> str:
    name = _numbered(place + 1)
    said = _("%(column)s has values but no name. Give it a name, or say what it means.")
    findings.add(header, said % {"column": name.capitalize()}, field=name)
    return name


def _unique(label: str, names: list[str | None], header: int, findings: Findings) -> str:
    if label not in names:
        return label
    count = 2
    while f"{label} ({count})" in names:
        count += 1
    name = f"{label} ({count})"
    said = _(
        "Two columns are called “%(label)s”. The later one is read as “%(name)s”. Give each its own name."
    )
    findings.add(header, said % {"label": label, "name": name}, field=name)
    return name


def _too_wide(width: int, limits: Limits) -> Unreadable:
    said = _(
        "This file has %(width)d columns, and at most %(most)d are read. Nothing was read. "
        "Remove the columns that are not needed and save it again."
    )
    return Unreadable(said % {"width": width, "most": limits.columns})


def rows(records: Iterable[Record], shape: Layout, findings: Findings, limits: Limits) -> Iterator[Row]:
    """The rows below the header, each cell under its column. Blank rows are passed over.

    A row with more cells than columns is set aside, since nobody can tell which value belongs where; a
    shorter one is handed on with what it has. Raises Unreadable when there are more rows than allowed.
    """
    read = 0
    for record in records:
        cells = [clean(from_export(cell.strip())) for cell in record.cells]
        if record.number <= shape.header or not any(cells) or _repeats_header(cells, shape):
            continue
        read += 1
        if read > limits.rows:
            raise too_many_rows(limits)
        if _fits(record.number, cells, shape, findings):
            _report_shortened_numbers(record.number, cells, shape, findings)
            yield Row(record.number, _named(record.number, cells, shape, findings, limits))
    if not read:
        said = _("There are column names but no rows below them. Check that the file is whole.")
        findings.add(shape.header or None, said)


def _repeats_header(cells: list[str], shape: Layout) -> bool:
    """Tell the header that some programs print again at the top of each page."""
    return tuple(cells) == shape.labels


def _fits(number: int, cells: list[str], shape: Layout, findings: Findings) -> bool:
    width = len(shape.names)
    if len(cells) == width:
        return True
    if len(cells) > width and any(cells[width:]):
        said = _(
            "This row has %(count)d cells where there are %(width)d columns, so it is not clear which value "
            "belongs where. It was left out. Put cells that hold the separator in quotation marks."
        )
        findings.put_aside(number, said % {"count": _extent(cells), "width": width})
        return False
    if len(cells) < width:
        said = _(
            "This row ends after %(count)d of %(width)d cells. The others were taken as empty. "
            "Check that it is whole."
        )
        findings.add(number, said % {"count": len(cells), "width": width})
    return True


def _report_shortened_numbers(number: int, cells: list[str], shape: Layout, findings: Findings) -> None:
    """Tell a number such as 1.23457E+17, which is what is left of an account's own number in a spreadsheet."""
    if "E+" not in "".join(cells):
        return
    for name, cell in zip(shape.names, cells, strict=False):
        if SHORTENED_NUMBER.fullmatch(cell):
            said = _(
                "“%(cell)s” is a number that a spreadsheet program has shortened, so its digits are lost. "
                "Format the column as text, enter the number again, and save the file anew."
            )
            findings.add(number, said % {"cell": cell}, field=name)


def _named(
    number: int, cells: list[str], shape: Layout, findings: Findings, limits: Limits
) -> dict[str, str]:
    if max(map(len, cells)) > limits.cell_characters:
        cells = [_shortened(number, place, cell, shape, findings, limits) for place, cell in enumerate(cells)]
    if len(cells) < len(shape.names):
        cells += [""] * (len(shape.names) - len(cells))
    named = dict(zip(shape.names, cells, strict=False))
    if None in named:
        _report_unnamed(number, cells, shape, findings)
    return {name: cell for name, cell in named.items() if name is not None}


def _report_unnamed(number: int, cells: list[str], shape: Layout, findings: Findings) -> None:
    for place, (name, cell) in enumerate(zip(shape.names, cells, strict=False), start=1):
        if name is None and cell:
            column = _numbered(place)
            said = _(
                "%(column)s has no name, and this row has a value in it, which was not read. Name the column."
            )
            findings.add(number, said % {"column": column.capitalize()}, field=column)


def _shortened(number: int, place: int, cell: str, shape: Layout, findings: Findings, limits: Limits) -> str:
    most = limits.cell_characters
    if len(cell) <= most:
        return cell
    said = _("This cell holds %(count)d characters; the first %(most)d were read. Shorten it.")
    findings.add(number, said % {"count": len(cell), "most": most}, field=shape.names[place])
    return cell[:most]
