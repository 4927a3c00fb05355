"""Claiming and settling rows: by conditional UPDATE, so that no two workers ever hold the same one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from undersigned.dispatch.handlers import Answer, handler_of
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import OPEN, SETTLED, Outcome

logger = logging.getLogger("undersigned.dispatch")

LEASE = timedelta(minutes=5)
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


def claim(now: datetime) -> Dispatch | None:
    """Take the lease of one due row; None when nothing is due. Rows whose lease ran out are offered again."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    due = Dispatch.objects.filter(free, outcome__in=OPEN, due_at__lte=now).order_by("due_at", "id")
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        row = due.first()
        if row is None:
            return None
        row.lease_until = now + LEASE
        taken = Dispatch.objects.filter(free, pk=row.pk, outcome=row.outcome).update(
            lease_until=row.lease_until, attempts=F("attempts") + 1
        )
    row.refresh_from_db()
    return row if taken else None


def work_one() -> bool:
    """Claim and do one row; answers whether there was one."""
    row = claim(timezone.now())
    if row is None:
        return False
    settle(row, _ask(row))
    return True


def _ask(row: Dispatch) -> Answer:
    """Send, unless an earlier attempt may have arrived: then only ask. A fault after sending is uncertain."""
    handler = handler_of(row.what)
    if row.sent_at is not None:
        return (
            handler.reconcile(row)
            if handler.reconcile
            else Answer(Outcome.FAILED, "interrupted after sending")
        )
    row.sent_at = timezone.now()
    row.save(update_fields=["sent_at"])
    try:
        return handler.send(row)
    except (
        Exception
    ) as fault:  # whatever broke after sending, the work may have arrived: uncertain, and logged
        logger.exception("dispatch.fault", extra={"task": row.what})
        return Answer(Outcome.UNCERTAIN, type(fault).__name__)


def settle(row: Dispatch, answer: Answer) -> None:
    """Write down what is known now, and when to look again if it is not settled."""
    now = timezone.now()
    outcome, reason = answer.outcome, answer.reason
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


def failed() -> int:
    """How many rows were given up: each is somebody's duty, never silence."""
    return Dispatch.objects.filter(outcome=Outcome.FAILED).count()
