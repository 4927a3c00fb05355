"""Whether there is any reason to take a step now: what neither the act's rule nor its life cycle knows."""

from __future__ import annotations

from django.utils import timezone

from undersigned.accounts.queries.listing import REVIEW_AHEAD
from undersigned.accounts.queries.looking import Looked
from undersigned.accounts.queries.verifying import is_confirmed
from undersigned.accounts.states import ON_THE_NETWORK, AccountState, Origin


def always(looked: Looked) -> bool:
    return True


def never(looked: Looked) -> bool:
    return False


def assent_waits(looked: Looked) -> bool:
    return looked.account.assented_on is None and looked.account.approved_on is None


def approval_waits(looked: Looked) -> bool:
    account = looked.account
    return account.assented_on is not None and account.approved_on is None


def fell_asleep(looked: Looked) -> bool:
    return looked.dormancy.asleep


def nothing_keeps_it_shut(looked: Looked) -> bool:
    return not looked.setup_open and looked.account.origin != Origin.RESERVATION


def only_held(looked: Looked) -> bool:
    return looked.account.origin == Origin.RESERVATION


def is_missed(looked: Looked) -> bool:
    return looked.account.gone_since is not None


def somebody_is_missing(looked: Looked) -> bool:
    on_the_network = looked.account.state in ON_THE_NETWORK
    return on_the_network and not (looked.steward_here and looked.deputy_here)


def is_unconfirmed(looked: Looked) -> bool:
    return looked.account.state == AccountState.LIVE and not is_confirmed(looked.account)


def review_is_due(looked: Looked) -> bool:
    due = looked.account.next_review_by
    on_the_network = looked.account.state in ON_THE_NETWORK
    return on_the_network and due is not None and due <= timezone.localdate() + REVIEW_AHEAD
