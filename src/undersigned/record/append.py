"""Entering an act in the record, inside the act's own transaction (specification, sections 3 and 4)."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection

from undersigned.record import sequence
from undersigned.record.bulk import Bulk
from undersigned.record.faults import AlreadyEntered as AlreadyEntered
from undersigned.record.faults import ClockWentBack as ClockWentBack
from undersigned.record.faults import EntryTooLong as EntryTooLong
from undersigned.record.rows import Head, IntakeRow, PayloadRow, Rows, StandingRow
from undersigned.record.storage import storage
from undersigned.record.tlog import leaf

CLOCK_TOLERANCE = 120
"""Seconds by which the clock may stand behind the record's latest time before acts are refused."""


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


_bulk: ContextVar[Bulk | None] = ContextVar("bulk", default=None)


def append(draft: Draft) -> None:
    """Build the leaf of ``draft`` and enter it.

    Raises AlreadyEntered (a retry), ClockWentBack, EntryTooLong, and LeafError for a leaf outside its grammar.
    """
    bulk = _bulk.get()
    if bulk is None:
        _write(_rows_of(draft, {}))
    else:
        bulk.gather(_rows_of(draft, bulk.standings()))


@contextmanager
def in_bulk() -> Iterator[None]:
    """Write the entries of all acts inside at once, when the block ends. Must stand inside a transaction.

    What is gathered stays in memory: thousands of acts, not hundreds of thousands, belong in one block.
    """
    if _bulk.get() is not None:
        yield
        return
    bulk = Bulk()
    token = _bulk.set(bulk)
    try:
        yield
    finally:
        _bulk.reset(token)
    rows = bulk.close()
    if rows.intakes:
        _write(rows)


def _rows_of(draft: Draft, standings: dict[str, StandingRow]) -> Rows:
    """The rows of this act; ``standings`` are those which are not written yet."""
    rows = Rows()
    now = int(time.time())
    by = dict(draft.by)
    if draft.who is not None:
        by["who"] = _commit(draft.act_id, "who", draft.who, rows)
    entry = {
        "v": 1,
        "id": draft.act_id,
        "t": now,
        "act": draft.act,
        "by": by,
        "obj": _objects(draft, standings, rows),
        "fact": draft.facts,
        "c": {name: _commit(draft.act_id, name, value, rows) for name, value in draft.commits.items()},
        "law": draft.law,
    }
    rows.intakes.append(IntakeRow(draft.act_id, _encode(entry), now))
    return rows


def _encode(entry: dict[str, Any]) -> bytes:
    encoded = leaf.canonical(entry)
    if len(encoded) > leaf.LARGEST_WRITTEN:
        raise EntryTooLong(
            f"{entry['act']} would make an entry of {len(encoded)} bytes, and at most {leaf.LARGEST_WRITTEN} are "
            "written. Nothing was done; split the act into several."
        )
    leaf.match(encoded)
    return encoded


def _commit(act_id: str, name: str, value: Any, rows: Rows) -> str:
    nonce = os.urandom(leaf.NONCE_BYTES)
    rows.payloads.append(PayloadRow(act_id, name, nonce, leaf.canonical(value).decode()))
    return leaf.commit(name, nonce, value)


def _objects(draft: Draft, standings: dict[str, StandingRow], rows: Rows) -> list[dict[str, Any]]:
    touched = sorted(draft.objects, key=lambda one: one.reference)
    counters = _counters([one.reference for one in touched], standings)
    objects: list[dict[str, Any]] = []
    for one in touched:
        nonce = os.urandom(leaf.NONCE_BYTES)
        n = counters.get(one.reference, 0) + 1
        st = None if one.state is None else leaf.commit_state(one.reference, nonce, one.version, one.state)
        rows.standings[one.reference] = StandingRow(one.reference, n, st, one.version, nonce, draft.act_id)
        rows.touches.append((one.reference, n, draft.act_id))
        objects.append({"o": one.reference, "n": n, "st": st})
    return objects


def _counters(references: list[str], standings: dict[str, StandingRow]) -> dict[str, int]:
    found = {name: standings[name].n for name in references if name in standings}
    unwritten = [name for name in references if name not in found]
    return found | storage().counters(unwritten) if unwritten else found


def _write(rows: Rows) -> None:
    head = storage().enter(rows)
    _refuse_a_clock_gone_back(rows, head)
    sequence.after_append(rows, head)


def _refuse_a_clock_gone_back(rows: Rows, head: Head) -> None:
    for row in rows.intakes:
        if row.entered_at < head.t_max - CLOCK_TOLERANCE and not _corrects_the_clock(row.entry):
            raise ClockWentBack(row.entered_at, head.t_max)


def _corrects_the_clock(entry: bytes) -> bool:
    return bool(json.loads(entry)["act"] == "record.correct_clock")


def known(act_id: str) -> bool:
    """Is an act of this id entered, sequenced or not?"""
    return entry_of(act_id) is not None


def entry_of(act_id: str) -> bytes | None:
    """The leaf bytes of this act, sequenced or still waiting; None when there is no such act."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry FROM record_entry WHERE act_id = %s"
            " UNION ALL SELECT entry FROM record_intake WHERE act_id = %s",
            [act_id, act_id],
        )
        found = cursor.fetchone()
    return bytes(found[0]) if found else None


def objects_of(act_id: str) -> list[str]:
    """The references of the rows which this act changed."""
    entry = entry_of(act_id)
    return [one["o"] for one in json.loads(entry)["obj"]] if entry else []
