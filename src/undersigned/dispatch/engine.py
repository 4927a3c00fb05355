"""The engine: claims what is due, arms it, lets the calls leave side by side, and settles what came of them.

Everything that touches the database happens in the thread that runs the engine, many rows in one transaction; only the
calls have threads. So one process serves many slow networks at once, and the record is written in bulk.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone

from undersigned.acts.scene import together
from undersigned.dispatch import queue
from undersigned.dispatch.handlers import Answer, Call, Gathers, Told, journey_of
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome

logger = logging.getLogger("undersigned.dispatch")

AT_ONCE = 48
"""Calls under way in one process."""
BATCH = 64
"""Rows armed or settled in one transaction."""
BREATH = 0.02
"""Seconds to wait for further answers before those that are here are settled, while many calls are under way."""
MANY = 8
AFTER_A_FAULT = timedelta(minutes=1)
RENEW_SECONDS = 20.0


T = TypeVar("T")


class Inline(Executor):
    """Makes each call at once, in the thread that asks."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def] # the base class's own signature
        future: Future[object] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@dataclass(slots=True)
class Engine:
    """One per process. ``executor`` makes the calls; ``at_once`` is how many it can have under way."""

    executor: Executor
    at_once: int
    make: Callable[[Call], Told]
    under_way: dict[Future[Told], Dispatch] = field(default_factory=dict)
    renewed: float = field(default_factory=time.monotonic)

    def step(self) -> int:
        """Let leave what is due, then settle what has come back; answers how many rows were moved."""
        return self._send_due() + self._settle_arrived()

    def run_dry(self, most: int = 10_000) -> int:
        """Go on until nothing is due and nothing under way, or ``most`` rows were moved; answers how many."""
        moved = 0
        while moved < most:
            step = self.step()
            if not step and not self.under_way:
                break
            moved += step
        return moved

    def finish(self) -> None:
        """Wait for the calls under way and settle them; nothing new leaves."""
        while self.under_way:
            self._settle_arrived()
        self.executor.shutdown()

    def _send_due(self) -> int:
        room = self.at_once - len(self.under_way)
        if room <= 0:
            return 0
        rows = queue.claim(timezone.now(), min(room, BATCH))
        for row, call in _arm(rows):
            self.under_way[self.executor.submit(self.make, call)] = row
        return len(rows)

    def _settle_arrived(self) -> int:
        self._renew()
        if not self.under_way:
            return 0
        done = wait(self.under_way, timeout=0.05, return_when=FIRST_COMPLETED).done
        if done and len(self.under_way) > MANY:
            time.sleep(BREATH)
            done = {future for future in self.under_way if future.done()}
        arrived = [(self.under_way.pop(future), future.result()) for future in list(done)[:BATCH]]
        if arrived:
            _settle(arrived)
        return len(arrived)

    def _renew(self) -> None:
        if self.under_way and time.monotonic() - self.renewed > RENEW_SECONDS:
            queue.renew([row.pk for row in self.under_way.values()], timezone.now())
            self.renewed = time.monotonic()


def threaded() -> Engine:
    """For the worker: many calls side by side."""
    return Engine(ThreadPoolExecutor(AT_ONCE, thread_name_prefix="call"), AT_ONCE, _made_apart)


def inline() -> Engine:
    """For commands and tests: one call after another, in this thread."""
    return Engine(Inline(), 1, _made)


def _made(call: Call) -> Told:
    """Make the call. Whatever it raises is what was told; the room says what that means."""
    try:
        return Told(call())
    except Exception as fault:  # noqa: BLE001 - the room says what it means; what it does not know is uncertain
        return Told(fault=fault)


def _made_apart(call: Call) -> Told:
    """The same in a thread of its own, which keeps no connection to the database after it."""
    try:
        return _made(call)
    finally:
        if connection.connection is not None:
            connection.close()


def _arm(rows: Sequence[Dispatch]) -> list[tuple[Dispatch, Call]]:
    """Arm these rows in one transaction; those that make no call are settled in it."""
    calls: list[tuple[Dispatch, Call]] = []
    if not rows:
        return calls
    with together():
        _gather(rows)
        for row in rows:
            ready = _within(row, partial(_ready, row), _nothing_sent)
            if isinstance(ready, Answer):
                queue.settle(row, ready)
            else:
                calls.append((row, ready))
    return calls


def _ready(row: Dispatch) -> Call | Answer:
    journey = journey_of(row.what)
    if row.sent_at is not None:
        return journey.look(row)
    ready = journey.arm(row)
    if not isinstance(ready, Answer):
        row.save(update_fields=["sent_at", "payload"])
    return ready


def _settle(arrived: Sequence[tuple[Dispatch, Told]]) -> None:
    with together():
        _gather([row for row, _told in arrived])
        for row, told in arrived:
            if told.fault is not None:
                logger.info("dispatch.fault", extra={"task": row.what, "status": type(told.fault).__name__})
            settled = partial(journey_of(row.what).settle, row, told)
            queue.settle(row, _within(row, settled, _in_doubt))


def _gather(rows: Sequence[Dispatch]) -> None:
    by_kind: dict[str, list[Dispatch]] = defaultdict(list)
    for row in rows:
        by_kind[row.what].append(row)
    for what, some in by_kind.items():
        journey = journey_of(what)
        if isinstance(journey, Gathers):
            journey.gather(some)


def _within(row: Dispatch, do: Callable[[], T], otherwise: Callable[[Dispatch, str], Answer]) -> T | Answer:
    """Do it within a savepoint: a fault in one row is logged and takes nothing of the others with it."""
    try:
        with transaction.atomic():
            return do()
    except (
        Exception
    ) as fault:  # a fault of ours in one row must not hold up the others, nor be taken for an answer
        logger.exception("dispatch.own_fault", extra={"task": row.what})
        return otherwise(row, type(fault).__name__)


def _nothing_sent(row: Dispatch, fault: str) -> Answer:
    row.refresh_from_db(fields=["sent_at", "payload"])
    outcome = Outcome.LATER if row.sent_at is None else Outcome.UNCERTAIN
    return Answer(outcome, fault, again_at=timezone.now() + AFTER_A_FAULT)


def _in_doubt(row: Dispatch, fault: str) -> Answer:
    return Answer(Outcome.UNCERTAIN, fault, again_at=timezone.now() + AFTER_A_FAULT)
