"""Who has fallen silent, and since when.

The newest post that is known decides, whether it was sent from here or made on the network itself; never the
newest delivery. A seasonal account has months in which its clock stands.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.sentence import Sentence

ALL_MONTHS = frozenset(range(1, 13))


@dataclass(frozen=True, slots=True)
class Limits:
    """Ages, as the register's rules give them; a city may set others."""

    warn: timedelta = timedelta(days=90)
    dormant: timedelta = timedelta(days=180)
    retire: timedelta = timedelta(days=365)
    drill: timedelta = timedelta(days=365)


LIMITS = Limits()


class Wakefulness(StrEnum):
    AWAKE = "awake"
    WARNED = "warned"
    DORMANT = "dormant"
    TO_RETIRE = "to_retire"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostClock:
    """What the clock of an account runs on.

    `newest_post` counts whoever made it; an account that never posted is counted from `opened`.
    `still_months` (1 to 12, in the city's own `zone`) are those in which the clock stands. `dormant_since` is
    when the register took it for dormant, if it did.
    """

    newest_post: datetime | None = None
    opened: datetime | None = None
    still_months: frozenset[int] = frozenset()
    zone: tzinfo = UTC
    reserved: bool = False
    emergency: bool = False
    last_drill: datetime | None = None
    dormant_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dormancy:
    """How an account stands at an instant. The three dates are None where the clock never gets there."""

    wakefulness: Wakefulness
    says: Sentence
    counted_from: datetime | None = None
    warns_at: datetime | None = None
    sleeps_at: datetime | None = None
    retires_at: datetime | None = None

    @property
    def asleep(self) -> bool:
        return self.wakefulness in (Wakefulness.DORMANT, Wakefulness.TO_RETIRE)


def assess(clock: PostClock, now: datetime, limits: Limits = LIMITS) -> Dormancy:
    """How the account stands at `now`."""
    if exempt := _exempt(clock, now, limits):
        return exempt
    start = clock.newest_post or clock.opened
    if start is None:
        return Dormancy(
            wakefulness=Wakefulness.UNKNOWN, says=Sentence(_("No post of this account is known."))
        )
    warns_at = after(start, limits.warn, clock.still_months, clock.zone)
    sleeps_at = after(start, limits.dormant, clock.still_months, clock.zone)
    retires_at = _retires_at(start, sleeps_at, clock, limits)
    wakefulness = _wakefulness(now, warns_at, sleeps_at, retires_at)
    return Dormancy(
        wakefulness=wakefulness,
        counted_from=start,
        warns_at=warns_at,
        sleeps_at=sleeps_at,
        retires_at=retires_at,
        says=_says(clock, wakefulness, start, sleeps_at),
    )


def after(
    start: datetime, running: timedelta, still_months: Collection[int] = (), zone: tzinfo = UTC
) -> datetime | None:
    """The instant at which a clock started at `start` has run for `running`. None if it stands all year."""
    if not still_months:
        return start + running
    if set(still_months) >= ALL_MONTHS:
        return None
    instant = start.astimezone(zone)
    while True:
        month_ends = _next_month(instant)
        if instant.month not in still_months:
            left = month_ends.astimezone(UTC) - instant.astimezone(UTC)
            if running < left:
                return (instant.astimezone(UTC) + running).astimezone(zone)
            running -= left
        instant = month_ends


def _next_month(instant: datetime) -> datetime:
    days = monthrange(instant.year, instant.month)[1]
    midnight = instant.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=days)


def _exempt(clock: PostClock, now: datetime, limits: Limits) -> Dormancy | None:
    if clock.reserved:
        says = Sentence(_("The handle is only held: nothing has to be posted."))
        return Dormancy(wakefulness=Wakefulness.EXEMPT, says=says)
    drilled = clock.emergency and clock.last_drill is not None and now < clock.last_drill + limits.drill
    if not drilled:
        return None
    says = Sentence(_("An emergency account, last practised on %(day)s."), {"day": clock.last_drill})
    return Dormancy(wakefulness=Wakefulness.EXEMPT, says=says)


def _retires_at(
    start: datetime, sleeps_at: datetime | None, clock: PostClock, limits: Limits
) -> datetime | None:
    """A year in the dormant state if the register put it there since the last post, else a year asleep."""
    marked = clock.dormant_since
    since = marked if marked is not None and marked >= start else sleeps_at
    return None if since is None else since + limits.retire


def _wakefulness(
    now: datetime, warns_at: datetime | None, sleeps_at: datetime | None, retires_at: datetime | None
) -> Wakefulness:
    if sleeps_at is None or warns_at is None or now < warns_at:
        return Wakefulness.AWAKE
    if now < sleeps_at:
        return Wakefulness.WARNED
    return Wakefulness.TO_RETIRE if retires_at is not None and now >= retires_at else Wakefulness.DORMANT


SAYS = {
    Wakefulness.AWAKE: _("Last posted on %(last)s."),
    Wakefulness.WARNED: _("Last posted on %(last)s. Counts as dormant from %(sleeps)s."),
    Wakefulness.DORMANT: _("Dormant since %(sleeps)s: last posted on %(last)s."),
    Wakefulness.TO_RETIRE: _(
        "Dormant since %(sleeps)s: last posted on %(last)s. To be retired, unless it wakes."
    ),
}

SAYS_NEVER_POSTED = {
    Wakefulness.AWAKE: _("Opened on %(last)s; no post is known."),
    Wakefulness.WARNED: _("Opened on %(last)s; no post is known. Counts as dormant from %(sleeps)s."),
    Wakefulness.DORMANT: _("Dormant since %(sleeps)s: opened on %(last)s, and no post is known."),
    Wakefulness.TO_RETIRE: _(
        "Dormant since %(sleeps)s: opened on %(last)s, and no post is known. To be retired, unless it wakes."
    ),
}


def _says(
    clock: PostClock, wakefulness: Wakefulness, start: datetime, sleeps_at: datetime | None
) -> Sentence:
    words = SAYS if clock.newest_post else SAYS_NEVER_POSTED
    return Sentence(words[wakefulness], {"last": start, "sleeps": sleeps_at})
