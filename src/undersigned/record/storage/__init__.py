"""The record's tables on each database: the few statements on which its speed and its order depend.

They go to the driver directly: an act has four of them, and Django's layers would cost more than the database does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from undersigned.record.rows import Head, Placed, Rows, Waiting
from undersigned.record.storage.postgresql import PostgreSQL
from undersigned.record.storage.sqlite import SQLite

AT_ONCE = 4096
"""Entries that are given their places in one transaction."""


class Storage(Protocol):
    sequences_at_once: bool
    """Whether the writer's lock is the right to sequence, so that entries never wait in the intake."""

    def counters(self, references: Sequence[str]) -> dict[str, int]:
        """The counters of these objects, locked to the end of the transaction; new objects are missing."""

    def enter(self, rows: Rows) -> Head:
        """Write the rows and answer the head. Raises AlreadyEntered for an act id that is there.

        The entries are in the intake afterwards, unless they are sequenced at once.
        """

    def take(self, most: int) -> tuple[Head, list[Waiting]] | None:
        """The head, and what is visible of the intake in order; None while somebody else holds the right to sequence.

        The right lasts to the end of the transaction.
        """

    def place(self, placed: Placed, before: Head) -> None:
        """Write what has found its place. Raises HeadMoved."""

    def waits(self) -> bool:
        """Is anything left in the intake?"""


_STORAGES: dict[str, Storage] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def storage() -> Storage:
    return _STORAGES[connection.vendor]
