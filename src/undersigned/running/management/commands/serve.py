"""``undersigned serve``: answer web browsers on this machine. Put a proxy with TLS in front of it for others."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error
from django.core.management.base import BaseCommand, CommandError, CommandParser
from gunicorn.app.base import BaseApplication

from undersigned.running import state


class Server(BaseApplication):  # type: ignore[misc] # the library is untyped
    """One process with several threads: small in memory, and enough for a city hall."""

    def __init__(self, bind: str, threads: int, processes: int) -> None:
        self.choices = {
            "bind": bind,
            "workers": processes,
            "threads": threads,
            "worker_class": "gthread",
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "graceful_timeout": 10,
            "timeout": 60,
            "keepalive": 5,
            "max_requests": 0,
            "proc_name": "undersigned",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.choices.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from undersigned.wsgi import application

        return application


class Command(BaseCommand):
    help = "Answer web browsers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument("--processes", type=int, default=1)

    def handle(self, *args: Any, host: str, port: int, threads: int, processes: int, **options: Any) -> None:
        self.check(databases=["default"], fail_level=Error("").level)
        wanting = state.prevents_start()
        if wanting:
            raise CommandError("\n".join(wanting))
        self.stdout.write(f"Undersigned answers at http://{host}:{port} ({settings.HOME})")
        self.stdout.flush()
        Server(f"{host}:{port}", threads, processes).run()
