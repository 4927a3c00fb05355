"""Exceptions: a named person answers for a failed check until a day.

An exception silences the duty; it never raises the score. After its end the check is a failure like any
other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.sentence import Sentence

SHORT = timedelta(days=7)
LONG = timedelta(days=90)
SECOND_FACTOR = (CheckId.P03, CheckId.P04, CheckId.P05)
MOST_RENEWALS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureException:
    """One term of an exception. A renewal is a term of its own that counts those before it."""

    check: CheckId
    owner: str
    reason: str
    starts: datetime
    until: datetime
    countersigned_by: str
    renewals: int = 0


def longest(check: CheckId) -> timedelta:
    """How long one term may last: a second factor may be missing for a week, other failures for a quarter."""
    return SHORT if check in SECOND_FACTOR else LONG


def ends_at(exception: PostureException) -> datetime:
    """When the term ends, whatever date was written on it."""
    return min(exception.until, exception.starts + longest(exception.check))


def in_force(
    exceptions: Iterable[PostureException], check: CheckId, now: datetime
) -> PostureException | None:
    """The exception that silences this check now. One that breaks a rule silences nothing."""
    for exception in exceptions:
        if exception.check is check and exception.starts <= now < ends_at(exception) and _is_sound(exception):
            return exception
    return None


def refusal(proposed: PostureException, earlier: Sequence[PostureException]) -> Sentence | None:
    """Why this exception cannot be given, or None. `earlier` are those given before for the same account."""
    if not (proposed.owner and proposed.reason.strip()):
        return Sentence(_("An exception needs an owner and a reason. Nothing was kept; name both."))
    if proposed.until <= proposed.starts:
        return Sentence(_("An exception ends after it starts. Nothing was kept; choose a later day."))
    most = longest(proposed.check)
    if proposed.until - proposed.starts > most:
        return Sentence(
            _(
                "An exception from %(check)s lasts at most %(days)d days. Nothing was kept; choose an "
                "earlier end."
            ),
            {"check": proposed.check.value, "days": most.days},
        )
    if renewals_before(proposed, earlier) > MOST_RENEWALS:
        return Sentence(
            _(
                "The exception from %(check)s was renewed once already. Nothing was kept; mend what fails "
                "instead."
            ),
            {"check": proposed.check.value},
        )
    return None


def renewals_before(proposed: PostureException, earlier: Iterable[PostureException]) -> int:
    """How many terms lead up to this one. A pause shorter than a term does not begin a new count."""
    terms = sorted((one for one in earlier if one.check is proposed.check), key=ends_at, reverse=True)
    starts, count = proposed.starts, 0
    for term in terms:
        if starts - ends_at(term) > longest(term.check):
            break
        starts, count = term.starts, count + 1
    return count


def _is_sound(exception: PostureException) -> bool:
    countersigned = exception.countersigned_by not in ("", exception.owner)
    return bool(exception.owner) and countersigned and exception.renewals <= MOST_RENEWALS
