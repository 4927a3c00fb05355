"""What is stopped now: asked before every send, and by every page for its band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def in_force() -> InForce:
    return InForce(list(Stop.objects.filter(lifted_at__isnull=True).order_by("stopped_at")))
