"""Telling a network that a token is not wanted any more.

The token is kept sealed until the network has answered, and destroyed then, whatever the answer was. A log-in that
other accounts hang on is left alone: some networks end everything that one person ever allowed.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from undersigned.accounts.connecting import tokens
from undersigned.accounts.connecting.applications import application_for
from undersigned.accounts.models import Connection
from undersigned.accounts.states import ConnectionState
from undersigned.dispatch import handlers, queue
from undersigned.dispatch.handlers import Answer, Call, Told
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome
from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.faults import Later, NetworkFault, Uncertain
from undersigned.networks.protocol import Holder
from undersigned.vault import keeping
from undersigned.vault.models import Secret

WHAT = "connection.revoke"
TO_REVOKE = "to revoke"


def later(connection: Connection) -> None:
    """Queue it, with the token put aside for that. Called within the act that ends the connection."""
    if not spoken_with(connection.account.place) or others_hang_on(connection):
        return
    try:
        keeping.keep(connection.pk, TO_REVOKE, keeping.opened(connection.pk, tokens.TOKENS))
    except Secret.DoesNotExist:
        return
    queue.put(WHAT, key=f"revoke:{connection.pk}"[:64], payload={"connection": connection.pk})


def others_hang_on(connection: Connection) -> bool:
    """Does another connection hang on this log-in through this application?"""
    holder = Holder(connection.holder_id, connection.holder_name)
    return hangs_on(connection.account.network, holder, connection.application, but=connection.pk)


def hangs_on(network: str, holder: Holder, application: str, *, but: str = "") -> bool:
    """Is there a connection on this network that hangs on this log-in through this application?"""
    standing = Connection.objects.exclude(state=ConnectionState.ENDED).exclude(pk=but)
    found = standing.filter(
        account__network=network, holder_id=holder.id[:200], application=application[:200]
    )
    return found.exists()


class Revoking:
    """Fills the port :class:`undersigned.dispatch.handlers.Journey`. Repeating it does no harm."""

    def arm(self, row: Dispatch) -> Call | Answer:
        connection = _connection(row)
        try:
            token = tokens.read(keeping.opened(connection.pk, TO_REVOKE))
        except Secret.DoesNotExist:
            return Answer(Outcome.REFUSED, "nothing to revoke any more")
        application, client = application_for(connection), client_of(connection.account.place)
        return lambda: client.revoked(application, token, connection.server)

    def look(self, row: Dispatch) -> Call | Answer:
        return self.arm(row)

    def settle(self, row: Dispatch, told: Told) -> Answer:
        again = isinstance(told.fault, Later | Uncertain) and row.attempts < row.most_attempts
        if again:
            until = told.fault.until if isinstance(told.fault, Later) else None
            return Answer(Outcome.LATER, "not answered yet", again_at=until or timezone.now() + PAUSE)
        keeping.destroy(_connection(row).pk, TO_REVOKE)
        if told.fault is None:
            return Answer(Outcome.DONE)
        words = told.fault.words if isinstance(told.fault, NetworkFault) else type(told.fault).__name__
        return Answer(Outcome.REFUSED, words)


PAUSE = timedelta(minutes=10)


def _connection(row: Dispatch) -> Connection:
    return Connection.objects.select_related("account").get(pk=row.payload["connection"])


def register() -> None:
    handlers.register_journey(WHAT, Revoking())
