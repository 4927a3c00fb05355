"""What waits on an account for somebody's name, and whose name it could be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q

from undersigned.accounts.models import Account
from undersigned.acts import Officer, countersigning
from undersigned.acts.book import Act
from undersigned.acts.countersigned import Countersigned
from undersigned.acts.declared import BOOK
from undersigned.acts.models import Countersignature
from undersigned.acts.refusals import Words
from undersigned.people.directory import capacity_of
from undersigned.people.models import Appointment, Person, Unit
from undersigned.people.states import Office

SHOWN = 10
"""Open requests that a page shows; each asks who could sign it."""

NAMED = 5
"""Names given for one request."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open request. ``yours`` says that the person who looks could put their name under it now."""

    reference: str
    act: Act
    asked_by: str
    asked_at: datetime
    says: Words
    signers: tuple[str, ...]
    yours: bool


def waiting_on(account: Account, act: str = "") -> list[Countersignature]:
    """Open requests about this account, the oldest first; of one act, where it is named."""
    found = countersigning.open_requests().filter(subject=account.pk)
    return list((found.filter(act=act) if act else found)[:SHOWN])


def requests_on(account: Account, officer: Officer) -> list[Waiting]:
    """The same as its page tells them: who asked, and who could countersign."""
    open_requests = waiting_on(account)
    names = _names(open_requests)
    return [_waiting(one, account, names, officer) for one in open_requests]


def _waiting(request: Countersignature, account: Account, names: dict[str, str], officer: Officer) -> Waiting:
    signed = BOOK[Act(request.act)].countersigned
    subject = countersigning.subject_of(request)
    return Waiting(
        reference=request.pk,
        act=Act(request.act),
        asked_by=names.get(request.asked_by, ""),
        asked_at=request.asked_at,
        says=signed.says if signed else "",
        signers=tuple(could_sign(signed, account, subject, request.asked_by)) if signed else (),
        yours=countersigning.give.refusal(officer, request) is None,
    )


def _names(requests: Iterable[Countersignature]) -> dict[str, str]:
    people = {one.asked_by for one in requests}
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}


def could_sign(signed: Countersigned, account: Account, subject: Any, asker: str) -> list[str]:
    """Names, each with the capacity in which they could: those whom the act's own rule lets, except the asker."""
    units = [unit for unit in (account.unit, subject if isinstance(subject, Unit) else None) if unit]
    near = _officers(signed.by.helps, account, units)
    able = (_able(signed, officer, subject) for officer in near if officer.person != asker)
    return [found.said for found in able if found is not None][:NAMED]


def _able(signed: Countersigned, officer: Officer, subject: Any) -> Officer | None:
    acting = (officer.acting_as(one) for one in officer.capacities)
    return next((one for one in acting if signed.by(one, subject)), None)


def _officers(offices: Iterable[str], account: Account, units: Iterable[Unit]) -> Iterator[Officer]:
    """Whoever may be meant by such a rule: who keeps the account, heads its unit or one above, or holds the office."""
    above = [reference for unit in units for reference in unit.above]
    near = Q(person_id__in=account.keepers) | Q(office=Office.UNIT_HEAD, unit_id__in=above)
    near |= Q(office__in=set(offices) - {Office.UNIT_HEAD})
    people = Appointment.objects.current().filter(near).values("person_id")
    held = Appointment.objects.current().filter(person_id__in=people).select_related("person", "unit")
    for _reference, some in groupby(held.order_by("person_id", "pk"), key=lambda one: one.person_id):
        appointments = list(some)
        person = appointments[0].person
        yield Officer(person.pk, person.name, person.person_class, tuple(map(capacity_of, appointments)))
