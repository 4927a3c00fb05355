"""What a witness does with one request: the answers of C2SP tlog-witness, in its order of checks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from threading import Lock

from undersigned.record import durable
from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.remembered import State, roots
from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.cosignature import CosignatureSigner
from undersigned.record.tlog.note import SignedNote
from undersigned.record.tlog.refusals import MalformedError, ProofError, SignatureError
from undersigned.record.tlog.tree import EMPTY_ROOT, verify_consistency
from undersigned.record.tlog.vkey import VerifierKey

PLAIN = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it goes over HTTP."""

    status: HTTPStatus
    body: str
    content_type: str = PLAIN


class Refusal(Exception):
    """The request is not cosigned."""

    def __init__(self, status: HTTPStatus, body: str, content_type: str = PLAIN) -> None:
        super().__init__(body)
        self.said = Said(status, body, content_type)


@dataclass
class Witness:
    """One witness of one log, whose keys (during a rotation two) bear its origin."""

    key: CosignatureSigner
    logs: Sequence[VerifierKey]
    state: State

    def __post_init__(self) -> None:
        self._lock = Lock()

    def add_checkpoint(self, body: bytes) -> Said:
        """Cosign, or say why not. Raises StateError when the memory is not right."""
        try:
            asked = AddCheckpoint.parse(body)
            note = SignedNote.parse(asked.checkpoint)
            wanted = Checkpoint.parse(note.text)
        except MalformedError as why:
            return Said(HTTPStatus.BAD_REQUEST, f"{why}\n")
        try:
            self._check_log(note, wanted)
        except Refusal as refusal:
            return refusal.said
        with self._lock:
            try:
                return self._cosign(asked, wanted)
            except Refusal as refusal:
                self._keep_as_proof(note, body)
                return refusal.said

    def last(self, origin_digest: str) -> bytes | None:
        """The note cosigned last for the log of this origin (SHA-256, hex); None before the first."""
        if sha256(self.state.origin.encode()).hexdigest() != origin_digest or not self.state.read().size:
            return None
        return self.state.note()

    def _check_log(self, note: SignedNote, wanted: Checkpoint) -> None:
        if wanted.origin != self.state.origin:
            raise Refusal(HTTPStatus.NOT_FOUND, f"this witness does not know the log {wanted.origin}\n")
        try:
            note.verify(self.logs)
        except SignatureError as why:
            raise Refusal(HTTPStatus.FORBIDDEN, f"{why}\n") from why

    def _cosign(self, asked: AddCheckpoint, wanted: Checkpoint) -> Said:
        last = self.state.read()
        if asked.old > wanted.size:
            raise Refusal(HTTPStatus.BAD_REQUEST, "the old size is greater than the checkpoint's\n")
        if asked.old != last.size:
            raise Refusal(HTTPStatus.CONFLICT, f"{last.size}\n", SIZE)
        try:
            _check_continues(asked, wanted, last)
        except ProofError as why:
            said = f"{why}: {roots(last, wanted)}\n"
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, said) from why
        self.state.write(asked.checkpoint)
        return Said(HTTPStatus.OK, self.key.cosign(wanted.text, int(time.time())).line)

    def _keep_as_proof(self, note: SignedNote, body: bytes) -> None:
        """A log that signed what does not continue its own record has convicted itself. Once for each text."""
        place = self.state.path.with_name(f"{self.state.path.name}.refused")
        place.mkdir(exist_ok=True)
        kept = place / f"{sha256(note.text).hexdigest()}"
        if not kept.exists():
            durable.write(kept, body)


def _check_continues(asked: AddCheckpoint, wanted: Checkpoint, last: Checkpoint) -> None:
    """Raises ProofError unless the wanted tree begins with the last one."""
    if wanted.size == 0 and wanted.root != EMPTY_ROOT:
        raise ProofError("an empty tree has another root than this")
    if asked.old == 0:
        if asked.proof:
            raise ProofError("from size 0 there is nothing to prove")
        return
    verify_consistency(
        old=last.size, size=wanted.size, old_root=last.root, root=wanted.root, proof=asked.proof
    )
