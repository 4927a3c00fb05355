"""Case 45: kill -9 at every line on which an act is entered, and at random moments; then start again."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.record.kernel.instance import Instance

ENTERING = {
    "DeclaredAct._do",
    "DeclaredAct.perform",
    "Scene.enter",
    "opened",
    "together",
    "_guard",
    "append",
    "in_bulk",
    "_write",
    "Bulk.gather",
    "Bulk.close",
    "after_append",
    "place",
}
ENTERING_ON = {
    "sqlite": {"SQLite.enter", "SQLite.place", "SQLite.counters"},
    "postgresql": {
        "PostgreSQL.enter",
        "PostgreSQL.take",
        "PostgreSQL.place",
        "PostgreSQL.waits",
        "combine",
        "integrate",
    },
}


@pytest.mark.slow
def test_case_45_killed_at_every_line_it_loses_doubles_and_invents_nothing(instance: Instance) -> None:
    told = instance.play("killed-at-every-line", "harrow falls")
    reached = {function for _, function, _ in told["lines"]}
    assert (ENTERING | ENTERING_ON[connection.vendor]) - reached == set()
    assert told["missed"] == [], "each of these processes was to die, and did not"
    assert len(told["lines"]) > 250
    assert told["wrong"] == []
    assert told["faults"] == []


@pytest.mark.slow
def test_case_45_killed_32_times_at_random_it_loses_doubles_and_invents_nothing(instance: Instance) -> None:
    told = instance.play("killed-at-random", 32, "harrow falls")
    assert told["killed"] == 32
    assert told["wrong"] == []
    assert told["faults"] == []
    assert len(told["order"]) > 64
