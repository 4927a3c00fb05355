"""Reading back what is uncertain (networks' rules, section 1.2): at 5 s, 30 s, 2, 5 and 6 minutes, then rarely.

Found once: done. Found twice: a person chooses. Not there in two complete readings at least five minutes after it was
sent: not there, so it may be sent again inside its window. Not readable: it stays uncertain, and somebody looks.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from django.utils import timezone

from undersigned.accounts.connecting.tokens import with_access
from undersigned.accounts.models import Connection
from undersigned.dispatch.handlers import Answer, Call
from undersigned.dispatch.states import Outcome
from undersigned.networks.clients import client_of
from undersigned.networks.counting import normalised
from undersigned.networks.faults import Later, NetworkFault, Reason
from undersigned.networks.protocol import Found, Published, Seen
from undersigned.publishing import acts, variants
from undersigned.publishing.delivering import settling
from undersigned.publishing.models import Delivery
from undersigned.publishing.states import CaseKind, DeliveryState

LOOKS = tuple(timedelta(seconds=one) for one in (5, 30, 120, 300, 361))
RARELY = timedelta(minutes=15)
SURE_AFTER = timedelta(minutes=5)
BEFORE_SENDING = timedelta(minutes=2)
COMPLETE, INCOMPLETE, DUPLICATE = "not_there", "not_read", "duplicate"


def reading_back(delivery: Delivery, connection: Connection) -> Call:
    """The call that reads the network for this delivery, from the watermark and from just before it was sent."""
    client = client_of(delivery.place)
    content = delivery.post.versions.get(number=delivery.number).says
    form = variants.forms_of(content, [delivery.account])[delivery.account_id]
    staged = json.loads(delivery.staged or "{}")
    since = (delivery.sent_at or timezone.now()) - BEFORE_SENDING
    key, after = delivery.key, delivery.watermark
    return lambda: with_access(
        connection, lambda access: client.found(access, form, key, staged, since=since, after=after)
    )


def found(delivery: Delivery, told: Found) -> Answer:
    """What a reading showed."""
    ours = list(told.posts) if told.certain else [one for one in told.posts if _matches(delivery, one)]
    if len(ours) == 1:
        return settling.done(delivery, Published(ours[0].id, ours[0].url), by_reading=True)
    if len(ours) > 1:
        return _a_person_chooses(delivery, ours)
    if told.certain:
        return _not_there(delivery)
    return _looked_in_vain(delivery, complete=told.complete)


def _matches(delivery: Delivery, seen: Seen) -> bool:
    """Not another delivery's, the same text as readers see it, as many media, not another application's."""
    content = delivery.post.versions.get(number=delivery.number).says
    form = variants.forms_of(content, [delivery.account])[delivery.account_id]
    taken = Delivery.objects.filter(account=delivery.account, far_id=seen.id).exclude(pk=delivery.pk).exists()
    return (
        not taken
        and seen.ours is not False
        and normalised(seen.text) == normalised(form.shown)
        and seen.media == len(form.media)
    )


def _looked_in_vain(delivery: Delivery, *, complete: bool) -> Answer:
    sent = delivery.sent_at or timezone.now()
    surely = complete and timezone.now() - sent >= SURE_AFTER
    once_more = DUPLICATE if delivery.reason.startswith(DUPLICATE) else ""
    if surely and delivery.reason.endswith(COMPLETE):
        return _said_before(delivery) if once_more else _not_there(delivery)
    return _again(delivery, f"{once_more}{COMPLETE if surely else INCOMPLETE}", delivery.words)


def _said_before(delivery: Delivery) -> Answer:
    """The network calls it a duplicate, and nothing of it was made by this attempt: it repeats an older post.

    Sending it again would be refused again; the author is told.
    """
    return settling.refused(delivery, Reason.DUPLICATE, delivery.words)


def _not_there(delivery: Delivery) -> Answer:
    """It never arrived: it may be sent again inside its window, as a new attempt."""
    if delivery.attempts >= settling.MOST_ATTEMPTS:
        return settling.failed(delivery, "attempts", "")
    if timezone.now() >= delivery.not_after:
        return settling.failed(delivery, "window_passed", "")
    acts.settle_delivery(
        by=settling.CALLER, delivery=delivery, outcome=DeliveryState.WAITING, reason="not_there", looked=True
    )
    return Answer(Outcome.WAITING, "not_there", again_at=timezone.now(), counts=False)


def could_not(delivery: Delivery, fault: Exception | None) -> Answer:
    """The network could not be read: it stays uncertain."""
    words = fault.words if isinstance(fault, NetworkFault) else type(fault).__name__
    until = fault.until if isinstance(fault, Later) else None
    once_more = DUPLICATE if delivery.reason.startswith(DUPLICATE) else ""
    return _again(delivery, f"{once_more}{INCOMPLETE}", words, until=until)


def _again(delivery: Delivery, reason: str, words: str, *, until: datetime | None = None) -> Answer:
    again = max(until or timezone.now(), _next_look(delivery))
    acts.settle_delivery(
        by=settling.CALLER,
        delivery=delivery,
        outcome=DeliveryState.UNCERTAIN,
        reason=reason,
        words=words,
        again_at=again,
        looked=True,
    )
    return Answer(Outcome.UNCERTAIN, reason, again_at=again, counts=False)


def _next_look(delivery: Delivery) -> datetime:
    now, sent = timezone.now(), delivery.sent_at or timezone.now()
    return next((sent + after for after in LOOKS if sent + after > now), now + RARELY)


def _a_person_chooses(delivery: Delivery, ours: list[Seen]) -> Answer:
    if not delivery.cases.filter(case_kind=CaseKind.DUPLICATE).exists():
        acts.open_case(
            by=settling.CALLER,
            account=delivery.account,
            case_kind=CaseKind.DUPLICATE,
            far_id=ours[0].id,
            delivery=delivery,
            words=" ".join(one.url or one.id for one in ours)[:1000],
        )
    return _again(delivery, "two_candidates", "", until=timezone.now() + RARELY)


def digest_of_text(text: str) -> str:
    """The key by which sightings are matched: SHA-256 (hex) of the normalised text."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()
