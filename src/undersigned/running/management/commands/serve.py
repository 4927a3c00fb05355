"""``undersigned serve``: answer web browsers on this machine. Put a proxy with TLS in front of it for others."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from undersigned.running import state

QUIET = {"log-level": "warning", "graceful-timeout": "10", "timeout": "60", "keep-alive": "5"}


class Command(BaseCommand):
    help = "Answer web browsers."
    requires_system_checks = []  # only what would lose acts is looked at here; ``doctor`` looks at everything

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--threads", type=int, default=3)
        parser.add_argument("--processes", type=int, default=1)

    def handle(self, *args: Any, host: str, port: int, threads: int, processes: int, **options: Any) -> None:
        self.check(tags=[Tags.database], databases=["default"])
        wanting = state.prevents_start()
        if wanting:
            raise CommandError("\n".join(wanting))
        self.stdout.write(f"Undersigned answers at http://{host}:{port} ({settings.HOME})")
        self.stdout.flush()
        _become_the_server(f"{host}:{port}", threads, processes)


def _become_the_server(bind: str, threads: int, processes: int) -> None:
    """Go on as the web server in this very process, which then holds nothing of what the checks had loaded.

    Its one worker process with several threads is small in memory, and enough for a city hall. The threads share one
    heap, because they take turns anyway: glibc's one for each of them (mallopt(3), M_ARENA_MAX) holds some 10 MB more.
    """
    words = [
        "--bind",
        bind,
        "--threads",
        str(threads),
        "--workers",
        str(processes),
        "--worker-class",
        "gthread",
    ]
    words += [word for name, value in QUIET.items() for word in (f"--{name}", value)]
    words += ["--no-control-socket", "undersigned.wsgi:application"]
    frugal = {"MALLOC_ARENA_MAX": "1", **os.environ}
    os.execve(sys.executable, [sys.executable, "-m", "gunicorn", *words], frugal)  # noqa: S606 - this very interpreter
