"""Checkpoints (C2SP tlog-checkpoint): a log's statement of its size and root."""

from dataclasses import dataclass

from undersigned.record.tlog.encoding import Digest, decode_decimal, decode_digest, decode_text, encode_base64
from undersigned.record.tlog.refusals import MalformedError


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Origin, size and root of a tree."""

    origin: str
    size: int
    root: Digest

    @classmethod
    def parse(cls, text: bytes) -> "Checkpoint":
        """Read a note's text: exactly three lines, for we write no extension lines. Raises MalformedError."""
        lines = decode_text(text).split("\n")
        if len(lines) != 4:
            raise MalformedError(
                f"a checkpoint has three lines: origin, size and root; this one has {len(lines) - 1}"
            )
        if not lines[0]:
            raise MalformedError("a checkpoint without an origin")
        return cls(lines[0], decode_decimal(lines[1]), decode_digest(lines[2]))

    @property
    def text(self) -> bytes:
        """The text which is signed."""
        return f"{self.origin}\n{self.size}\n{encode_base64(self.root)}\n".encode()


def origin_of(text: bytes) -> str:
    """The first line of a checkpoint, also of one that is otherwise malformed."""
    return text.split(b"\n", 1)[0].decode("utf-8", "replace")
