"""Giving entries their places in the tree: one function, run only by who holds the right to sequence."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from undersigned.record.rows import EntryRow, Head, Placed, Rows, Waiting
from undersigned.record.storage import AT_ONCE, storage
from undersigned.record.tlog import tree


def after_append(rows: Rows, head: Head) -> None:
    """On SQLite the writer's lock is the right to sequence; on PostgreSQL whoever commits takes it if it is free."""
    if storage().sequences_at_once:
        waiting = (Waiting(None, row.act_id, row.entry) for row in rows.intakes)
        storage().place(place(head, waiting), head)
    else:
        transaction.on_commit(combine, robust=True)


def combine() -> int:
    """Sequence everybody's intake while the right is free; answers how many entries found their places.

    Looks again after each release: looking before it would lose wake-ups.
    """
    done = 0
    while True:
        with transaction.atomic(durable=True):
            placed = integrate()
        if placed is None:
            return done
        done += placed
        if not storage().waits():
            return done


def sweep() -> int:
    """Sequence what a killed process left in the intake. Called every minute."""
    return combine()


def integrate() -> int | None:
    """Move what is visible of the intake into the tree; answers how many, or None without the right to sequence.

    Takes whatever is visible, never "what is newer than the last": identifiers commit out of order. Must stand in
    a transaction. Raises HeadMoved and WrongIsolation.
    """
    taken = storage().take(AT_ONCE)
    if taken is None:
        return None
    head, waiting = taken
    if waiting:
        storage().place(place(head, waiting), head)
    return len(waiting)


def place(head: Head, waiting: Iterable[Waiting]) -> Placed:
    """Grow the tree by these entries, in their order. The head is never kept in the process: savepoints roll back."""
    frontier = tree.Frontier.parse(head.size, bytes(head.frontier))
    entries: list[EntryRow] = []
    tiles: dict[tuple[int, int], list[bytes]] = defaultdict(list)
    t_max = head.t_max
    for intake, act_id, raw in waiting:
        entry = bytes(raw)
        said = json.loads(entry)
        hashed = tree.leaf_hash(entry)
        capacity = said["by"].get("as", "")
        entries.append(
            EntryRow(frontier.size, intake, act_id, entry, hashed, said["act"], said["t"], capacity)
        )
        t_max = said["t"] if said["act"] == "record.correct_clock" else max(t_max, said["t"])
        for closed in frontier.push(hashed):
            tiles[closed.level, closed.position >> tree.TILE_HEIGHT].append(closed.hash)
    grown = {where: b"".join(hashes) for where, hashes in tiles.items()}
    return Placed(entries, grown, Head(frontier.size, frontier.serialise(), t_max))
