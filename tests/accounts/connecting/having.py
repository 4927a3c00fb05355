"""Connections at the point of their life that a test is about."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.accounts.connecting.family import Family
from tests.accounts.stages import Stages

from undersigned.accounts import acts
from undersigned.accounts.connecting import tokens
from undersigned.accounts.models import Account, Connection
from undersigned.networks.protocol import Access, Holder, Place, SignedIn, Token
from undersigned.vault import keeping

KEEPER = Holder("7", "Keeper")


def connected(
    stages: Stages,
    far: Family,
    *,
    minutes: float | None = 120,
    account: Account | None = None,
    token: Token | None = None,
    holder: Holder = KEEPER,
) -> Connection:
    """As a sign-in leaves it, with an access token that ends in so many minutes."""
    account = account or stages.kept()
    until = None if minutes is None else timezone.now() + timedelta(minutes=minutes)
    given = token or far.token(until)
    return acts.authorise(
        by=stages.steward,
        account=account,
        signed_in=SignedIn(given, holder, ()),
        place=Place(account.network_id or "4711", account.handle, "Harrow Falls"),
        asked=("read", "write"),
        server="",
        application="the-city",
    )


def fresh(connection: Connection) -> Connection:
    return Connection.objects.select_related("account", "liveness").get(pk=connection.pk)


def kept(connection: Connection) -> Token:
    """The pair that the vault has now."""
    return tokens.read(keeping.opened(connection.pk, tokens.TOKENS))


def used(access: Access) -> str:
    """A call that shows which token it was given."""
    return access.token.access
