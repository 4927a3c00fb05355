"""One pass over the entries: leaf hashes, grammar, and what the checks across entries need. Split over cores."""

import gc
import os
import re
from array import array
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

from undersigned.record.audit.folder import Folder
from undersigned.record.tlog import leaf, tiles
from undersigned.record.tlog.encoding import DIGEST_BYTES
from undersigned.record.tlog.grammar import LEAF
from undersigned.record.tlog.refusals import LeafError

BUNDLES_WORTH_A_PROCESS = 40
"""About 10,000 entries: below that, starting a process costs more than it saves."""
OWN = b'{"act":"record.'
UNREADABLE = -1
"""Stands in for the time of an entry that cannot be read, so that positions stay positions."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Bundles first … last - 1 of a folder whose log has `size` entries."""

    folder: Folder
    first: int
    last: int
    size: int


@dataclass(slots=True)
class Scanned:
    """What a slice held.

    `began`: object → index and n of its first act here; `stands`: object → its last n, negative when its row
    is gone. `own` are the record's own acts, whole. Faults of entries are (index, what).
    """

    leaves: bytes = b""
    roots: bytes = b""
    ids: list[bytes] = field(default_factory=list)
    times: "array[int]" = field(default_factory=lambda: array("q"))
    began: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    stands: dict[bytes, int] = field(default_factory=dict)
    own: list[tuple[int, bytes]] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    bundle_faults: list[tuple[str, str]] = field(default_factory=list)
    leaf_faults: list[tuple[int, str]] = field(default_factory=list)
    counter_faults: list[tuple[int, str]] = field(default_factory=list)
    complete: bool = True


def scan_all(folder: Folder, bundles: int, size: int) -> list[Scanned]:
    """Scan the first `bundles` bundles; this process takes the first part, others the rest."""
    processes = max(1, min(os.cpu_count() or 1, bundles // BUNDLES_WORTH_A_PROCESS))
    cuts = [bundles * part // processes for part in range(processes + 1)]
    slices = [Slice(folder, first, last, size) for first, last in pairwise(cuts)]
    if processes == 1:
        return [scan(slices[0])]
    with ProcessPoolExecutor(processes - 1) as others:
        rest = [others.submit(scan, each) for each in slices[1:]]
        return [scan(slices[0]), *(each.result() for each in rest)]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """An audit makes millions of small objects and no cycles: looking for cycles would cost it a tenth."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@collector_at_rest()
def scan(part: Slice) -> Scanned:
    """Read a slice of the log."""
    found = Scanned()
    leaves: list[bytes] = []
    roots: list[bytes] = []
    for number in range(part.first, part.last):
        tile = tiles.Tile(None, number, tiles.width_at(0, number, part.size))
        entries = _entries(part.folder, tile, found)
        row = b"".join([sha256(b"\x00" + entry).digest() for entry in entries])
        _read(entries, number * tiles.WIDTH, found)
        if len(entries) == tiles.WIDTH:
            roots.append(tiles.perfect_root(row))
        leaves.append(row.ljust(tile.width * DIGEST_BYTES, b"\x00"))
        found.ids.extend([b""] * (tile.width - len(entries)))
        found.times.extend([UNREADABLE] * (tile.width - len(entries)))
    found.leaves, found.roots = b"".join(leaves), b"".join(roots)
    return found


def _entries(folder: Folder, tile: tiles.Tile, found: Scanned) -> list[bytes]:
    """The entries of a bundle; of one that is not as it should be, what can be read, and a fault."""
    there = folder.find(tile) or tile
    data = folder.read_tile(there)
    entries, rest = tiles.split_bundle(data)
    if rest < len(data):
        found.bundle_faults.append((there.path, f"what stands at byte {rest} is not an entry"))
    elif len(entries) != there.width:
        found.bundle_faults.append((there.path, f"has {len(entries)} entries and not {there.width}"))
    found.complete = found.complete and len(entries) >= tile.width
    return entries[: tile.width]


def _read(entries: list[bytes], start: int, found: Scanned) -> None:
    """Match every entry of a bundle against the grammar and take note of its id, time and objects.

    An audit spends most of its time in this loop, so it looks closer only at entries that have more to see.
    """
    ids, times = found.ids.append, found.times.append
    for index, (entry, match) in enumerate(zip(entries, map(LEAF.fullmatch, entries), strict=True), start):
        if match is None:
            _refuse(leaf.NOT_A_LEAF, index, found)
            continue
        secrets, facts, act_id, n, reference, state, others, t = match.group(2, 4, 5, 6, 7, 8, 9, 10)
        if (others or facts or secrets) and _is_out_of_order(match, index, found):
            continue
        ids(act_id)
        times(int(t))
        if reference:
            _count(reference, int(n), state, index, found)
        if others:
            for each in leaf.objects_of(match)[1:]:
                _count(each[1], int(each[0]), each[2], index, found)
        if entry.startswith(OWN):
            found.own.append((index, entry))
    found.long += [index for index, entry in enumerate(entries, start) if len(entry) > leaf.LARGEST_WRITTEN]


def _is_out_of_order(match: re.Match[bytes], index: int, found: Scanned) -> bool:
    try:
        leaf.check_order(match)
    except LeafError as why:
        _refuse(str(why), index, found)
        return True
    return False


def _refuse(what: str, index: int, found: Scanned) -> None:
    """Say what is wrong with an entry, and leave its place empty."""
    found.leaf_faults.append((index, what))
    found.ids.append(b"")
    found.times.append(UNREADABLE)


def _count(reference: bytes, n: int, state: bytes, index: int, found: Scanned) -> None:
    """Follow one object's counter."""
    last = found.stands.get(reference)
    if last is None:
        found.began[reference] = index, n
    elif n != last + 1:
        found.counter_faults.append((index, gap(reference, last, n)))
    found.stands[reference] = -n if state == b"null" else n


def gap(reference: bytes, last: int, n: int) -> str:
    """Say what is wrong with act `n` of an object that stands at `last`."""
    if last < 0:
        return f"{reference.decode()} was gone after its act {-last}, and yet here is its act {n}"
    return f"{reference.decode()} goes from its act {last} to its act {n}: acts are missing, or entered twice"
