"""One instant, and short ways to say what is known at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from undersigned.accounts.posture.checks import BY_ID
from undersigned.accounts.posture.dormancy import PostClock
from undersigned.accounts.posture.evidence import (
    Acknowledgement,
    Evidence,
    IncidentCard,
    Keepers,
    OwnFacts,
    RegisterEntry,
    Reviews,
    Shown,
)
from undersigned.accounts.posture.exceptions import PostureException
from undersigned.accounts.posture.judging import Judgement, Known, judge
from undersigned.accounts.posture.kinds import Check, CheckId, EvidenceClass
from undersigned.networks.names import Network

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def seen(
    check: str,
    klass: str,
    shown: str = "pass",
    at: datetime = NOON,
    *,
    by: str = "alice",
    seconded_by: str = "",
    about: frozenset[str] = frozenset(),
) -> Evidence:
    return Evidence(
        check=CheckId(check),
        klass=EvidenceClass(klass),
        shown=Shown(shown),
        taken_at=at,
        by=by,
        seconded_by=seconded_by,
        about=about,
    )


def excepted(
    check: str, *, starts: datetime = NOON, until: datetime | None = None, renewals: int = 0
) -> PostureException:
    return PostureException(
        check=CheckId(check),
        owner="alice",
        reason="The key is in the post.",
        starts=starts,
        until=until or starts + days(7),
        countersigned_by="bob",
        renewals=renewals,
    )


def judged(
    check: str,
    network: Network,
    *evidence: Evidence,
    now: datetime = NOON,
    facts: OwnFacts | None = None,
    exceptions: tuple[PostureException, ...] = (),
) -> Judgement:
    known = Known(network=network, facts=facts or OwnFacts(), evidence=evidence, exceptions=exceptions)
    return judge(BY_ID[CheckId(check)], known, now)


def healthy(now: datetime = NOON) -> OwnFacts:
    """The books of an account of which everything is known and in order."""
    return OwnFacts(
        entry=RegisterEntry(creation_approved=True, confirmed_at=now),
        keepers=Keepers(steward="alice", deputy="bob", roster_read_at=now),
        posts=PostClock(newest_post=now),
        reviews=Reviews(review_due=now + days(365), access_review_due=now + days(90)),
        incident=IncidentCard(complete=True, last_drill=now),
        acknowledgement=Acknowledgement(policy_in_force=True),
    )


def all_evidence(network: Network, at: datetime = NOON) -> Iterator[Evidence]:
    """A pass from every source that any check has on a network."""
    for check in BY_ID.values():
        yield from _passes(check, network, at)


def _passes(check: Check, network: Network, at: datetime) -> Iterator[Evidence]:
    reading = check.readings.get(network)
    for source in reading.sources if reading else ():
        yield seen(check.id, source.klass, at=at)
