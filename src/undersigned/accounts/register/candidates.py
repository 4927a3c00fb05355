"""From the addresses that one row gives to the accounts that it means.

A row may say one account twice: by handle and by address, by name and by number. It may also say several.
Two are taken for one only where nothing else is possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from undersigned.imports.sheets import Problem
from undersigned.networks.addresses import Address
from undersigned.networks.names import Network


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address, and the column that gave it."""

    column: str
    address: Address


def settle(row: int, candidates: Iterable[Candidate]) -> tuple[list[Address], list[Problem]]:
    """The accounts that a row means, each once, in the order of the columns."""
    by_network: dict[Network, dict[str, Candidate]] = {}
    for candidate in candidates:
        by_network.setdefault(candidate.address.network, {}).setdefault(candidate.address.key, candidate)
    addresses: list[Address] = []
    problems: list[Problem] = []
    for distinct in by_network.values():
        names = [candidate for candidate in distinct.values() if not candidate.address.is_number]
        numbers = [candidate for candidate in distinct.values() if candidate.address.is_number]
        addresses += _one_network(row, names, numbers, problems)
    return addresses, problems


def _one_network(
    row: int, names: Sequence[Candidate], numbers: Sequence[Candidate], problems: list[Problem]
) -> list[Address]:
    apart = [number for number in numbers if number.column not in {name.column for name in names}]
    if len(names) == len(apart) == len(numbers) == 1:
        return [replace(names[0].address, network_id=apart[0].address.network_id)]
    if len(names) > 1 and apart:
        problems += [_whose(row, number) for number in apart]
        numbers = [number for number in numbers if number not in apart]
    return [candidate.address for candidate in (*names, *numbers)]


def _whose(row: int, number: Candidate) -> Problem:
    said = _(
        "The number %(number)s can be that of any account in this row on %(network)s, and was left out. "
        "Write each account with its number in a row of its own."
    )
    facts = {"number": number.address.network_id, "network": number.address.network.label}
    return Problem(row, number.column, said % facts)
