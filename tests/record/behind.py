"""What the owner of the database can do behind the record's back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from undersigned.acts import guards
from undersigned.record import sequence
from undersigned.record.models import Entry
from undersigned.record.rows import Head, Placed, Waiting
from undersigned.record.storage import storage


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Triggers are dropped and set again: whoever owns the database may."""
    wrapper = cast(BaseDatabaseWrapper, connection)
    guards.remove(wrapper)
    try:
        yield
    finally:
        guards.install(wrapper)


def edit(statement: str, *parameters: object) -> int:
    """Run a statement with the guards lifted; answers how many rows it touched, which must be some."""
    with guards_lifted(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount, "the attack did not reach a row"
        return int(cursor.rowcount)


def entries() -> list[bytes]:
    return [bytes(each) for each in Entry.objects.order_by("seq").values_list("entry", flat=True)]


def altered(entry: bytes, **parts: object) -> bytes:
    """The entry with some of its parts replaced, in its canonical form."""
    said = json.loads(entry) | parts
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def rewrite(change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Rewrite the whole record coherently: entries, leaf hashes, columns, tiles, frontier and head."""
    rewritten = change(entries())
    with guards_lifted(), transaction.atomic(), connection.cursor() as cursor:
        for table in ("record_entry", "record_tile", "record_head"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
        storage().place(place(rewritten), Head(0, b"", 0))


def place(rewritten: list[bytes]) -> Placed:
    waiting = (Waiting(None, _id(entry), entry) for entry in rewritten)
    return sequence.place(Head(0, b"", 0), waiting)


def _id(entry: bytes) -> str:
    return cast(str, cast(dict[str, Any], json.loads(entry))["id"])
