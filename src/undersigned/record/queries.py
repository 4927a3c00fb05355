"""Reads of the record that are used in more than one place."""

from __future__ import annotations

from django.db import connection


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


def size() -> int:
    """How many entries are sequenced."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size FROM record_head WHERE id = 1")
        found = cursor.fetchone()
    return int(found[0]) if found else 0
