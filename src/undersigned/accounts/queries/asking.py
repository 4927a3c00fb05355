"""What waits on an account for somebody's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from undersigned.accounts.models import Account
from undersigned.acts import Officer, countersigning
from undersigned.acts.book import Act
from undersigned.acts.declared import BOOK
from undersigned.acts.directory import directory
from undersigned.acts.models import Countersignature
from undersigned.acts.refusals import Words
from undersigned.people.models import Person

SHOWN = 25
"""Open requests that a page shows; each asks who could sign it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open request. ``yours`` says that the person who looks could put their name under it now."""

    reference: str
    act: Act
    asked_by: str
    asked_at: datetime
    says: Words
    signers: tuple[str, ...]
    yours: bool = False


def waiting_on(account: Account, act: str = "") -> list[Countersignature]:
    """Open requests about this account, the oldest first; of one act, where it is named."""
    found = countersigning.open_requests().filter(subject=account.pk)
    return list((found.filter(act=act) if act else found)[:SHOWN])


def requests_on(account: Account, officer: Officer) -> list[Waiting]:
    """The same as its page tells them: who asked, and who could countersign."""
    open_requests = waiting_on(account)
    names = _names(open_requests)
    return [_waiting(one, names, officer) for one in open_requests]


def _waiting(request: Countersignature, names: dict[str, str], officer: Officer) -> Waiting:
    act = Act(request.act)
    signed = BOOK[act].countersigned
    return Waiting(
        reference=request.pk,
        act=act,
        asked_by=names.get(request.asked_by, ""),
        asked_at=request.asked_at,
        says=signed.says if signed else "",
        signers=tuple(directory().holders(signed.by.helps)) if signed else (),
        yours=countersigning.give.refusal(officer, request) is None,
    )


def _names(requests: Iterable[Countersignature]) -> dict[str, str]:
    people = {one.asked_by for one in requests}
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
