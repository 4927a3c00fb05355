"""The record as a folder of files that anybody can check without our code (specification, section 6)."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q, QuerySet

from undersigned.record import durable, heads, reading, trust
from undersigned.record.models import Checkpoint, Entry
from undersigned.record.receipts import proof_file
from undersigned.record.tlog import checkpoint as tlog
from undersigned.record.tlog import tiles
from undersigned.record.tlog.encoding import DIGEST_BYTES, Digest
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.refusals import MalformedError

ALL = "all"
"""Instead of act ids: a receipt of every act."""


class ExportRefused(Exception):
    """Nothing was written: there is nothing to export yet, or the folder holds another record or a larger one."""


@dataclass(frozen=True, slots=True)
class Exported:
    size: int
    root: Digest
    files: int


def export(target: Path, receipts: Collection[str] = ()) -> Exported:
    """Write the published files of one checkpoint: the latest that satisfies the policy.

    A folder that holds an earlier export is brought up to date. ``receipts``: act ids, or ``ALL``. Raises
    ExportRefused, OSError, NoPolicy.
    """
    checkpoint = heads.latest_witnessed()
    if checkpoint is None:
        raise ExportRefused(
            "No checkpoint satisfies the policy yet, so there is nothing that an auditor would accept. Nothing was "
            "written; sign one with undersigned record publish, or see that the witnesses answer."
        )
    target.mkdir(parents=True, exist_ok=True)
    with _alone_in(target):
        _refuse_another_record(target, checkpoint)
        _refuse_unknown_acts(receipts, checkpoint.size)
        return _Export(target, checkpoint).write(receipts)


@contextmanager
def _alone_in(target: Path) -> Iterator[None]:
    """Two exports into one folder wait for one another."""
    folder = os.open(target, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _refuse_another_record(target: Path, checkpoint: Checkpoint) -> None:
    """A folder is continued, never turned into another record or an earlier one."""
    there = target / "checkpoint"
    if not there.exists():
        return
    ours = tlog.Checkpoint.parse(SignedNote.parse(checkpoint.note.encode()).text)
    try:
        theirs = tlog.Checkpoint.parse(SignedNote.parse(there.read_bytes()).text)
    except MalformedError as why:
        raise ExportRefused(f"{there} is not a checkpoint: {why}. Nothing was written.") from why
    if theirs.origin != ours.origin or theirs.size > ours.size or reading.root(theirs.size) != theirs.root:
        raise ExportRefused(
            f"{target} holds {theirs.size} entries of {theirs.origin} which do not begin the {ours.size} entries of "
            f"{ours.origin}. Nothing was written; export into another folder, and keep this one: it may be evidence."
        )


def _refuse_unknown_acts(receipts: Collection[str], size: int) -> None:
    if receipts == ALL:
        return
    wanted = set(receipts)
    unknown = wanted - set(_acts(wanted, size).values_list("act_id", flat=True))
    if unknown:
        raise ExportRefused(
            f"The first {size} entries have no act {', '.join(sorted(unknown))}. Nothing was written; look up the id "
            "on the act's page, or wait for the next checkpoint."
        )


def _acts(receipts: Collection[str], size: int) -> QuerySet[Entry]:
    acts = Entry.objects.filter(seq__lt=size).order_by("seq")
    return acts if receipts == ALL else acts.filter(act_id__in=receipts)


class _Export:
    """One export in the making."""

    def __init__(self, target: Path, checkpoint: Checkpoint) -> None:
        self._target = target
        self._checkpoint = checkpoint
        self._size = checkpoint.size
        self._files = 0

    def write(self, receipts: Collection[str]) -> Exported:
        """Everything, ``checkpoint`` last: an export cut short does not pass for a whole one."""
        self._write_entries()
        self._write_upper_tiles()
        self._remove_outgrown()
        self._put("keys", trust.keys().encode())
        self._put("policy", trust.published_policy())
        for older in _kept(self._checkpoint):
            self._put(f"checkpoints/{older.size}", heads.note(older))
        self._write_receipts(receipts)
        self._files += 1
        durable.write(self._target / "checkpoint", heads.note(self._checkpoint))
        return Exported(self._size, Digest(bytes(self._checkpoint.root)), self._files)

    def _write_entries(self) -> None:
        """Bundles and the tiles of their hashes, in one pass over what the folder has not got yet."""
        first = 0
        while self._is_there(self._bundle(first)) and self._is_there(self._bundle(first)._replace(level=0)):
            first += 1
        self._files += 2 * first
        entries: list[bytes] = []
        hashes: list[bytes] = []
        for seq, entry, leaf in reading.every_entry(self._size, first * tiles.WIDTH):
            entries.append(entry)
            hashes.append(leaf)
            if len(entries) == tiles.WIDTH or seq == self._size - 1:
                bundle = self._bundle(seq // tiles.WIDTH)
                self._put(bundle.path, tiles.encode_bundle(entries))
                self._put(bundle._replace(level=0).path, b"".join(hashes))
                entries, hashes = [], []

    def _bundle(self, number: int) -> tiles.Tile:
        return tiles.Tile(None, number, tiles.width_at(0, number, self._size))

    def _is_there(self, tile: tiles.Tile) -> bool:
        """Only full tiles never change; one that a power cut left empty is not there."""
        least = tiles.WIDTH * (3 if tile.level is None else DIGEST_BYTES)
        path = self._target / tile.path
        return tile.width == tiles.WIDTH and path.is_file() and path.stat().st_size >= least

    def _write_upper_tiles(self) -> None:
        for tile in tiles.tiles_of(self._size):
            if not tile.level:
                continue
            if self._is_there(tile):
                self._files += 1
            else:
                self._put(tile.path, reading.tile(tile.level, tile.number, tile.width))

    def _remove_outgrown(self) -> None:
        """Partial tiles of earlier sizes, which this size has not got."""
        for folder in list((self._target / "tile").rglob("*.p")):
            for path in folder.iterdir():
                if not self._belongs(path):
                    path.unlink()
            if not any(folder.iterdir()):
                folder.rmdir()

    def _belongs(self, path: Path) -> bool:
        try:
            tile = tiles.parse_path(path.relative_to(self._target).as_posix())
        except MalformedError:
            return True
        return tiles.has_tile(tile, self._size)

    def _write_receipts(self, receipts: Collection[str]) -> None:
        if not receipts:
            return
        heads.name_for_ever(self._checkpoint)
        read = tiles.HashReader(self._size, reading.tile)
        for seq, act_id in _acts(receipts, self._size).values_list("seq", "act_id").iterator():
            self._put(f"{act_id}.tlog-proof", proof_file(seq, self._checkpoint, read))

    def _put(self, name: str, data: bytes) -> None:
        """To a temporary name first, so that nobody reads half a file."""
        path = self._target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_bytes(data)
        temporary.replace(path)
        self._files += 1


def _kept(checkpoint: Checkpoint) -> QuerySet[Checkpoint]:
    """Older published checkpoints that stay: the last of every day (UTC), and those that somebody names."""
    older = Checkpoint.objects.filter(published_at__isnull=False, size__lt=checkpoint.size).order_by("size")
    last_of_day = {signed.date(): size for size, signed in older.values_list("size", "signed_at")}
    last_of_day.pop(checkpoint.signed_at.date(), None)
    return older.filter(Q(size__in=last_of_day.values()) | Q(named=True))
