"""What posts ask of people, by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Officer
from undersigned.acts.duty import Duty, by_date
from undersigned.acts.refusals import Words
from undersigned.people.states import Office
from undersigned.publishing.acts.scheduling import WINDOW
from undersigned.publishing.models import Case, Delivery, Post
from undersigned.publishing.queries.waiting import MOST, to_schedule, to_sign
from undersigned.publishing.states import CaseState, DeliveryState, PostState

A_BUSINESS_DAY = timedelta(days=1)
TO_LOOK_AFTER = timedelta(minutes=10)
"""Where reading has not told by then whether it is there, a person looks."""
NOT_PUBLISHED_FOR = timedelta(days=7)
"""How long a delivery that was refused or given up is asked about; after that its day has passed."""
REVIEWERS = (Office.HEAD_OF_COMMUNICATIONS, Office.MANAGING_DIRECTOR)


def duties_for(officer: Officer) -> list[Duty]:
    """Everything of this room that waits for this person, the most pressing first."""
    found = [
        *_to_sign(officer),
        *_returned(officer),
        *_to_schedule(officer),
        *_to_look(officer),
        *_not_published(officer),
        *_to_review(officer),
        *_cases(officer),
    ]
    return sorted(found, key=by_date)


def _on_post(
    post: Post, what: str, action: str, *, due: date | None, page: str = "publishing:post", weight: int = 4
) -> Duty:
    return Duty(
        what=what,
        subject=post.pk,
        subject_words=_named(post),
        page=page,
        action=action,
        due=due,
        weight=weight,
    )


def _named(post: Post) -> Words:
    return _("post %(name)s") % {"name": post}


def _to_sign(officer: Officer) -> Iterator[Duty]:
    for post in to_sign(officer):
        due = min(_day(post.not_before or post.state_since), _day(post.state_since + A_BUSINESS_DAY))
        yield _on_post(
            post,
            _("A post waits for your name"),
            _("Look and decide"),
            due=max(due, _day(post.state_since)),
            page="publishing:countersign",
        )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _returned(officer: Officer) -> Iterator[Duty]:
    mine = Post.objects.filter(author_id=officer.person, state=PostState.RETURNED)
    for post in mine.order_by("state_since")[:MOST]:
        due = _day(post.not_before or post.state_since + A_BUSINESS_DAY)
        yield _on_post(post, _("Your post was returned"), _("See what has to change"), due=due)


def _to_schedule(officer: Officer) -> Iterator[Duty]:
    for post in to_schedule(officer):
        due = _day(post.not_before or post.state_since)
        if post.held_since:
            due = _day(post.not_after or (post.not_before or post.held_since) + WINDOW)
            yield _on_post(post, _("A post is held"), _("Let it go or withdraw it"), due=due)
        else:
            yield _on_post(post, _("A countersigned post waits to be scheduled"), _("Schedule it"), due=due)


def _of(officer: Officer) -> Q:
    """Deliveries of one's own posts, and those on accounts that one keeps."""
    kept = Q(account__steward_id=officer.person) | Q(account__deputy_id=officer.person)
    return kept | Q(post__author_id=officer.person)


def _to_look(officer: Officer) -> Iterator[Duty]:
    long_ago = timezone.now() - TO_LOOK_AFTER
    rows = Delivery.objects.filter(_of(officer), state=DeliveryState.UNCERTAIN, sent_at__lt=long_ago)
    for one in rows.select_related("account").order_by("sent_at")[:MOST]:
        yield Duty(
            what=_("It may be live, and we cannot tell: please look"),
            subject=one.pk,
            subject_words=str(one.account),
            page="publishing:look",
            action=_("Look and say"),
            due=_day(one.sent_at or one.state_since),
            weight=8,
        )


def _not_published(officer: Officer) -> Iterator[Duty]:
    lately = timezone.now() - NOT_PUBLISHED_FOR
    ended = (DeliveryState.FAILED, DeliveryState.REFUSED)
    rows = Delivery.objects.filter(_of(officer), state__in=ended, settled_at__gt=lately)
    for one in rows.select_related("account").order_by("settled_at")[:MOST]:
        yield Duty(
            what=_("A post was not published"),
            subject=one.post_id,
            subject_words=str(one.account),
            page="publishing:post",
            action=_("See why"),
            due=_day(one.settled_at or one.state_since),
            weight=4,
        )


def _to_review(officer: Officer) -> Iterator[Duty]:
    if not any(capacity.office in REVIEWERS for capacity in officer.capacities):
        return
    waiting = Post.objects.filter(emergency=True, verdict="").exclude(author_id=officer.person)
    for post in waiting.order_by("made_at")[:MOST]:
        yield _on_post(
            post,
            _("An emergency post was sent without countersignature"),
            _("Review it"),
            due=_day(post.made_at + A_BUSINESS_DAY),
            page="publishing:review",
            weight=8,
        )


def _cases(officer: Officer) -> Iterator[Duty]:
    kept = Q(account__steward_id=officer.person) | Q(account__deputy_id=officer.person)
    rows = Case.objects.filter(kept, state=CaseState.OPEN).select_related("account")
    for case in rows.order_by("due_on", "pk")[:MOST]:
        yield Duty(
            what=_("On the network, and not by us: %(kind)s") % {"kind": case.get_case_kind_display()},
            subject=case.pk,
            subject_words=str(case.account),
            page="publishing:case",
            action=_("Settle it"),
            due=case.due_on,
            weight=4,
        )
