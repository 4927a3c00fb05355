"""Giving entries their places in the tree: one function, run only by who holds the right to sequence."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.db import connection, transaction

from undersigned.record.tlog import tree

LOCK = 0x756E64657273
"""The advisory lock (PostgreSQL) that is the right to sequence."""

AT_ONCE = 4096


class WrongIsolation(RuntimeError):
    """Sequencing needs READ COMMITTED: a snapshot older than the lock would number entries twice."""


class HeadMoved(RuntimeError):
    """Somebody else sequenced meanwhile, which the right to sequence excludes. Nothing was written."""


def after_append() -> None:
    """On SQLite the writer's lock is the right to sequence; on PostgreSQL whoever commits takes it if it is free."""
    if connection.vendor == "sqlite":
        while integrate() == AT_ONCE:
            pass
    else:
        transaction.on_commit(combine, robust=True)


def combine() -> int:
    """Sequence everybody's intake while the lock is free; answers how many entries found their places.

    Looks again after each release: looking before it would lose wake-ups.
    """
    done = 0
    while True:
        with transaction.atomic(durable=True):
            if not _try_lock():
                return done
            done += integrate()
        if not _waiting():
            return done


def sweep() -> int:
    """Sequence what a killed process left in the intake. Called every minute."""
    if connection.vendor == "sqlite":
        with transaction.atomic():
            return integrate()
    return combine()


def _try_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s), current_setting('transaction_isolation')", [LOCK]
        )
        free, isolation = cursor.fetchone()
    if isolation != "read committed":
        raise WrongIsolation(f"the connection runs at {isolation}; set it to read committed")
    return bool(free)


def _waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM record_intake LIMIT 1")
        return cursor.fetchone() is not None


def integrate() -> int:
    """Move at most ``AT_ONCE`` visible entries from the intake into the tree; answers how many.

    Takes whatever is visible, never "what is newer than the last": identifiers commit out of order.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, act_id, entry FROM record_intake ORDER BY id LIMIT {AT_ONCE}")
        rows = cursor.fetchall()
        if not rows:
            return 0
        size, frontier, t_max = _head(cursor)
        entries, tiles = [], defaultdict(list)
        for intake, act_id, raw in rows:
            entry = bytes(raw)
            said = json.loads(entry)
            hashed = tree.leaf_hash(entry)
            entries.append((frontier.size, intake, act_id, entry, hashed, said["act"], said["t"]))
            t_max = said["t"] if said["act"] == "record.correct_clock" else max(t_max, said["t"])
            for closed in frontier.push(hashed):
                tiles[closed.level, closed.position >> tree.TILE_HEIGHT].append(closed.hash)
        _insert(cursor, entries)
        _clear(cursor, [row[0] for row in rows])
        _grow(cursor, tiles)
        cursor.execute(
            "UPDATE record_head SET size = %s, frontier = %s, t_max = %s WHERE id = 1 AND size = %s",
            [frontier.size, frontier.serialise(), t_max, size],
        )
        if cursor.rowcount != 1:
            raise HeadMoved(f"the record had {size} entries when sequencing began and has no longer")
    return len(rows)


def _head(cursor: Any) -> tuple[int, tree.Frontier, int]:
    cursor.execute("SELECT size, frontier, t_max FROM record_head WHERE id = 1")
    found = cursor.fetchone()
    if found is None:
        cursor.execute("INSERT INTO record_head (id, size, frontier, t_max) VALUES (1, 0, %s, 0)", [b""])
        return 0, tree.Frontier(), 0
    size, frontier, t_max = found
    return size, tree.Frontier.parse(size, bytes(frontier)), t_max


def _insert(cursor: Any, entries: list[tuple[Any, ...]]) -> None:
    columns = "(seq, intake, act_id, entry, leaf, act, t)"
    if connection.vendor == "postgresql" and len(entries) > 1:
        cursor.execute(
            f"INSERT INTO record_entry {columns} SELECT * FROM unnest("  # noqa: S608 - constant text
            "%s::bigint[], %s::bigint[], %s::text[], %s::bytea[], %s::bytea[], %s::text[], %s::bigint[])",
            [list(column) for column in zip(*entries, strict=True)],
        )
    else:
        cursor.executemany(f"INSERT INTO record_entry {columns} VALUES (%s, %s, %s, %s, %s, %s, %s)", entries)  # noqa: S608 - as above


def _clear(cursor: Any, taken: list[int]) -> None:
    if connection.vendor == "postgresql":
        cursor.execute("DELETE FROM record_intake WHERE id = ANY(%s)", [taken])
    else:
        cursor.executemany("DELETE FROM record_intake WHERE id = %s", [(one,) for one in taken])


def _grow(cursor: Any, tiles: dict[tuple[int, int], list[bytes]]) -> None:
    for (level, index), hashes in tiles.items():
        joined = "record_tile.data || excluded.data"
        if connection.vendor == "sqlite":
            joined = f"CAST({joined} AS BLOB)"  # on SQLite the sum of two blobs is text
        cursor.execute(
            "INSERT INTO record_tile (level, idx, data) VALUES (%s, %s, %s)"
            f" ON CONFLICT (level, idx) DO UPDATE SET data = {joined}",
            [level, index, b"".join(hashes)],
        )
