"""Writing down what became of a delivery, in the delivery's own words and in the dispatch's."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from undersigned.acts import System
from undersigned.dispatch.handlers import Answer
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome
from undersigned.networks.faults import Later, Reason
from undersigned.networks.protocol import Published
from undersigned.publishing import acts
from undersigned.publishing.delivering import pausing
from undersigned.publishing.models import Delivery, Post
from undersigned.publishing.states import DeliveryState

CALLER = System("publishing.delivery")
MOST_ATTEMPTS = 6
HELD_AGAIN = timedelta(minutes=1)
FIRST_LOOK = timedelta(seconds=5)
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=4)


def done(delivery: Delivery, published: Published, *, by_reading: bool = False) -> Answer:
    acts.delivered(
        by=CALLER, delivery=delivery, far_id=published.id, url=published.url, by_reading=by_reading
    )
    return Answer(Outcome.DONE, far_id=published.id[:200])


def refused(delivery: Delivery, reason: Reason, words: str) -> Answer:
    acts.settle_delivery(
        by=CALLER, delivery=delivery, outcome=DeliveryState.REFUSED, reason=reason.value, words=words
    )
    return Answer(Outcome.REFUSED, reason.value)


def failed(delivery: Delivery, reason: str, words: str) -> Answer:
    acts.settle_delivery(
        by=CALLER, delivery=delivery, outcome=DeliveryState.FAILED, reason=reason, words=words
    )
    return Answer(Outcome.FAILED, reason)


def later(row: Dispatch, delivery: Delivery, fault: Later) -> Answer:
    """Nothing was done there. Never earlier than the network says, never after the window."""
    now = timezone.now()
    if delivery.attempts >= MOST_ATTEMPTS and delivery.state == DeliveryState.ARMED:
        return failed(delivery, "attempts", fault.words)
    again = fault.until or now + _pause(row.attempts, asked=fault.words.startswith("429"))
    if again >= delivery.not_after:
        return failed(delivery, "window_passed", fault.words)
    if fault.until is not None:
        pausing.pause(delivery.account, fault.until)
    acts.settle_delivery(
        by=CALLER,
        delivery=delivery,
        outcome=DeliveryState.WAITING,
        reason="later",
        words=fault.words,
        again_at=again,
    )
    return Answer(Outcome.LATER, "later", again_at=again)


def _pause(attempts: int, *, asked: bool) -> timedelta:
    """15 minutes doubling to 4 hours where the network asked us to slow down; else from 5 seconds."""
    first = FIRST_PAUSE if asked else timedelta(seconds=5)
    doubled: timedelta = first * (1 << min(max(attempts - 1, 0), 12))
    return min(doubled, LONGEST_PAUSE)


def uncertain(delivery: Delivery, reason: str, words: str) -> Answer:
    """It may be live. It is read back from now on, and never sent again before that has told."""
    again = max((delivery.sent_at or timezone.now()) + FIRST_LOOK, timezone.now())
    acts.settle_delivery(
        by=CALLER,
        delivery=delivery,
        outcome=DeliveryState.UNCERTAIN,
        reason=reason,
        words=words,
        again_at=again,
    )
    return Answer(Outcome.UNCERTAIN, reason, again_at=again, counts=False)


def hold(delivery: Delivery, reason: str) -> Answer:
    """Something changed since it was countersigned: a person looks before anything leaves."""
    post = delivery.post
    if Post.objects.filter(pk=post.pk, held_since__isnull=True).exists():
        acts.hold(by=CALLER, post=post, reason=reason)
    again: datetime = min(timezone.now() + HELD_AGAIN, delivery.not_after)
    return Answer(Outcome.WAITING, reason, again_at=again, counts=False)
