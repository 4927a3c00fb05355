"""A whole log of fifteen entries that another program wrote."""

from pathlib import Path

import pytest
from tests.acceptance.record.vectors import vectors

from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.tiles import HashReader, Tile, decode_bundle, encode_bundle
from undersigned.record.tlog.tree import (
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from undersigned.record.tlog.vkey import VerifierKey

KEY = VerifierKey.parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
SIZE = 15


@pytest.fixture
def log() -> Path:
    return vectors() / "tessera-log"


def checkpoint(log: Path, name: str) -> Checkpoint:
    note = SignedNote.parse((log / name).read_bytes())
    assert note.encode() == (log / name).read_bytes()
    note.verify([KEY])
    return Checkpoint.parse(note.text)


def entries_of(log: Path, size: int) -> list[bytes]:
    return decode_bundle((log / Tile(None, 0, size).path).read_bytes(), size) if size else []


def reader(log: Path, size: int) -> HashReader:
    return HashReader(size, lambda level, number, width: (log / Tile(level, number, width).path).read_bytes())


def test_every_checkpoint_verifies(log: Path) -> None:
    assert [checkpoint(log, f"checkpoint.{size}").size for size in range(SIZE + 1)] == list(range(SIZE + 1))
    assert checkpoint(log, "checkpoint").size == SIZE


@pytest.mark.parametrize("size", range(SIZE + 1))
def test_the_entries_give_the_root_of_each_checkpoint(log: Path, size: int) -> None:
    entries = entries_of(log, SIZE)[:size]

    assert root_of(map(leaf_hash, entries)) == checkpoint(log, f"checkpoint.{size}").root


@pytest.mark.parametrize("size", range(1, SIZE + 1))
def test_every_partial_tile_and_bundle_is_what_ours_would_be(log: Path, size: int) -> None:
    entries = entries_of(log, size)

    assert entries == entries_of(log, SIZE)[:size]
    assert encode_bundle(entries) == (log / Tile(None, 0, size).path).read_bytes()
    assert b"".join(map(leaf_hash, entries)) == (log / Tile(0, 0, size).path).read_bytes()
    assert tree_root(size, reader(log, size)) == checkpoint(log, f"checkpoint.{size}").root


@pytest.mark.parametrize("old", range(1, SIZE + 1))
def test_proofs_made_from_its_tiles_verify(log: Path, old: int) -> None:
    read = reader(log, SIZE)
    root = checkpoint(log, "checkpoint").root
    older = checkpoint(log, f"checkpoint.{old}").root
    leaf = leaf_hash(entries_of(log, SIZE)[old - 1])

    verify_consistency(
        old=old, size=SIZE, old_root=older, root=root, proof=prove_consistency(old, SIZE, read)
    )
    verify_inclusion(
        index=old - 1, size=SIZE, leaf=leaf, proof=prove_inclusion(old - 1, SIZE, read), root=root
    )
