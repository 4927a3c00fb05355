"""What a signer or a witness put its key under last: its memory, kept apart from every database, under a lock."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from undersigned.record import durable
from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.encoding import encode_base64
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.refusals import MalformedError
from undersigned.record.tlog.tree import EMPTY_ROOT

PATIENCE = 10.0
"""Seconds to wait for another request; a process that runs on its own holds the lock as long as it lives."""


class StateError(Exception):
    """The memory is missing, in use, older than its mark, or another log's. Nothing is signed until it is right."""


@dataclass(frozen=True, slots=True)
class State:
    """``path`` holds the last checkpoint, bare or as a note; ``mark``, beside the key, its text a moment later.

    A state that was put back from a copy is older than its mark, and is refused.
    """

    path: Path
    mark: Path
    origin: str

    def begin(self) -> None:
        """Make the memory of a new key: nothing is signed yet. Raises StateError when there is one."""
        for file in (self.path, self.mark):
            if file.exists():
                raise StateError(f"{file} is there already; only a new key begins without a memory")
        self.forget()

    def forget(self) -> None:
        """Remember that nothing is signed yet. Only for a key that was never used."""
        self.write(Checkpoint(self.origin, 0, EMPTY_ROOT).text)

    def tell(self, checkpoint: bytes) -> None:
        """Say by hand what was signed last, after the memory was lost. Raises StateError when that cannot be."""
        if self.path.exists():
            raise StateError(f"{self.path} is there; a memory is told what it was only when it was lost")
        told = self._parse(self.path, checkpoint)
        if self.mark.exists() and self._parse(self.mark, self._bytes(self.mark)).size > told.size:
            raise StateError(f"{self.mark} remembers more entries than the {told.size} it was told")
        self.write(checkpoint)

    def read(self) -> Checkpoint:
        """What was signed last. Raises StateError."""
        last, mark = self._parse(self.path, self.note()), self._parse(self.mark, self._bytes(self.mark))
        if mark.size > last.size or (mark.size == last.size and mark.root != last.root):
            raise StateError(
                f"{self.path} says that {last.size} entries were signed last, and {self.mark} says {mark.size}: "
                "the state was put back from a copy. Nothing was signed; bring the newest state"
            )
        return last

    def note(self) -> bytes:
        """The last checkpoint as it was kept. Raises StateError."""
        return self._bytes(self.path)

    def write(self, checkpoint: bytes) -> None:
        """Keep a checkpoint, bare or as a note. Durable when it returns, the state before the mark."""
        durable.write(self.path, checkpoint, mode=0o600)
        durable.write(self.mark, _text(checkpoint), mode=0o600)

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except FileNotFoundError as why:
            raise StateError(
                f"{path} is not there, and nobody signs from zero with a key that was used. Bring it back"
            ) from why
        except OSError as why:
            raise StateError(f"{path} cannot be read: {why.strerror}") from why

    def _parse(self, path: Path, data: bytes) -> Checkpoint:
        try:
            last = Checkpoint.parse(_text(data))
        except MalformedError as why:
            raise StateError(f"{path} is not a checkpoint: {why}") from why
        if last.origin != self.origin:
            raise StateError(f"{path} is the memory of {last.origin}, and {self.origin} was asked for")
        return last

    @contextmanager
    def locked(self, patience: float = PATIENCE) -> Iterator[None]:
        """One at a time. Raises StateError when somebody else keeps the lock for longer than ``patience`` seconds."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._wait_for_lock(descriptor, time.monotonic() + patience)
            yield
        finally:
            os.close(descriptor)

    def _wait_for_lock(self, descriptor: int, until: float) -> None:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise StateError(f"somebody else is using {self.path}") from None
                time.sleep(0.02)
            else:
                return


def _text(checkpoint: bytes) -> bytes:
    """The three lines of a checkpoint, whether it came bare or as a note."""
    return SignedNote.parse(checkpoint).text if b"\n\n" in checkpoint else checkpoint


def roots(last: Checkpoint, asked: Checkpoint) -> str:
    """Both heads in words, for a refusal that somebody has to look into."""
    return (
        f"signed last: size {last.size}, root {encode_base64(last.root)}; "
        f"asked for: size {asked.size}, root {encode_base64(asked.root)}"
    )
