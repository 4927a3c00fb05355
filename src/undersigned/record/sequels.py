"""What later entries say of an act: who countersigned it, that somebody denies it, that values were erased or lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from undersigned.acts.book import Act
from undersigned.acts.countersigning import act_id_of
from undersigned.acts.declared import BOOK
from undersigned.acts.models import Countersignature
from undersigned.record.models import Entry, Payload, Touch
from undersigned.record.receipts import Receipt

FOLLOWS_WITHIN = 50
"""The last signature is entered in the transaction of the act that it lets happen: right after it, but for others."""


@dataclass(frozen=True, slots=True)
class Sequel:
    """One later entry."""

    seq: int
    act_id: str
    at: datetime
    capacity: str


def erasures_of(act_id: str) -> dict[str, Sequel]:
    """Field → the erasure that took its value away."""
    found: dict[str, Sequel] = {}
    for sequel, fact in _facts(Act.RECORD_ERASE, 0):
        if fact["act"] == act_id:
            found |= dict.fromkeys(str(fact["fields"]).split(","), sequel)
    return found


def loss_of(index: int) -> Sequel | None:
    """The entry that declares the values of this place lost after a restore."""
    declared = _facts(Act.RECORD_DECLARE_LOSS, index)
    return next((sequel for sequel, fact in declared if fact["first"] <= index <= fact["last"]), None)


def repudiation_of(receipt: Receipt) -> Sequel | None:
    """The first entry by which the person said that this act was not theirs. Such entries are few."""
    denials = _facts(Act.RECORD_REPUDIATE, receipt.index or 0)
    return next((sequel for sequel, fact in denials if fact["act"] == receipt.act_id), None)


def countersignatures_of(act: str, receipt: Receipt) -> list[Sequel]:
    """The signatures that let this act happen, the first to sign first."""
    declared = next((one for name, one in BOOK.items() if name == act), None)
    if declared is None or declared.countersigned is None or receipt.index is None:
        return []
    request = _request_of(receipt.act_id, receipt.index)
    touching = Touch.objects.filter(reference=request).values("act_id")
    given = Entry.objects.filter(act=Act.COUNTERSIGNATURE_GIVE, act_id__in=touching) if request else ()
    return sorted(map(_sequel, given), key=lambda one: one.seq)


def names_of(sequels: Sequence[Sequel]) -> dict[str, str]:
    """Act id → the name under it, unless it was erased."""
    rows = Payload.objects.filter(act_id__in=[one.act_id for one in sequels], field="who")
    return {row.act_id: str(json.loads(row.value)["name"]) for row in rows}


def _request_of(act_id: str, index: int) -> str | None:
    """The request whose last signature led to this act: the act's id is made from the request's reference."""
    given = Entry.objects.filter(act=Act.COUNTERSIGNATURE_GIVE, seq__gt=index).order_by("seq")
    entries = given.values_list("entry", flat=True)[:FOLLOWS_WITHIN]
    signed = {one["o"] for entry in entries for one in json.loads(bytes(entry))["obj"]}
    requests = Countersignature.objects.filter(pk__in=signed)
    return next((request.reference for request in requests if act_id_of(request) == act_id), None)


def _facts(act: Act, after: int) -> Iterator[tuple[Sequel, dict[str, Any]]]:
    for entry in Entry.objects.filter(act=act, seq__gt=after).order_by("seq").iterator():
        yield _sequel(entry), json.loads(bytes(entry.entry))["fact"]


def _sequel(entry: Entry) -> Sequel:
    return Sequel(entry.seq, entry.act_id, datetime.fromtimestamp(entry.t, UTC), entry.capacity)
