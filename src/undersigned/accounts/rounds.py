"""What the product does to accounts by itself, again and again: it finds what sleeps and ends what lapses."""

from __future__ import annotations

from django.utils import timezone

from undersigned.accounts import acts
from undersigned.accounts.acts.entering import LAPSES_AFTER
from undersigned.accounts.models import Account
from undersigned.accounts.posture import dormancy
from undersigned.accounts.queries import posture
from undersigned.accounts.states import AccountState
from undersigned.acts import System
from undersigned.acts.refusals import Refused

HOURLY = 3600


def mark_sleepers() -> int:
    """Mark as dormant every live account whose clock ran out; answers with how many."""
    now = timezone.now()
    live = list(Account.objects.filter(state=AccountState.LIVE).select_related("steward", "deputy", "unit"))
    clocks = {ref: known.facts.posts for ref, known in posture.known(live, now).items()}
    asleep = [account for account in live if dormancy.assess(clocks[account.pk], now).asleep]
    return sum(_mark(account) for account in asleep)


def _mark(account: Account) -> bool:
    """Somebody may have woken or closed it meanwhile; then there is nothing to mark."""
    try:
        acts.mark_dormant(by=System("sweep.dormancy"), account=account)
    except Refused:
        return False
    return True


def end_lapsed() -> int:
    """End requests and approvals with which nothing was done for 90 days; answers with how many."""
    waiting = Account.objects.filter(
        state__in=[AccountState.REQUESTED, AccountState.APPROVED],
        state_since__lte=timezone.now() - LAPSES_AFTER,
    )
    return sum(_lapse(account) for account in waiting)


def _lapse(account: Account) -> bool:
    try:
        acts.lapse(by=System("sweep.lapse"), account=account)
    except Refused:
        return False
    return True
