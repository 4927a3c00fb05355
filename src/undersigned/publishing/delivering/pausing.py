"""Slowing down where a network asked for it: nothing else is sent there until then."""

from __future__ import annotations

from datetime import datetime

from undersigned.accounts.models import Account
from undersigned.publishing.models import Pause


def pause(account: Account, until: datetime) -> None:
    """The network asked this account to wait until then; an earlier pause never ends a later one."""
    row, made = Pause.objects.get_or_create(scope=account.pk, defaults={"until": until})
    if not made and row.until < until:
        Pause.objects.filter(pk=row.pk, until__lt=until).update(until=until)
