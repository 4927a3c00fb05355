"""What each kind of work does. A room registers its handler; the queue calls it with one row at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """What the far side said. ``again_at`` comes from its own word wherever it gives one."""

    outcome: Outcome
    reason: str = ""
    far_id: str = ""
    again_at: datetime | None = None


Send = Callable[[Dispatch], Answer]
Reconcile = Callable[[Dispatch], Answer]


@dataclass(frozen=True, slots=True)
class Handler:
    """``send`` does the work. ``reconcile`` asks the far side whether it happened, and answers DONE, WAITING (it did
    not: it may be sent again) or UNCERTAIN (ask later). Without it an uncertain row becomes a person's duty."""

    send: Send
    reconcile: Reconcile | None = None


_handlers: dict[str, Handler] = {}


def register(what: str, send: Send, reconcile: Reconcile | None = None) -> None:
    if what in _handlers:
        raise ValueError(f"{what} has a handler already")
    _handlers[what] = Handler(send, reconcile)


def handler_of(what: str) -> Handler:
    """Raises KeyError for work that no room does."""
    return _handlers[what]
