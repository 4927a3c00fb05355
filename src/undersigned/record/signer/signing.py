"""What the signer does with one request. The caller holds the lock on the state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from undersigned.record.add_checkpoint import AddCheckpoint
from undersigned.record.remembered import State, StateError, roots
from undersigned.record.tlog.checkpoint import Checkpoint
from undersigned.record.tlog.note import NoteSigner
from undersigned.record.tlog.refusals import MalformedError, ProofError
from undersigned.record.tlog.tree import verify_consistency


@dataclass(frozen=True, slots=True)
class Answer:
    """Statuses are those of a witness: 200 lines, 400 malformed, 404 origin, 409 size, 422 refused; 503 no memory."""

    status: int
    body: str

    def encode(self) -> bytes:
        return f"{self.status}\n{self.body}".encode()

    @classmethod
    def parse(cls, data: bytes) -> Answer:
        """Raises MalformedError for anything that a signer does not say."""
        status, gap, body = data.decode("utf-8", "replace").partition("\n")
        if not gap or status not in {"200", "400", "404", "409", "422", "503"}:
            raise MalformedError("the signer gave no answer")
        return cls(int(status), body)


def answer(request: bytes, keys: Sequence[NoteSigner], state: State) -> Answer:
    """Sign the checkpoint of the request with every key, or say why not."""
    try:
        asked = AddCheckpoint.parse(request)
        wanted = Checkpoint.parse(asked.checkpoint)
    except MalformedError as why:
        return Answer(400, f"{why}\n")
    try:
        last = state.read()
    except StateError as why:
        return Answer(503, f"{why}\n")
    return _refusal(asked, wanted, last) or _signed(wanted, last, keys, state)


def _refusal(asked: AddCheckpoint, wanted: Checkpoint, last: Checkpoint) -> Answer | None:
    if asked.old != last.size:
        return Answer(409, f"{last.size}\n")
    if wanted.origin != last.origin:
        return Answer(404, f"this is the signer of {last.origin}, not of {wanted.origin}\n")
    if wanted.size < last.size:
        return Answer(422, f"a record never shrinks: {roots(last, wanted)}\n")
    if wanted.size == 0:
        return Answer(422, "an empty record is never signed\n")
    if last.size == 0:
        return Answer(422, "nothing was signed yet, so there is nothing to prove\n") if asked.proof else None
    try:
        verify_consistency(
            old=last.size, size=wanted.size, old_root=last.root, root=wanted.root, proof=asked.proof
        )
    except ProofError as why:
        return Answer(422, f"{why}: {roots(last, wanted)}\n")
    return None


def _signed(wanted: Checkpoint, last: Checkpoint, keys: Sequence[NoteSigner], state: State) -> Answer:
    """The memory is on the disk before the first signature leaves."""
    if wanted != last:
        state.write(wanted.text)
    return Answer(200, "".join(key.sign(wanted.text).line for key in keys))
