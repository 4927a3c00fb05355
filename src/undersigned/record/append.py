"""Entering an act in the record, inside the act's own transaction (specification, sections 3 and 4)."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from undersigned.record import sequence
from undersigned.record.tlog import leaf

CLOCK_TOLERANCE = 120
"""Seconds by which the clock may stand behind the record's latest time before acts are refused."""


class AlreadyEntered(Exception):  # noqa: N818 - an answer, not a failure
    """An act of this id is in the record already; what was done now is undone and the first answer holds."""


class ClockWentBack(RuntimeError):
    """The clock stands behind the record. Nothing was done; set the clock, or enter ``record.correct_clock``."""


class EntryTooLong(ValueError):
    """The act would make an entry over 4,096 bytes; it must be split into several acts."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A governed row after the act: its state in the given version, or None when the row is gone."""

    reference: str
    version: int
    state: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What an act wants to have entered."""

    act: str
    act_id: str
    by: dict[str, str]
    who: dict[str, str] | None
    facts: dict[str, str | int | bool]
    commits: dict[str, Any]
    law: str | None
    objects: Sequence[Touched]


@dataclass(slots=True)
class Rows:
    """Rows waiting to be written; for a single act they are written at once, in bulk when the bulk ends."""

    payload: list[tuple[str, str, bytes, str]] = field(default_factory=list)
    objects: dict[str, tuple[int, str | None, int, bytes, str]] = field(default_factory=dict)
    touches: list[tuple[str, str]] = field(default_factory=list)
    intake: list[tuple[str, bytes, int]] = field(default_factory=list)


_bulk: ContextVar[Rows | None] = ContextVar("bulk", default=None)


def append(draft: Draft) -> None:
    """Build the leaf of ``draft`` and enter it.

    Raises AlreadyEntered (a retry), ClockWentBack, EntryTooLong, and ValueError for a leaf outside its grammar.
    """
    rows = _bulk.get()
    if rows is not None:
        _gather(draft, rows)
        return
    rows = Rows()
    _gather(draft, rows)
    _write(rows)


@contextmanager
def in_bulk() -> Iterator[None]:
    """Write the entries of all acts inside at once, when the block ends. Must stand inside a transaction."""
    if _bulk.get() is not None:
        yield
        return
    rows = Rows()
    token = _bulk.set(rows)
    try:
        yield
    finally:
        _bulk.reset(token)
    if rows.intake:
        _write(rows)


def _gather(draft: Draft, rows: Rows) -> None:
    now = int(time.time())
    committed = dict(draft.commits)
    by = dict(draft.by)
    if draft.who is not None:
        by["who"] = _commit(draft.act_id, "who", draft.who, rows)
    entry = {
        "v": 1,
        "id": draft.act_id,
        "t": now,
        "act": draft.act,
        "by": by,
        "obj": _objects(draft, rows),
        "fact": draft.facts,
        "c": {name: _commit(draft.act_id, name, value, rows) for name, value in committed.items()},
        "law": draft.law,
    }
    encoded = leaf.canonical(entry)
    if len(encoded) > leaf.LARGEST_WRITTEN:
        raise EntryTooLong(
            f"{draft.act} would make an entry of {len(encoded)} bytes; at most {leaf.LARGEST_WRITTEN} are written"
        )
    leaf.match(encoded)
    rows.intake.append((draft.act_id, encoded, now))


def _commit(act_id: str, name: str, value: Any, rows: Rows) -> str:
    nonce = os.urandom(32)
    rows.payload.append((act_id, name, nonce, leaf.canonical(value).decode()))
    return leaf.commit(name, nonce, value)


def _objects(draft: Draft, rows: Rows) -> list[dict[str, Any]]:
    touched = sorted(draft.objects, key=lambda one: one.reference)
    counters = _counters([one.reference for one in touched], rows)
    objects: list[dict[str, Any]] = []
    for one in touched:
        nonce = os.urandom(32)
        n = counters.get(one.reference, 0) + 1
        st = None if one.state is None else leaf.commit_state(one.reference, nonce, one.version, one.state)
        rows.objects[one.reference] = (n, st, one.version, nonce, draft.act_id)
        rows.touches.append((one.reference, draft.act_id))
        objects.append({"o": one.reference, "n": n, "st": st})
    return objects


def _counters(references: list[str], rows: Rows) -> dict[str, int]:
    found = {name: rows.objects[name][0] for name in references if name in rows.objects}
    unknown = [name for name in references if name not in found]
    if unknown:
        lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
        marks = ",".join(["%s"] * len(unknown))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT reference, n FROM record_object WHERE reference IN ({marks}) ORDER BY reference{lock}",  # noqa: S608 - only placeholders are formatted in
                unknown,
            )
            found |= dict(cursor.fetchall())
    return found


def _write(rows: Rows) -> None:
    with connection.cursor() as cursor:
        _refuse_a_clock_gone_back(cursor, rows)
        cursor.executemany(
            "INSERT INTO record_payload (act_id, field, nonce, value) VALUES (%s, %s, %s, %s)", rows.payload
        )
        cursor.executemany(
            "INSERT INTO record_object (reference, n, st, sv, nonce, act_id) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (reference) DO UPDATE SET n = excluded.n, st = excluded.st, sv = excluded.sv,"
            " nonce = excluded.nonce, act_id = excluded.act_id",
            [(name, *values) for name, values in rows.objects.items()],
        )
        cursor.executemany("INSERT INTO record_touch (reference, act_id) VALUES (%s, %s)", rows.touches)
        cursor.executemany(
            "INSERT INTO record_intake (act_id, entry, entered_at) VALUES (%s, %s, %s)"
            " ON CONFLICT (act_id) DO NOTHING",
            rows.intake,
        )
        _refuse_a_second_time(cursor, rows)
    sequence.after_append()


def _refuse_a_clock_gone_back(cursor: Any, rows: Rows) -> None:
    cursor.execute("SELECT t_max FROM record_head WHERE id = 1")
    found = cursor.fetchone()
    latest = found[0] if found else 0
    for act_id, entry, now in rows.intake:
        if now < latest - CLOCK_TOLERANCE and json.loads(entry)["act"] != "record.correct_clock":
            raise ClockWentBack(
                f"The clock has gone back: it shows {now}, the record's latest time is {latest}. Act {act_id} was not "
                "done. Set the clock right, or enter record.correct_clock if the record's time is the wrong one."
            )


def _refuse_a_second_time(cursor: Any, rows: Rows) -> None:
    """Look after the insert, not before: a retry may have been sequenced meanwhile."""
    ids = [act_id for act_id, _, _ in rows.intake]
    if cursor.rowcount not in (-1, len(ids)) or len(set(ids)) != len(ids):
        raise AlreadyEntered(ids[0])
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        marks = ",".join(["%s"] * len(some))
        cursor.execute(f"SELECT act_id FROM record_entry WHERE act_id IN ({marks}) LIMIT 1", some)  # noqa: S608 - as above
        if found := cursor.fetchone():
            raise AlreadyEntered(found[0])


def known(act_id: str) -> bool:
    """Is an act of this id entered, sequenced or not?"""
    return entry_of(act_id) is not None


def entry_of(act_id: str) -> bytes | None:
    """The leaf bytes of this act, sequenced or still waiting; None when there is no such act."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry FROM record_entry WHERE act_id = %s UNION ALL SELECT entry FROM record_intake WHERE act_id = %s",
            [act_id, act_id],
        )
        found = cursor.fetchone()
    return bytes(found[0]) if found else None


def objects_of(act_id: str) -> list[str]:
    """The references of the rows which this act changed."""
    entry = entry_of(act_id)
    return [one["o"] for one in json.loads(entry)["obj"]] if entry else []
