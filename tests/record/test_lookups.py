"""What a page asks of later entries costs by how many of them there are, not by how long the record is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.record.conftest import Opened
from tests.record.test_publishing import grow_to

from undersigned.record import queries, sequels
from undersigned.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def plans(statements: list[str]) -> list[str]:
    """How the database would go about each; on PostgreSQL as it does with a table too long to be read whole."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
        found = []
        for statement in statements:
            cursor.execute(f"{explain} {statement}")
            found += [str(row[-1]) for row in cursor.fetchall()]
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = on")
    return found


def test_erasures_losses_and_denials_are_looked_up_by_an_index(opened: Opened) -> None:
    grow_to(300)
    receipt = queries.receipt(Entry.objects.get(seq=7).act_id)
    assert receipt is not None
    with CaptureQueriesContext(connection) as asked:
        sequels.erasures_of(receipt.act_id)
        sequels.loss_of(7)
        sequels.repudiation_of(receipt)
    steps = [step for step in plans([one["sql"] for one in asked.captured_queries]) if "record_entry" in step]
    assert len(steps) == 3
    assert all("record_entry_act" in step for step in steps), steps
