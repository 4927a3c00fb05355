"""Is the record whole? Asked of the tables themselves, with the tree by the RFC's own recursion."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tests.record.tlog.naive import Recursion

from undersigned.acts.governed import KINDS, states
from undersigned.record.models import Entry, Head, Intake, Payload, Standing, Tile, Touch
from undersigned.record.tlog import leaf, tree

TILE = 256


@dataclass
class Told:
    """What the entries, read in their order, say of the other tables."""

    counters: Counter[str] = field(default_factory=Counter)
    last: dict[str, tuple[int, str | None, str]] = field(default_factory=dict)
    touches: set[tuple[str, int, str]] = field(default_factory=set)
    commitments: dict[tuple[str, str], str] = field(default_factory=dict)


def faults() -> list[str]:
    """Everything that is not as it must be, in words; empty for a record that is whole."""
    rows = list(Entry.objects.order_by("seq"))
    told = Told()
    return [
        *_order(rows),
        *_bytes(rows),
        *_tree([bytes(row.entry) for row in rows]),
        *_counters(rows, told),
        *_standings(told),
        *_payloads(told),
        *_governed(told),
    ]


def _order(rows: Sequence[Entry]) -> Iterator[str]:
    if [row.seq for row in rows] != list(range(len(rows))):
        yield "a gap or a double in the order"
    if len({row.act_id for row in rows}) != len(rows):
        yield "an act is entered twice"
    if Intake.objects.exists():
        yield f"{Intake.objects.count()} acts wait without a place"


def _bytes(rows: Sequence[Entry]) -> Iterator[str]:
    for row in rows:
        entry = bytes(row.entry)
        leaf.match(entry)
        said = json.loads(entry)
        if (row.act_id, row.act, row.t) != (said["id"], said["act"], said["t"]):
            yield f"#{row.seq}: its columns are not its own"
        if bytes(row.leaf) != sha256(b"\x00" + entry).digest():
            yield f"#{row.seq}: its leaf hash is not its own"


def _tree(entries: list[bytes]) -> Iterator[str]:
    naive = Recursion(entries)
    head = Head.objects.first() or Head(size=0, frontier=b"")
    if head.size != len(entries):
        yield f"the head says {head.size} entries, and there are {len(entries)}"
    elif tree.Frontier.parse(head.size, bytes(head.frontier)).root() != naive.mth(0, len(entries)):
        yield "the frontier does not give the root"
    kept = {(tile.level, tile.idx): bytes(tile.data) for tile in Tile.objects.all()}
    if kept != tiles_of(naive, len(entries)):
        yield "the tiles are not those of the entries"


def tiles_of(naive: Recursion, size: int) -> dict[tuple[int, int], bytes]:
    """The tiles above level 0, as the format defines them."""
    found: dict[tuple[int, int], bytes] = {}
    level, below = 1, TILE
    while size // below:
        for place in range(size // below):
            where = level, place // TILE
            found[where] = found.get(where, b"") + naive.mth(place * below, (place + 1) * below)
        level, below = level + 1, below * TILE
    return found


def _counters(rows: Sequence[Entry], told: Told) -> Iterator[str]:
    for row in rows:
        said = json.loads(bytes(row.entry))
        for one in said["obj"]:
            told.counters[one["o"]] += 1
            if one["n"] != told.counters[one["o"]]:
                yield f"#{row.seq}: {one['o']} counts {one['n']} and not {told.counters[one['o']]}"
            told.last[one["o"]] = one["n"], one["st"], said["id"]
            told.touches.add((one["o"], one["n"], said["id"]))
        _commitments(said, told)


def _commitments(said: dict[str, Any], told: Told) -> None:
    told.commitments |= {(said["id"], name): value for name, value in said["c"].items()}
    if "who" in said["by"]:
        told.commitments[said["id"], "who"] = said["by"]["who"]
    if said["act"] == "record.erase":
        for name in said["fact"]["fields"].split(","):
            told.commitments.pop((said["fact"]["act"], name))


def _standings(told: Told) -> Iterator[str]:
    kept = {row.reference: (row.n, row.st, row.act_id) for row in Standing.objects.all()}
    for reference in kept.keys() ^ told.last.keys():
        yield f"{reference}: entries and standings do not both know it"
    for reference in kept.keys() & told.last.keys():
        if kept[reference] != told.last[reference]:
            yield f"{reference}: its standing is not that of its last entry"
    if told.touches != set(Touch.objects.values_list("reference", "n", "act_id")):
        yield "the index of touches is not that of the entries"


def _payloads(told: Told) -> Iterator[str]:
    kept = {(row.act_id, row.field): row for row in Payload.objects.all()}
    if kept.keys() != told.commitments.keys():
        yield f"values and commitments differ: {sorted(kept.keys() ^ told.commitments.keys())}"
    for where in kept.keys() & told.commitments.keys():
        row = kept[where]
        if leaf.commit(row.field, bytes(row.nonce), json.loads(row.value)) != told.commitments[where]:
            yield f"{where}: the value does not open its commitment"


def _governed(told: Told) -> Iterator[str]:
    """Phantoms: rows that no entry made, and entries whose row is not there or is another."""
    standing = {row.reference: row for row in Standing.objects.all()}
    found: set[str] = set()
    for model in set(KINDS.values()):
        references = list(model._base_manager.values_list("pk", flat=True))
        for start in range(0, len(references), TILE):
            for reference, state in states(model, references[start : start + TILE]).items():
                found.add(reference)
                row = standing.get(reference)
                if row is None or row.st != leaf.commit_state(reference, bytes(row.nonce), row.sv, state):
                    yield f"{reference}: the row is not as its last act left it"
    for reference, (_, state_then, _) in told.last.items():
        if state_then is not None and reference not in found:
            yield f"{reference}: entered, and not there"
