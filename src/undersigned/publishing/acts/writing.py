"""What drafting and editing share: the accounts a post is for, and the people whose text it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.accounts.permissions import Permission
from undersigned.acts import Actor, Officer
from undersigned.acts.refusals import NotPermitted, Unfit
from undersigned.publishing import rules
from undersigned.publishing.content import Content
from undersigned.publishing.models import Assent, Medium, Post, Target
from undersigned.publishing.states import DeliveryState

MOST_ACCOUNTS = 10
"""An act changes at most 24 rows; each account of a post is one or two of them."""
MOST_ROWS = 24


def writer(by: Actor) -> Officer:
    """The person who acts, in a capacity."""
    if not isinstance(by, Officer) or by.capacity is None:
        raise TypeError("posts are written by a person in a capacity")
    return by


def accounts_for(by: Officer, content: Content) -> list[Account]:
    """The accounts that the content names. Refuses those on which this person has no grant to write."""
    asked = list(dict.fromkeys(content.accounts))
    if len(asked) > MOST_ACCOUNTS:
        raise Unfit(
            _("A post goes to at most %(most)d accounts; this one names %(n)d.")
            % {"most": MOST_ACCOUNTS, "n": len(asked)},
            rule="few_accounts",
            field="accounts",
            do=_("Write a second post for the others. Nothing was kept."),
        )
    found = {one.pk: one for one in Account.objects.filter(pk__in=asked).select_related("unit")}
    allowed = rules.permitted_on(by, Permission.POST_DRAFT)
    barred = [
        str(found[name]) if name in found else name
        for name in asked
        if name not in allowed or name not in found
    ]
    if barred:
        raise NotPermitted(
            _("You have no grant to write on %(accounts)s.") % {"accounts": ", ".join(barred)},
            rule="writes_on_all",
            do=_("Ask the account’s steward for a grant, or leave it out. Nothing was kept."),
        )
    return [found[name] for name in asked]


def must_have_media(content: Content) -> None:
    """Refuse pictures that are not there."""
    asked = {one.medium for one in content.pictures}
    if Medium.objects.filter(pk__in=asked).count() != len(asked):
        raise Unfit(
            _("One of the pictures is not there any more."),
            rule="media_there",
            field="pictures",
            do=_("Bring it again."),
        )


def retarget(post: Post, accounts: Sequence[Account]) -> None:
    """Keep one target row for each account that is or was meant."""
    wanted = {one.pk for one in accounts}
    there = {one.account_id: one for one in post.targets.all()}
    for name, target in there.items():
        if target.dropped is (name in wanted):
            target.dropped = name not in wanted
            target.save(update_fields=["dropped"])
    for name in wanted - there.keys():
        Target(post=post, account_id=name).save(force_insert=True)


def refuse_too_much(post: Post, accounts: Sequence[Account]) -> None:
    """Refuse an edit that would change more rows than one entry of the record names."""
    before = set(post.targets.filter(dropped=False).values_list("account_id", flat=True))
    moved = len(before ^ {one.pk for one in accounts})
    waiting = post.deliveries.filter(state=DeliveryState.WAITING).count()
    names = Assent.objects.filter(post=post, withdrawn_at__isnull=True, void_since__isnull=True).count()
    if 2 + moved + waiting + names > MOST_ROWS:
        raise Unfit(
            _("That changes too many accounts of a post that is on its way already."),
            rule="few_accounts",
            field="accounts",
            do=_("Withdraw it, and write a second post for the others. Nothing was changed."),
        )


def void_assents(post: Post) -> int:
    """Every name under this post is under other bytes now; answers how many stood there."""
    assents = list(Assent.objects.filter(post=post, withdrawn_at__isnull=True, void_since__isnull=True))
    for one in assents:
        one.void_since = timezone.now()
        one.save(update_fields=["void_since"])
    return len(assents)


def enters(post: Post, reason: str = "") -> None:
    """Note since when a post is in the state that its act leads to, and why."""
    post.state_since = timezone.now()
    post.state_reason = reason


STATE = ["state_since", "state_reason"]
