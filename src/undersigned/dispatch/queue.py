"""Putting, claiming and settling rows: by conditional UPDATE, so that no two workers ever hold the same one."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from undersigned.dispatch.handlers import Answer
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import OPEN, SETTLED, Outcome

logger = logging.getLogger("undersigned.dispatch")

LEASE = timedelta(seconds=90)
"""How long a worker has a row without saying so again; after that it is taken for dead."""
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)


def put(
    what: str, *, key: str, payload: Mapping[str, object] | None = None, due_at: datetime | None = None
) -> Dispatch:
    """Queue one piece of work; a second time under the same key it answers with the first row."""
    row, _ = Dispatch.objects.get_or_create(
        idempotency_key=key,
        defaults={"what": what, "payload": payload or {}, "due_at": due_at or timezone.now()},
    )
    return row


def put_all(rows: Sequence[Dispatch]) -> None:
    """Queue many new pieces of work at once; their keys must be new."""
    Dispatch.objects.bulk_create(rows)


def claim(now: datetime, most: int = 1) -> list[Dispatch]:
    """Take the lease of rows that are due, the longest waiting first. Rows whose lease ran out are offered again."""
    if not _due(now).exists():
        return []  # without a write lock, which SQLite has but one of
    with transaction.atomic():
        due = _due(now).order_by("due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        rows = list(due[:most])
        held = Dispatch.objects.filter(pk__in=[row.pk for row in rows])
        held.update(lease_until=now + LEASE, attempts=F("attempts") + 1)
    for row in rows:
        row.lease_until, row.attempts = now + LEASE, row.attempts + 1
    return rows


def _due(now: datetime) -> QuerySet[Dispatch]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return Dispatch.objects.filter(free, outcome__in=OPEN, due_at__lte=now)


def renew(rows: Collection[int], now: datetime) -> None:
    """Say that these rows are still being worked on."""
    Dispatch.objects.filter(pk__in=rows).update(lease_until=now + LEASE)


def settle(row: Dispatch, answer: Answer) -> None:
    """Write down what is known now, and when to look again if it is not settled."""
    now = timezone.now()
    outcome, reason = answer.outcome, answer.reason
    row.attempts -= 0 if answer.counts else 1
    if outcome not in SETTLED and row.attempts >= row.most_attempts:
        outcome, reason = Outcome.FAILED, reason or "attempts exhausted"
    row.outcome, row.reason, row.far_id = outcome, reason[:500], answer.far_id
    row.lease_until = None
    row.settled_at = now if outcome in SETTLED else None
    if outcome in (Outcome.LATER, Outcome.WAITING):
        row.sent_at = None  # the far side's own word that nothing was done
    if outcome in OPEN:
        row.due_at = answer.again_at or now + _pause(row.attempts)
    row.save()
    logger.info("dispatch.settled", extra={"task": row.what, "status": outcome})


def _pause(attempts: int) -> timedelta:
    doubled: timedelta = FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 20))
    return min(doubled, LONGEST_PAUSE)


def next_due() -> datetime | None:
    """When the next row is due that nobody holds."""
    waiting = Dispatch.objects.filter(outcome__in=OPEN, lease_until__isnull=True)
    found: datetime | None = waiting.aggregate(due=Min("due_at"))["due"]
    return found


def failed() -> int:
    """How many rows were given up: each is somebody's duty, never silence."""
    return Dispatch.objects.filter(outcome=Outcome.FAILED).count()
