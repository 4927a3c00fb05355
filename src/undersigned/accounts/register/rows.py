"""Reading rows by one mapping, long or wide or both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from undersigned.accounts.register import fields, long_form
from undersigned.accounts.register.candidates import Candidate, settle
from undersigned.accounts.register.facts import NotRead, Orders, fact
from undersigned.accounts.register.reading import Listed, Reading, numbers, understood
from undersigned.imports import columns
from undersigned.imports.sheets import Row
from undersigned.networks.addresses import Address
from undersigned.networks.names import Network

Of: TypeAlias = dict[str, tuple[str, ...]]
"""The columns of each field."""

NUMBERED = re.compile(r"(.*\.\d+)\.[^.]+")
"""Columns of a list within a record: `accounts.1.handle`."""


class RowReader:
    """What every row of one file says."""

    def __init__(self, mapping: columns.Mapping, orders: Orders) -> None:
        self._orders = orders
        self._plain: Of = {}
        self._lists: dict[str, Of] = {}
        self._wide: dict[Network, Of] = {}
        for column in mapping.columns:
            if column.field:
                of, field = self._place(column.name, column.field)
                of[field] = (*of.get(field, ()), column.name)

    def read(self, row: Row) -> Reading:
        """Every account that the row lists, with what is said of it."""
        reading = Reading(row)
        self._list(reading, long_form.candidates(reading, self._plain) + self._wide_candidates(reading), {})
        for of in self._lists.values():
            if not reading.says_nothing_in([name for names in of.values() for name in names]):
                self._list(reading, long_form.candidates(reading, of), of)
        return reading

    def _place(self, name: str, field: str) -> tuple[Of, str]:
        """Where a column belongs: to one network, to one entry of a list, or to the row."""
        if parted := fields.parted(field):
            return self._wide.setdefault(parted[0], {}), parted[1]
        numbered = NUMBERED.fullmatch(name)
        return (self._lists.setdefault(numbered[1], {}) if numbered else self._plain), field

    def _list(self, reading: Reading, candidates: list[Candidate], of: Mapping[str, tuple[str, ...]]) -> None:
        addresses, problems = settle(reading.row.number, candidates)
        reading.problems += problems
        if not addresses:
            return
        said = _said(reading, self._plain) | _said(reading, of)
        about = self._facts(reading, self._plain) | self._facts(reading, of)
        reading.listed += [self._listed(reading, address, about, said) for address in addresses]

    def _listed(
        self, reading: Reading, address: Address, about: dict[str, str], said: dict[str, str]
    ) -> Listed:
        own = self._facts(reading, self._wide.get(address.network, {}))
        return Listed(reading.row.number, address, about | own, said)

    def _wide_candidates(self, reading: Reading) -> list[Candidate]:
        found: list[Candidate] = []
        for network, of in self._wide.items():
            found += understood(reading, of.get(fields.HANDLE, ()), network)
            found += numbers(reading, of.get(fields.NUMBER, ()), network)
        return found

    def _facts(self, reading: Reading, of: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        facts: dict[str, list[str]] = {}
        for name in fields.FACTS:
            for column, cell in reading.filled(of.get(name, ())):
                try:
                    value = fact(name, cell, self._orders.get(column))
                except NotRead as refusal:
                    reading.problem(column, str(refusal))
                else:
                    facts.setdefault(name, []).append(value)
        return {name: "\n".join(filter(None, values)) for name, values in facts.items() if any(values)}


def _said(reading: Reading, of: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The words about who answers for the accounts of this row."""
    return {
        name: " ".join(cell.split())
        for name in fields.RESPONSIBLE
        for _column, cell in reading.filled(of.get(name, ()))
    }
