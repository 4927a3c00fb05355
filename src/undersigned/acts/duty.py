"""Something that waits for a named person by a date. Rooms say what they ask; the desk lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from undersigned.acts.refusals import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """``what`` waits, about ``subject`` (a reference, or empty), said in ``subject_words``; ``how`` is the first step.

    ``due`` is the day by which it should be done; None where no rule sets one. ``page`` is the name of the route on
    which ``action`` (a verb: "Review") is done; its argument is the subject. ``weight`` orders what is due on one day:
    8 critical, 4 high, 2 medium, 1 low.
    """

    what: Words
    subject: str
    subject_words: Words
    page: str
    action: Words
    due: date | None = None
    how: Words = ""
    weight: int = 2
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the page on which it is done."""
        return reverse(self.page, args=[self.subject] if self.subject else [], query=dict(self.query) or None)


def by_date(duty: Duty) -> tuple[date, int, str]:
    """Overdue first, then by day, the weightier first; what has no day comes last."""
    return duty.due or date.max, -duty.weight, str(duty.subject_words)
