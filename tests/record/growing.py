"""A log in memory, to ask signers and witnesses with, honestly or not."""

from __future__ import annotations

from dataclasses import dataclass, field

from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.tlog import tree
from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.encoding import Digest
from undersigned.record.tlog.note import NoteSigner, SignedNote

ORIGIN = "city.example/.well-known/undersigned/record"
LOG = NoteSigner.from_seed(ORIGIN, b"\x01" * 32)


@dataclass
class GrowingLog:
    """Entries and what can be said of them; ``origin`` and ``key`` may be somebody else's."""

    origin: str = ORIGIN
    key: NoteSigner = LOG
    leaves: list[Digest] = field(default_factory=list)

    def grow(self, *entries: str) -> GrowingLog:
        self.leaves += [tree.leaf_hash(entry.encode()) for entry in entries]
        return self

    def grown_to(self, size: int, prefix: str = "act") -> GrowingLog:
        return self.grow(*(f"{prefix} {index}" for index in range(len(self.leaves), size)))

    def read(self, level: int, index: int) -> Digest:
        return tree.root_of(self.leaves[index << level : (index + 1) << level])

    def head(self, size: int | None = None) -> Checkpoint:
        count = len(self.leaves) if size is None else size
        return Checkpoint(self.origin, count, tree.root_of(self.leaves[:count]))

    def note(self, size: int | None = None) -> bytes:
        text = self.head(size).text
        return SignedNote(text, (self.key.sign(text),)).encode()

    def proof(self, old: int, size: int | None = None) -> tuple[Digest, ...]:
        count = len(self.leaves) if size is None else size
        return tuple(tree.prove_consistency(old, count, self.read)) if old else ()

    def to_signer(self, old: int, size: int | None = None) -> bytes:
        """The body for the signer: the checkpoint's bare text."""
        return AddCheckpoint(old, self.proof(old, size), self.head(size).text).encode()

    def to_witness(self, old: int, size: int | None = None) -> bytes:
        """The body for a witness: the signed note."""
        return AddCheckpoint(old, self.proof(old, size), self.note(size)).encode()
