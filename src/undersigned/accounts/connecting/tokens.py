"""Tokens of connections: opened for one call, refreshed late, by one worker at a time (networks' rules, section 1.3).

A refresh is claimed by a conditional UPDATE, so that on either database no lock is held while the network is asked.
Whoever comes second waits, reads again, and uses the pair that the first one got.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from undersigned.accounts.models import Connection, Liveness
from undersigned.accounts.states import ConnectionState
from undersigned.acts import System
from undersigned.networks.clients import client_of
from undersigned.networks.configuration import application_of
from undersigned.networks.faults import Later, Reason, Refused, TokenExpired, Uncertain
from undersigned.networks.protocol import Access, Application, Client, Token
from undersigned.vault import keeping
from undersigned.vault.models import Secret

SECRETS, APPLICATION = "tokens", "application"
SOON = timedelta(minutes=5)
LEASE = timedelta(seconds=60)
PATIENCE_SECONDS = 20.0
CALLER = System("connection.tokens")

T = TypeVar("T")


def written(token: Token) -> str:
    """A pair of tokens as the vault keeps it."""
    return json.dumps(
        {
            "access": token.access,
            "refresh": token.refresh,
            "expires_at": _moment(token.expires_at),
            "refresh_until": _moment(token.refresh_until),
            "scopes": list(token.scopes),
        }
    )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def read(text: str) -> Token:
    kept = json.loads(text)
    return Token(
        kept["access"],
        kept["refresh"],
        _parsed(kept["expires_at"]),
        _parsed(kept["refresh_until"]),
        tuple(kept["scopes"]),
    )


def _parsed(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def application_for(connection: Connection) -> Application:
    """The city's application: from the settings, or the one registered with this server, whose secret is sealed."""
    network = connection.account.place
    try:
        return Application(*json.loads(keeping.opened(connection.pk, APPLICATION)))
    except Secret.DoesNotExist:
        return application_of(network) or Application("")


def access_for(connection: Connection) -> Access:
    """What one call needs, with a token that lasts. Raises Refused(CONNECTION_LOST) and Later."""
    if connection.state != ConnectionState.LIVE:
        raise Refused(Reason.CONNECTION_LOST, "the connection is not live")
    token = read(keeping.opened(connection.pk, SECRETS))
    if _ends_soon(token) and token.refresh:
        token = refreshed(connection, token)
    return Access(connection.network_id, token, application_for(connection), connection.server)


def _ends_soon(token: Token) -> bool:
    return token.expires_at is not None and token.expires_at - timezone.now() < SOON


def with_access(connection: Connection, call: Callable[[Access], T]) -> T:
    """Make a call. When its token is no longer taken, refresh once and make it once more: nothing was done before.

    Raises what the call raises; a connection that the network no longer takes is marked lost first.
    """
    try:
        access = access_for(connection)
        try:
            answer = call(access)
        except TokenExpired:
            if not access.token.refresh:
                raise Refused(Reason.CONNECTION_LOST, "the token is no longer taken") from None
            fresh = refreshed(connection, access.token)
            answer = call(Access(access.account, fresh, access.application, access.server))
    except TokenExpired as again:
        raise _lost(connection, Refused(Reason.CONNECTION_LOST, again.words)) from again
    except Refused as refused:
        raise _lost(connection, refused) from refused
    Liveness.objects.filter(connection=connection).update(last_good_at=timezone.now(), last_error="")
    return answer


def _lost(connection: Connection, refused: Refused) -> Refused:
    """Mark it lost where that is what the refusal says; once, whoever comes first."""
    if refused.reason is Reason.CONNECTION_LOST:
        from undersigned.accounts.acts.connecting import lose

        Liveness.objects.filter(connection=connection).update(last_error=refused.words)
        current = Connection.objects.filter(pk=connection.pk, state=ConnectionState.LIVE).first()
        if current is not None:
            lose(by=CALLER, connection=current, reason=refused.words)
    return refused


def refreshed(connection: Connection, old: Token) -> Token:
    """A fresh token for this one, from the network or from whoever was faster.

    Raises Later while somebody else is at it for too long, Uncertain when the answer was lost.
    """
    lease = secrets.token_hex(8)
    until = time.monotonic() + PATIENCE_SECONDS
    client = client_of(connection.account.place)
    while time.monotonic() < until:
        now = read(keeping.opened(connection.pk, SECRETS))
        if now.access != old.access and not _ends_soon(now):
            return now
        if _claimed(connection, client, lease):
            return _refreshed_by_us(connection, client, now, lease)
        time.sleep(0.05)
    raise Later("somebody else is refreshing the token")


def _claimed(connection: Connection, client: Client, lease: str) -> bool:
    """Take the right to refresh. One whose holder died is taken over only where repeating does no harm."""
    now = timezone.now()
    rows = Liveness.objects.filter(connection=connection)
    if client.single_use_refresh:
        rows.filter(lease_until__lt=now, doubt_since__isnull=True).update(doubt_since=now, lease_until=None)
        rows = rows.filter(doubt_since__isnull=True)
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    taken = rows.filter(free).update(lease=lease, lease_until=now + LEASE)
    if (
        not taken
        and client.single_use_refresh
        and Liveness.objects.filter(connection=connection, doubt_since__isnull=False)
    ):
        raise Refused(
            Reason.CONNECTION_LOST, "the answer to the last refresh was lost; connect the account anew"
        )
    return bool(taken)


def _refreshed_by_us(connection: Connection, client: Client, old: Token, lease: str) -> Token:
    try:
        fresh = client.refreshed(application_for(connection), old, connection.server)
    except Uncertain:
        doubt = {"doubt_since": timezone.now()} if client.single_use_refresh else {}
        Liveness.objects.filter(connection=connection, lease=lease).update(lease_until=None, **doubt)
        raise
    except (Later, Refused):
        Liveness.objects.filter(connection=connection, lease=lease).update(lease_until=None)
        raise
    kept = Token(
        fresh.access,
        fresh.refresh or old.refresh,
        fresh.expires_at,
        fresh.refresh_until or old.refresh_until,
        fresh.scopes or old.scopes,
    )
    with transaction.atomic():
        ours = Liveness.objects.filter(connection=connection, lease=lease).update(
            lease_until=None, lease="", generation=F("generation") + 1, access_until=kept.expires_at
        )
        if ours:
            keeping.keep(connection.pk, SECRETS, written(kept))
    return kept
