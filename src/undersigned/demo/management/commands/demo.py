"""``undersigned demo``: make the invented city unless it is there, and show it."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from undersigned.demo import city, signins
from undersigned.demo.invented import CITY
from undersigned.demo.processes import Ended, Family

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Make the invented city of Harrow Falls unless it is there, start web and worker, and say who can sign in."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--make-only", action="store_true", help="make the city and start nothing")
        parser.add_argument("--code", metavar="EMAIL", help="print somebody's six digits of now, and end")

    def handle(self, *args: Any, port: int, make_only: bool, code: str | None, **options: Any) -> None:
        if code:
            self.stdout.write(_code_of(code))
            return
        if not make_only:
            _refuse_a_taken_port(port)
        address = f"http://localhost:{port}"
        self._make(address)
        if not make_only:
            self._show(port, address)

    def _make(self, address: str) -> None:
        """What is published while the city is made leads to the address at which it will be shown."""
        settings.BASE_ADDRESS, settings.PRACTICE = address, True
        if not city.is_there():
            self.stdout.write(_("Making %(city)s in %(folder)s …") % {"city": CITY, "folder": settings.HOME})
            self.stdout.flush()
        try:
            city.make()
        except city.SomebodyElse as other:
            raise CommandError(
                _("%(folder)s holds another city: %(name)s. It was left alone. Give the demonstration a folder of its "
                  "own: UNDERSIGNED_HOME=./var-demo undersigned demo")
                % {"folder": settings.HOME, "name": other}
            ) from None  # fmt: skip

    def _show(self, port: int, address: str) -> None:
        family = Family(city.folder(), _surroundings(address))
        stopped = _told_to_end()
        try:
            family.start("web", "serve", "--port", str(port))
            family.start("worker", "worker")
            family.wait_until_ready(f"http://127.0.0.1:{port}/health/ready")
            self._greet(address)
            while not stopped():
                family.check()
                if _enter_was_pressed():
                    self._codes()
        except Ended as ended:
            raise CommandError(_last_words(ended)) from None
        except TimeoutError:
            said = _("The web process did not answer within a minute. What it said: %(log)s")
            raise CommandError(said % {"log": family.log_of("web")}) from None
        finally:
            family.end()
        self.stdout.write(_("%(city)s rests. Start again with the same command.") % {"city": CITY})

    def _greet(self, address: str) -> None:
        self.stdout.write(_("%(city)s stands at %(address)s/") % {"city": CITY, "address": address})
        self.stdout.write("")
        self.stdout.write(_("Password of everybody: %(password)s") % {"password": signins.PASSWORD})
        self.stdout.write(
            _("Then six digits, which change every half minute: press Enter here for those of now,")
        )
        self.stdout.write(_("or ask in another terminal: undersigned demo --code ADDRESS"))
        self.stdout.write("")
        self._codes()
        self.stdout.write("")
        self.stdout.write(
            _("Without a sign-in: %(address)s/public/    End it: Ctrl-C") % {"address": address}
        )
        self.stdout.flush()

    def _codes(self) -> None:
        for one in signins.everybody():
            self.stdout.write(f"  {one.code}  {one.email:38} {one.title}: {one.about}")
        self.stdout.flush()


def _code_of(email: str) -> str:
    if email.lower() not in {one.email for one in signins.everybody()}:
        raise CommandError(
            _("Nobody in the demonstration signs in as %(email)s.") % {"email": email}, returncode=2
        )
    return signins.code_now(email)


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            said = _("Port %(port)d cannot be used: something answers there already. Nothing was started. Try another: "
                     "undersigned demo --port %(other)d")  # fmt: skip
            raise CommandError(said % {"port": port, "other": 8000 if port > 65_000 else port + 1}) from None


def _surroundings(address: str) -> dict[str, str]:
    return {
        **os.environ,
        "UNDERSIGNED_HOME": str(settings.HOME),
        "UNDERSIGNED_BASE_ADDRESS": address,
        "UNDERSIGNED_PRACTICE": "yes",
    }


def _told_to_end() -> Callable[[], bool]:
    told: list[int] = []
    for name in ENDINGS:
        signal.signal(name, lambda number, _frame: told.append(number))
    return lambda: bool(told)


def _enter_was_pressed() -> bool:
    """Waits half a second, watching the terminal if there is one."""
    watched = [sys.stdin] if sys.stdin.isatty() else []
    ready, _writes, _errors = select.select(watched, [], [], 0.5)
    return bool(ready and sys.stdin.readline())


def _last_words(ended: Ended) -> str:
    said = Path(ended.log).read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
    words = _("The %(name)s process has ended by itself. It said last (%(log)s):") % {
        "name": ended.name,
        "log": ended.log,
    }
    return "\n".join([words, *said])
