"""What the interface tells of accounts. Names of persons are no part of any of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ninja import Field, Schema

from undersigned.accounts.models import Account
from undersigned.accounts.queries.verifying import Reason, reason_against
from undersigned.accounts.states import AccountState


class State(StrEnum):
    """How an account stands, in the public register's words."""

    LIVE = "live"
    RESERVED = "reserved"
    DORMANT = "dormant"
    PAUSED = "paused"
    RETIRED = "retired"
    ARCHIVED = "archived"

    @classmethod
    def of(cls, account: Account) -> State:
        return cls.PAUSED if account.state == AccountState.SUSPENDED else cls(account.state)

    @property
    def in_register(self) -> AccountState:
        return AccountState.SUSPENDED if self is State.PAUSED else AccountState(self.value)


class Entry(Schema):
    """One account of the public register."""

    id: str
    service: str = Field(description="The network: x, facebook, mastodon, …")
    handle: str
    url: str | None = Field(description="Null where the network shows no page of it.")
    network_id: str | None = Field(description="The network's own number, which outlives every handle.")
    display_name: str | None
    short_description: str | None
    short_description_fr: str | None
    long_description: str | None
    long_description_fr: str | None
    organisation: str
    unit: str | None = Field(description="The unit that owns the account.")
    unit_id: str | None
    kind: str
    purpose: str | None
    scope: str | None
    audience: str | None
    language: list[str]
    tags: list[str]
    info_url: str | None = Field(description="Terms of engagement.")
    details_url: str | None = Field(description="The page of the city that links back.")
    contact_role: str | None
    contact_mailbox: str | None
    staffing_hours: str | None
    approved_on: date | None
    opened_on: date | None
    retired_on: date | None
    archived_on: date | None
    confirmed_on: date | None = Field(description="When somebody last put their name to this entry.")
    last_reviewed_on: date | None
    next_review_by: date | None
    state: State
    verified: bool = Field(description="Only live entries that were confirmed within 400 days.")
    reason: Reason | None = Field(description="Why it is not verified; null where it is.")
    page: str = Field(description="The same for people.")
    receipt: str | None = Field(description="Proof of the latest act on this entry.")


class Entries(Schema):
    """One page of the public register, by network and handle."""

    accounts: list[Entry]
    next: str | None = Field(description="Where the list goes on; null on its last page.")
    as_of: datetime


class One(Entry):
    """One entry by itself."""

    as_of: datetime


class Verification(Schema):
    """Whether an address is an account of the city. Unknown means unknown, never that it is somebody else's."""

    query: str
    normalised: str | None = Field(
        description="The address as the network would write it; null if none was understood."
    )
    verified: bool
    reason: Reason | None
    state: State | None
    account: Entry | None
    note: str | None = Field(description="A sentence for people about the address itself.")
    as_of: datetime
    receipt: str | None


def told(account: Account, *, organisation: str, page: str, receipt: str | None) -> dict[str, Any]:
    """The fields of an :class:`Entry` for this account."""
    reason = reason_against(account)
    return dict(
        id=account.pk,
        service=account.network,
        handle=account.handle,
        kind=account.account_kind,
        organisation=organisation,
        unit=account.unit.name if account.unit else None,
        unit_id=account.unit_id,
        language=account.language.split(),
        tags=account.tag_list,
        state=State.of(account),
        verified=reason is None,
        reason=reason,
        page=page,
        receipt=receipt,
        **{name: getattr(account, name) or None for name in AS_THEY_ARE},
    )


AS_THEY_ARE = (
    "url", "network_id", "display_name", "short_description", "short_description_fr", "long_description",
    "long_description_fr", "purpose", "scope", "audience", "info_url", "details_url", "contact_role",
    "contact_mailbox", "staffing_hours", "approved_on", "opened_on", "retired_on", "archived_on", "confirmed_on",
    "last_reviewed_on", "next_review_by",
)  # fmt: skip
"""Fields that are told as the register holds them; an empty one is told as null."""
