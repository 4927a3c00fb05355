"""What calls teach about a connection: that it works, that it is lost, that the whole application is refused."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from undersigned.accounts.models import Connection, Liveness
from undersigned.accounts.states import ConnectionState
from undersigned.acts import System
from undersigned.acts.refusals import WrongState
from undersigned.networks.faults import OperatorsDuty, Reason, Refused

CALLER = System("connection.tokens")
OFTEN = timedelta(minutes=1)
"""A good call is noted no more often than this: a busy account would write a row for each post otherwise."""


def good(connection: Connection) -> None:
    """A call was answered."""
    now = timezone.now()
    stale = (
        Q(last_good_at=None) | Q(last_good_at__lt=now - OFTEN) | ~Q(last_error="") | ~Q(blocked_since=None)
    )
    rows = Liveness.objects.filter(stale, connection=connection)
    if rows.exists():  # without a write lock, which SQLite has but one of
        rows.update(last_good_at=now, last_error="", blocked_since=None)


def refused(connection: Connection, why: Refused) -> None:
    """A call was refused: note it where that is the connection's fault, or the application's, and not the post's."""
    rows = Liveness.objects.filter(connection=connection)
    if isinstance(why, OperatorsDuty):
        rows.filter(blocked_since=None).update(blocked_since=timezone.now())
        rows.update(last_error=why.words)
    elif why.reason is Reason.CONNECTION_LOST:
        rows.update(last_error=why.words)
        _lose(connection, why.words)


def _lose(connection: Connection, words: str) -> None:
    """Once, whoever comes first."""
    from undersigned.accounts.acts.connecting import lose

    current = Connection.objects.filter(pk=connection.pk, state=ConnectionState.LIVE).first()
    if current is None:
        return
    try:
        lose(by=CALLER, connection=current, reason=words)
    except WrongState:
        return  # lost or ended by somebody else in this very moment
