"""What is stopped now: asked before every send, and by every page for its band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from undersigned.accounts.models import Account
from undersigned.publishing.models import Stop


@dataclass(frozen=True, slots=True)
class InForce:
    """The stops that are not lifted."""

    stops: Sequence[Stop]

    def holds(self, account: Account) -> bool:
        """Is this account stopped, by itself, with its unit, or with the whole city?"""
        return any(_covers(stop, account) for stop in self.stops)

    def everything(self) -> bool:
        return any(not stop.scope for stop in self.stops)


def _covers(stop: Stop, account: Account) -> bool:
    if account.pk in stop.except_for.split():
        return False
    above = account.unit.above if account.unit else ()
    return stop.scope in ("", account.pk, *above)


GATE = 0x756E64657273
"""PostgreSQL's advisory lock between those who send and those who stop. SQLite has one writer at a time anyway."""


def pass_the_gate(*, to_stop: bool = False) -> None:
    """Within a transaction: senders pass side by side; who stops waits for them, and they for who stops.

    So nothing is armed after a stop is committed that was looked up before it.
    """
    if connection.vendor == "postgresql":
        shared = "" if to_stop else "_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(%s)", [GATE])


def in_force() -> InForce:
    return InForce(list(Stop.objects.filter(lifted_at__isnull=True).order_by("stopped_at")))
