"""The record's statements on SQLite, where one writer at a time holds the lock from its first statement on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from django.db import connection

from undersigned.record.faults import AlreadyEntered, HeadMoved
from undersigned.record.rows import Head, Placed, Rows, Waiting

MOST_PARAMETERS = 500


@contextmanager
def _driver() -> Iterator[sqlite3.Connection]:
    """The connection of the open transaction, with its errors turned into Django's."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        yield cast(sqlite3.Connection, connection.connection)


class SQLite:
    sequences_at_once = True

    def counters(self, references: Sequence[str]) -> dict[str, int]:
        with _driver() as driver:
            found = driver.execute(
                f"SELECT reference, n FROM record_object WHERE reference IN ({_marks(references)})",  # noqa: S608 - only question marks are formatted in
                references,
            )
            return dict(found)

    def enter(self, rows: Rows) -> Head:
        with _driver() as driver:
            _refuse_known(driver, [row.act_id for row in rows.intakes])
            driver.executemany(
                "INSERT INTO record_payload (act_id, field, nonce, value) VALUES (?, ?, ?, ?)", rows.payloads
            )
            driver.executemany(
                "INSERT INTO record_object (reference, n, st, sv, nonce, act_id) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (reference) DO UPDATE SET n = excluded.n, st = excluded.st, sv = excluded.sv,"
                " nonce = excluded.nonce, act_id = excluded.act_id",
                rows.standings.values(),
            )
            driver.executemany(
                "INSERT INTO record_touch (reference, n, act_id) VALUES (?, ?, ?)", rows.touches
            )
            return _head(driver)

    def take(self, most: int) -> tuple[Head, list[Waiting]]:
        with _driver() as driver:
            rows = driver.execute("SELECT id, act_id, entry FROM record_intake ORDER BY id LIMIT ?", [most])
            return _head(driver), [Waiting(*row) for row in rows]

    def place(self, placed: Placed, before: Head) -> None:
        with _driver() as driver:
            driver.executemany(
                "INSERT INTO record_entry (seq, intake, act_id, entry, leaf, act, t, capacity)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                placed.entries,
            )
            taken = [(row.intake,) for row in placed.entries if row.intake is not None]
            driver.executemany("DELETE FROM record_intake WHERE id = ?", taken)
            driver.executemany(
                "INSERT INTO record_tile (level, idx, data) VALUES (?, ?, ?) ON CONFLICT (level, idx)"
                # on SQLite the sum of two blobs is text
                " DO UPDATE SET data = CAST(record_tile.data || excluded.data AS BLOB)",
                [(*place, hashes) for place, hashes in placed.tiles.items()],
            )
            if before.size:
                moved = driver.execute(
                    "UPDATE record_head SET size = ?, frontier = ?, t_max = ? WHERE id = 1 AND size = ?",
                    [*placed.head, before.size],
                )
            else:
                moved = driver.execute(
                    "INSERT OR IGNORE INTO record_head (id, size, frontier, t_max) VALUES (1, ?, ?, ?)",
                    placed.head,
                )
            if moved.rowcount != 1:
                raise HeadMoved(before.size)

    def waits(self) -> bool:
        with _driver() as driver:
            return driver.execute("SELECT 1 FROM record_intake LIMIT 1").fetchone() is not None


def _head(driver: sqlite3.Connection) -> Head:
    found = driver.execute("SELECT size, frontier, t_max FROM record_head WHERE id = 1").fetchone()
    return Head(*found) if found else Head(0, b"", 0)


def _refuse_known(driver: sqlite3.Connection, act_ids: Sequence[str]) -> None:
    for start in range(0, len(act_ids), MOST_PARAMETERS):
        some = act_ids[start : start + MOST_PARAMETERS]
        found = driver.execute(
            f"SELECT act_id FROM record_entry WHERE act_id IN ({_marks(some)})",  # noqa: S608 - as above
            some,
        ).fetchone()
        if found:
            raise AlreadyEntered(found[0])


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
