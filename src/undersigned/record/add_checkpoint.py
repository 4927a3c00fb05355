"""The request with which a log asks for a signature or a cosignature (C2SP tlog-witness, add-checkpoint)."""

from __future__ import annotations

from dataclasses import dataclass

from undersigned.record.tlog.encoding import (
    Digest,
    decode_decimal,
    decode_digest,
    decode_text,
    encode_base64,
    shorten,
)
from undersigned.record.tlog.refusals import MalformedError

MOST_HASHES = 63
LARGEST_REQUEST = 1_100_000
"""Bytes: a note of the largest size, and its proof."""


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """``old`` is the size from which ``proof`` leads; ``checkpoint`` a signed note, or to the signer its bare text."""

    old: int
    proof: tuple[Digest, ...]
    checkpoint: bytes

    @classmethod
    def parse(cls, data: bytes) -> AddCheckpoint:
        """Read the body of a request. Raises MalformedError."""
        head, gap, checkpoint = decode_text(data).partition("\n\n")
        first, *hashes = head.split("\n")
        if not gap or not first.startswith("old "):
            raise MalformedError(f"not an add-checkpoint request: {shorten(first)}")
        if len(hashes) > MOST_HASHES:
            raise MalformedError(f"a proof of {len(hashes)} hashes; at most {MOST_HASHES} are read")
        proof = tuple(decode_digest(each) for each in hashes)
        return cls(decode_decimal(first.removeprefix("old ")), proof, checkpoint.encode())

    def encode(self) -> bytes:
        lines = [f"old {self.old}", *map(encode_base64, self.proof), "", ""]
        return "\n".join(lines).encode() + self.checkpoint
