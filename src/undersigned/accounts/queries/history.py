"""What was done on one account, as the record has it: for its page, with the names that only the city sees."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from undersigned.accounts.models import Account
from undersigned.acts.book import Act
from undersigned.acts.countersigning import act_id_of
from undersigned.acts.models import Countersignature, CountersignatureState
from undersigned.people.directory import capacity_of
from undersigned.people.models import Appointment, Person
from undersigned.record.models import Entry, Intake, Payload, Touch

RELATED = 200
"""Rows of a kind whose acts are looked for, the newest first: an account lives for decades, its page does not."""

SIGNING = (Act.COUNTERSIGNATURE_GIVE, Act.COUNTERSIGNATURE_VOID)
"""Acts that are told beside the act which they let take effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One act. ``who`` is empty for the product itself, and where the name was erased (``erased``)."""

    act: Act
    act_id: str
    at: datetime
    who: str = ""
    capacity: str = ""
    task: str = ""
    erased: bool = False
    signers: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def of_account(account: Account, most: int = 25) -> list[Done]:
    """The newest acts on this account and on what belongs to it, in a number of questions that does not grow."""
    return of(_references(account), account.pk, most)


def of(references: Iterable[str], subject: str, most: int) -> list[Done]:
    """The newest acts that touched one of these rows; ``subject`` is what others were asked to countersign."""
    touched = Touch.objects.filter(reference__in=list(references))
    leaves = _leaves(touched.values("act_id"), most)
    ids = [leaf["id"] for leaf in leaves]
    who = _who(ids)
    capacities = _capacities({leaf["by"].get("as", "") for leaf in leaves})
    signers = _signers(subject, ids)
    return [_done(leaf, who, capacities, signers) for leaf in leaves]


def _references(account: Account) -> Iterator[str]:
    yield account.pk
    of_kinds: tuple[QuerySet[Any], ...] = (
        account.grants.order_by("-given_at"),
        account.evidence.order_by("-entered_at"),
        account.exceptions.order_by("-starts_at"),
        account.setup_lines.order_by("-closed_at"),
        account.connections.order_by("-obtained_at"),
        account.reviews.order_by("-reviewed_on"),
        Countersignature.objects.filter(subject=account.pk).order_by("-asked_at"),
    )
    for rows in of_kinds:
        yield from rows.values_list("pk", flat=True)[:RELATED]


def _leaves(act_ids: QuerySet[Any], most: int) -> list[dict[str, Any]]:
    """Entries that still wait to be sequenced come first: they are the newest."""
    waiting = Intake.objects.filter(act_id__in=act_ids).order_by("-pk")[:most]
    told = Entry.objects.filter(act_id__in=act_ids).exclude(act__in=SIGNING).order_by("-seq")[:most]
    entries = [*waiting.values_list("entry", flat=True), *told.values_list("entry", flat=True)]
    leaves = (json.loads(bytes(entry)) for entry in entries)
    return [leaf for leaf in leaves if leaf["act"] not in SIGNING][:most]


def _who(act_ids: list[str]) -> dict[str, str]:
    rows = Payload.objects.filter(act_id__in=act_ids, field="who").values_list("act_id", "value")
    return {act_id: json.loads(value)["name"] for act_id, value in rows}


def _capacities(references: Iterable[str]) -> dict[str, str]:
    held = Appointment.objects.filter(pk__in=references).select_related("unit")
    return {one.pk: capacity_of(one).label for one in held}


def _signers(subject: str, act_ids: list[str]) -> dict[str, tuple[str, ...]]:
    """By the id of the act that took effect, the names of those who countersigned it."""
    given = Countersignature.objects.filter(subject=subject, state=CountersignatureState.GIVEN)
    requests = given.order_by("-asked_at").prefetch_related("signatures")[:RELATED]
    here = {act_id: one for one in requests if (act_id := act_id_of(one)) in set(act_ids)}
    people = {signature.person for one in here.values() for signature in one.signatures.all()}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    return {
        act_id: tuple(names.get(signature.person, "") for signature in one.signatures.all())
        for act_id, one in here.items()
    }


def _done(
    leaf: Mapping[str, Any],
    who: Mapping[str, str],
    capacities: Mapping[str, str],
    signers: Mapping[str, tuple[str, ...]],
) -> Done:
    by, act_id = leaf["by"], leaf["id"]
    return Done(
        act=Act(leaf["act"]),
        act_id=act_id,
        at=datetime.fromtimestamp(leaf["t"], UTC),
        who=who.get(act_id, ""),
        capacity=capacities.get(by.get("as", ""), ""),
        task=by.get("task", ""),
        erased="as" in by and act_id not in who,
        signers=signers.get(act_id, ()),
        facts=leaf["fact"],
    )
