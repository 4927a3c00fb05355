"""What one row came to: the accounts it lists, and what in it could not be read.

A row is read as far as it can be. What cannot be read becomes a problem with its row and column, and the
rest of the row stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from undersigned.accounts.register import cells
from undersigned.accounts.register.candidates import Candidate
from undersigned.imports.sheets import Problem, Row
from undersigned.networks.addresses import Address, NotUnderstood, numbered, understand
from undersigned.networks.names import Network


@dataclass(frozen=True, slots=True)
class Listed:
    """One account as one row lists it. `said` holds the words about who answers for it, as written."""

    row: int
    address: Address
    facts: Mapping[str, str]
    said: Mapping[str, str]


@dataclass(slots=True)
class Reading:
    """One row while it is read. In wide form a row may rightly list no account at all."""

    row: Row
    listed: list[Listed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def filled(self, columns: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Those columns in which this row says something, each with its cell."""
        for column in columns:
            cell = self.row.cells.get(column, "").strip()
            if not cells.is_nothing(cell):
                yield column, cell

    def says_nothing_in(self, columns: Iterable[str]) -> bool:
        """Whether the row leaves all these columns blank, without so much as a *none*."""
        return not any(self.row.cells.get(column, "").strip() for column in columns)

    def problem(self, column: str | None, what: str) -> None:
        """Note something that was not taken."""
        self.problems.append(Problem(self.row.number, column, what))

    def warn(self, column: str | None, what: str) -> None:
        """Note something that was taken, but should be looked at."""
        self.warnings.append(Problem(self.row.number, column, what))


def understood(reading: Reading, columns: Iterable[str], network: Network | None) -> list[Candidate]:
    """The accounts that handles and addresses in these columns name; the others become problems."""
    found: list[Candidate] = []
    for column, cell in reading.filled(columns):
        if cells.is_mark(cell):
            reading.problem(
                column,
                _("“%(cell)s” says that there is an account, and not which. Write its address.")
                % {"cell": cell},
            )
            continue
        for piece in cells.pieces(cell):
            try:
                address = read_piece(piece, network)
            except NotUnderstood as refusal:
                reading.problem(column, str(refusal))
            else:
                found.append(Candidate(column, address))
                for warning in address.warnings:
                    reading.warn(column, warning)
    return found


def read_piece(piece: str, network: Network | None) -> Address:
    """One handle or address, with or without the name of its network before it. Raises NotUnderstood."""
    plain, labelled = cells.without_label(piece)
    return understand(plain, network=labelled or network)


def numbers(reading: Reading, columns: Iterable[str], network: Network | None) -> list[Candidate]:
    """The accounts that a network's own numbers in these columns mean."""
    found: list[Candidate] = []
    for column, cell in reading.filled(columns):
        if network is None:
            reading.problem(
                column,
                _("The number %(cell)s alone names no account. Say on which network it is.")
                % {"cell": cell[:60]},
            )
            continue
        try:
            found.append(Candidate(column, numbered(network, cell)))
        except NotUnderstood as refusal:
            reading.problem(column, str(refusal))
    return found
