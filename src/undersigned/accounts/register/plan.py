"""What an import would do, before anything is done, in a form that pages and programs can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from undersigned.accounts.register import fields
from undersigned.accounts.register.changes import Change
from undersigned.accounts.register.entries import Duplicate
from undersigned.accounts.register.matching import ExistingAccount
from undersigned.accounts.register.owners import Found
from undersigned.imports.sheets import Problem
from undersigned.networks.addresses import Address


@dataclass(frozen=True, slots=True)
class Planned:
    """One account as the file has it. `said` are the file's words about who answers for it, `responsible`
    whom they mean."""

    address: Address
    facts: Mapping[str, str]
    said: Mapping[str, str]
    responsible: Mapping[str, Found]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """An account of the register that the file has otherwise."""

    existing: ExistingAccount
    planned: Planned
    changes: tuple[Change, ...]

    @property
    def is_renamed(self) -> bool:
        """The same account by its number, under another handle."""
        return any(change.field == fields.HANDLE for change in self.changes)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An account that the file has as the register does."""

    existing: ExistingAccount
    planned: Planned


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as it came, kept for correction, with how many accounts were read from it and what was not."""

    number: int
    cells: Mapping[str, str]
    accounts: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. `problems` were not taken, `warnings` were taken and should be looked at."""

    created: tuple[Planned, ...]
    changed: tuple[Changed, ...]
    unchanged: tuple[Unchanged, ...]
    gone: tuple[ExistingAccount, ...]
    duplicates: tuple[Duplicate, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    rows: tuple[SourceRow, ...]

    def summary(self) -> dict[str, Any]:
        """The counts, and every sentence, as other programs read them."""
        told = sorted((*self.problems, *self.warnings), key=lambda one: one.row or 0)
        return {
            "read": len(self.rows),
            "created": len(self.created),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "gone": len(self.gone),
            "duplicates": len(self.duplicates),
            "problems": [{"row": one.row, "field": one.field, "what": one.what} for one in told],
        }
