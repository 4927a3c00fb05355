"""``undersigned worker``: queue, rounds and tasks, until it is told to stop."""

from __future__ import annotations

import ctypes
import signal
import threading
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from undersigned.dispatch import engine, rounds
from undersigned.dispatch.tasks import run_tasks

ARENA_MAX = -8
IDLE_SECONDS = 0.5
"""What is due on an idle system leaves within a second."""


class Command(BaseCommand):
    help = "Do what leaves the building and what comes round: e-mail, checkpoints, sweeps, long imports."
    requires_system_checks = []  # the pages and their addresses are none of a worker's business, nor in its memory

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        _one_heap()
        self.check(tags=[Tags.database], databases=["default"])
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        self.stdout.write("worker: ready")
        calls = engine.inline() if once else engine.threaded()
        while not stop.is_set():
            close_old_connections()
            busy = rounds.make_due_rounds() + calls.step() + run_tasks()
            if once:
                calls.run_dry()
                return
            if not busy and not calls.under_way:
                stop.wait(IDLE_SECONDS)
        calls.finish()
        self.stdout.write("worker: stopped")


def _one_heap() -> None:
    """All threads share one heap, where the C library has such a setting (glibc, ``M_ARENA_MAX``): calls wait for the
    network and not for memory, and a heap for each of them would be kept for ever."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(ARENA_MAX, 1)
