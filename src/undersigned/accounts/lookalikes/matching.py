"""Which accounts look like an official one, and which entries of the register look like one account twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from undersigned.accounts.lookalikes.comparing import Form, compare
from undersigned.accounts.lookalikes.index import Index
from undersigned.accounts.lookalikes.presence import LookAlike, Presence, strongest_first
from undersigned.accounts.lookalikes.reasons import Kind, Reason
from undersigned.networks.names import Network

Pair = tuple[Presence, Presence]
Shelf = dict[str, dict[str, Presence]]
"""Presences that look alike, by the digits in their names and then by key."""


def find(candidates: Iterable[Presence], official: Iterable[Presence]) -> list[LookAlike]:
    """The candidates that look like an official account, strongest first, each with the account it is nearest to.

    A candidate that is itself official is no look-alike, whatever it looks like.
    """
    index = Index(official)
    found = [index.nearest(one) for one in candidates if one.address not in index.addresses]
    return sorted((match for match in found if match), key=strongest_first)


def doubles(register: Iterable[Presence]) -> list[LookAlike]:
    """Entries of the register that look like one account twice on one network.

    A unit that speaks on several networks under one name is as it should be, and so are two units whose names are
    close: only what a reader could not tell apart is named.
    """
    shelves: dict[tuple[Network, bool, str], Shelf] = defaultdict(lambda: defaultdict(dict))
    for presence in register:
        for form in presence.forms():
            for look in {form.skeleton, form.letters}:
                shelves[presence.network, form.is_handle, look][form.digits][presence.key] = presence
    found = [_double(one, other) for one, other in _pairs(shelves.values())]
    return sorted((match for match in found if match), key=strongest_first)


def doubles_of(one: Presence, register: Iterable[Presence]) -> list[LookAlike]:
    """Those doubles that one entry is part of, without holding all the others against each other."""
    mine = _looks(one)
    near = [other for other in register if other.key != one.key and not mine.isdisjoint(_looks(other))]
    return [match for match in doubles([one, *near]) if one.key in (match.of.key, match.candidate.key)]


def _looks(presence: Presence) -> set[tuple[Network, bool, str]]:
    forms = presence.forms()
    return {
        (presence.network, form.is_handle, look) for form in forms for look in (form.skeleton, form.letters)
    }


def _pairs(shelves: Iterable[Shelf]) -> Iterator[Pair]:
    """Each pair once. What bears two different numbers is never held together: a thousand stations are not doubles."""
    pairs: dict[tuple[str, str], Pair] = {}
    for shelf in shelves:
        for one, other in _on_one_shelf(shelf):
            first, second = sorted((one, other), key=lambda presence: presence.key)
            pairs[first.key, second.key] = first, second
    yield from pairs.values()


def _on_one_shelf(shelf: Shelf) -> Iterator[Pair]:
    for digits, alike in shelf.items():
        yield from combinations(alike.values(), 2)
        if digits and "" in shelf:
            others = (other for other in shelf[""].values() if other.key not in alike)
            yield from product(alike.values(), others)


def _double(one: Presence, other: Presence) -> LookAlike | None:
    alike = [
        compare(theirs, ours)
        for theirs in other.forms()
        for ours in one.forms()
        if theirs.is_handle == ours.is_handle and not _numbered(theirs, ours)
    ]
    reasons = tuple(reason for reason in alike if reason and _shows_a_double(reason, one.unit == other.unit))
    return LookAlike(other, one, reasons) if reasons else None


def _numbered(theirs: Form, ours: Form) -> bool:
    """Station 1 and Station 2 are two stations."""
    return bool(theirs.digits and ours.digits and theirs.digits != ours.digits)


def _shows_a_double(reason: Reason, same_unit: bool) -> bool:
    if reason.kind is Kind.SAME_NAME:
        return same_unit
    return reason.kind in (Kind.SAME_HANDLE, Kind.LOOKS_THE_SAME, Kind.MARKS_AND_DIGITS)
