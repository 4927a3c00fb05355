"""What a file says about an account besides which it is, each value in one form, so that two files can be
compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from django.utils.translation import gettext as _

from undersigned.accounts.register import cells, fields
from undersigned.imports.dates import Ambiguous, NotADate, Order, order_of, parse, readings

Orders: TypeAlias = Mapping[str, Order | Ambiguous | None]
"""For each column of dates, which part of a date made of numbers comes first; Ambiguous where a person
must say."""


class NotRead(ValueError):
    """A value that its field cannot hold. The message says what to write instead."""


def orders(columns: Iterable[str], values: Mapping[str, Iterable[str]], told: Mapping[str, Order]) -> Orders:
    """The order of each column's dates: as a person said, else as the column itself shows."""
    return {column: told.get(column) or order_of(values[column]) for column in columns}


def fact(field: str, cell: str, order: Order | Ambiguous | None = None) -> str:
    """The value of a cell: dates as 2024-12-31, numbers as digits, languages as codes. Raises NotRead."""
    if field in fields.DATES:
        return _date(cell, order)
    if field == fields.FOLLOWERS:
        count = cells.count_of(cell)
        return _or_refuse(
            None if count is None else str(count),
            cell,
            _("“%(cell)s” is not a number. Write it as in 12345."),
        )
    if field == fields.EMAIL:
        return _or_refuse(
            cells.email_of(cell), cell, _("“%(cell)s” is not an e-mail address. Write one address alone.")
        )
    if field == fields.LANGUAGE:
        return _or_refuse(
            cells.languages_of(cell),
            cell,
            _("“%(cell)s” is not a language known here. Write codes, as in en or en/fr."),
        )
    return " ".join(cell.split())


def _date(cell: str, order: Order | Ambiguous | None) -> str:
    """A date that can be several days, in a column that was asked about, is not asked about again in each
    row."""
    if isinstance(order, Ambiguous):
        return "" if len(set(readings(cell).values())) > 1 else _day(cell, None)
    return _day(cell, order)


def _day(cell: str, order: Order | None) -> str:
    try:
        return parse(cell, order).isoformat()
    except NotADate as refusal:
        raise NotRead(str(refusal)) from refusal


def _or_refuse(value: str | None, cell: str, sentence: str) -> str:
    if value is None:
        raise NotRead(sentence % {"cell": cell[:60]})
    return value
