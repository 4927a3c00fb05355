"""From rows of the register to what the interface tells, in three questions to the database however many rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Schema

from undersigned.accounts.models import Account
from undersigned.accounts.queries import verifying
from undersigned.accounts.queries.verifying import Answer
from undersigned.api.schemas import Entry, State, Verification, told
from undersigned.people.models import City

Told = TypeVar("Told", bound=Schema)


def absolute(path: str) -> str:
    """An address of this installation as the world knows it, whatever host a request named."""
    return f"{settings.BASE_ADDRESS}{path}"


def receipt(act_id: str | None) -> str | None:
    """Where the proof of an act is to be had: its leaf, its place in the tree, and the signed head above it."""
    return absolute(reverse("record:receipt", args=[act_id])) if act_id else None


def fields(accounts: Sequence[Account]) -> list[dict[str, Any]]:
    """What is told of each of these accounts."""
    city = City.objects.first()
    organisation = (city.organisation or city.name) if city else ""
    acts = verifying.last_acts(accounts)
    return [
        told(
            account,
            organisation=organisation,
            page=absolute(reverse("public:account", args=[account.pk])),
            receipt=receipt(acts.get(account.pk)),
        )
        for account in accounts
    ]


def verification(answer: Answer, *, note: str = "") -> Verification:
    """The answer to one question. A spelling that was understood is repeated as its network would write it."""
    entry = Entry(**fields([answer.account])[0]) if answer.account else None
    return Verification(
        query=answer.query,
        normalised=(answer.address.url or None) if answer.address else None,
        verified=answer.verified,
        reason=answer.reason,
        state=State.of(answer.account) if answer.account else None,
        account=entry,
        note=note or answer.warning or None,
        as_of=timezone.now(),
        receipt=entry.receipt if entry else None,
    )


def marked(response: HttpResponse, answer: Told) -> Told:
    """Set the entity tag: the same as long as nothing but the time of asking has changed, hence a weak one."""
    said = answer.model_dump_json(exclude={"as_of"})
    response["ETag"] = f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'
    return answer
