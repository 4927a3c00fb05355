"""Rows of an account's page: what waits for a name, and who may do what until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst

from undersigned.accounts import rules
from undersigned.accounts.models import Grant
from undersigned.accounts.queries.asking import Waiting
from undersigned.accounts.queries.looking import Looked
from undersigned.accounts.views.coming_in import way_to
from undersigned.accounts.views.wording import ASKED
from undersigned.acts import Officer
from undersigned.ui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One open request for a countersignature."""

    what: str
    asked_by: str
    asked_at: datetime
    says: Words
    signers: tuple[str, ...]
    url: str
    yours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """One grant. ``end_url`` is empty for whoever may not end it."""

    grant: Grant
    lets: list[Words]
    end_url: str


def request_rows(waiting: Iterable[Waiting]) -> list[Request]:
    return [
        Request(
            what=capfirst(str(ASKED[one.act])),
            asked_by=one.asked_by,
            asked_at=one.asked_at,
            says=one.says,
            signers=one.signers,
            url=way_to("desk:countersign", one.reference),
            yours=one.yours,
        )
        for one in waiting
    ]


def grant_rows(looked: Looked, officer: Officer) -> list[GrantRow]:
    """The rule of ending a grant, asked once for the account and not once a grant; the act asks it again."""
    account = looked.account
    keeps = any(rules.looks_after(officer.acting_as(one), account) for one in officer.capacities)
    return [_row(grant, officer, keeps) for grant in looked.grants]


def _row(grant: Grant, officer: Officer, keeps: bool) -> GrantRow:
    theirs = officer.person in (grant.person_id, grant.given_by_id)
    may_end = officer.second_factor and (keeps or theirs)
    return GrantRow(
        grant=grant,
        lets=[permission.label for permission in grant.permission_list],
        end_url=reverse("accounts:end_grant", args=[grant.account_id, grant.pk]) if may_end else "",
    )
