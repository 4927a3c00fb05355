"""Looking after connections that nothing is sent through: one call a day shows that they work (check P17).

A long-lived token is refreshed at four fifths of its life; a short-lived one when it is used, and never for its own
sake.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from undersigned.accounts.connecting import flow, tokens
from undersigned.accounts.models import Connection, Liveness
from undersigned.accounts.states import ConnectionState
from undersigned.dispatch import handlers, queue
from undersigned.dispatch.handlers import Answer, Call, Told
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome
from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.faults import Later, NetworkFault
from undersigned.networks.protocol import Can

WHAT = "connection.look"
HOURLY = 3600
UNSEEN = timedelta(hours=20)
"""Below the day for which a good call counts, so that no check expires while the worker runs."""
LONG_LIVED = timedelta(days=1)
GROWN_OLD = 0.8


def ask() -> int:
    """Queue a look at each connection that nobody has used lately or whose token grows old; answers how many."""
    flow.sweep()
    now, asked = timezone.now(), 0
    for connection in _live():
        if _unseen(connection.liveness, now) or grows_old(connection.liveness, now):
            key = f"look:{connection.pk}:{now:%Y%m%d%H}"
            queue.put(WHAT, key=key, payload={"connection": connection.pk})
            asked += 1
    return asked


def _live() -> QuerySet[Connection]:
    return Connection.objects.filter(state=ConnectionState.LIVE).select_related("liveness", "account")


def _unseen(stands: Liveness, now: datetime) -> bool:
    return stands.last_good_at is None or stands.last_good_at < now - UNSEEN


def grows_old(stands: Liveness, now: datetime) -> bool:
    """Has a long-lived token come to four fifths of its life?"""
    if stands.access_since is None or stands.access_until is None or stands.doubt_since is not None:
        return False
    life = stands.access_until - stands.access_since
    return life > LONG_LIVED and now - stands.access_since >= life * GROWN_OLD


class Looking:
    """Fills the port :class:`undersigned.dispatch.handlers.Journey`. Whatever it finds is noted with the connection."""

    def arm(self, row: Dispatch) -> Call | Answer:
        connection = _live().filter(pk=row.payload["connection"]).first()
        if connection is None or not spoken_with(connection.account.place):
            return Answer(Outcome.REFUSED, "nothing to look at any more")
        return lambda: look(connection)

    def look(self, row: Dispatch) -> Call | Answer:
        return self.arm(row)

    def settle(self, row: Dispatch, told: Told) -> Answer:
        """It comes round again in an hour, so what was not answered is not asked again before."""
        if told.fault is None:
            return Answer(Outcome.DONE)
        words = told.fault.words if isinstance(told.fault, NetworkFault) else type(told.fault).__name__
        return Answer(Outcome.REFUSED, words)


def look(connection: Connection) -> None:
    """Refresh what grows old, and make one call that shows whether it works. Raises what the network answers."""
    if grows_old(connection.liveness, timezone.now()):
        try:
            tokens.refresh_early(connection)
        except Later as not_now:
            Liveness.objects.filter(connection=connection).update(last_error=not_now.words)
    client = client_of(connection.account.place)
    if Can.READ_PROFILE in client.can:
        tokens.with_access(connection, client.profile)


def register() -> None:
    handlers.register_journey(WHAT, Looking())
