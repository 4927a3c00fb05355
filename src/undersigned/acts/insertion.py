"""Making many governed rows at once: what a roster of a whole city needs, at the price of one statement a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from undersigned.acts import scene
from undersigned.acts.governed import Governed, as_state

Prepare = Callable[[Any], Any]
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
"""Kinds of field whose values a database takes as they are."""


def insert_rows(model: type[Governed], rows: Sequence[dict[str, Any]]) -> None:
    """Insert these rows within the present act. Each names every column of the table by its attribute.

    The values must be what the database would give back: strings, whole numbers, dates and times with a zone. So the
    state to be committed is known, and the rows need not be read again.
    """
    current = scene.current(model, "insert_rows")
    fields = model.state_fields()
    columns = model.state_columns()
    for row in rows:
        state = {name: as_state(row[column]) for name, column in zip(fields, columns, strict=True)}
        current.touch_known(model, row["id"], state)
    statement, prepared = _insertion(model, connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[prepare(row[name]) for name, prepare in prepared] for row in rows])


@cache
def _insertion(model: type[Governed], vendor: str) -> tuple[str, Sequence[tuple[str, Prepare]]]:
    fields = model._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})", [  # noqa: S608 - names of our own tables
        (str(field.attname), _preparing(field)) for field in fields
    ]


def _preparing(field: models.Field[Any, Any]) -> Prepare:
    if isinstance(field, PLAIN):
        return _as_it_is
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datefield_value
    return lambda value: None if value is None else field.get_db_prep_save(value, connection)


def _as_it_is(value: Any) -> Any:
    return value
