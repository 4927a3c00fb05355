"""One entry for each account of a file, though several rows may list it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from django.utils.translation import gettext as _

from undersigned.accounts.register.reading import Listed
from undersigned.imports.sheets import Problem
from undersigned.networks.addresses import Address
from undersigned.networks.names import Network

Identity: TypeAlias = tuple[Network, str]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that lists again what an earlier row lists, in this spelling or another."""

    row: int
    same_as_row: int
    network: Network
    handle: str


@dataclass(slots=True)
class Entry:
    """One account of the file. The first row that says a thing decides it."""

    address: Address
    rows: list[int]
    facts: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Entries:
    """The accounts of a file, each once, and what was found while its rows were brought together."""

    entries: list[Entry] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def gather(listed: Iterable[Listed]) -> Entries:
    """Bring together the rows that list one account: by its number where any row tells it, else by its
    key."""
    gathered = Entries()
    rows = list(listed)
    number_of = _numbers_by_key(rows)
    known: dict[Identity, Entry] = {}
    for one in rows:
        number = number_of.get(_by_key(one.address), one.address.network_id)
        if one.address.network_id not in {"", number}:
            gathered.problems.append(_two_numbers(one, number))
            continue
        identity = (one.address.network, f"number {number}") if number else _by_key(one.address)
        if identity in known:
            join(known[identity], _entry(one), gathered)
        else:
            known[identity] = _entry(one)
            gathered.entries.append(known[identity])
    return gathered


def join(entry: Entry, other: Entry, gathered: Entries) -> None:
    """Add to an entry what a later row says of the same account. Where they differ, the earlier word
    stands."""
    first, row = entry.rows[0], other.rows[0]
    gathered.duplicates += [
        Duplicate(again, first, entry.address.network, other.address.handle)
        for again in other.rows
        if again != first
    ]
    entry.rows += other.rows
    if not other.address.is_number and not entry.address.is_number and other.address.key != entry.address.key:
        gathered.warnings.append(_two_handles(entry, other))
    entry.address = _fuller(entry.address, other.address)
    for name, value in other.facts.items():
        if entry.facts.setdefault(name, value) != value:
            gathered.warnings.append(Problem(row, name, _differs(first, entry.facts[name], value)))
    for name, value in other.said.items():
        if entry.said.setdefault(name, value) != value:
            gathered.problems.append(Problem(row, name, _differs(first, entry.said[name], value)))


def _entry(one: Listed) -> Entry:
    return Entry(one.address, [one.row], dict(one.facts), dict(one.said))


def _by_key(address: Address) -> Identity:
    return address.network, address.key


def _numbers_by_key(rows: Iterable[Listed]) -> dict[Identity, str]:
    """The number that the file gives for each name, the first where it gives several."""
    numbers: dict[Identity, str] = {}
    for one in rows:
        if one.address.network_id:
            numbers.setdefault(_by_key(one.address), one.address.network_id)
    return numbers


def _fuller(one: Address, other: Address) -> Address:
    """A name says more to people than a number; a number lasts longer. The best is both."""
    named = other if one.is_number and not other.is_number else one
    return replace(named, network_id=one.network_id or other.network_id)


def _two_numbers(one: Listed, number: str) -> Problem:
    said = _(
        "%(handle)s on %(network)s has the number %(other)s here and %(number)s in an earlier row. This "
        "row was left out. "
        "Look up the number and correct one of them."
    )
    facts = {
        "handle": one.address.handle,
        "network": one.address.network.label,
        "other": one.address.network_id,
        "number": number,
    }
    return Problem(one.row, None, said % facts)


def _two_handles(entry: Entry, other: Entry) -> Problem:
    said = _(
        "This row has the number of the account in row %(row)d under another handle: %(other)s, not "
        "%(handle)s. The first "
        "was kept. Check which is in use."
    )
    facts = {"row": entry.rows[0], "other": other.address.handle, "handle": entry.address.handle}
    return Problem(other.rows[0], None, said % facts)


def _differs(row: int, first: str, value: str) -> str:
    said = _("Row %(row)d says “%(first)s” of the same account, this row “%(value)s”. The first was kept.")
    return said % {"row": row, "first": first[:60], "value": value[:60]}
