"""The worker ends at every line of the send path, one after the other: nothing goes out twice, nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.utils import timezone

import undersigned
from tests.publishing.clock import at
from tests.publishing.desk import Desk
from undersigned.publishing.models import Delivery, Post
from undersigned.publishing.states import DeliveryState

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

HOUSE = Path(undersigned.__path__[0])
SEND_PATH = tuple(
    str(HOUSE / one)
    for one in (
        "dispatch/engine.py",
        "dispatch/queue.py",
        "publishing/delivering",
        "publishing/acts/delivering.py",
    )
)
Line = tuple[str, int]
LATER = (100, 140, 240, 310, 370, 380, 1300, 1400)
"""Seconds after which somebody looks again: past the lease of a dead worker, then past five minutes, twice."""


class Ended(BaseException):
    """The worker is gone. No handler of faults may stop it, as none stops a kill."""


@contextmanager
def watched(see: Callable[[Line], None]) -> Iterator[None]:
    """Call ``see`` before each line of the send path."""

    def follow(frame: FrameType, event: str, _argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(SEND_PATH):
            return None
        if event == "line":
            see((frame.f_code.co_filename, frame.f_lineno))
        return follow

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        yield
    finally:
        sys.settrace(before)


def rehearsed(desk: Desk) -> list[Line]:
    """Every line that sending one post runs through, in the order in which each is first met."""
    met: dict[Line, None] = {}
    desk.scheduled("A rehearsal")
    with watched(lambda line: met.setdefault(line)):
        desk.run()
    return list(met)


def run_until(desk: Desk, line: Line) -> bool:
    """Let the worker run and end at this line; answers whether it came there."""

    def end(here: Line) -> None:
        if here == line:
            raise Ended

    try:
        with watched(end):
            desk.run()
    except Ended:
        return True
    return False


def look_again(desk: Desk) -> None:
    begun = timezone.now()
    for seconds in LATER:
        with at(begun + timedelta(seconds=seconds)):
            desk.run()


@pytest.mark.parametrize("dropped", [0, 1])
def test_ended_at_every_line_nothing_goes_out_twice_and_nothing_is_lost(desk: Desk, dropped: int) -> None:
    lines = rehearsed(desk)
    assert len(lines) > 80
    for number, line in enumerate(lines):
        text = f"Notice {number}, {'x' * (number % 7)} ended at {line[1]}"
        post = desk.scheduled(text)
        desk.wall.drops = dropped
        came = run_until(desk, line)
        look_again(desk)
        shown = [one for one in desk.wall.posts if one.text == text]
        delivery = Delivery.objects.get(post=post)
        assert (len(shown), delivery.state) == (1, DeliveryState.DONE), (line, came, delivery.reason)
        assert delivery.far_id == shown[0].id
    assert not Post.objects.exclude(state="settled").exists()
