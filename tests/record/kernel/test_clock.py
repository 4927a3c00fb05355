"""Case 36: the clock steps back; acts are refused with the reason until the clock is corrected by an act."""

from __future__ import annotations

import time

import pytest
from django.core.management import call_command
from tests.cast import SYSTEM
from tests.record.conftest import Opened
from tests.record.kernel import soundness

from undersigned.people import acts
from undersigned.people.models import Unit
from undersigned.record.append import CLOCK_TOLERANCE
from undersigned.record.audit.report import Report
from undersigned.record.faults import ClockWentBack
from undersigned.record.models import Entry, Head
from undersigned.record.verify import verify

NOW = 1_900_000_000


class Clock:
    """The clock of this machine, which somebody sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shows = NOW
        monkeypatch.setattr(time, "time", lambda: float(self.shows))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_case_36_a_clock_within_its_tolerance_is_followed(clock: Clock, opened: Opened) -> None:
    acts.add_unit(by=SYSTEM, name="Parks")
    clock.shows = NOW - CLOCK_TOLERANCE
    acts.add_unit(by=SYSTEM, name="Library")
    assert Entry.objects.order_by("-seq")[0].t == NOW - CLOCK_TOLERANCE
    assert Head.objects.get().t_max == NOW
    assert soundness.faults() == []


def test_case_36_a_clock_gone_back_refuses_acts_with_the_reason(clock: Clock, opened: Opened) -> None:
    acts.add_unit(by=SYSTEM, name="Parks")
    clock.shows = NOW - CLOCK_TOLERANCE - 1
    with pytest.raises(ClockWentBack, match="The clock has gone back: it shows 2030-03-17T17:44:39") as told:
        acts.add_unit(by=SYSTEM, name="Library")
    assert "the latest time in the record is 2030-03-17T17:46:40" in str(told.value)
    assert "Nothing was done" in str(told.value)
    assert "record_clock" in str(told.value)
    assert not Unit.objects.filter(name="Library").exists()
    assert soundness.faults() == []


def test_case_36_after_the_correction_acts_go_on_and_the_verification_prints_it(
    clock: Clock, opened: Opened
) -> None:
    clock.shows = NOW + 86_400
    wrong = acts.add_unit(by=SYSTEM, name="Entered a day ahead")
    last = Entry.objects.order_by("-seq")[0].seq
    clock.shows = NOW + 60
    with pytest.raises(ClockWentBack):
        acts.add_unit(by=SYSTEM, name="Library")
    call_command("record_clock", first=last, last=last)
    acts.add_unit(by=SYSTEM, name="Library", parent=wrong)
    assert Head.objects.get().t_max == NOW + 60
    assert soundness.faults() == []
    report = Report()
    verify(report)
    assert report.sound, report.lines()
    assert any(line.startswith("NOTE") and "clock" in line for line in report.lines()), report.lines()
