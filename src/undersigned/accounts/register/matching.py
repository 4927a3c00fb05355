"""Which account of the register each account of a file is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from undersigned.accounts.register.entries import Entries, Entry, Identity, join
from undersigned.imports.sheets import Problem
from undersigned.networks.names import Network


@dataclass(frozen=True, slots=True)
class ExistingAccount:
    """An account as the register holds it, with its facts in the form that `facts.fact` gives them.

    Among the facts stand `owner`, `unit`, `steward` and `deputy`, as references of people and units.
    `from_this_source`: an earlier file of the same source listed it, so its absence from this one means
    something.
    """

    ref: str
    network: Network
    key: str
    handle: str
    url: str
    network_id: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    from_this_source: bool = False


@dataclass(slots=True)
class Matched:
    """The accounts of the file beside those of the register. `spoken_of` are references that any row
    speaks of."""

    pairs: list[tuple[Entry, ExistingAccount | None]] = field(default_factory=list)
    spoken_of: set[str] = field(default_factory=set)


class Register:
    """The accounts of the register, by number and by name."""

    def __init__(self, existing: Iterable[ExistingAccount]) -> None:
        self.accounts = tuple(existing)
        self.by_key: dict[Identity, ExistingAccount] = {(one.network, one.key): one for one in self.accounts}
        self._by_number: dict[Identity, ExistingAccount] = {
            (one.network, one.network_id): one for one in self.accounts if one.network_id
        }

    def find(self, entry: Entry) -> ExistingAccount | None:
        """The account with this number; only where no account has it, the one with this key."""
        address = entry.address
        by_number = self._by_number.get((address.network, address.network_id)) if address.network_id else None
        return by_number or self.by_key.get((address.network, address.key))


def match(gathered: Entries, register: Register) -> Matched:
    """Find each entry's account. Those with a number come first: it is the better evidence."""
    matched = Matched()
    entry_of: dict[str, Entry] = {}
    for entry in sorted(gathered.entries, key=lambda one: not one.address.network_id):
        found = register.find(entry)
        if found is None:
            matched.pairs.append((entry, None))
            continue
        matched.spoken_of.add(found.ref)
        if _is_another_number(entry, found):
            gathered.problems.append(_taken_over(entry, found))
        elif found.ref in entry_of:
            join(entry_of[found.ref], entry, gathered)
        else:
            entry_of[found.ref] = entry
            matched.pairs.append((entry, found))
    matched.pairs.sort(key=lambda pair: pair[0].rows[0])
    return matched


def _is_another_number(entry: Entry, found: ExistingAccount) -> bool:
    return entry.address.network_id not in {"", found.network_id} and bool(found.network_id)


def _taken_over(entry: Entry, found: ExistingAccount) -> Problem:
    """A handle that was given up can be taken by anybody, so a new number behind an old handle is never
    just accepted."""
    said = _(
        "%(handle)s on %(network)s has the number %(number)s here, but the register knows it as %(known)s. "
        "Somebody "
        "else may have taken the handle. Nothing was changed: look at the account, then correct the number."
    )
    facts = {
        "handle": entry.address.handle,
        "network": entry.address.network.label,
        "number": entry.address.network_id,
        "known": found.network_id,
    }
    return Problem(entry.rows[0], None, said % facts)
