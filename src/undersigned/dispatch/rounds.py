"""What the worker does again and again: rooms register rounds with their period."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import close_old_connections

logger = logging.getLogger("undersigned.worker")


@dataclass(slots=True)
class Round:
    """``do`` is called every ``seconds``; it must be harmless to repeat and safe beside another worker."""

    name: str
    seconds: int
    do: Callable[[], object]
    next_at: float = field(default=0.0)


_rounds: dict[str, Round] = {}


def every(seconds: int, name: str, do: Callable[[], object]) -> None:
    """Register a round; the first is done when a worker starts."""
    _rounds[name] = Round(name, seconds, do)


def make_due_rounds() -> int:
    """Do each round that is due. A fault in one is logged and does not stop the others; it comes round again."""
    done = 0
    for one in sorted(_rounds.values(), key=lambda each: each.name):
        if time.monotonic() < one.next_at:
            continue
        one.next_at = time.monotonic() + one.seconds
        _make(one)
        done += 1
    return done


def _make(one: Round) -> None:
    close_old_connections()
    try:
        one.do()
    except Exception:  # one round's fault must not stop the others; it is logged and comes round again
        logger.exception("round.fault", extra={"task": one.name})
