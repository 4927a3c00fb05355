"""The record's statements on PostgreSQL.

Few rows go out as one text of several statements: one round trip, and each statement sees what was committed before
it began. Many rows go out by COPY. Against prepared statements, pipelines and ``unnest`` that was measured to take half
the time for one act and a quarter for a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import connection

from undersigned.record.faults import AlreadyEntered, HeadMoved, WrongIsolation
from undersigned.record.rows import Head, Placed, Rows, Waiting

if TYPE_CHECKING:
    import psycopg

LOCK = 0x756E64657273
"""The advisory lock that is the right to sequence."""
FEW = 16
"""Rows up to which one text is faster than COPY."""

PAYLOAD = "record_payload (act_id, field, nonce, value)"
STANDING = "record_object (reference, n, st, sv, nonce, act_id)"
TOUCH = "record_touch (reference, n, act_id)"
INTAKE = "record_intake (act_id, entry, entered_at)"
ENTRY = "record_entry (seq, intake, act_id, entry, leaf, act, t, capacity)"
TILE = "record_tile (level, idx, data)"
HEAD = "SELECT size, frontier, t_max FROM record_head WHERE id = 1"
KNOWN = "SELECT act_id FROM record_entry WHERE act_id = ANY(%s) LIMIT 1"
SUCCEED = (
    " ON CONFLICT (reference) DO UPDATE SET n = excluded.n, st = excluded.st, sv = excluded.sv,"
    " nonce = excluded.nonce, act_id = excluded.act_id"
)
GROW = " ON CONFLICT (level, idx) DO UPDATE SET data = record_tile.data || excluded.data"


class Result(NamedTuple):
    touched: int
    rows: list[Any]


class Script:
    """Statements that go out together."""

    def __init__(self, driver: psycopg.Connection[Any]) -> None:
        self._driver = driver
        self._statements: list[str] = []
        self._parameters: list[Any] = []

    def add(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        self._statements.append(statement)
        self._parameters += parameters

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]], conflict: str = "") -> None:
        """Many rows are written at once, before what waits in this script; not so where a conflict is settled."""
        if len(rows) > FEW and not conflict:
            self._copy(table, rows)
            return
        for start in range(0, len(rows), FEW):
            some = rows[start : start + FEW]
            marks = ",".join([f"({','.join(['%s'] * len(some[0]))})"] * len(some))
            values = [value for row in some for value in row]
            self.add(f"INSERT INTO {table} VALUES {marks}{conflict}", values)  # noqa: S608 - constants and placeholders

    def run(self) -> list[Result]:
        """What each statement answered."""
        import psycopg

        cursor = psycopg.ClientCursor(self._driver).execute("; ".join(self._statements), self._parameters)
        results = [_result(cursor)]
        while cursor.nextset():
            results.append(_result(cursor))
        return results

    def _copy(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with self._driver.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _result(cursor: psycopg.Cursor[Any]) -> Result:
    return Result(cursor.rowcount, cursor.fetchall() if cursor.description else [])


@contextmanager
def _script() -> Iterator[Script]:
    """A script on the connection of the open transaction, with its errors turned into Django's."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        yield Script(cast("psycopg.Connection[Any]", connection.connection))


@contextmanager
def _once(act_ids: list[str]) -> Iterator[None]:
    """Another process enters the same act at this moment: it was first."""
    import psycopg

    try:
        yield
    except psycopg.errors.UniqueViolation as twice:
        if twice.diag.table_name in {"record_intake", "record_payload"}:
            raise AlreadyEntered(act_ids[0]) from twice
        raise


class PostgreSQL:
    sequences_at_once = False

    def counters(self, references: Sequence[str]) -> dict[str, int]:
        """Locked in the order of their references, so that two acts never wait for one another."""
        with _script() as script:
            script.add(
                "SELECT reference, n FROM record_object WHERE reference = ANY(%s) ORDER BY reference FOR UPDATE",
                [list(references)],
            )
            return dict(script.run()[0].rows)

    def enter(self, rows: Rows) -> Head:
        act_ids = [row.act_id for row in rows.intakes]
        standings = rows.standings.values()
        with _script() as script, _once(act_ids):
            script.insert(INTAKE, rows.intakes)
            script.insert(PAYLOAD, rows.payloads)
            script.insert(TOUCH, rows.touches)
            script.insert(STANDING, [row for row in standings if row.n == 1])
            script.insert(STANDING, [row for row in standings if row.n > 1], SUCCEED)
            script.add(KNOWN, [act_ids])
            script.add(HEAD)
            *_, known, head = script.run()
        if known.rows:
            raise AlreadyEntered(known.rows[0][0])
        return _head(head)

    def take(self, most: int) -> tuple[Head, list[Waiting]] | None:
        with _script() as script:
            script.add(
                "SELECT pg_try_advisory_xact_lock(%s), current_setting('transaction_isolation')", [LOCK]
            )
            script.add(HEAD)
            script.add("SELECT id, act_id, entry FROM record_intake ORDER BY id LIMIT %s", [most])
            right, head, waiting = script.run()
        if not _is_free(*right.rows[0]):
            return None
        return _head(head), [Waiting(*row) for row in waiting.rows]

    def place(self, placed: Placed, before: Head) -> None:
        taken = [row.intake for row in placed.entries if row.intake is not None]
        with _script() as script:
            script.insert(ENTRY, placed.entries)
            script.add("DELETE FROM record_intake WHERE id = ANY(%s)", [taken])
            script.insert(TILE, [(*place, hashes) for place, hashes in placed.tiles.items()], GROW)
            if before.size:
                script.add(
                    "UPDATE record_head SET size = %s, frontier = %s, t_max = %s WHERE id = 1 AND size = %s",
                    [*placed.head, before.size],
                )
            else:
                script.add(
                    "INSERT INTO record_head (id, size, frontier, t_max) VALUES (1, %s, %s, %s) ON CONFLICT DO NOTHING",
                    placed.head,
                )
            *_, moved = script.run()
        if moved.touched != 1:
            raise HeadMoved(before.size)

    def waits(self) -> bool:
        with _script() as script:
            script.add("SELECT 1 FROM record_intake LIMIT 1")
            return bool(script.run()[0].rows)


def _head(found: Result) -> Head:
    return Head(*found.rows[0]) if found.rows else Head(0, b"", 0)


def _is_free(free: bool, isolation: str) -> bool:
    if isolation != "read committed":
        raise WrongIsolation(f"The connection runs at {isolation}; it must run at read committed.")
    return free
