"""One read transaction over everything, so that head, rows and objects are of the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one snapshot; writers are not kept waiting. Must stand outside a transaction."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    if connection.in_atomic_block:
        raise RuntimeError("a snapshot cannot begin inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # not as Django begins: that would take the writers' lock
        try:
            cursor.execute("SELECT 1 FROM record_head")
            yield
        finally:
            cursor.execute("ROLLBACK")
