"""The reader of one account: a row of the dispatch that comes round for as long as the account is connected.

It reads again the last two days each time, so that what was changed or taken away there is noticed; and it says so
when it could not read down to where it had come before.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from undersigned.accounts.connecting.tokens import with_access
from undersigned.accounts.models import Account, Connection
from undersigned.accounts.states import ConnectionState
from undersigned.acts import System
from undersigned.dispatch import queue
from undersigned.dispatch.handlers import Answer, Call, Told
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome
from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.faults import Later
from undersigned.networks.names import Network
from undersigned.networks.protocol import Can, Timeline
from undersigned.publishing.models import Reading, Sighting
from undersigned.publishing.reading import noticing

WHAT = "timeline"
CALLER = System("publishing.reader")
EVERY, QUIET_EVERY = timedelta(minutes=10), timedelta(hours=1)
IN_PRACTICE = timedelta(minutes=1)
"""Whoever practises waits for what comes of it, and no network's limit is spent."""
QUIET_AFTER = timedelta(days=14)
LOOK_BACK = timedelta(days=2)
MOST = 200


class TimelineJourney:
    """Fills the port :class:`undersigned.dispatch.handlers.Journey`. Reading may be repeated: nothing is uncertain."""

    def arm(self, row: Dispatch) -> Call | Answer:
        connection = _connection(row.payload["account"])
        if connection is None or Can.READ_TIMELINE not in client_of(connection.account.place).can:
            return _again(QUIET_EVERY, "not connected")
        client, after = client_of(connection.account.place), _from_where(connection.account)
        return lambda: with_access(connection, lambda access: client.timeline(access, after=after, most=MOST))

    def look(self, row: Dispatch) -> Call | Answer:
        return self.arm(row)

    def settle(self, row: Dispatch, told: Told) -> Answer:
        account = Account.objects.select_related("unit").get(pk=row.payload["account"])
        if isinstance(told.value, Timeline):
            noticing.notice(account, told.value, since=timezone.now() - LOOK_BACK)
            return _again(_period(account), "")
        return _could_not(account, told.fault)


def _connection(account: str) -> Connection | None:
    live = Connection.objects.filter(account_id=account, state=ConnectionState.LIVE)
    found = live.select_related("account").first()
    return found if found and spoken_with(found.account.place) else None


def _from_where(account: Account) -> str:
    """The newest post that is too old to be looked at again; empty before the first reading."""
    old = Sighting.objects.filter(account=account, made_at__lt=timezone.now() - LOOK_BACK)
    return old.order_by("-made_at").values_list("far_id", flat=True).first() or ""


def _period(account: Account) -> timedelta:
    if account.place is Network.PRACTICE:
        return IN_PRACTICE
    newest = (
        Sighting.objects.filter(account=account)
        .order_by("-made_at")
        .values_list("made_at", flat=True)
        .first()
    )
    quiet = newest is None or timezone.now() - newest > QUIET_AFTER
    return QUIET_EVERY if quiet else EVERY


def _could_not(account: Account, fault: Exception | None) -> Answer:
    """The blindness begins with the last good reading; the next good one ends it, or finds the gap."""
    reading = noticing.reading_of(account)
    Reading.objects.filter(pk=reading.pk).update(failures=min(reading.failures + 1, 1000))
    until = fault.until if isinstance(fault, Later) else None
    if until is not None:
        return Answer(Outcome.LATER, "slow down", again_at=max(until, timezone.now()), counts=False)
    return _again(EVERY, type(fault).__name__)


def _again(after: timedelta, reason: str) -> Answer:
    return Answer(Outcome.WAITING, reason, again_at=timezone.now() + after, counts=False)


def keep_readers() -> int:
    """Give each connected account its reader. Called every minute; answers how many are new."""
    connected = Connection.objects.filter(state=ConnectionState.LIVE).values_list("account_id", flat=True)
    keys = {f"{WHAT}:{account}": account for account in connected}
    there = Dispatch.objects.filter(idempotency_key__in=keys).values_list("idempotency_key", flat=True)
    for key in keys.keys() - set(there):
        queue.put(WHAT, key=key, payload={"account": keys[key]})
    return len(keys) - len(there)
