"""What a file would change in an account that the register holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from undersigned.accounts.register import fields
from undersigned.accounts.register.entries import Entry
from undersigned.accounts.register.matching import ExistingAccount, Matched, Register
from undersigned.accounts.register.owners import Found
from undersigned.imports.sheets import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """One field, with its value before and after."""

    field: str
    old: str
    new: str


def changes(existing: ExistingAccount, entry: Entry, responsible: Mapping[str, Found]) -> list[Change]:
    """The differences. A blank in the file erases nothing, and a spelling of the same handle is no change."""
    found = list(_identity(existing, entry))
    said = entry.facts | {name: one.ref for name, one in responsible.items()}
    for name, new in said.items():
        old = existing.facts.get(name, "")
        if new != old and not (name == fields.LAST_POST_ON and new < old):
            found.append(Change(name, old, new))
    return found


def _identity(existing: ExistingAccount, entry: Entry) -> Iterable[Change]:
    address = entry.address
    if not address.is_number and address.key != existing.key:
        yield Change(fields.HANDLE, existing.handle, address.handle)
    if address.network_id and not existing.network_id:
        yield Change(fields.NUMBER, "", address.network_id)


def set_aside_taken(matched: Matched, register: Register) -> list[Problem]:
    """Take out the renamings to a handle that another account still has, and that no row says has moved
    away."""
    moving = {
        existing.ref
        for entry, existing in matched.pairs
        if existing and not entry.address.is_number and entry.address.key != existing.key
    }
    problems: list[Problem] = []
    for pair in list(matched.pairs):
        entry, existing = pair
        holder = register.by_key.get((entry.address.network, entry.address.key))
        if existing and holder and holder.ref not in {existing.ref, *moving}:
            problems.append(_held(entry, holder))
            matched.pairs.remove(pair)
    return problems


def _held(entry: Entry, holder: ExistingAccount) -> Problem:
    said = _(
        "By its number this account is now called %(handle)s, but another account of the register has that "
        "handle "
        "(number %(number)s). Nothing was changed. Correct that account first."
    )
    facts = {"handle": entry.address.handle, "number": holder.network_id or _("not known")}
    return Problem(entry.rows[0], None, said % facts)
