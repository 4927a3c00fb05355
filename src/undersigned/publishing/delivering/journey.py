"""The journey of one delivery, as the dispatch drives it (rules of publishing, section 7).

Before each call everything is looked at again: state, hold, stop, window, bytes, account, connection. Media are
prepared first, which may be repeated; then the intent is committed, the one creating call leaves, and what came of it
is committed. Whatever may have arrived is read back and never sent a second time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from undersigned.accounts.connecting.tokens import with_access
from undersigned.accounts.models import Connection
from undersigned.accounts.states import AccountState
from undersigned.dispatch.handlers import Answer, Call, Told
from undersigned.dispatch.models import Dispatch
from undersigned.dispatch.states import Outcome
from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.faults import (
    CannotHere,
    Later,
    NetworkFault,
    Reason,
    Refused,
    Uncertain,
    Unprepared,
)
from undersigned.networks.protocol import Client, Form, Found, Published, Staged
from undersigned.publishing import acts, variants
from undersigned.publishing.delivering import looking, settling
from undersigned.publishing.delivering.batch import Batch
from undersigned.publishing.models import Delivery
from undersigned.publishing.states import FINAL_DELIVERIES, DeliveryState


@dataclass(frozen=True, slots=True)
class Ready:
    """What ``arm`` found fit to be sent: the form, its account's connection, what was prepared."""

    delivery: Delivery
    form: Form
    connection: Connection
    staged: Staged


class DeliveryJourney:
    """Fills the port :class:`undersigned.dispatch.handlers.Journey`."""

    def __init__(self) -> None:
        self._batch = Batch()

    def gather(self, rows: Sequence[Dispatch]) -> None:
        self._batch = Batch.of([str(row.payload["delivery"]) for row in rows])

    def arm(self, row: Dispatch) -> Call | Answer:
        delivery = self._batch.delivery(row)
        answer = _not_now(delivery, self._batch)
        if answer is not None:
            return answer
        ready = _ready(delivery, row.payload.get("staged"), self._batch)
        if isinstance(ready, Answer):
            return ready
        if ready.form.media and "staged" not in row.payload:
            return _staging(ready)
        return self._send(row, ready)

    def _send(self, row: Dispatch, ready: Ready) -> Call:
        delivery, client = ready.delivery, client_of(ready.delivery.place)
        staged = ready.staged if ready.form.media else _without_media(ready, client)
        delivery = acts.arm(
            by=settling.CALLER,
            delivery=delivery,
            watermark=self._batch.watermarks.get(delivery.account_id, ""),
            staged=staged,
        )
        row.sent_at = delivery.sent_at
        key = delivery.key
        return lambda: with_access(
            ready.connection, lambda access: client.published(access, ready.form, key, staged)
        )

    def look(self, row: Dispatch) -> Call | Answer:
        delivery = self._batch.delivery(row)
        if delivery.state in FINAL_DELIVERIES:
            return _final(delivery)
        if (
            delivery.state == DeliveryState.ARMED
        ):  # killed between sending and settling: nobody heard the answer
            settling.uncertain(delivery, "interrupted", "")
        connection = self._batch.connections.get(delivery.account_id)
        if connection is None:
            return _ask_a_person(delivery)
        return looking.reading_back(delivery, connection)

    def settle(self, row: Dispatch, told: Told) -> Answer:
        delivery = self._batch.delivery(row)
        if delivery.state in FINAL_DELIVERIES:
            return _final(delivery)
        if isinstance(told.value, Published):
            return settling.done(delivery, told.value)
        if isinstance(told.value, Found):
            return looking.found(delivery, told.value)
        if isinstance(told.value, Mapping):
            return _staged(row, told.value)
        return _faulted(row, delivery, told.fault)


def _final(delivery: Delivery) -> Answer:
    done_there = delivery.state == DeliveryState.DONE
    return Answer(Outcome.DONE if done_there else Outcome.REFUSED, delivery.reason, delivery.far_id[:200])


def _not_now(delivery: Delivery, batch: Batch) -> Answer | None:
    """What keeps it from leaving at this moment, or for ever."""
    now = timezone.now()
    if delivery.state != DeliveryState.WAITING:
        return _final(delivery)
    if now >= delivery.not_after:
        return settling.failed(delivery, "window_passed", "")
    if delivery.post.held_since is not None or batch.stops.holds(delivery.account):
        return Answer(
            Outcome.WAITING, "held", again_at=min(now + settling.HELD_AGAIN, delivery.not_after), counts=False
        )
    until = batch.pauses.get(delivery.account_id)
    if until is not None and until > now:
        return Answer(Outcome.LATER, "pause", again_at=min(until, delivery.not_after), counts=False)
    if delivery.account.state != AccountState.LIVE:
        return settling.hold(delivery, "account_not_live")
    if not spoken_with(delivery.place):
        return settling.hold(delivery, "by_hand")
    return None


def _ready(delivery: Delivery, staged: object, batch: Batch) -> Ready | Answer:
    connection = batch.connections.get(delivery.account_id)
    if connection is None:
        return settling.refused(delivery, Reason.CONNECTION_LOST, "")
    content = batch.content(delivery)
    form = variants.forms_of(content, [delivery.account])[delivery.account_id]
    if variants.digest_of(form) != delivery.form_digest or form.renderer != delivery.renderer:
        return settling.hold(delivery, "digest")
    kept = {str(k): str(v) for k, v in staged.items()} if isinstance(staged, dict) else {}
    return Ready(delivery, form, connection, kept)


def _without_media(ready: Ready, client: Client) -> Staged:
    """What an earlier attempt had chosen stays chosen: under the same key, one that arrives late is the same post."""
    kept: dict[str, str] = json.loads(ready.delivery.staged or "{}")
    return kept or client.staged_without_media(ready.form, ready.delivery.key)


def _staging(ready: Ready) -> Call:
    """Upload and describe the media. It may be repeated: what it made is used again, and nobody sees it yet."""
    client, key = client_of(ready.delivery.place), ready.delivery.key
    return lambda: dict(
        with_access(ready.connection, lambda access: client.staged(access, ready.form, key, ready.staged))
    )


def _staged(row: Dispatch, staged: Mapping[Any, Any]) -> Answer:
    row.payload = {**row.payload, "staged": {str(k): str(v) for k, v in staged.items()}}
    return Answer(Outcome.WAITING, "prepared", again_at=timezone.now(), counts=False)


def _faulted(row: Dispatch, delivery: Delivery, fault: Exception | None) -> Answer:
    """What the end of a call means. A fault that nobody knows leaves it uncertain, once it was armed."""
    armed = delivery.state in (DeliveryState.ARMED, DeliveryState.UNCERTAIN)
    looked = delivery.state == DeliveryState.UNCERTAIN
    if looked and not isinstance(fault, Refused):
        return looking.could_not(delivery, fault)
    if isinstance(fault, Refused):
        if fault.reason is Reason.DUPLICATE and armed:
            return settling.uncertain(delivery, "duplicate", fault.words)
        return (
            looking.could_not(delivery, fault)
            if looked
            else settling.refused(delivery, fault.reason, fault.words)
        )
    if isinstance(fault, Unprepared):
        row.payload = {name: kept for name, kept in row.payload.items() if name != "staged"}
    if isinstance(fault, Later):
        return settling.later(row, delivery, fault)
    if isinstance(fault, CannotHere):
        return settling.refused(delivery, Reason.NOT_ALLOWED_HERE, fault.words)
    words = fault.words if isinstance(fault, NetworkFault) else ""
    if not armed and isinstance(fault, Uncertain):
        return settling.later(row, delivery, Later(words))  # preparing may be repeated
    if not armed:
        return settling.hold(delivery, "own_fault")
    return settling.uncertain(delivery, "no_answer" if isinstance(fault, Uncertain) else "own_fault", words)


def _ask_a_person(delivery: Delivery) -> Answer:
    """Nobody can read the network: it stays uncertain, and somebody looks and says by name."""
    again = timezone.now() + looking.RARELY
    return Answer(Outcome.UNCERTAIN, "cannot_read", again_at=again, counts=False)
