"""Setting a file against the register.

Identity is the network's own number where it is known, else network and key. A file never deletes: what
an earlier file of the same source listed and this one does not is *to be confirmed*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from undersigned.accounts.register import fields
from undersigned.accounts.register.changes import changes, set_aside_taken
from undersigned.accounts.register.columns import holds_accounts, is_secret
from undersigned.accounts.register.entries import Entry, gather
from undersigned.accounts.register.facts import Orders, orders
from undersigned.accounts.register.matching import ExistingAccount, Matched, Register, match
from undersigned.accounts.register.owners import Owners
from undersigned.accounts.register.plan import Changed, Plan, Planned, SourceRow, Unchanged
from undersigned.accounts.register.reading import Reading
from undersigned.accounts.register.responsible import Responsible
from undersigned.accounts.register.rows import RowReader
from undersigned.imports.columns import Mapping as Columns
from undersigned.imports.columns import MappingRefused
from undersigned.imports.dates import Ambiguous, Order
from undersigned.imports.sheets import Problem, Row, Sheet

NOT_KEPT = "•••"
"""Stands in a kept row where a password stood."""


def plan(
    sheet: Sheet,
    mapping: Columns,
    existing: Iterable[ExistingAccount],
    owners: Owners,
    *,
    date_orders: Mapping[str, Order] | None = None,
) -> Plan:
    """Say what an import of this file would do. `date_orders` answers, by column, how its dates are to be
    read.

    Raises MappingRefused where no column says which accounts there are, Unreadable where the file breaks off.
    """
    columns = mapping.on(sheet.columns)
    if not holds_accounts(columns):
        raise MappingRefused(
            _(
                "No column of this file was said to hold handles or addresses of accounts. Choose at least "
                "one."
            )
        )
    rows = list(sheet.rows())
    date_order = _date_orders(columns, rows, date_orders or {})
    reader = RowReader(columns, date_order)
    readings = [reader.read(row) for row in rows]
    about_the_file = [*sheet.problems, *_asked(date_order), *_secrets(columns, rows)]
    return _set_against(
        readings, Register(existing), Responsible(owners), columns, about_the_file, sheet.set_aside
    )


def _set_against(
    readings: Sequence[Reading],
    register: Register,
    responsible: Responsible,
    columns: Columns,
    about_the_file: Sequence[Problem],
    set_aside: Sequence[int],
) -> Plan:
    gathered = gather(listed for reading in readings for listed in reading.listed)
    matched = match(gathered, register)
    taken = set_aside_taken(matched, register)
    created, changed, unchanged = _sorted_out(matched, responsible)
    problems = [problem for reading in readings for problem in reading.problems]
    problems += [_in_columns(one, columns) for one in (*gathered.problems, *responsible.problems, *taken)]
    warnings = [warning for reading in readings for warning in reading.warnings]
    warnings += [_in_columns(one, columns) for one in gathered.warnings]
    gone, unsure = _gone(register, matched, set_aside)
    return Plan(
        created=tuple(created),
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        gone=tuple(gone),
        duplicates=tuple(sorted(gathered.duplicates, key=lambda one: one.row)),
        problems=(*about_the_file, *unsure, *sorted(problems, key=lambda one: one.row or 0)),
        warnings=tuple(sorted(warnings, key=lambda one: one.row or 0)),
        rows=tuple(_kept(readings, problems, columns)),
    )


def _sorted_out(
    matched: Matched, responsible: Responsible
) -> tuple[list[Planned], list[Changed], list[Unchanged]]:
    created: list[Planned] = []
    changed: list[Changed] = []
    unchanged: list[Unchanged] = []
    for entry, existing in matched.pairs:
        planned = _planned(entry, responsible)
        if existing is None:
            created.append(planned)
        elif differences := changes(existing, entry, planned.responsible):
            changed.append(Changed(existing, planned, tuple(differences)))
        else:
            unchanged.append(Unchanged(existing, planned))
    return created, changed, unchanged


def _planned(entry: Entry, responsible: Responsible) -> Planned:
    return Planned(entry.address, entry.facts, entry.said, responsible.of(entry), tuple(entry.rows))


def _gone(
    register: Register, matched: Matched, set_aside: Sequence[int]
) -> tuple[list[ExistingAccount], list[Problem]]:
    """What is missing, unless rows could not be read: then nobody can say what is missing."""
    missing = [one for one in register.accounts if one.from_this_source and one.ref not in matched.spoken_of]
    if missing and set_aside:
        said = _(
            "%(count)d rows could not be read, so no account was listed as gone. Correct these rows and "
            "import the "
            "file again."
        )
        return [], [Problem(None, None, said % {"count": len(set_aside)})]
    return missing, []


def _date_orders(columns: Columns, rows: Sequence[Row], told: Mapping[str, Order]) -> Orders:
    dated = [
        column.name
        for column in columns.columns
        if column.field and column.field.rpartition(".")[2] in fields.DATES
    ]
    values = {name: [row.cells.get(name, "") for row in rows] for name in dated}
    return orders(dated, values, told)


def _asked(date_order: Orders) -> list[Problem]:
    return [
        Problem(None, name, str(order)) for name, order in date_order.items() if isinstance(order, Ambiguous)
    ]


def _secrets(columns: Columns, rows: Sequence[Row]) -> list[Problem]:
    """A list with passwords in it has been seen by all who had the list."""
    said = _(
        "This column holds passwords. They were neither read nor kept. Everybody who had this file knows "
        "them: change "
        "them, then delete the column."
    )
    return [
        Problem(None, name, said)
        for name in _secret_names(columns)
        if any(row.cells.get(name, "").strip() for row in rows)
    ]


def _secret_names(columns: Columns) -> list[str]:
    """Columns of passwords, by what a person said or, where nothing was said, by their names."""
    return [
        column.name
        for column in columns.columns
        if column.field == fields.SECRET or (column.field is None and is_secret(column.name))
    ]


def _kept(readings: Sequence[Reading], problems: Sequence[Problem], columns: Columns) -> Iterable[SourceRow]:
    of_row: dict[int | None, list[Problem]] = {}
    for problem in problems:
        of_row.setdefault(problem.row, []).append(problem)
    secret = frozenset(_secret_names(columns))
    for reading in readings:
        number = reading.row.number
        cells = {
            name: NOT_KEPT if name in secret and cell else cell for name, cell in reading.row.cells.items()
        }
        yield SourceRow(number, cells, len(reading.listed), tuple(of_row.get(number, ())))


def _in_columns(problem: Problem, columns: Columns) -> Problem:
    """A problem with a field, told by the name that the column has in the file."""
    names = columns.of(problem.field) if problem.field else ()
    return replace(problem, field=names[0]) if names else problem
