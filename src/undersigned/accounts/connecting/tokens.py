"""Tokens of connections: opened for one call, refreshed late, by one worker at a time (networks' rules, section 1.3).

A refresh is claimed by a conditional UPDATE, so that on either database no lock is held while the network is asked.
Whoever has the claim reads again before asking; whoever comes second waits, reads again, and uses what the first one
got. Nothing here may run within a transaction: what was written must be committed before the network is asked.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from undersigned.accounts.connecting import noting
from undersigned.accounts.connecting.applications import application_for
from undersigned.accounts.models import Connection, Liveness
from undersigned.accounts.states import ConnectionState
from undersigned.networks.clients import client_of
from undersigned.networks.faults import Later, Reason, Refused, TokenExpired, Uncertain
from undersigned.networks.protocol import Access, Client, Token
from undersigned.vault import keeping
from undersigned.vault.models import Secret

TOKENS = "tokens"
SOON = timedelta(minutes=5)
LEASE = timedelta(seconds=60)
PATIENCE_SECONDS = 20.0
GLANCE_SECONDS = 0.05

T = TypeVar("T")


class InDoubt(Refused):
    """The answer to a refresh was lost, and the refresh token may be used up: it is not sent a second time."""

    def __init__(self) -> None:
        words = "the answer to the last refresh was lost; connect the account anew"
        super().__init__(Reason.CONNECTION_LOST, words)


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
    """The pair of tokens that was ``written``."""
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


def ends_at(token: Token) -> datetime | None:
    """When signing in again is the only way left; None where the network names no end."""
    return token.refresh_until if token.refresh else token.expires_at


def access_for(connection: Connection) -> Access:
    """What one call needs, with a token that lasts. Raises Refused(CONNECTION_LOST), OperatorsDuty and Later."""
    if connection.state != ConnectionState.LIVE:
        raise Refused(Reason.CONNECTION_LOST, "the connection is not live")
    token = _kept(connection)
    if token.refresh and _past(token, SOON):
        token = _in_time(connection, token)
    return Access(connection.network_id, token, application_for(connection), connection.server)


def with_access(connection: Connection, call: Callable[[Access], T]) -> T:
    """Make a call. When its token is no longer taken, refresh once and make it once more: nothing was done before.

    Raises what the call raises; a connection that the network no longer takes is marked lost first.
    """
    try:
        answer = _called(connection, call)
    except Refused as refused:
        noting.refused(connection, refused)
        raise
    noting.good(connection)
    return answer


def _called(connection: Connection, call: Callable[[Access], T]) -> T:
    access = access_for(connection)
    try:
        return call(access)
    except TokenExpired as expired:
        if not access.token.refresh:
            raise Refused(Reason.CONNECTION_LOST, expired.words or "the token is no longer taken") from None
    fresh = refreshed(connection, access.token)
    try:
        return call(replace(access, token=fresh))
    except TokenExpired as again:
        raise Refused(Reason.CONNECTION_LOST, again.words or "a fresh token is not taken either") from None


def refresh_early(connection: Connection) -> None:
    """Refresh a long-lived token before its end. Raises Refused and Later; one that cannot be refreshed is left."""
    token = _kept(connection)
    if not token.refresh:
        return
    try:
        _in_time(connection, token)
    except Refused as refused:
        noting.refused(connection, refused)
        raise


def _in_time(connection: Connection, token: Token) -> Token:
    """Refresh before the end. While that does not succeed, the token at hand serves for as long as it is taken."""
    try:
        return refreshed(connection, token)
    except (Later, InDoubt):
        if _past(token, timedelta()):
            raise
        return token


def _past(token: Token, ahead: timedelta) -> bool:
    return token.expires_at is not None and token.expires_at - timezone.now() <= ahead


def _kept(connection: Connection) -> Token:
    try:
        return read(keeping.opened(connection.pk, TOKENS))
    except Secret.DoesNotExist:
        raise Refused(Reason.CONNECTION_LOST, "the connection was ended") from None


def refreshed(connection: Connection, old: Token) -> Token:
    """A fresh token for this one, from the network or from whoever was faster.

    Raises Later where that did not succeed, or somebody else is at it for too long; never Uncertain, for that would
    say of the caller's own call what is true of the refresh alone.
    """
    client = client_of(connection.account.place)
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        lease = _claimed(connection, client)
        now = _kept(connection)
        if now.access != old.access and not _past(now, timedelta()):
            _release(connection, lease)
            return now
        if lease:
            return _by_us(connection, client, now, lease)
        if time.monotonic() > until:
            raise Later("somebody else is refreshing the token")
        time.sleep(GLANCE_SECONDS)


def _claimed(connection: Connection, client: Client) -> str:
    """The right to refresh, or nothing while somebody else has it.

    One whose holder died is taken over only where repeating does no harm; elsewhere it leaves a doubt. Raises InDoubt.
    """
    now, rows = timezone.now(), Liveness.objects.filter(connection=connection)
    stands = rows.get()
    if client.single_use_refresh and stands.lease_until and stands.lease_until < now:
        rows.filter(lease=stands.lease, doubt_since=None).update(doubt_since=now, lease_until=None)
        stands = rows.get()
    if client.single_use_refresh and stands.doubt_since:
        raise InDoubt
    if stands.lease_until and stands.lease_until >= now:
        return ""
    free = Q(lease_until=None) if client.single_use_refresh else Q(lease_until=None) | Q(lease_until__lt=now)
    lease = secrets.token_hex(8)
    with transaction.atomic(durable=True):
        taken = rows.filter(free, doubt_since=stands.doubt_since).update(lease=lease, lease_until=now + LEASE)
    return lease if taken else ""


def _release(connection: Connection, lease: str, **noted: object) -> None:
    if lease:
        Liveness.objects.filter(connection=connection, lease=lease).update(
            lease="", lease_until=None, **noted
        )


def _by_us(connection: Connection, client: Client, old: Token, lease: str) -> Token:
    try:
        fresh = _asked(connection, client, old)
    except Uncertain as lost:
        if client.single_use_refresh:
            _release(connection, lease, doubt_since=timezone.now(), last_error=lost.words)
            raise InDoubt from lost
        _release(connection, lease, last_error=lost.words)
        raise Later(lost.words) from lost
    except TokenExpired as gone:
        _release(connection, lease, last_error=gone.words)
        raise Refused(Reason.CONNECTION_LOST, gone.words) from gone
    except (Later, Refused) as fault:
        _release(connection, lease, last_error=fault.words)
        raise
    return _keep(connection, _whole(fresh, old), lease)


def _asked(connection: Connection, client: Client, old: Token) -> Token:
    """Ask the network; once more after a lost answer where it lets an old refresh token work for a while."""
    application = application_for(connection)
    try:
        return client.refreshed(application, old, connection.server)
    except Uncertain:
        if client.single_use_refresh:
            raise
    return client.refreshed(application, old, connection.server)


def _whole(fresh: Token, old: Token) -> Token:
    """What the answer leaves out stays as it was: a good refresh token is never put aside for none."""
    return Token(
        fresh.access,
        fresh.refresh or old.refresh,
        fresh.expires_at,
        fresh.refresh_until or old.refresh_until,
        fresh.scopes or old.scopes,
    )


def _keep(connection: Connection, token: Token, lease: str) -> Token:
    """Write the pair and commit, while the lease is ours. Else somebody took it over, or ended the connection."""
    with transaction.atomic(durable=True):
        ours = Liveness.objects.filter(connection=connection, lease=lease).update(
            lease="",
            lease_until=None,
            doubt_since=None,
            blocked_since=None,
            generation=F("generation") + 1,
            access_since=timezone.now(),
            access_until=token.expires_at,
            ends_at=ends_at(token),
            last_error="",
        )
        if ours:
            keeping.keep(connection.pk, TOKENS, written(token))
    return token if ours else _kept(connection)
