"""Proof files (C2SP tlog-proof): one entry's place in a signed tree, readable offline and for ever."""

from dataclasses import dataclass

from undersigned.record.tlog.encoding import (
    Digest,
    decode_base64,
    decode_decimal,
    decode_digest,
    decode_text,
    encode_base64,
    shorten,
)
from undersigned.record.tlog.refusals import MalformedError

_HEADER = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class ProofFile:
    """Index, inclusion path and the signed checkpoint, verbatim. `extra` is carried and never trusted."""

    index: int
    hashes: tuple[Digest, ...]
    checkpoint: bytes
    extra: bytes | None = None

    @classmethod
    def parse(cls, data: bytes) -> "ProofFile":
        """Read the file without checking the proof. Raises MalformedError."""
        head, gap, checkpoint = decode_text(data).partition("\n\n")
        lines = head.split("\n")
        if not gap or lines[0] != _HEADER:
            raise MalformedError(
                f"not a proof file: it does not begin with {_HEADER} and an empty line after the path"
            )
        extra = None
        if len(lines) > 1 and lines[1].startswith("extra "):
            extra = decode_base64(lines.pop(1).removeprefix("extra "))
        if len(lines) < 2 or not lines[1].startswith("index "):
            raise MalformedError(f"a proof file without its index: {shorten(''.join(lines[1:2]))}")
        if len(lines) - 2 > MOST_HASHES:
            raise MalformedError(f"a path of {len(lines) - 2} hashes; no tree has more than {MOST_HASHES}")
        index = decode_decimal(lines[1].removeprefix("index "))
        return cls(index, tuple(decode_digest(line) for line in lines[2:]), checkpoint.encode(), extra)

    def encode(self) -> bytes:
        lines = [_HEADER]
        if self.extra is not None:
            lines.append(f"extra {encode_base64(self.extra)}")
        lines += [f"index {self.index}", *map(encode_base64, self.hashes), "", ""]
        return "\n".join(lines).encode() + self.checkpoint
