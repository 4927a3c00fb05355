"""What each kind of work does. A room registers it; the engine drives it, many rows at a time.

Between a row and the far side lie three steps, because a process can die between any two of them: *arm* (what is
about to be done is committed), *call* (bytes leave, and no database is held), *settle* (what came of it is committed).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from django.utils import timezone

from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a row now. ``again_at`` comes from the far side's own word wherever it gives one.

    ``counts`` says whether this attempt is one of the few that a row has; waiting one's turn is none.
    """

    outcome: Outcome
    reason: str = ""
    far_id: str = ""
    again_at: datetime | None = None
    counts: bool = True


Call = Callable[[], object]
"""What leaves the building. Made in a thread of its own; it holds no transaction open, and raises what went wrong."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a call ended in: a value, or the exception it raised."""

    value: object = None
    fault: Exception | None = None


class Journey(Protocol):
    """One kind of work. Each method is called within a savepoint of its own in a transaction shared by many rows."""

    def arm(self, row: Dispatch) -> Call | Answer:
        """Check once more and write down what is about to be done; answers the call to make, or why none is made.

        Whoever's call must not be made twice sets ``row.sent_at``, which is committed before the call is made."""

    def look(self, row: Dispatch) -> Call | Answer:
        """For a row whose earlier call may have arrived (``sent_at`` is set): the call that reads the far side."""

    def settle(self, row: Dispatch, told: Told) -> Answer:
        """Write down what came of the call that ``arm`` or ``look`` gave."""


@runtime_checkable
class Gathers(Protocol):
    """A journey that reads at once what many rows share, before they are armed or settled one by one."""

    def gather(self, rows: Sequence[Dispatch]) -> None: ...


Send = Callable[[Dispatch], Answer]


@dataclass(frozen=True, slots=True)
class Plain:
    """A kind of work whose handler says by itself what came of it, such as e-mail.

    ``reconcile`` asks the far side whether it happened, and answers DONE, WAITING (it did not: it may be sent again)
    or UNCERTAIN (ask later). Without it an interrupted row becomes a person's duty.
    """

    send: Send
    reconcile: Send | None = None

    def arm(self, row: Dispatch) -> Call | Answer:
        row.sent_at = timezone.now()
        return lambda: self.send(row)

    def look(self, row: Dispatch) -> Call | Answer:
        reconcile = self.reconcile
        if reconcile is None:
            return Answer(Outcome.FAILED, "interrupted after sending")
        return lambda: reconcile(row)

    def settle(self, row: Dispatch, told: Told) -> Answer:
        """A fault after sending is uncertain: the work may have arrived."""
        if isinstance(told.value, Answer):
            return told.value
        return Answer(Outcome.UNCERTAIN, type(told.fault).__name__)


_journeys: dict[str, Journey] = {}


def register(what: str, send: Send, reconcile: Send | None = None) -> None:
    register_journey(what, Plain(send, reconcile))


def register_journey(what: str, journey: Journey) -> None:
    if what in _journeys:
        raise ValueError(f"{what} is done by somebody already")
    _journeys[what] = journey


def journey_of(what: str) -> Journey:
    """Raises KeyError for work that no room does."""
    return _journeys[what]


def known() -> Sequence[str]:
    return sorted(_journeys)
