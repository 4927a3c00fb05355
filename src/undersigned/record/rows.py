"""What an act has to write into the record's tables, before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Head(NamedTuple):
    """The tree as it stands: entries, the serialised frontier, and the latest time in it (POSIX seconds)."""

    size: int
    frontier: bytes
    t_max: int


class PayloadRow(NamedTuple):
    act_id: str
    field: str
    nonce: bytes
    value: str


class StandingRow(NamedTuple):
    reference: str
    n: int
    st: str | None
    sv: int
    nonce: bytes
    act_id: str


class IntakeRow(NamedTuple):
    act_id: str
    entry: bytes
    entered_at: int


class Waiting(NamedTuple):
    """An entry without a place. ``intake`` is None when it goes straight from its act into the tree."""

    intake: int | None
    act_id: str
    entry: bytes


class EntryRow(NamedTuple):
    seq: int
    intake: int | None
    act_id: str
    entry: bytes
    leaf: bytes
    act: str
    t: int
    capacity: str


@dataclass(slots=True)
class Rows:
    """The rows of one act, or of all acts of a bulk. ``standings`` holds the last of each object."""

    payloads: list[PayloadRow] = field(default_factory=list)
    standings: dict[str, StandingRow] = field(default_factory=dict)
    touches: list[tuple[str, int, str]] = field(default_factory=list)
    intakes: list[IntakeRow] = field(default_factory=list)

    def add(self, other: Rows) -> None:
        self.payloads += other.payloads
        self.standings |= other.standings
        self.touches += other.touches
        self.intakes += other.intakes


@dataclass(slots=True)
class Placed:
    """Entries with their places, the tile hashes that they close above level 0, and the head after them."""

    entries: list[EntryRow]
    tiles: dict[tuple[int, int], bytes]
    head: Head
