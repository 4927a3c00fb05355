"""A post for many accounts: no act changes more rows than one entry of the record names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.publishing.desk import Desk
from undersigned.accounts.permissions import Preset
from undersigned.acts.refusals import Unfit
from undersigned.publishing import acts
from undersigned.publishing.acts.writing import MOST_ACCOUNTS
from undersigned.publishing.models import Delivery, Post

pytestmark = pytest.mark.django_db(transaction=True)


def accounts(desk: Desk, count: int) -> tuple[str, ...]:
    """Live accounts on which the author may write and the publisher may schedule."""
    found = [desk.account]
    for number in range(1, count):
        account = desk.stages.live(f"harrow{number}")
        desk.stages.grant(account, "Paula Sender", Preset.PUBLISHER)
        found.append(account)
    return tuple(one.pk for one in found)


def test_as_many_accounts_as_allowed_are_written_signed_and_scheduled_in_one_go(desk: Desk) -> None:
    names = accounts(desk, MOST_ACCOUNTS)
    post = acts.draft(
        by=desk.author, content=desk.content(accounts=names), not_before=timezone.now() + timedelta(hours=1)
    )
    post = acts.submit(by=desk.author, post=post, ticked=desk.warnings(post))
    post = acts.approve(by=desk.approver, post=post, digest=post.digest)
    post = acts.schedule(by=desk.publisher, post=post, digest=post.digest)
    assert Delivery.objects.filter(post=post).count() == MOST_ACCOUNTS
    post = acts.edit(
        by=desk.author, post=post, content=desk.content("Anew", accounts=names), seen=post.number
    )
    assert post.number == 2


def test_one_more_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(Unfit, match="at most"):
        acts.draft(
            by=desk.author,
            content=desk.content(accounts=[f"account:{n:016x}" for n in range(MOST_ACCOUNTS + 1)]),
        )
    assert not Post.objects.exists()
