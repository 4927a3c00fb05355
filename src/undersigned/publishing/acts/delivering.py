"""What becomes of a delivery. Only the dispatch does these acts, but for the one where a person looks and says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Act, Actor, Fact, Officer, act, say
from undersigned.acts.refusals import Unfit
from undersigned.dispatch.models import Dispatch
from undersigned.publishing import rules
from undersigned.publishing.models import Delivery, Post
from undersigned.publishing.states import FINAL_DELIVERIES, DeliveryState, PostState

WHAT = "delivery"
"""The kind of dispatch row behind a delivery; its idempotency key is the delivery's."""

FACTS = {"account": Fact.REFERENCE, "post": Fact.REFERENCE}


@act(
    Act.DELIVERY_ARM,
    may=rules.is_system,
    on=Delivery,
    facts=FACTS | {"attempt": Fact.COUNT},
    commits=["form_digest", "watermark"],
)
def arm(*, by: Actor, delivery: Delivery, watermark: str, staged: Mapping[str, str]) -> Delivery:
    """Write down that it is about to be sent: what, after which post, with what prepared. Only then do bytes leave."""
    now = timezone.now()
    delivery.attempts += 1
    delivery.sent_at = delivery.state_since = now
    delivery.watermark, delivery.staged = watermark, json.dumps(dict(staged), sort_keys=True)
    delivery.again_at, delivery.looked_at, delivery.looks = None, None, 0
    delivery.save(
        update_fields=[
            "attempts", "sent_at", "state_since", "watermark", "staged", "again_at", "looked_at", "looks",
        ]
    )  # fmt: skip
    say(account=delivery.account_id, post=delivery.post_id, attempt=delivery.attempts)
    say(form_digest=delivery.form_digest, watermark=watermark)
    return delivery


@act(
    Act.DELIVERY_DELIVERED,
    may=rules.is_system,
    on=Delivery,
    facts=FACTS | {"network": Fact.WORD, "by_reading": Fact.FLAG},
    commits=["form_digest", "far_id", "url"],
)
def delivered(
    *, by: Actor, delivery: Delivery, far_id: str, url: str = "", by_reading: bool = False
) -> Delivery:
    """The network confirmed it and gave an id, or reading found it there."""
    delivery.far_id, delivery.url = far_id, url
    delivery.reason, delivery.words, delivery.again_at = "", "", None
    delivery.settled_at = delivery.state_since = timezone.now()
    if by_reading:
        delivery.seen_at = delivery.settled_at
    delivery.save(
        update_fields=["far_id", "url", "reason", "words", "again_at", "settled_at", "state_since", "seen_at"]
    )
    settle_post(delivery)
    say(account=delivery.account_id, post=delivery.post_id, network=delivery.account.network)
    say(form_digest=delivery.form_digest)
    return delivery


@act(
    Act.DELIVERY_SETTLE,
    may=rules.is_system,
    on=Delivery,
    facts=FACTS | {"outcome": Fact.WORD, "why": Fact.WORD},
    commits=["words"],
)
def settle_delivery(
    *,
    by: Actor,
    delivery: Delivery,
    outcome: DeliveryState,
    reason: str,
    words: str = "",
    again_at: datetime | None = None,
    looked: bool = False,
) -> Delivery:
    """Write down what is known where it is not *published*: waits, uncertain, refused, or given up."""
    now = timezone.now()
    delivery.state, delivery.state_since = outcome, now
    delivery.reason, delivery.words, delivery.again_at = reason[:40], words[:400], again_at
    if looked:
        delivery.looked_at, delivery.looks = now, delivery.looks + 1
    delivery.settled_at = now if outcome in (DeliveryState.REFUSED, DeliveryState.FAILED) else None
    delivery.save(
        update_fields=[
            "state", "state_since", "reason", "words", "again_at", "looked_at", "looks", "settled_at",
        ]
    )  # fmt: skip
    if delivery.settled_at:
        settle_post(delivery)
    say(account=delivery.account_id, post=delivery.post_id, why=reason[:40] or "none")
    return delivery


@act(
    Act.DELIVERY_DOUBT,
    may=rules.is_system,
    on=Delivery,
    facts=FACTS,
)
def doubt(*, by: Actor, delivery: Delivery) -> Delivery:
    """It was called published, and the network has not shown it for half an hour: look again, never in silence."""
    delivery.state_since, delivery.settled_at = timezone.now(), None
    delivery.reason = "not_shown"
    delivery.save(update_fields=["state_since", "settled_at", "reason"])
    say(account=delivery.account_id, post=delivery.post_id)
    return delivery


@act(
    Act.DELIVERY_ATTEST,
    may=rules.can_look,
    on=Delivery,
    facts=FACTS | {"there": Fact.FLAG},
    commits=["url", "note"],
)
def attest(*, by: Actor, delivery: Delivery, there: bool, url: str = "", note: str = "") -> Delivery:
    """Look on the network and say by name whether it is there; ``url`` is its address."""
    if not isinstance(by, Officer):
        raise TypeError("a person attests")
    if there and not url.startswith("https://"):
        raise Unfit(
            _("Paste the address of the post: it begins with https://."),
            rule="an_address",
            field="url",
            do=_("Nothing was kept."),
        )
    delivery.attested_by_id = by.person
    delivery.state_since = delivery.settled_at = timezone.now()
    delivery.state = DeliveryState.DONE if there else DeliveryState.FAILED
    delivery.url, delivery.reason = url, "" if there else "attested_not_there"
    delivery.words = note[:400]
    delivery.save(
        update_fields=["attested_by", "state_since", "settled_at", "state", "url", "reason", "words"]
    )
    settle_post(delivery)
    say(account=delivery.account_id, post=delivery.post_id)
    return delivery


def settle_post(delivery: Delivery) -> None:
    """Within an act on the last delivery of a post that comes to its end: so does the post."""
    others = Delivery.objects.filter(post_id=delivery.post_id).exclude(pk=delivery.pk)
    if others.exclude(state__in=FINAL_DELIVERIES).exists():
        return
    post = Post.objects.select_for_update(of=("self",)).get(pk=delivery.post_id)
    if post.state == PostState.SCHEDULED:
        post.state, post.state_since, post.state_reason = PostState.SETTLED, timezone.now(), ""
        post.save(update_fields=["state", "state_since", "state_reason"])


def call_back(post: Post) -> int:
    """Within an act on the post: withdraw every delivery that still waits; answers how many.

    A worker that holds one of them finds it withdrawn when it arms it, in the transaction that would send it.
    """
    waiting = list(post.deliveries.filter(state=DeliveryState.WAITING).select_for_update(of=("self",)))
    for delivery in waiting:
        delivery.state = DeliveryState.CANCELLED
        delivery.state_since = delivery.settled_at = timezone.now()
        delivery.save(update_fields=["state", "state_since", "settled_at"])
    keys = [one.key for one in waiting]
    Dispatch.objects.filter(idempotency_key__in=keys, lease_until__isnull=True).update(due_at=timezone.now())
    return len(waiting)
