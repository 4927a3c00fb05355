"""Cases 48, 49 and 51 on PostgreSQL: who sequences, when several could, and what stays behind when nobody did."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connection, transaction
from tests.cast import SYSTEM, Cast
from tests.record.kernel import marksman, soundness
from tests.record.kernel.instance import Instance, right_taken

from undersigned.people import acts
from undersigned.record import sequence
from undersigned.record.faults import WrongIsolation
from undersigned.record.models import Entry, Intake

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("postgresql"),
]

PATIENCE = 20.0
"""Seconds after which a thread that should have gone on is a fault."""


class Paused:
    """An act in a thread of its own, which stops when ``integrate`` has looked and before its right is given back."""

    def __init__(self) -> None:
        self.looked, self.go_on = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._act)

    def _act(self) -> None:
        try:
            marksman.watched(partial(acts.add_unit, by=SYSTEM, name="First"), self._pause)
        finally:
            connection.close()

    def _pause(self, line: marksman.Line, visit: int) -> None:
        if line == ("sequence.py", "integrate", 0) and not self.looked.is_set():
            self.looked.set()
            assert self.go_on.wait(PATIENCE)

    def __enter__(self) -> None:
        self.thread.start()
        assert self.looked.wait(PATIENCE)

    def __exit__(self, *args: object) -> None:
        self.go_on.set()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


def waiting() -> int:
    return Intake.objects.count()


def test_case_48_an_act_that_came_after_the_last_look_is_not_left_behind(cast: Cast) -> None:
    before = Entry.objects.count()
    with Paused():
        acts.add_unit(by=SYSTEM, name="Second")
        assert not Entry.objects.filter(act="unit.add", seq__gte=before + 1).exists()
        assert waiting() == 2, (
            "the second found the right taken and went away; the first looked too early to see it"
        )
    assert waiting() == 0
    assert Entry.objects.count() == before + 2
    assert soundness.faults() == []


def test_case_48_what_nobody_took_is_taken_by_the_sweep(cast: Cast) -> None:
    with right_taken(str(connection.settings_dict["NAME"])):
        acts.add_unit(by=SYSTEM, name="Left behind")
        assert sequence.sweep() == 0
        assert waiting() == 1
    assert sequence.sweep() == 1
    assert soundness.faults() == []


def test_case_49_integrate_refuses_repeatable_read(cast: Cast) -> None:
    with (
        pytest.raises(WrongIsolation, match="runs at repeatable read; it must run at read committed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        sequence.integrate()


def test_case_49_an_act_at_repeatable_read_waits_until_the_setting_is_mended(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """With a snapshot older than the right, two would take the same place; so nobody takes one."""
    before = Entry.objects.count()
    with at_repeatable_read(), caplog.at_level(logging.ERROR):
        acts.add_unit(by=SYSTEM, name="At a wrong setting")
    assert "must run at read committed" in caplog.text
    assert (waiting(), Entry.objects.count()) == (1, before)
    assert sequence.sweep() == 1
    assert soundness.faults() == []


@contextmanager
def at_repeatable_read() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_isolation = 'repeatable read'")
        yield
        cursor.execute("RESET default_transaction_isolation")


@pytest.mark.slow
def test_case_51_two_sweeps_and_two_writers_at_once_take_each_act_once(instance: Instance) -> None:
    with right_taken(instance.name):
        told = instance.begin("two-sweeps", 60)
        told.wait_for("stranded-are-there")
    (instance.home / "right-is-free").touch()
    report = told.finish()
    assert report["before"] > 60, "sixty acts were to wait for a sweep"
    assert set(report["ended"]) == {0}
    assert report["waiting"] == []
    assert report["faults"] == []
