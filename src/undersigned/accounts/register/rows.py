"""Reading rows by one mapping, long or wide or both."""

from __future__ import annotations

from collections.abc import Mapping

from undersigned.accounts.register import fields, long_form
from undersigned.accounts.register.candidates import Candidate, settle
from undersigned.accounts.register.facts import NotRead, Orders, fact
from undersigned.accounts.register.reading import Listed, Reading, numbers, understood
from undersigned.imports import columns
from undersigned.imports.sheets import Row
from undersigned.networks.names import Network


class RowReader:
    """What every row of one file says."""

    def __init__(self, mapping: columns.Mapping, orders: Orders) -> None:
        self._of = {column.field: mapping.of(column.field) for column in mapping.columns if column.field}
        self._orders = orders
        self._wide: dict[Network, dict[str, tuple[str, ...]]] = {}
        for name, found in self._of.items():
            if parted := fields.parted(name):
                self._wide.setdefault(parted[0], {})[parted[1]] = found

    def read(self, row: Row) -> Reading:
        """Every account that the row lists, with what is said of it."""
        reading = Reading(row)
        candidates = long_form.candidates(reading, self._of) + self._wide_candidates(reading)
        addresses, problems = settle(row.number, candidates)
        reading.problems += problems
        if not addresses:
            return reading
        said, about = self._said(reading), self._facts(reading, self._of)
        for address in addresses:
            own = self._facts(reading, self._wide.get(address.network, {}))
            reading.listed.append(Listed(row.number, address, about | own, said))
        return reading

    def _wide_candidates(self, reading: Reading) -> list[Candidate]:
        found: list[Candidate] = []
        for network, of in self._wide.items():
            found += understood(reading, of.get(fields.HANDLE, ()), network)
            found += numbers(reading, of.get(fields.NUMBER, ()), network)
        return found

    def _said(self, reading: Reading) -> dict[str, str]:
        """The words about who answers for the accounts of this row."""
        return {
            name: " ".join(cell.split())
            for name in fields.RESPONSIBLE
            for _column, cell in reading.filled(self._of.get(name, ()))
        }

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
