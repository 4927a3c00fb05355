"""Stopping a program at one line of the product: to kill it there, or to let others run meanwhile."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import undersigned

PACKAGE = Path(undersigned.__file__).parent
WATCHED = {
    str(PACKAGE / name)
    for name in (
        "acts/declared.py",
        "acts/scene.py",
        "record/append.py",
        "record/bulk.py",
        "record/sequence.py",
        "record/storage/__init__.py",
        "record/storage/postgresql.py",
        "record/storage/sqlite.py",
    )
}

Line = tuple[str, str, int]
"""File, function, and line; line 0 is the function's return."""


@dataclass
class Watching:
    """Counts the visits of every line while it is the trace function, and calls ``at`` before each runs."""

    at: Callable[[Line, int], None] = lambda line, visit: None
    visits: Counter[Line] = field(default_factory=Counter)

    def __call__(self, frame: FrameType, event: str, arg: object) -> Any:
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event in {"line", "return"}:
            number = frame.f_lineno if event == "line" else 0
            line = (Path(frame.f_code.co_filename).name, frame.f_code.co_qualname, number)
            self.visits[line] += 1
            self.at(line, self.visits[line])
        return self


def watched(do: Callable[[], object], at: Callable[[Line, int], None] | None = None) -> Counter[Line]:
    """Do this while every line of the record's writing is watched; answers how often each was visited."""
    watching = Watching(at) if at else Watching()
    sys.settrace(watching)
    try:
        do()
    finally:
        sys.settrace(None)
    return watching.visits


def kill_at(line: Line, visit: int) -> Callable[[Line, int], None]:
    """kill -9 before this line runs for the ``visit``-th time: nothing is flushed, closed or rolled back."""

    def shoot(here: Line, count: int) -> None:
        if here == line and count == visit:
            os.kill(os.getpid(), signal.SIGKILL)

    return shoot
