"""What the components show: one small frozen value for each pattern of the design.

Views build these from their own rows and hand them to the tags of the same name in ``{% load ui %}``.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from undersigned.acts.refusals import Refused
from undersigned.ui import words
from undersigned.ui.words import Words


class Standing(enum.StrEnum):
    """How a thing stands. Each has a colour, a shape, and always a word."""

    WORKS = "works"
    WAITS = "waits"
    WRONG = "wrong"
    ASLEEP = "asleep"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS: dict[Standing, Promise] = {
    Standing.WORKS: _("Works"),
    Standing.WAITS: _("Waits"),
    Standing.WRONG: _("Wrong"),
    Standing.ASLEEP: _("Asleep"),
}


OPEN = _("Open")
NOTHING_CHANGED = _("Nothing was changed.")


@dataclass(frozen=True)
class Fact:
    """A line of a fact list: what is so, and who said so when. An empty value is shown as "not known"."""

    label: Words
    value: object = ""
    source: Words = ""
    at: dt.datetime | dt.date | None = None
    url: str = ""


@dataclass(frozen=True)
class TimelineAct:
    """One act as the timeline tells it: "Ingrid Solberg, head of communications, approved the grant"."""

    at: dt.datetime
    what: Words
    who: str
    capacity: str = ""
    countersigned_by: str = ""
    detail: Words = ""
    url: str = ""
    receipt_url: str = ""
    digest: str = ""


@dataclass(frozen=True)
class DutyRow:
    """What waits for a person, for what, by when, and the one button that leads on.

    ``post_url`` makes the button a form that does the act in place; ``url`` leads to the page that does it.
    """

    what: Words
    about: str = ""
    about_url: str = ""
    due: dt.date | None = None
    button: Words = OPEN
    url: str = ""
    post_url: str = ""

    @property
    def overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    @property
    def due_in_words(self) -> str:
        return words.due_in_words(self.due, timezone.localdate()) if self.due else ""


@dataclass(frozen=True)
class Refusal:
    """Which rule refused, why, who can help, what to do, and what was kept."""

    why: Words
    rule: str = ""
    helps: Sequence[Words] = ()
    do: Words = ""
    kept: Words = NOTHING_CHANGED

    @classmethod
    def of(cls, refused: Refused, helpers: Sequence[Words] = ()) -> Refusal:
        """``helpers`` are names with their offices, from the kernel's directory."""
        return cls(why=refused.says, rule=refused.rule, helps=helpers, do=refused.do)


@dataclass(frozen=True)
class Change:
    """One field of a difference, old and new."""

    label: Words
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Figure:
    """One number of the strip at the head of a list. ``url`` leads to the list of just those."""

    label: Words
    value: int
    url: str = ""
    standing: Standing | None = None


@dataclass(frozen=True)
class Progress:
    """How far long work has come. Numbers are rows; the rate is what was done since ``started_at``."""

    what: Words
    done: int
    total: int
    started_at: dt.datetime
    poll_url: str
    finished: bool = False
    seconds_between_polls: int = field(default=2)

    @property
    def percent(self) -> int:
        if self.finished:
            return 100
        return int(100 * self.done / self.total) if self.total else 0

    @property
    def rate(self) -> float:
        """Rows per second so far."""
        seconds = (timezone.now() - self.started_at).total_seconds()
        return self.done / seconds if seconds > 0 else 0.0

    @property
    def rate_in_words(self) -> str:
        return words.figures(round(self.rate)) if self.rate >= 1 else ""

    @property
    def left_in_words(self) -> str:
        """Empty as long as nothing can be said about it."""
        if self.finished or self.rate == 0 or self.done < 1:
            return ""
        return words.span_in_words((self.total - self.done) / self.rate)


@dataclass(frozen=True)
class Bar:
    """A row of a bar picture: a name, and how many stand how."""

    label: str
    parts: Sequence[tuple[Standing, int]]
    url: str = ""

    @property
    def total(self) -> int:
        return sum(number for _standing, number in self.parts)


@dataclass(frozen=True)
class Band:
    """A line across every page: everything is stopped, or this is practice."""

    standing: Standing
    says: Words
    url: str = ""
    link: Words = ""
