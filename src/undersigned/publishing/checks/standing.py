"""Checks of how things stand: accounts, grants, names, other posts, time, stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from undersigned.accounts.models import Grant
from undersigned.accounts.states import AccountState, ApprovalRule
from undersigned.networks.counting import normalised
from undersigned.networks.protocol import Blocks
from undersigned.publishing import approval, stops
from undersigned.publishing.checks.made import Check, Finding, Inspection
from undersigned.publishing.models import Delivery, PostVersion
from undersigned.publishing.states import DeliveryState

SAME_TEXT = timedelta(days=14)
SAME_HOUR = timedelta(hours=1)
NEARLY = 92.0
MOST_COMPARED = 200
FIRST_HOUR, LAST_HOUR = 7, 22


def accounts_live(look: Inspection) -> Iterator[Finding]:
    """D04: an account that is not live does not speak."""
    for account in look.accounts:
        if account.state != AccountState.LIVE:
            yield Finding(
                "D04",
                Blocks.BLOCKS,
                _("It is %(state)s, so nothing is posted there.") % {"state": account.get_state_display()},
                account,
            )


def somebody_can_sign(look: Inspection) -> Iterator[Finding]:
    """D06: an empty set of approvers lets nothing through."""
    for account in look.accounts:
        if account.approval_rule == ApprovalRule.NOT_CHOSEN:
            yield Finding("D06", Blocks.BLOCKS, _("Nobody has chosen yet who countersigns here."), account)
            continue
        if account.approval_rule in (ApprovalRule.ONE_OF, ApprovalRule.ANY_TWO):
            able = set(approval.could_ever_sign(account, look.author.person))
            if len(able) < len(approval.STEPS[account.approval_rule]):
                yield Finding(
                    "D06", Blocks.BLOCKS, _("Too few others hold a grant to countersign here."), account
                )


def grants_last(look: Inspection) -> Iterator[Finding]:
    """D05: the author's grant does not end before the post goes out."""
    day = timezone.localdate(look.goes_out)
    lasting = Grant.objects.current(day).filter(person_id=look.author.person, account__in=look.accounts)
    held = {one.account_id for one in lasting}
    for account in look.accounts:
        if account.pk not in held:
            yield Finding("D05", Blocks.BLOCKS, _("Your grant here ends before it goes out."), account)


def said_before(look: Inspection) -> Iterator[Finding]:
    """D07: the same or nearly the same text within two weeks; networks refuse it (X, Facebook, LinkedIn)."""
    recent = _recent(look)
    for account in look.accounts:
        text = normalised(look.content.on(account.pk).text)
        for posted, before in recent.get(account.pk, ()):
            if text and fuzz.ratio(text, before) > NEARLY:
                yield Finding(
                    "D07",
                    Blocks.WARNS,
                    _("Nearly the same was posted here on %(day)s.") % {"day": timezone.localdate(posted)},
                    account,
                )
                break


def same_hour(look: Inspection) -> Iterator[Finding]:
    """D08: another post on this account within the hour."""
    near = Q(not_before__gt=look.goes_out - SAME_HOUR, not_before__lt=look.goes_out + SAME_HOUR)
    found = _others(look).filter(near).values_list("account_id", flat=True).distinct()
    names = {one.pk: one for one in look.accounts}
    for name in found:
        yield Finding("D08", Blocks.WARNS, _("Another post goes out here within the hour."), names[name])


def _others(look: Inspection) -> QuerySet[Delivery]:
    others = Delivery.objects.filter(account__in=look.accounts).exclude(
        state__in=(DeliveryState.CANCELLED, DeliveryState.FAILED, DeliveryState.REFUSED)
    )
    return others.exclude(post=look.post) if look.post else others


def _recent(look: Inspection) -> dict[str, list[tuple[datetime, str]]]:
    """What was said on each account within two weeks, the newest first, in two questions to the database."""
    since = look.goes_out - SAME_TEXT
    rows = list(
        _others(look)
        .filter(not_before__gt=since)
        .order_by("-not_before")
        .values_list("account_id", "not_before", "post_id", "number")[:MOST_COMPARED]
    )
    versions = PostVersion.objects.filter(post_id__in={post for _account, _at, post, _number in rows})
    says = {(one.post_id, one.number): one.says for one in versions}
    found: dict[str, list[tuple[datetime, str]]] = {}
    for account, posted, post, number in rows:
        found.setdefault(account, []).append((posted, normalised(says[post, number].on(account).text)))
    return found


def time_is_good(look: Inspection) -> Iterator[Finding]:
    """D10: a time that has passed, or an hour that the clock skips or shows twice that night."""
    if look.not_before is None:
        return
    if look.not_before < look.now - timedelta(minutes=1):
        yield Finding(
            "D10", Blocks.WARNS, _("Its time has passed: it goes out as soon as it is countersigned.")
        )
    local = timezone.localtime(look.not_before)
    other = local.replace(fold=1 - local.fold)
    if other.utcoffset() != local.utcoffset():
        yield Finding(
            "D10", Blocks.WARNS, _("The clock changes in that hour, so that time comes twice or not at all.")
        )
    if not FIRST_HOUR <= local.hour < LAST_HOUR:
        yield Finding("D10", Blocks.WARNS, _("That is outside the hours in which somebody can answer."))


def nothing_stopped(look: Inspection) -> Iterator[Finding]:
    """D11: a stop is in force."""
    standing = stops.in_force()
    for account in look.accounts:
        if standing.holds(account):
            yield Finding("D11", Blocks.BLOCKS, _("Publishing is stopped here."), account)


CHECKS: tuple[Check, ...] = (
    accounts_live,
    somebody_can_sign,
    grants_last,
    said_before,
    same_hour,
    time_is_good,
    nothing_stopped,
)
