"""What planning an import needs to know of the register, and whom the words of a list can mean."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.db.models import Q

from undersigned.accounts.models import Account
from undersigned.accounts.register import fields
from undersigned.accounts.register.columns import guess
from undersigned.accounts.register.matching import ExistingAccount
from undersigned.accounts.register.owners import Ambiguous, Answer, Directory, Found, Known, Unknown
from undersigned.accounts.register.plan import Plan
from undersigned.accounts.register.planning import plan
from undersigned.accounts.register.vocabulary import VOCABULARY
from undersigned.imports import keeping
from undersigned.imports.columns import Mapping as Columns
from undersigned.imports.dates import Order
from undersigned.imports.models import Subject
from undersigned.imports.sheets import Limits, read
from undersigned.people.models import Person, Unit
from undersigned.people.roster.names import match_key


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file read and set against the register. Nothing is written yet."""

    file: str
    mapping: Columns
    plan: Plan


def prepared(
    path: Path,
    *,
    file: str = "",
    mapping: Columns | None = None,
    date_orders: Mapping[str, Order] | None = None,
) -> Prepared:
    """Say what an import of this file would do. ``file`` is the name under which it was brought.

    Raises Unreadable and MappingRefused, whose messages tell the person what to do.
    """
    name = file or path.name
    sheet = read(path, limits=Limits(file=settings.LARGEST_IMPORT_BYTES))
    columns = mapping or keeping.recall(Subject.ACCOUNTS, sheet.columns, VOCABULARY) or guess(sheet)
    whole = plan(sheet, columns, existing_accounts(), CityOwners(), date_orders=date_orders)
    return Prepared(name, columns, only_later_editions(whole, source_files(), name))


ENOUGH_ALIKE = 2
"""A file is a later edition of an earlier one if it lists at least one in this many of its accounts."""

HELD_AS = {
    fields.DISPLAY_NAME: "display_name",
    fields.PURPOSE: "purpose",
    fields.AUDIENCE: "audience",
    fields.LANGUAGE: "language",
    fields.EMAIL: "contact_mailbox",
    fields.FOLLOWERS: "followers",
    fields.OPENED_ON: "opened_on",
    fields.LAST_POST_ON: "last_post_on",
    fields.UNIT: "unit_id",
    fields.STEWARD: "steward_id",
    fields.DEPUTY: "deputy_id",
}
"""Where the register holds what a list says."""


def existing_accounts() -> list[ExistingAccount]:
    """Every account of the register, with its facts as a list would give them.

    A field that the last list spoke of is compared with what that list said, not with what people made of it since:
    so the same file brought again changes nothing, and undoes nothing.
    """
    return [_existing(account) for account in Account.objects.in_register()]


def _existing(account: Account) -> ExistingAccount:
    return ExistingAccount(
        ref=account.pk,
        network=account.place,
        key=account.key,
        handle=account.handle,
        url=account.url,
        network_id=account.network_id,
        facts=_held(account) | account.listed,
        from_this_source=bool(account.source_file) and account.gone_since is None,
    )


def _held(account: Account) -> dict[str, str]:
    held = {name: getattr(account, column) for name, column in HELD_AS.items()}
    return {name: str(value) for name, value in held.items() if value not in (None, "")}


def only_later_editions(whole: Plan, source_files: Mapping[str, str], file: str) -> Plan:
    """Keep as gone only what an earlier edition of this file listed; another unit's list says nothing about it.

    ``source_files`` says for each reference which file listed it last. Two files are editions of one list when
    their names differ only in digits and marks, or when the later lists at least half of what the earlier did.
    """
    seen = [one.existing.ref for one in whole.changed] + [one.existing.ref for one in whole.unchanged]
    here: dict[str, int] = defaultdict(int)
    missing: dict[str, int] = defaultdict(int)
    for ref in seen:
        here[source_files.get(ref, "")] += 1
    for one in whole.gone:
        missing[source_files.get(one.ref, "")] += 1
    editions = {
        source
        for source, gone in missing.items()
        if edition_of(source) == edition_of(file) or here[source] * ENOUGH_ALIKE >= here[source] + gone
    }
    return replace(whole, gone=tuple(one for one in whole.gone if source_files.get(one.ref, "") in editions))


def edition_of(file: str) -> str:
    """What stays of a file's name from one edition to the next: its letters. A name of digits alone is its own."""
    name = PurePath(file).stem.casefold()
    return "".join(letter for letter in name if letter.isalpha()) or name


def source_files() -> dict[str, str]:
    """By reference, the file that an account was last brought by."""
    return dict(Account.objects.in_register().exclude(source_file="").values_list("pk", "source_file"))


class CityOwners:
    """Finds people and units by number, e-mail address or name (:class:`~..register.owners.Owners`).

    People are asked of the database one text at a time: a register names hundreds, a city may employ hundreds of
    thousands.
    """

    def find(self, text: str) -> Answer:
        """Say whom a text names; people who left are known too, for lists name them."""
        found = {
            one for answer in (self._people(text), self._units.find(text)) for one in _candidates(answer)
        }
        candidates = tuple(sorted(found, key=lambda one: (one.name, one.ref)))
        if not candidates:
            return Unknown()
        return candidates[0] if len(candidates) == 1 else Ambiguous(candidates)

    def _people(self, text: str) -> Answer:
        wanted = text.strip()
        found = Person.objects.filter(
            Q(staff_number=wanted) | Q(email=wanted.lower()) | Q(pk=wanted) | Q(match_name=match_key(wanted)),
            erased_at__isnull=True,
        )
        return Directory(_person(person, wanted) for person in found).find(wanted)

    @cached_property
    def _units(self) -> Directory:
        return Directory(
            Known(
                Found("unit", unit.pk, unit.name), (unit.name, unit.name_fr), tuple(filter(None, [unit.code]))
            )
            for unit in Unit.objects.filter(closed_on__isnull=True)
        )


def _candidates(answer: Answer) -> tuple[Found, ...]:
    if isinstance(answer, Unknown):
        return ()
    return answer.candidates if isinstance(answer, Ambiguous) else (answer,)


def _person(person: Person, wanted: str) -> Known:
    """Their name in the spelling that was asked about too, if it is the same name."""
    exact = tuple(filter(None, [person.staff_number, person.email]))
    same = (wanted,) if person.match_name and match_key(wanted) == person.match_name else ()
    return Known(Found("person", person.pk, person.name), (person.name, *same), exact)


def listed_text(listed: Mapping[str, Any], cells: Mapping[str, str]) -> str:
    """What an account keeps of the list that named it: what was understood, and the row as it came."""
    return json.dumps({"listed": dict(listed), "cells": dict(cells)}, ensure_ascii=False, sort_keys=True)
