"""Processes of our own: forked from a program that has loaded the product and has no connection open."""

from __future__ import annotations

import json
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass
class Forked:
    """A process at work. Its answer comes through a pipe, so that a killed one answers nothing."""

    pid: int
    pipe: int

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> Ended:
        with os.fdopen(self.pipe) as pipe:
            said = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        return Ended(os.waitstatus_to_exitcode(status), json.loads(said) if said else None)


@dataclass(frozen=True)
class Ended:
    """How a process ended: negative for the signal that killed it."""

    status: int
    answer: Any

    @property
    def was_killed(self) -> bool:
        return self.status == -signal.SIGKILL


def fork(do: Callable[[], object]) -> Forked:
    """Do this in a process of its own."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Forked(pid, reading)
    os.close(reading)
    status = 1
    try:
        said = json.dumps(do())
        with os.fdopen(writing, "w") as pipe:
            pipe.write(said)
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it was is shown, and the process must end here
        traceback.print_exc()
    finally:
        os._exit(status)


def alone(do: Callable[[], object]) -> Any:
    """The answer of a process that must not fail."""
    ended = fork(do).wait()
    if ended.status:
        raise SystemExit(f"a process ended with {ended.status}")
    return ended.answer
