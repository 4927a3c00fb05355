"""The web process and the worker as children of this one: they begin together and end together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 60.0
"""Seconds until a process that was started must answer."""
GRACE = 15.0
"""Seconds that a process has to end by itself."""
PR_SET_PDEATHSIG = 1
"""From Linux's prctl(2): the signal that a process gets when its parent dies, however it dies."""


class Ended(Exception):
    """A process ended by itself. ``log`` holds what it said last."""

    def __init__(self, name: str, log: Path) -> None:
        super().__init__(name)
        self.name, self.log = name, log


@dataclass
class Family:
    """``logs`` is the folder that holds what each process says; ``surroundings`` is their environment."""

    logs: Path
    surroundings: Mapping[str, str]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *words: str) -> None:
        """Run ``undersigned words…``. The child is out of reach of the terminal's Ctrl-C: it ends when told."""
        with self.log_of(name).open("wb") as log:
            self.children[name] = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "undersigned", *words],
                env=dict(self.surroundings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_ending_with(os.getpid()),
            )

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def wait_until_ready(self, address: str) -> None:
        """Raises :class:`Ended` when a process ends first, and TimeoutError."""
        until = time.monotonic() + PATIENCE
        while not _answers(address):
            self.check()
            if time.monotonic() > until:
                raise TimeoutError(address)
            time.sleep(0.02)

    def check(self) -> None:
        """Raises :class:`Ended` when one of them is no more."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise Ended(name, self.log_of(name))

    def end(self) -> None:
        """Tell all to end, and wait; who does not in time is killed."""
        for child in self.children.values():
            child.terminate()
        until = time.monotonic() + GRACE
        for child in self.children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - an address of our own
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _ending_with(parent: int) -> Callable[[], None] | None:
    """What the child does before it begins: ask to be told when its parent dies (Linux alone has that)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask
