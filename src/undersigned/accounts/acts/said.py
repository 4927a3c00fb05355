"""What the entries of this room say: public facts of an account, and what is only committed to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account
from undersigned.acts import Actor, Fact, Officer, say
from undersigned.acts.governed import as_state
from undersigned.acts.refusals import Unfit
from undersigned.people.directory import current_employee
from undersigned.people.models import Person
from undersigned.people.states import PersonClass

IDENTITY = {"network": Fact.WORD, "handle": Fact.HANDLE}
HELD_BACK = "committed_handle"
"""The commitment that stands for a handle which a leaf may not show."""

MONTHS = frozenset({"", *(str(month) for month in range(1, 13))})

PASSING = frozenset(
    {
        "last_post_on", "last_post_source", "followers", "gone_since", "gone_from", "state_since", "confirmed_on",
        "confirmed_by", "last_reviewed_on", "next_review_by", "source_file", "source_row", "source_text",
    }
)  # fmt: skip
"""Fields that may move while a countersignature waits: nobody put their name to them."""


def say_identity(account: Account) -> None:
    """Enter which account it is. The handle of an elected office holds a person's name and is committed to."""
    handle = account.handle.lstrip("@")
    if account.names_a_person or not re.fullmatch(Fact.HANDLE.value, handle):
        say(network=account.network, **{HELD_BACK: account.handle})
    else:
        say(network=account.network, handle=handle)


def signed_state(account: Account) -> dict[str, object]:
    """What of an account a countersignature binds: everything but what the world changes by itself."""
    columns = zip(Account.state_fields(), Account.state_columns(), strict=True)
    return {name: as_state(getattr(account, column)) for name, column in columns if name not in PASSING}


def person_of(by: Actor) -> str | None:
    """The reference of the person who acts, or None for the product itself."""
    return by.person if isinstance(by, Officer) else None


def acting_person(by: Actor) -> str:
    """The reference of the person who acts, for acts whose rule lets nobody else in."""
    if not isinstance(by, Officer):
        raise TypeError("this act is a person's")
    return by.person


def enters_state(account: Account, reason: str = "") -> None:
    """Note since when an account is in the state that its act leads to, and why."""
    account.state_since = timezone.now()
    account.state_reason = reason.strip()


def needs(text: str, says: str, *, field: str, rule: str) -> str:
    """The text without blanks at its ends; refuses one that says nothing."""
    if not text.strip():
        raise Unfit(says, rule=rule, field=field, do=_("Nothing was kept."))
    return text.strip()


def must_fit(account: Account, changed: Iterable[str]) -> None:
    """Refuse what a field cannot hold: a choice that is none, an address that is none, a text that is too long."""
    wanted = set(changed)
    others = [one.name for one in Account._meta.fields if one.name not in wanted or one.is_relation]
    try:
        account.clean_fields(exclude=others)
    except ValidationError as refused:
        field, messages = next(iter(refused.message_dict.items()))
        raise Unfit(messages[0], rule="fits_its_field", field=field, do=_("Nothing was kept.")) from refused
    if "months_still" in wanted and not set(account.months_still.split(",")) <= MONTHS:
        raise Unfit(
            _("Months are numbers from 1 to 12, with commas between."),
            rule="fits_its_field",
            field="months_still",
            do=_("Nothing was kept."),
        )


def enter_once(account: Account) -> None:
    """Write a new entry, or refuse it if there is one: also for the second of two people who do it at one moment."""
    try:
        account.save(force_insert=True)
    except IntegrityError as refused:
        raise Unfit(
            _("%(handle)s on %(network)s is in the register already.")
            % {"handle": account.handle, "network": account.place.label},
            rule="one_entry_an_account",
            field="handle",
            do=_("Open that entry instead. Nothing was added."),
        ) from refused


def as_tags(text: str) -> str:
    """Tags as they are kept: in small letters, once each, with a comma before and after each."""
    tags = dict.fromkeys(tag.strip().casefold() for tag in text.split(",") if tag.strip())
    return f",{','.join(tags)}," if tags else ""


def must_be_digest(text: str, *, field: str) -> None:
    """Refuse what is no SHA-256 in hexadecimal digits."""
    if not re.fullmatch(Fact.DIGEST.value, text):
        raise Unfit(
            _("That is no SHA-256 digest: 64 digits from 0 to f."),
            rule="a_digest",
            field=field,
            do=_("Nothing was kept."),
        )


def must_keep(account: Account, steward: Person | None, deputy: Person | None) -> None:
    """Refuse keepers who are not two different people of the city today (register's rules, section 2)."""
    must_differ(steward, deputy)
    for field, person in (("steward", steward), ("deputy", deputy)):
        if person is not None and not _may_keep(account, person):
            raise Unfit(
                _("%(name)s is not a current employee of the city, so they cannot answer for an account.")
                % {"name": person.name},
                rule="keepers_are_employees",
                field=field,
                do=_("Choose somebody who works for the city today. Nothing was changed."),
            )


def must_differ(steward: Person | None, deputy: Person | None) -> None:
    """Refuse one person in both places: an account is not to be lost with one."""
    if steward is not None and steward == deputy:
        raise Unfit(
            _("Steward and deputy must be two people, so that the account is not lost with one."),
            rule="two_keepers",
            field="deputy",
            do=_("Choose another deputy. Nothing was changed."),
        )


def _may_keep(account: Account, person: Person) -> bool:
    """An elected member keeps their own office's account, and no other."""
    if account.names_a_person and person.person_class == PersonClass.ELECTED:
        return person.appointments.all().current().exists()
    return current_employee(person)


def plan_review(account: Account, days: int | None = None) -> date:
    """Set the day of the next review: a year ahead, or a quarter where many follow."""
    account.next_review_by = timezone.localdate() + timedelta(days=days or account.review_every)
    return account.next_review_by
