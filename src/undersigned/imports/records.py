"""Records that hold records, as YAML and JSON do, laid flat: ``{"id": {"hr": 7}}`` becomes ``id.hr``.

A list of plain values becomes one cell, joined with semicolons; a list of records becomes numbered columns,
``phones.1.number``. Texts stand exactly as written: a number keeps its digits and its leading zeros.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeAlias

from django.utils.translation import gettext as _

from undersigned.imports.row import Findings, Limits, Record, Row, Unreadable, too_many_rows
from undersigned.imports.text import clean

JOIN = "; "
KEY = "key"

Value: TypeAlias = "str | bool | dict[str, Value] | list[Value] | None"


class TooDeepError(Exception):
    """A record nests more levels than the limit."""


def listed(value: Value, findings: Findings) -> Sequence[Value]:
    """The records in a document, whichever way round it was written.

    It may be a list of records, a record that holds that list beside other things, a record of columns, or a
    record of records by their key. Anything else is one record.
    """
    if not isinstance(value, dict):
        return value if isinstance(value, list) else [value]
    tables = [name for name, part in value.items() if _is_list_of_records(part)]
    if tables:
        return _table(value, tables, findings)
    if value and all(isinstance(part, list) for part in value.values()):
        return _from_columns(value, findings)
    if _is_keyed(list(value.values())):
        return [{KEY: key, **part} for key, part in value.items() if isinstance(part, dict)]
    return [value]


def _is_list_of_records(value: Value) -> bool:
    return isinstance(value, list) and any(isinstance(part, dict) for part in value)


def _is_keyed(parts: list[Value]) -> bool:
    """Several records that share a field are records by their key, and not the parts of one record."""
    fields = [set(part) for part in parts if isinstance(part, dict)]
    return len(fields) == len(parts) > 1 and all(names & fields[0] for names in fields[1:])


def _table(value: dict[str, Value], tables: list[str], findings: Findings) -> Sequence[Value]:
    for name in value:
        if name != tables[0]:
            said = _(
                "“%(name)s” was not read: the records were taken from “%(table)s”. "
                "If it is needed, save it as a file of its own."
            )
            findings.add(None, said % {"name": name, "table": tables[0]}, field=name)
    chosen = value[tables[0]]
    return chosen if isinstance(chosen, list) else []


def _from_columns(value: dict[str, Value], findings: Findings) -> Sequence[Value]:
    lists = [part for part in value.values() if isinstance(part, list)]
    if len({len(part) for part in lists}) > 1:
        findings.add(
            None, _("The columns of this file are not equally long. Check that no value is missing in one.")
        )
    return [dict(zip(value, cells, strict=True)) for cells in zip_longest(*lists)]


def flat(record: dict[str, Value], depth: int) -> dict[str, str]:
    """The cells of one record by dotted column. Raises TooDeepError below ``depth`` levels."""
    cells: dict[str, str] = {}
    _lay(record, "", cells, depth)
    return cells


def _lay(value: Value, name: str, cells: dict[str, str], depth: int) -> None:
    if not isinstance(value, dict | list):
        cells[name] = cell(value)
    elif depth == 0:
        raise TooDeepError
    elif isinstance(value, dict):
        for key, part in value.items():
            _lay(part, f"{name}.{clean(key)}" if name else clean(key), cells, depth - 1)
    elif any(isinstance(part, dict | list) for part in value):
        for place, part in enumerate(value, start=1):
            _lay(part, f"{name}.{place}", cells, depth - 1)
    else:
        cells[name] = JOIN.join(filter(None, map(cell, value)))


def cell(value: Value) -> str:
    """A plain value as text: nothing for null, and the words true and false."""
    if value is None:
        return ""
    return clean(value) if isinstance(value, str) else str(value).lower()


def lines(values: Iterable[Value]) -> Iterator[Record]:
    """A list of lists as the lines of a table, numbered from 1, of which the first names the columns."""
    for number, value in enumerate(values, start=1):
        parts = value if isinstance(value, list) else [value]
        yield Record(number, [json.dumps(p) if isinstance(p, dict | list) else cell(p) for p in parts])


def columns(records: Iterable[Value], limits: Limits) -> tuple[str, ...]:
    """Every column that any record has, in order of first appearance. Raises Unreadable for too many."""
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(_fields(record, limits)))
        if len(names) > limits.columns:
            raise _too_wide(limits)
    return tuple(names)


def _fields(record: Value, limits: Limits) -> Iterable[str]:
    try:
        return flat(record, limits.depth) if isinstance(record, dict) else ()
    except TooDeepError:
        return ()


def rows(
    records: Iterable[Value], names: tuple[str, ...], findings: Findings, limits: Limits
) -> Iterator[Row]:
    """One row a record, numbered from 1. Raises Unreadable when there are more than allowed.

    What is not a record, or is nested too deep, is set aside; the others are not touched by it.
    """
    blank = dict.fromkeys(names, "")
    for number, record in enumerate(records, start=1):
        if number > limits.rows:
            raise too_many_rows(limits)
        if not isinstance(record, dict):
            findings.put_aside(number, _not_a_record())
            continue
        try:
            cells = flat(record, limits.depth)
        except TooDeepError:
            findings.put_aside(number, _too_deep(limits))
            continue
        if any(cells.values()):
            yield Row(number, blank | _within(cells, number, findings, limits))


def _within(cells: dict[str, str], number: int, findings: Findings, limits: Limits) -> dict[str, str]:
    most = limits.cell_characters
    for name, text in cells.items():
        if len(text) > most:
            said = _("This value holds %(count)d characters; the first %(most)d were read. Shorten it.")
            findings.add(number, said % {"count": len(text), "most": most}, field=name)
            cells[name] = text[:most]
    return cells


def _not_a_record() -> str:
    return _("This entry is not a record with named fields. It was left out. Write it like the others.")


def _too_deep(limits: Limits) -> str:
    said = _("This record is nested more than %(depth)d levels deep. It was left out. Write it flat.")
    return said % {"depth": limits.depth}


def _too_wide(limits: Limits) -> Unreadable:
    said = _(
        "The records of this file have more than %(most)d different fields. Nothing was read. "
        "Check that it is a list of records, and remove the fields that are not needed."
    )
    return Unreadable(said % {"most": limits.columns})
